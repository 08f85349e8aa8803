// Alerts, rules, targets, and the samples as text.
#include "demo/prometheus/prometheusdialect.h"
#include "demo/promql/labels.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

#include <charconv>
#include <map>
#include <ostream>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

std::string timeText(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
}

PrometheusDialect::Answer ok(const Json &data)
{
    return {.body = R"({"status":"success","data":)" + data.dump() + "}"};
}

std::string shortest(double value)
{
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// name{a="b"} without the metric's name inside.
std::string lineHead(const promql::Labels &labels)
{
    std::string name;
    std::string inner;
    for (const auto &[key, value] : labels) {
        if (key == promql::kMetricName) {
            name = value;
            continue;
        }
        inner += (inner.empty() ? "" : ",") + key + "=\"";
        for (const char c : value)
            inner += c == '\\' || c == '"' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
        inner += '"';
    }
    return name + (inner.empty() ? "" : "{" + inner + "}");
}

struct Alert {
    Json labels;
    Json annotations;
    std::int64_t since;
    std::string value;
    std::string expr;
};

std::vector<Alert> alertsOf(const Plan &plan)
{
    return {{{{"alertname", "ModelQualityDropped"},
              {"model", plan.failedModel},
              {"severity", "warning"},
              {"station", "Deployment"},
              {"version", std::to_string(plan.failedVersion)}},
             {{"summary", "Quality of " + plan.failedModel + " fell by more than 5 %"}},
             (plan.deployedAt + 30 * core::kMinute).ms,
             "8.12e-01",
             "model_quality < 0.85"},
            {{{"alertname", "StorageReadSaturated"},
              {"instance", plan.saturatedArray},
              {"severity", "critical"},
              {"station", "Storage"}},
             {{"summary", plan.saturatedArray + " has been at its read limit"}},
             (plan.saturatedSince + 10 * core::kMinute).ms,
             "1.17e+10",
             "purefb_array_performance_latency_usec{dimension=\"usec_per_read_op\",protocol=\"all\"} > 5000"}};
}

Json alertJson(const Alert &alert)
{
    return {{"labels", alert.labels},
            {"annotations", alert.annotations},
            {"state", "firing"},
            {"activeAt", timeText(alert.since)},
            {"value", alert.value}};
}

} // namespace

PrometheusDialect::Answer PrometheusDialect::alerts() const
{
    Json list = Json::array();
    for (const Alert &alert : alertsOf(m_plan))
        list.push_back(alertJson(alert));
    return ok({{"alerts", list}});
}

PrometheusDialect::Answer PrometheusDialect::rules() const
{
    Json list = Json::array();
    for (const Alert &alert : alertsOf(m_plan))
        list.push_back({{"state", "firing"},
                        {"name", alert.labels["alertname"]},
                        {"query", alert.expr},
                        {"duration", 600},
                        {"labels", {{"severity", alert.labels["severity"]}}},
                        {"annotations", alert.annotations},
                        {"alerts", Json::array({alertJson(alert)})},
                        {"health", "ok"},
                        {"evaluationTime", 0.0004},
                        {"lastEvaluation", timeText(m_model.newest())},
                        {"type", "alerting"}});
    return ok({{"groups",
                Json::array({{{"name", "factory"},
                              {"file", "/etc/prometheus/factory.yml"},
                              {"rules", list},
                              {"interval", 30},
                              {"limit", 0},
                              {"evaluationTime", 0.0009},
                              {"lastEvaluation", timeText(m_model.newest())}}})}});
}

PrometheusDialect::Answer PrometheusDialect::targets() const
{
    Json list = Json::array();
    for (int series = 0; series < m_model.size(); ++series) {
        const promql::Labels &labels = m_model.labels(series);
        if (promql::labelOf(labels, promql::kMetricName) != "up")
            continue;
        const std::string job(promql::labelOf(labels, "job"));
        const std::string instance(promql::labelOf(labels, "instance"));
        list.push_back({{"discoveredLabels", {{"__address__", instance}, {"job", job}}},
                        {"labels", {{"instance", instance}, {"job", job}}},
                        {"scrapePool", job},
                        {"scrapeUrl", "http://" + instance + "/metrics"},
                        {"globalUrl", "http://" + instance + "/metrics"},
                        {"lastError", ""},
                        {"lastScrape", timeText(m_model.newest())},
                        {"lastScrapeDuration", 0.012},
                        {"health", "up"},
                        {"scrapeInterval", "30s"},
                        {"scrapeTimeout", "10s"}});
    }
    return ok({{"activeTargets", list}, {"droppedTargets", Json::array()}});
}

std::string PrometheusDialect::exposition() const
{
    std::string out;
    std::string last;
    for (int series = 0; series < m_model.size(); ++series) {
        std::vector<std::int64_t> t;
        std::vector<double> v;
        m_model.samples(series, m_model.newest(), m_model.newest(), t, v);
        if (v.empty())
            continue;
        const std::string head = lineHead(m_model.labels(series));
        out += head + " " + shortest(v.back()) + "\n";
    }
    return out;
}

void PrometheusDialect::dumpOpenMetrics(std::ostream &out, std::int64_t fromMs, std::int64_t toMs) const
{
    // Families stand together; the suffixes of counters and histograms are of the family.
    std::map<std::string, std::vector<int>> families;
    for (int series = 0; series < m_model.size(); ++series) {
        const std::string name(promql::labelOf(m_model.labels(series), promql::kMetricName));
        families[name].push_back(series);
    }
    for (const auto &[name, members] : families) {
        // Everything is dumped as untyped: the format would otherwise insist on suffixes that exporters do not have.
        out << "# TYPE " << name << " unknown\n";
        for (const int series : members) {
            std::vector<std::int64_t> t;
            std::vector<double> v;
            m_model.samples(series, fromMs, toMs, t, v);
            const std::string head = lineHead(m_model.labels(series));
            for (std::size_t i = 0; i < t.size(); ++i)
                out << head << ' ' << shortest(v[i]) << ' ' << t[i] / 1000 << '\n';
        }
    }
    out << "# EOF\n";
}

} // namespace andon::demo
