#pragma once
// The read calls of the Prometheus HTTP API over the demo's samples, to the letter of what a live 2.42 answered. Any
// thread; holds no connection.
#include "demo/metrics/metricmodel.h"
#include "demo/prometheus/answers.h"
#include "demo/prometheus/parameters.h"

#include <iosfwd>

namespace andon::demo
{

class PrometheusDialect
{
public:
    using Answer = PrometheusAnswer;
    using Params = PrometheusParams;

    /// The plan must outlive it.
    explicit PrometheusDialect(const Plan &plan);

    [[nodiscard]] Answer handle(std::string_view method, std::string_view path, const Params &params) const;
    /// The samples of [from, to] in the OpenMetrics text format, for promtool tsdb create-blocks-from.
    void dumpOpenMetrics(std::ostream &out, std::int64_t fromMs, std::int64_t toMs) const;
    [[nodiscard]] const MetricModel &model() const { return m_model; }

private:
    [[nodiscard]] Answer instantQuery(const Params &params) const;
    [[nodiscard]] Answer rangeQuery(const Params &params) const;
    [[nodiscard]] Answer series(const Params &params) const;
    [[nodiscard]] Answer labelNames(const Params &params) const;
    [[nodiscard]] Answer labelValues(const std::string &label, const Params &params) const;
    [[nodiscard]] Answer metadata(const Params &params) const;
    [[nodiscard]] Answer alerts() const;
    [[nodiscard]] Answer rules(const Params &params) const;
    [[nodiscard]] Answer targets(const Params &params) const;
    [[nodiscard]] std::string exposition() const;
    /// The series that start, end and all match[] leave over.
    [[nodiscard]] core::Result<std::vector<int>> matched(const Params &params) const;

    const Plan &m_plan;
    MetricModel m_model;
};

} // namespace andon::demo
