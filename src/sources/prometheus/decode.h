#pragma once
// The small bodies of the Prometheus API as subject values. Pure; each returns Protocol with the path of what was
// wrong, or the error that an error envelope tells (matrix.h, errorOf).
#include "core/result.h"
#include "telemetry/alert.h"
#include "telemetry/pack.h"

#include <string_view>

namespace andon::sources::prometheus
{

/// /labels and /label/<name>/values.
[[nodiscard]] core::Result<std::vector<std::string>> decodeStrings(std::string_view body, const std::string &where);
/// /metadata, by name.
[[nodiscard]] core::Result<std::vector<telemetry::MetricInfo>> decodeMetadata(std::string_view body);
/// An unknown state is Firing: better shown than hidden.
[[nodiscard]] core::Result<std::vector<telemetry::Alert>> decodeAlerts(std::string_view body);
[[nodiscard]] core::Result<std::vector<telemetry::Rule>> decodeRules(std::string_view body);
/// The active ones.
[[nodiscard]] core::Result<std::vector<telemetry::Target>> decodeTargets(std::string_view body);

struct BuildInfo {
    std::string version = {}; ///< VictoriaMetrics sends none
    std::string application = {}; ///< "Grafana Mimir"
};
[[nodiscard]] core::Result<BuildInfo> decodeBuildInfo(std::string_view body);

/// errorType and words of an error envelope; both "" when the body is none.
[[nodiscard]] std::pair<std::string, std::string> errorEnvelope(std::string_view body);

} // namespace andon::sources::prometheus
