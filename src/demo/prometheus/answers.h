#pragma once
// The bytes of the answers of Prometheus 2.42: what Go's encoders write. Pure.
#include "demo/promql/values.h"

#include <string>
#include <string_view>

namespace andon::demo
{

/// What a call answers. The server adds the transport.
struct PrometheusAnswer {
    int status = 200;
    std::string contentType = "application/json";
    std::string body = {};
};

/// A JSON string as Go's encoder writes it: <, > and & escaped, what is no UTF-8 replaced.
[[nodiscard]] std::string jsonText(std::string_view text);
[[nodiscard]] std::string jsonOf(const promql::Labels &labels);
/// {"resultType":…,"result":…}
[[nodiscard]] std::string jsonOf(const promql::Value &value);
/// RFC 3339 in UTC, without a fraction when it has none.
[[nodiscard]] std::string timeText(std::int64_t ms);
/// The shortest exponent form: "7.93e+03", as alerts have their values.
[[nodiscard]] std::string exponentText(double value);

[[nodiscard]] PrometheusAnswer succeeded(const std::string &data);
[[nodiscard]] PrometheusAnswer refused(int status, std::string_view type, std::string_view words);
[[nodiscard]] PrometheusAnswer badData(std::string_view words);
[[nodiscard]] PrometheusAnswer badParameter(std::string_view name, std::string_view words);
[[nodiscard]] PrometheusAnswer plainText(int status, std::string_view text);

} // namespace andon::demo
