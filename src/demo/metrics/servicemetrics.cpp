// What serves and what stores: vLLM, the evaluator, arrays, lakeFS, and which targets are up.
#include "demo/metrics/metricmodel.h"
#include "demo/metrics/shapes.h"

#include <cmath>
#include <cstdio>

namespace andon::demo
{

void MetricModel::addModels(const Plan &plan)
{
    static constexpr double kBounds[] = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
    for (std::size_t m = 0; m < plan.models.size(); ++m) {
        const ModelPlan &model = plan.models[m];
        if (!model.deployed)
            continue;
        const promql::Labels labels = {{"model_name", model.name},
                                       {"job", "vllm"},
                                       {"namespace", "serving"},
                                       {"pod", model.name + "-vllm-0"},
                                       {"instance", model.name + ":8000"}};
        add("counter", "vllm:prompt_tokens_total", labels,
            [&plan, m](std::int64_t t) { return tokenCount(plan, m, false, t); });
        add("counter", "vllm:generation_tokens_total", labels,
            [&plan, m](std::int64_t t) { return tokenCount(plan, m, true, t); });
        const double load = std::max(2.0, model.promptTokensPerSecond / 900);
        add("gauge", "vllm:num_requests_running", labels, [&plan, m, load](std::int64_t t) {
            return std::round(load * daily(t, 0.3) * (1 + 0.1 * jitter(plan, 800'000 + m, t)));
        });
        add("gauge", "vllm:num_requests_waiting", labels, [&plan, m, load](std::int64_t t) {
            return std::round(std::max(0.0, load * 0.12 * (daily(t, 0.6) + jitter(plan, 810'000 + m, t))));
        });
        // Requests: one per 600 prompt tokens; a fixed share below each bound.
        const double slow = model.name == plan.failedModel ? 0.8 : 0.3;
        const auto requests = [&plan, m](std::int64_t t) { return std::floor(tokenCount(plan, m, false, t) / 600); };
        const auto share = [slow](double bound) { return 1 - std::exp(-bound / slow); };
        for (const double bound : kBounds) {
            promql::Labels bucket = labels;
            char text[16];
            std::snprintf(text, sizeof text, "%g", bound);
            bucket.emplace_back("le", text);
            add("histogram", "vllm:time_to_first_token_seconds_bucket", bucket,
                [requests, s = share(bound)](std::int64_t t) { return std::floor(requests(t) * s); });
        }
        promql::Labels all = labels;
        all.emplace_back("le", "+Inf");
        add("histogram", "vllm:time_to_first_token_seconds_bucket", all, requests);
        add("histogram", "vllm:time_to_first_token_seconds_count", labels, requests);
        add("histogram", "vllm:time_to_first_token_seconds_sum", labels,
            [requests, slow](std::int64_t t) { return places(requests(t) * slow, 1000); });
        // Quality of what is deployed: a new series per version, as evaluators report it.
        const auto quality = [&](int version, double level, std::int64_t from, std::int64_t to) {
            if (version > 0)
                add(
                    "gauge", "model_quality",
                    {{"model", model.name},
                     {"version", std::to_string(version)},
                     {"metric", "auc"},
                     {"job", "evaluator"},
                     {"instance", "evaluator:8080"}},
                    [&plan, m, level](std::int64_t t) {
                        return places(level + 0.004 * jitter(plan, 820'000 + m, t / 3'600'000 * 3'600'000), 1e4);
                    },
                    from, to);
        };
        const bool failed = model.name == plan.failedModel;
        const double level = 0.93 - 0.012 * static_cast<double>(m);
        quality(model.deployedBefore, failed ? plan.qualityBefore : level - 0.004, INT64_MIN, model.deployedAt.ms);
        quality(model.deployed, failed ? plan.qualityAfter : level, model.deployedAt.ms, INT64_MAX);
    }
}

void MetricModel::addArrays(const Plan &plan)
{
    for (std::size_t a = 0; a < plan.arrays.size(); ++a) {
        const auto gauge = [&](const char *name, const char *dimension, auto value) {
            add("gauge", name,
                {{"instance", plan.arrays[a].name},
                 {"job", "flashblade"},
                 {"protocol", "all"},
                 {"dimension", dimension}},
                [&plan, a, value](std::int64_t t) { return std::round(value(arrayLoad(plan, a, t))); });
        };
        gauge("purefb_array_performance_bandwidth_bytes", "read_bytes_per_sec", [](const auto &l) { return l.read; });
        gauge("purefb_array_performance_bandwidth_bytes", "write_bytes_per_sec", [](const auto &l) { return l.write; });
        gauge("purefb_array_performance_throughput_iops", "reads_per_sec",
              [](const auto &l) { return l.iops * l.read / (l.read + l.write); });
        gauge("purefb_array_performance_throughput_iops", "writes_per_sec",
              [](const auto &l) { return l.iops * l.write / (l.read + l.write); });
        gauge("purefb_array_performance_latency_usec", "usec_per_read_op",
              [](const auto &l) { return l.readLatency * 1e6; });
        gauge("purefb_array_performance_latency_usec", "usec_per_write_op",
              [](const auto &l) { return l.writeLatency * 1e6; });
        const promql::Labels space = {{"instance", plan.arrays[a].name}, {"job", "flashblade"}, {"type", "array"}};
        const auto bytes = [&](const char *kind, double value) {
            promql::Labels labels = space;
            labels.emplace_back("space", kind);
            add("gauge", "purefb_array_space_bytes", labels, [value](std::int64_t) { return value; });
        };
        const double used = 0.61 + 0.09 * static_cast<double>(a);
        bytes("capacity", 1.2e15);
        bytes("unique", 1.2e15 * used);
        add("gauge", "purefb_array_space_utilization", space, [used](std::int64_t) { return places(used, 1e4); });
    }
}

void MetricModel::addServers(const Plan &plan)
{
    const promql::Labels lakefs = {{"job", "lakefs"}, {"instance", "lakefs:8000"}};
    for (const char *code : {"200", "404"}) {
        promql::Labels labels = lakefs;
        labels.emplace_back("code", code);
        labels.emplace_back("method", "get");
        const double rate = code[0] == '2' ? 41 : 0.4;
        add("counter", "api_requests_total", labels,
            [rate](std::int64_t t) { return std::floor(rate * dailyIntegral(t, 0.2)); });
    }
    const auto up = [&](const std::string &job, const std::string &instance) {
        add("gauge", "up", {{"job", job}, {"instance", instance}}, [](std::int64_t) { return 1.0; });
    };
    for (const std::string &node : plan.nodes) {
        up("dcgm", node + ":9400");
        up("node", node + ":9100");
    }
    for (const ModelPlan &model : plan.models)
        if (model.deployed)
            up("vllm", model.name + ":8000");
    for (const ArrayPlan &array : plan.arrays)
        up("flashblade", array.name);
    up("lakefs", "lakefs:8000");
    up("kube-state-metrics", "kube-state-metrics:8080");
    up("evaluator", "evaluator:8080");
}

} // namespace andon::demo
