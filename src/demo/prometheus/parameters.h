#pragma once
// Reads the parameters of a call as Prometheus 2.42 does, with its sentences. Pure.
#include "core/result.h"
#include "demo/promql/matcher.h"

#include <cstdint>
#include <string>
#include <vector>

namespace andon::demo
{

using PrometheusParams = std::vector<std::pair<std::string, std::string>>; ///< of query string and form, decoded

/// The first of that name, "" when there is none.
[[nodiscard]] std::string parameter(const PrometheusParams &params, std::string_view name);

/// Seconds (also with a fraction) or RFC 3339, to milliseconds. Errors below have Prometheus's sentence as detail.
[[nodiscard]] core::Result<std::int64_t> readTime(const std::string &text);
/// "15", "0.5", "5m", "1h30m" to nanoseconds.
[[nodiscard]] core::Result<std::int64_t> readDuration(const std::string &text);
/// What match[] holds: a metric name, braces with conditions, or both, and at least one condition that "" fails.
[[nodiscard]] core::Result<std::vector<promql::Matcher>> readSelector(const std::string &text);

} // namespace andon::demo
