#pragma once
// Bodies of the lakeFS API. Internal to the dialect.
#include "demo/lakefs/lakefsdialect.h"

#include <nlohmann/json.hpp>

namespace andon::demo::lakefs
{

using Json = nlohmann::json; // keys in alphabetical order, as the server writes them
using Answer = LakeFsDialect::Answer;
using Params = LakeFsDialect::Params;

[[nodiscard]] Answer ok(const Json &json);
[[nodiscard]] Answer raw(const std::string &json); ///< text that is JSON already, without its newline
[[nodiscard]] std::string textOf(const Json &json); ///< what is no UTF-8 becomes U+FFFD
[[nodiscard]] Answer message(int status, const std::string &words);
[[nodiscard]] std::string param(const Params &params, std::string_view name, const std::string &fallback = {});
[[nodiscard]] std::vector<std::string> params(const Params &params, std::string_view name);

/// The first `amount` of the items, which are sorted by key and begin where the page begins.
[[nodiscard]] Answer page(int amount, const std::vector<std::pair<std::string, Json>> &items);
/// results: JSON texts.
[[nodiscard]] Answer pageOf(const std::vector<std::string> &results, bool more, const std::string &next);
/// RFC 3339 with nanoseconds, trailing zeros trimmed.
[[nodiscard]] std::string timeText(std::int64_t ms);
[[nodiscard]] bool looksLikeTime(const std::string &text); ///< as the specification's pattern has it
using Moment = std::pair<std::int64_t, std::int32_t>; ///< UTC seconds and microseconds
[[nodiscard]] std::optional<Moment> parseTime(const std::string &text); ///< RFC 3339

/// As text at once: pages of a thousand commits are what clients ask most.
[[nodiscard]] std::string commitText(const History &history, std::int32_t n);
[[nodiscard]] Json runJson(const History &history, const DemoRunRecord &run);
[[nodiscard]] Json hookJson(const DemoRunRecord &run, std::size_t index);
[[nodiscard]] std::string hookRunId(const DemoRunRecord &run, std::size_t index);

} // namespace andon::demo::lakefs
