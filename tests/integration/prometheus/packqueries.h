#pragma once
// The PromQL of every candidate of every shipped pack, and the comparison of two answers to it.
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace andon::test
{

struct PackQuery {
    std::string name = {}; ///< pack, signal, number of the candidate and selector
    std::string query = {};
};

/// Without a selector and with one. Empty when a pack cannot be read.
[[nodiscard]] std::vector<PackQuery> packQueries(const std::string &folder);

/// "" when both answers have the same type, label sets and times, and values within 1e-9 of each other; else the first
/// difference.
[[nodiscard]] std::string difference(const nlohmann::json &mine, const nlohmann::json &real);

/// Values in a successful answer.
[[nodiscard]] std::size_t countValues(const nlohmann::json &answer);

} // namespace andon::test
