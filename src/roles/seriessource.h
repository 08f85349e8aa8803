#pragma once
// What the factory asks of an engine of time series. Every call blocks: worker threads only. Any number of threads.
#include "core/cancel.h"
#include "core/evidence.h"
#include "core/result.h"
#include "telemetry/alert.h"
#include "telemetry/pack.h"
#include "telemetry/series.h"

namespace andon::roles
{

struct MatrixAnswer {
    telemetry::Matrix matrix = {};
    core::Evidence evidence = {};
};

struct VectorAnswer {
    std::vector<telemetry::Sample> samples = {};
    std::vector<std::string> warnings = {};
    core::Evidence evidence = {};
};

class SeriesSource
{
public:
    virtual ~SeriesSource() = default;

    virtual core::Result<telemetry::EngineInfo> probe(const core::Cancel &cancel) = 0;
    virtual core::Result<VectorAnswer> query(const std::string &promql, core::Instant at,
                                             const core::Cancel &cancel) = 0;
    /// Both ends included, as the engines do. The source splits what would exceed 11,000 points.
    virtual core::Result<MatrixAnswer> queryRange(const std::string &promql, core::TimeRange range, std::int64_t stepMs,
                                                  const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<std::string>> labelValues(const std::string &label, const std::string &match,
                                                               const core::Cancel &cancel) = 0;
    /// Names of all metrics and the labels of the asked ones.
    virtual core::Result<telemetry::Inventory> inventory(const std::vector<std::string> &metricsWithLabels,
                                                         const core::Cancel &cancel) = 0;
    /// Of one metric, or of all with ""; sorted by name. Empty where the engine keeps none, as VictoriaMetrics.
    virtual core::Result<std::vector<telemetry::MetricInfo>> metadata(const std::string &metric,
                                                                      const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<telemetry::Alert>> alerts(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<telemetry::Rule>> rules(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<telemetry::Target>> targets(const core::Cancel &cancel) = 0;
    /// Matchers to add to every selector, "" when the site set none: `site="ams-1"`.
    [[nodiscard]] virtual std::string selector() const = 0;
};

} // namespace andon::roles
