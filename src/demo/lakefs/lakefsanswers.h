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

/// amount as the server takes it: 0 and -1 are 100; nullopt (with the answer filled) outside -1 … 1000.
[[nodiscard]] std::optional<int> amountOf(const Params &params, Answer &problem);
/// As the server reads booleans; nullopt with the answer filled for other words.
[[nodiscard]] std::optional<bool> flagOf(const Params &params, std::string_view name, Answer &problem);
/// The 400 for a value that is none of the words of an enumeration; `text` describes the parameter in the schema.
[[nodiscard]] Answer notAllowed(const std::string &where, const std::string &value,
                                const std::vector<std::string> &words, const std::string &fallback,
                                const std::string &text = {});
/// A page of `items` (already sorted by key), after and amount applied.
[[nodiscard]] Answer page(const Params &params, const std::vector<std::pair<std::string, Json>> &items);
/// results: JSON texts.
[[nodiscard]] Answer pageOf(const std::vector<std::string> &results, bool more, const std::string &next);
/// RFC 3339 with nanoseconds, trailing zeros trimmed.
[[nodiscard]] std::string timeText(std::int64_t ms);
[[nodiscard]] std::optional<std::int64_t> parseTime(const std::string &text); ///< UTC seconds

/// As text at once: pages of a thousand commits are what clients ask most.
[[nodiscard]] std::string commitText(const History &history, std::int32_t n);
[[nodiscard]] Json runJson(const History &history, const DemoRunRecord &run);
[[nodiscard]] Json hookJson(const DemoRunRecord &run, std::size_t index);
[[nodiscard]] std::string hookRunId(const DemoRunRecord &run, std::size_t index);

} // namespace andon::demo::lakefs
