#pragma once
// Prometheus and the engines that speak its API (VictoriaMetrics, Mimir, Thanos) as a SeriesSource. Blocking, any
// thread.
#include "net/httpclient.h"
#include "roles/seriessource.h"

#include <atomic>
#include <memory>

namespace andon::sources::prometheus
{

class PrometheusClient final : public roles::SeriesSource
{
public:
    /// selector: matchers without braces that the site adds to every selector, may be "".
    PrometheusClient(std::unique_ptr<net::HttpClient> http, std::string selector);

    core::Result<telemetry::EngineInfo> probe(const core::Cancel &cancel) override;
    core::Result<roles::VectorAnswer> query(const std::string &promql, core::Instant at,
                                            const core::Cancel &cancel) override;
    /// With several windows the evidence is of the first request, its bytes and rows are those of all, and its hash is
    /// the SHA-256 of the hashes (hex) of all bodies one after another.
    core::Result<roles::MatrixAnswer> queryRange(const std::string &promql, core::TimeRange range, std::int64_t stepMs,
                                                 const core::Cancel &cancel) override;
    core::Result<std::vector<std::string>> labelValues(const std::string &label, const std::string &match,
                                                       const core::Cancel &cancel) override;
    core::Result<telemetry::Inventory> inventory(const std::vector<std::string> &metricsWithLabels,
                                                 const core::Cancel &cancel) override;
    core::Result<std::vector<telemetry::MetricInfo>> metadata(const std::string &metric,
                                                              const core::Cancel &cancel) override;
    core::Result<std::vector<telemetry::Alert>> alerts(const core::Cancel &cancel) override;
    core::Result<std::vector<telemetry::Rule>> rules(const core::Cancel &cancel) override;
    core::Result<std::vector<telemetry::Target>> targets(const core::Cancel &cancel) override;
    [[nodiscard]] std::string selector() const override { return m_selector; }

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;
    enum class Engine { Unknown, VictoriaMetrics, Other };

    [[nodiscard]] net::Request request(const std::string &call, Fields query = {}) const;
    /// A 2xx JSON answer; an error envelope becomes its error.
    core::Result<net::Response> answer(const net::Request &request, const core::Cancel &cancel);
    /// answer(), by POST form when the query is long, and as GET again where a gateway forbids POST.
    core::Result<net::Response> ask(net::Request &request, const core::Cancel &cancel);
    core::Result<roles::MatrixAnswer> window(const std::string &promql, core::TimeRange range, std::int64_t stepMs,
                                             const core::Cancel &cancel);
    core::Result<telemetry::EngineInfo> anonymousEngine(const core::Cancel &cancel);
    [[nodiscard]] bool answersAt(const std::string &call, const std::string &mark, const core::Cancel &cancel);

    std::unique_ptr<net::HttpClient> m_http;
    const std::string m_selector;
    std::atomic<Engine> m_engine = Engine::Unknown;
};

} // namespace andon::sources::prometheus
