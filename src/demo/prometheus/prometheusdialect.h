#pragma once
// The read calls of the Prometheus HTTP API over the demo's samples, to the letter of what a live 2.42 answered. Any
// thread; holds no connection.
#include "demo/metrics/metricmodel.h"

#include <iosfwd>

namespace andon::demo
{

class PrometheusDialect
{
public:
    struct Answer {
        int status = 200;
        std::string contentType = "application/json";
        std::string body = {};
    };
    using Params = std::vector<std::pair<std::string, std::string>>; ///< of query string and form, decoded, in order

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
    [[nodiscard]] Answer rules() const;
    [[nodiscard]] Answer targets() const;
    [[nodiscard]] std::string exposition() const;
    /// The series of all match[] selectors; nullopt with the answer filled when one cannot be read.
    [[nodiscard]] std::optional<std::vector<int>> matched(const Params &params, Answer &problem) const;

    const Plan &m_plan;
    MetricModel m_model;
};

} // namespace andon::demo
