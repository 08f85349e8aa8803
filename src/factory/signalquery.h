#pragma once
// The PromQL for a canonical signal, grouped and filtered by canonical dimensions. Pure.
#include "telemetry/pack.h"
#include "telemetry/series.h"

namespace andon::factory
{

struct SignalQuery {
    core::SignalName signal = {};
    telemetry::Aggregation aggregation = telemetry::Aggregation::None; ///< None: every label set as it comes
    std::vector<std::string> by = {}; ///< canonical dimensions to keep when aggregating
    auto operator<=>(const SignalQuery &) const = default;
};

/// window: the rate window of the step, max(5 min, step) as Prometheus writes it ("5m", "3600s").
[[nodiscard]] std::string rateWindow(std::int64_t stepMs);
/// The whole expression. A dimension that two labels rename to (Hostname, hostname) is grouped by both.
[[nodiscard]] std::string promql(const SignalQuery &query, const telemetry::ResolvedSignal &resolved,
                                 std::int64_t stepMs, const std::string &selector);
/// Renames labels of the answer to canonical dimensions, dropping __name__ and empty values.
[[nodiscard]] telemetry::Labels canonical(const telemetry::Labels &labels, const telemetry::Candidate &candidate);

} // namespace andon::factory
