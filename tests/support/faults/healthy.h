#pragma once
// What a lakeFS, an MLflow and a Prometheus in good health answer when they are asked who they are. Pure.
#include <string>
#include <string_view>

namespace andon::test
{

struct HealthyAnswer {
    int status = 200;
    std::string contentType = "application/json";
    std::string body = {};
};

/// By the path below the base URL; 404 for what nobody asks in a probe.
[[nodiscard]] HealthyAnswer healthyAnswer(std::string_view path);

} // namespace andon::test
