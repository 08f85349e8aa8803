#include "sources/prometheus/prometheusclient.h"

#include "net/classify.h"
#include "net/sha256.h"
#include "net/url.h"
#include "sources/prometheus/decode.h"
#include "sources/prometheus/matrix.h"
#include "sources/prometheus/plan.h"

namespace andon::sources::prometheus
{

namespace
{

constexpr std::size_t kLongQuery = 2000; // encoded bytes above which a GET may be cut by something on the way
constexpr std::size_t kLongestUrl = 8000;
constexpr std::int64_t kQueryTimeoutMs = 130'000; // the engines' own limit is 2 min
constexpr std::int64_t kMaxMatrixBytes = 256LL * 1024 * 1024;

std::int64_t rowsOf(const telemetry::Matrix &matrix)
{
    std::int64_t rows = 0;
    for (const telemetry::Series &series : matrix.series)
        rows += static_cast<std::int64_t>(series.t.size());
    return rows;
}

bool isAbsent(const core::Error &error) // how the engines say that they have no such route
{
    return error.kind == core::ErrorKind::NotFound || error.httpStatus == 400 || error.httpStatus == 405;
}

} // namespace

PrometheusClient::PrometheusClient(std::unique_ptr<net::HttpClient> http, std::string selector)
    : m_http(std::move(http))
    , m_selector(std::move(selector))
{
}

net::Request PrometheusClient::request(const std::string &call, Fields query) const
{
    net::Request out{.path = {"api", "v1"}, .query = std::move(query), .what = "prometheus " + call};
    for (std::size_t at = 0; at <= call.size();) {
        const std::size_t slash = std::min(call.find('/', at), call.size());
        out.path.push_back(call.substr(at, slash - at));
        at = slash + 1;
    }
    return out;
}

core::Result<net::Response> PrometheusClient::answer(const net::Request &request, const core::Cancel &cancel)
{
    auto response = m_http->send(request, cancel);
    if (!response)
        return response;
    if (!response->header("x-server-hostname").empty())
        m_engine = Engine::VictoriaMetrics; // it puts this on every answer
    if (response->ok()) {
        if (const auto body = net::expectJson(request, *response); !body)
            return core::fail(body.error());
        return response;
    }
    core::Error error = net::errorOfStatus(request, *response);
    if (const auto [type, words] = errorEnvelope(response->body); !type.empty()) {
        core::Error told = errorOf(type, words, request.what);
        // The envelope knows better than the status what kind it is, unless a gateway spoke (401, 429 …).
        if (response->status == 400 || response->status == 422 || response->status == 499 || response->status >= 500)
            error.kind = told.kind;
        error.detail = told.detail;
        error.hint = told.hint;
    }
    return core::fail(std::move(error));
}

core::Result<net::Response> PrometheusClient::ask(net::Request &request, const core::Cancel &cancel)
{
    request.timeoutMs = kQueryTimeoutMs;
    request.maxBytes = kMaxMatrixBytes;
    const std::string form = net::formEncode(request.query);
    if (form.size() <= kLongQuery)
        return answer(request, cancel);
    const net::Request asGet = request;
    request.method = net::Method::Post;
    request.query.clear();
    request.body = form;
    request.contentType = "application/x-www-form-urlencoded";
    auto response = answer(request, cancel);
    if (!response && (response.error().httpStatus == 405 || response.error().httpStatus == 403)
        && form.size() < kLongestUrl) {
        request = asGet;
        return answer(request, cancel);
    }
    return response;
}

bool PrometheusClient::answersAt(const std::string &call, const std::string &mark, const core::Cancel &cancel)
{
    const auto response = m_http->send(request(call), cancel);
    return response && response->body.find(mark) != std::string::npos;
}

core::Result<telemetry::EngineInfo> PrometheusClient::anonymousEngine(const core::Cancel &cancel)
{
    // Without a version: VictoriaMetrics says so of a route that it does not have, others need only answer a query.
    if (m_engine == Engine::VictoriaMetrics || answersAt("status/runtimeinfo", "unsupported path requested", cancel)) {
        m_engine = Engine::VictoriaMetrics;
        return telemetry::EngineInfo{.engine = "VictoriaMetrics"};
    }
    m_engine = Engine::Other;
    const auto alive = answer(request("query", {{"query", "vector(1)"}}), cancel);
    if (!alive)
        return core::fail(alive.error());
    if (const auto decoded = m_http->named(decodeVector(alive->body)); !decoded)
        return core::fail(decoded.error());
    return telemetry::EngineInfo{.engine = "Prometheus-compatible"};
}

core::Result<telemetry::EngineInfo> PrometheusClient::probe(const core::Cancel &cancel)
{
    const auto response = answer(request("status/buildinfo"), cancel);
    if (!response && !isAbsent(response.error()))
        return core::fail(response.error());
    if (!response)
        return anonymousEngine(cancel);
    const auto build = m_http->named(decodeBuildInfo(response->body));
    if (!build)
        return core::fail(build.error());
    telemetry::EngineInfo info{.engine = "Prometheus", .version = build->version};
    if (m_engine == Engine::VictoriaMetrics)
        info.engine = "VictoriaMetrics"; // the version, when there is one, is that of the API
    else if (build->version.empty())
        return anonymousEngine(cancel);
    else if (build->application.find("Mimir") != std::string::npos)
        info.engine = "Mimir";
    else if (answersAt("stores", "\"success\"", cancel))
        info.engine = "Thanos";
    if (cancel.cancelled())
        return core::fail(core::ErrorKind::Cancelled, "prometheus probe", {});
    if (m_engine == Engine::Unknown)
        m_engine = Engine::Other;
    return info;
}

core::Result<roles::VectorAnswer> PrometheusClient::query(const std::string &promql, core::Instant at,
                                                          const core::Cancel &cancel)
{
    net::Request asked = request("query", {{"query", promql}});
    if (at.known())
        asked.query.emplace_back("time", secondsText(at.ms));
    const auto response = ask(asked, cancel);
    if (!response)
        return core::fail(response.error());
    auto vector = m_http->named(decodeVector(response->body));
    if (!vector)
        return core::fail(vector.error());
    const auto rows = static_cast<std::int64_t>(vector->samples.size());
    return roles::VectorAnswer{.samples = std::move(vector->samples),
                               .warnings = std::move(vector->warnings),
                               .evidence = m_http->evidence(asked, *response, rows)};
}

core::Result<roles::MatrixAnswer> PrometheusClient::window(const std::string &promql, core::TimeRange range,
                                                           std::int64_t stepMs, const core::Cancel &cancel)
{
    net::Request asked = request("query_range",
                                 {{"query", promql},
                                  {"start", secondsText(range.from.ms)},
                                  {"end", secondsText(range.to.ms)},
                                  {"step", secondsText(stepMs)}});
    if (m_engine != Engine::Other)
        asked.query.emplace_back("nocache", "1"); // else VictoriaMetrics moves both ends; the others ignore it
    const auto response = ask(asked, cancel);
    if (!response)
        return core::fail(response.error());
    auto matrix = m_http->named(decodeMatrix(response->body));
    if (!matrix)
        return core::fail(matrix.error());
    const std::int64_t rows = rowsOf(*matrix);
    return roles::MatrixAnswer{.matrix = std::move(*matrix), .evidence = m_http->evidence(asked, *response, rows)};
}

core::Result<roles::MatrixAnswer> PrometheusClient::queryRange(const std::string &promql, core::TimeRange range,
                                                               std::int64_t stepMs, const core::Cancel &cancel)
{
    const auto windows = windowsOf(range, stepMs);
    if (!windows)
        return core::fail(windows.error());
    auto all = window(promql, windows->front(), stepMs, cancel);
    if (!all)
        return all;
    std::string hashes = all->evidence.sha256;
    for (std::size_t i = 1; i < windows->size(); ++i) {
        auto part = window(promql, (*windows)[i], stepMs, cancel);
        if (!part)
            return part;
        hashes += part->evidence.sha256;
        all->evidence.at = part->evidence.at;
        all->evidence.bytes += part->evidence.bytes;
        all->evidence.rows += part->evidence.rows;
        append(all->matrix, std::move(part->matrix));
    }
    if (windows->size() > 1)
        all->evidence.sha256 = net::sha256Hex(hashes);
    all->matrix.stepMs = stepMs;
    return all;
}

core::Result<std::vector<std::string>> PrometheusClient::labelValues(const std::string &label, const std::string &match,
                                                                     const core::Cancel &cancel)
{
    Fields query;
    if (!match.empty())
        query.emplace_back("match[]", match);
    net::Request asked = request("label values", std::move(query));
    asked.path = {"api", "v1", "label", label, "values"}; // GET only: a POST is refused
    const auto response = answer(asked, cancel);
    if (!response)
        return core::fail(response.error());
    return m_http->named(decodeStrings(response->body, asked.what));
}

core::Result<telemetry::Inventory> PrometheusClient::inventory(const std::vector<std::string> &metricsWithLabels,
                                                               const core::Cancel &cancel)
{
    const auto names = labelValues("__name__", m_selector.empty() ? "" : "{" + m_selector + "}", cancel);
    if (!names)
        return core::fail(names.error());
    telemetry::Inventory out;
    out.metrics.insert(names->begin(), names->end());
    for (const std::string &metric : metricsWithLabels) {
        if (!out.metrics.contains(metric))
            continue;
        net::Request asked = request("labels", {{"match[]", metric + "{" + m_selector + "}"}});
        const auto response = answer(asked, cancel);
        if (!response)
            return core::fail(response.error());
        const auto labels = m_http->named(decodeStrings(response->body, asked.what));
        if (!labels)
            return core::fail(labels.error());
        out.labels[metric].insert(labels->begin(), labels->end());
    }
    return out;
}

core::Result<std::vector<telemetry::MetricInfo>> PrometheusClient::metadata(const std::string &metric,
                                                                            const core::Cancel &cancel)
{
    Fields query;
    if (!metric.empty())
        query.emplace_back("metric", metric);
    const auto response = answer(request("metadata", std::move(query)), cancel);
    if (!response)
        return core::fail(response.error());
    return m_http->named(decodeMetadata(response->body));
}

core::Result<std::vector<telemetry::Alert>> PrometheusClient::alerts(const core::Cancel &cancel)
{
    const auto response = answer(request("alerts"), cancel);
    if (!response)
        return core::fail(response.error());
    return m_http->named(decodeAlerts(response->body));
}

core::Result<std::vector<telemetry::Rule>> PrometheusClient::rules(const core::Cancel &cancel)
{
    const auto response = answer(request("rules"), cancel);
    if (!response)
        return core::fail(response.error());
    return m_http->named(decodeRules(response->body));
}

core::Result<std::vector<telemetry::Target>> PrometheusClient::targets(const core::Cancel &cancel)
{
    const auto response = answer(request("targets", {{"state", "active"}}), cancel);
    if (!response)
        return core::fail(response.error());
    return m_http->named(decodeTargets(response->body));
}

} // namespace andon::sources::prometheus
