// Rules with their alerts, and targets.
#include "demo/prometheus/prometheusdialect.h"
#include "demo/promql/engine.h"
#include "demo/promql/labels.h"

#include <algorithm>

namespace andon::demo
{

namespace
{

constexpr std::int64_t kFor = 10 * core::kMinute;

struct DemoRule {
    std::string name = {};
    std::string expr = {};
    promql::Labels labels = {};
    promql::Labels annotations = {};
    Instant cause = {}; ///< what it is about happened then
};

struct DemoAlert {
    promql::Labels labels = {};
    std::int64_t since = 0;
    double value = 0;
};

std::vector<DemoRule> rulesOf(const Plan &plan)
{
    return {{"ModelQualityDropped",
             "model_quality < 0.85",
             {{"severity", "warning"}, {"station", "Deployment"}},
             {{"summary", "Quality of " + plan.failedModel + " fell by more than 5 %"}},
             plan.deployedAt},
            {"StorageReadSaturated",
             "purefb_array_performance_latency_usec{dimension=\"usec_per_read_op\",protocol=\"all\"} > 5000",
             {{"severity", "critical"}, {"station", "Storage"}},
             {{"summary", plan.saturatedArray + " has been at its read limit"}},
             plan.saturatedSince}};
}

std::vector<promql::Sample> holding(const MetricModel &model, const DemoRule &rule, std::int64_t tMs)
{
    auto value = promql::instant(model, rule.expr, tMs);
    return value ? std::move(value->vector) : std::vector<promql::Sample>();
}

/// What the rule has found since its cause, with the scrape since which it has held without a break.
std::vector<DemoAlert> alertsOf(const MetricModel &model, const DemoRule &rule)
{
    std::vector<DemoAlert> alerts;
    for (const promql::Sample &sample : holding(model, rule, model.newest())) {
        DemoAlert alert{promql::withoutName(sample.labels), 0, sample.v};
        // The story's turns take ten minutes; afterwards the rule holds all the time.
        alert.since = (rule.cause.ms + kFor) / kScrapeMs * kScrapeMs;
        const auto holds = [&](std::int64_t t) {
            const auto found = holding(model, rule, t);
            return std::any_of(found.begin(), found.end(), [&](const auto &s) { return s.labels == sample.labels; });
        };
        while (alert.since > rule.cause.ms - kFor && holds(alert.since - kScrapeMs))
            alert.since -= kScrapeMs;
        for (const auto &[name, value] : rule.labels)
            promql::setLabel(alert.labels, name, value);
        promql::setLabel(alert.labels, "alertname", rule.name);
        alerts.push_back(std::move(alert));
    }
    return alerts;
}

std::string listOf(const std::vector<DemoAlert> &alerts, const DemoRule &rule)
{
    std::string out;
    for (const DemoAlert &alert : alerts)
        out += (out.empty() ? "" : ",") + (R"({"labels":)" + jsonOf(alert.labels)) + R"(,"annotations":)"
            + jsonOf(rule.annotations) + R"(,"state":"firing","activeAt":")" + timeText(alert.since) + R"(","value":")"
            + exponentText(alert.value) + "\"}";
    return out;
}

std::string ruleJson(const DemoRule &rule, const MetricModel &model)
{
    const std::vector<DemoAlert> alerts = alertsOf(model, rule);
    return R"({"state":")" + std::string(alerts.empty() ? "inactive" : "firing") + R"(","name":)" + jsonText(rule.name)
        + R"(,"query":)" + jsonText(rule.expr) + R"(,"duration":)" + std::to_string(kFor / core::kSecond)
        + R"(,"keepFiringFor":0,"labels":)" + jsonOf(rule.labels) + R"(,"annotations":)" + jsonOf(rule.annotations)
        + R"(,"alerts":[)" + listOf(alerts, rule) + R"(],"health":"ok","evaluationTime":0.0004,"lastEvaluation":")"
        + timeText(model.newest()) + R"(","type":"alerting"})";
}

} // namespace

PrometheusAnswer PrometheusDialect::alerts() const
{
    std::string out;
    for (const DemoRule &rule : rulesOf(m_plan))
        if (const std::string found = listOf(alertsOf(m_model, rule), rule); !found.empty())
            out += (out.empty() ? "" : ",") + found;
    return succeeded(R"({"alerts":[)" + out + "]}");
}

PrometheusAnswer PrometheusDialect::rules(const Params &params) const
{
    const std::string type = parameter(params, "type");
    if (!type.empty() && type != "alert" && type != "record")
        return badParameter("type", "not supported value " + promql::quoted(type));
    std::string out;
    if (type != "record")
        for (const DemoRule &rule : rulesOf(m_plan))
            out += (out.empty() ? "" : ",") + ruleJson(rule, m_model);
    return succeeded(R"({"groups":[{"name":"factory","file":"/etc/prometheus/factory.yml","rules":[)" + out
                     + R"(],"interval":30,"limit":0,"evaluationTime":0.0009,"lastEvaluation":")"
                     + timeText(m_model.newest()) + "\"}]}");
}

PrometheusAnswer PrometheusDialect::targets(const Params &params) const
{
    const std::string state = parameter(params, "state");
    std::string out;
    for (int series = 0; series < m_model.size(); ++series) {
        const promql::Labels &labels = m_model.labels(series);
        if (promql::labelOf(labels, promql::kMetricName) != "up"
            || (state != "active" && state != "any" && !state.empty()))
            continue;
        const std::string job(promql::labelOf(labels, "job"));
        const std::string instance(promql::labelOf(labels, "instance"));
        const std::string url = jsonText("http://" + instance + "/metrics");
        const promql::Labels discovered = {{"__address__", instance},     {"__metrics_path__", "/metrics"},
                                           {"__scheme__", "http"},        {"__scrape_interval__", "30s"},
                                           {"__scrape_timeout__", "10s"}, {"job", job}};
        out += (out.empty() ? "" : ",") + (R"({"discoveredLabels":)" + jsonOf(discovered)) + R"(,"labels":)"
            + jsonOf(promql::withoutName(labels)) + R"(,"scrapePool":)" + jsonText(job) + R"(,"scrapeUrl":)" + url
            + R"(,"globalUrl":)" + url + R"(,"lastError":"","lastScrape":")" + timeText(m_model.newest())
            + R"(","lastScrapeDuration":0.012,"health":"up","scrapeInterval":"30s","scrapeTimeout":"10s"})";
    }
    return succeeded(R"({"activeTargets":[)" + out + R"(],"droppedTargets":[]})");
}

} // namespace andon::demo
