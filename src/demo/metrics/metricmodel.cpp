#include "demo/metrics/metricmodel.h"

#include "demo/metrics/shapes.h"

#include <algorithm>
#include <cmath>

namespace andon::demo
{

namespace
{

constexpr double kMemoryMiB = 143'771; // of one GPU

promql::Labels sorted(promql::Labels labels)
{
    std::erase_if(labels, [](const auto &label) { return label.second.empty(); });
    std::sort(labels.begin(), labels.end());
    return labels;
}

double rounded(double value, double step)
{
    return std::round(value / step) * step;
}

/// Decimal places as an exporter prints them, so that no value has a tail of binary digits.
double places(double value, double perUnit)
{
    return std::round(value * perUnit) / perUnit;
}

} // namespace

MetricModel::MetricModel(const Plan &plan)
    : m_newest(plan.now.ms / kScrapeMs * kScrapeMs)
{
    m_oldest = m_newest - kKeptMs;
    addGpus(plan);
    addModels(plan);
    addArrays(plan);
    addNodes(plan);
    addKubernetes(plan);
    addServers(plan);
}

void MetricModel::add(const std::string &type, const std::string &name, promql::Labels labels, ValueAt at,
                      std::int64_t from, std::int64_t to)
{
    labels.emplace_back("__name__", name);
    m_byName[name].push_back(static_cast<int>(m_series.size()));
    std::string family = name;
    if (type == "histogram")
        family = name.substr(0, name.rfind('_'));
    m_types[family] = type;
    m_series.push_back({sorted(std::move(labels)), std::move(at), from, to});
}

void MetricModel::addGpus(const Plan &plan)
{
    for (std::size_t g = 0; g < plan.gpus.size(); ++g) {
        const GpuPlan &gpu = plan.gpus[g];
        const std::string &node = plan.nodes[static_cast<std::size_t>(gpu.node)];
        promql::Labels labels = {{"gpu", std::to_string(gpu.index)},
                                 {"UUID", gpu.uuid},
                                 {"device", "nvidia" + std::to_string(gpu.index)},
                                 {"modelName", "NVIDIA H200"},
                                 {"Hostname", node},
                                 {"job", "dcgm"},
                                 {"instance", node + ":9400"}};
        if (gpu.workload >= 0) {
            const WorkloadPlan &workload = plan.workloads[static_cast<std::size_t>(gpu.workload)];
            labels.emplace_back("exported_namespace", workload.nameSpace);
            labels.emplace_back("exported_pod", workload.pod);
            labels.emplace_back("exported_container", "main");
        }
        const auto gauge = [&](const char *name, auto value) {
            add("gauge", name, labels, [&plan, g, value](std::int64_t t) { return value(gpuLoad(plan, g, t)); });
        };
        gauge("DCGM_FI_DEV_GPU_UTIL", [](const GpuLoad &l) { return rounded(l.busy * 100, 1); });
        gauge("DCGM_FI_PROF_GR_ENGINE_ACTIVE", [](const GpuLoad &l) { return places(l.busy, 1e6); });
        gauge("DCGM_FI_PROF_SM_ACTIVE", [](const GpuLoad &l) { return places(l.smActive, 1e6); });
        gauge("DCGM_FI_DEV_FB_USED", [](const GpuLoad &l) { return rounded(l.memory * kMemoryMiB, 1); });
        gauge("DCGM_FI_DEV_FB_FREE",
              [](const GpuLoad &l) { return kMemoryMiB - rounded(l.memory * kMemoryMiB, 1); });
        gauge("DCGM_FI_DEV_POWER_USAGE", [](const GpuLoad &l) { return places(l.watts, 1000); });
        gauge("DCGM_FI_DEV_GPU_TEMP", [](const GpuLoad &l) { return rounded(l.celsius, 1); });
        add("gauge", "DCGM_FI_DEV_XID_ERRORS", labels, [](std::int64_t) { return 0.0; });
        // Millijoules at the GPU's mean power: exact, rising, and near what the gauge says.
        const double mean = gpuLoad(plan, g, plan.saturatedSince.ms - core::kHour).watts;
        add("counter", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", labels, [mean](std::int64_t t) {
            return std::floor(mean * (static_cast<double>(t) / 1000 - 1'704'067'200.0)) * 1000;
        });
    }
}

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
                add("gauge", "model_quality",
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
        add("gauge", "purefb_array_space_utilization", space,
            [used](std::int64_t) { return places(used, 1e4); });
    }
}

void MetricModel::addNodes(const Plan &plan)
{
    for (std::size_t n = 0; n < plan.nodes.size(); ++n) {
        const std::string &node = plan.nodes[n];
        const auto labels = [&](promql::Labels more) {
            more.emplace_back("instance", node + ":9100");
            more.emplace_back("job", "node");
            more.emplace_back("nodename", node);
            return more;
        };
        const double busy = 0.18 + 0.1 * noise(plan.seed, n, 61);
        const auto cpu = [&](const char *mode, double share) {
            add("counter", "node_cpu_seconds_total", labels({{"cpu", "0"}, {"mode", mode}}), [share](std::int64_t t) {
                return places(share * (static_cast<double>(t) / 1000 - 1'704'067'200.0), 100);
            });
        };
        cpu("idle", 0.97 - busy);
        cpu("user", busy);
        cpu("iowait", 0.03);
        const double rate = 1.1e9 + 4e8 * noise(plan.seed, n, 62);
        add("counter", "node_network_receive_bytes_total", labels({{"device", "bond0"}}), [rate](std::int64_t t) {
            return std::floor(rate * dailyIntegral(t, 0.15));
        });
        add("gauge", "node_memory_MemTotal_bytes", labels({}), [](std::int64_t) { return 2.164e12; });
        add("gauge", "node_memory_MemAvailable_bytes", labels({}),
            [&plan, n](std::int64_t t) { return std::round(1.3e12 + 4e10 * jitter(plan, 830'000 + n, t)); });
    }
}

void MetricModel::addKubernetes(const Plan &plan)
{
    const promql::Labels base = {{"job", "kube-state-metrics"}, {"instance", "kube-state-metrics:8080"}};
    const auto with = [&](promql::Labels more) {
        more.insert(more.end(), base.begin(), base.end());
        return more;
    };
    for (const std::string &node : plan.nodes)
        add("gauge", "kube_node_status_allocatable",
            with({{"node", node}, {"resource", "nvidia_com_gpu"}, {"unit", "integer"}}),
            [n = plan.gpusPerNode](std::int64_t) { return static_cast<double>(n); });
    for (std::size_t w = 0; w < plan.workloads.size(); ++w) {
        const WorkloadPlan &workload = plan.workloads[w];
        std::vector<int> perNode(plan.nodes.size(), 0);
        for (const GpuPlan &gpu : plan.gpus)
            if (gpu.workload == static_cast<int>(w))
                ++perNode[static_cast<std::size_t>(gpu.node)];
        for (std::size_t n = 0; n < perNode.size(); ++n)
            if (perNode[n] > 0)
                add("gauge", "kube_pod_container_resource_requests",
                    with({{"namespace", workload.nameSpace},
                          {"pod", workload.pod},
                          {"container", "main"},
                          {"node", plan.nodes[n]},
                          {"resource", "nvidia_com_gpu"},
                          {"unit", "integer"}}),
                    [count = perNode[n]](std::int64_t) { return static_cast<double>(count); });
        add("gauge", "kube_pod_status_phase",
            with({{"namespace", workload.nameSpace}, {"pod", workload.pod}, {"phase", "Running"}}),
            [](std::int64_t) { return 1.0; });
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

std::vector<int> MetricModel::select(const std::vector<promql::Matcher> &matchers) const
{
    const auto fits = [&](int series) {
        return std::all_of(matchers.begin(), matchers.end(), [&](const promql::Matcher &matcher) {
            const promql::Labels &all = m_series[static_cast<std::size_t>(series)].labels;
            const auto at = std::lower_bound(all.begin(), all.end(), matcher.name(),
                                             [](const auto &label, const std::string &name) { return label.first < name; });
            return matcher.matches(at != all.end() && at->first == matcher.name() ? std::string_view(at->second)
                                                                                  : std::string_view());
        });
    };
    std::vector<int> found;
    for (const promql::Matcher &matcher : matchers)
        if (matcher.name() == "__name__" && matcher.type() == promql::Matcher::Equal) {
            if (const auto named = m_byName.find(matcher.value()); named != m_byName.end())
                std::copy_if(named->second.begin(), named->second.end(), std::back_inserter(found), fits);
            return found;
        }
    for (int series = 0; series < size(); ++series)
        if (fits(series))
            found.push_back(series);
    return found;
}

const promql::Labels &MetricModel::labels(int series) const
{
    return m_series[static_cast<std::size_t>(series)].labels;
}

double MetricModel::value(int series, std::int64_t tMs) const
{
    return m_series[static_cast<std::size_t>(series)].at(tMs);
}

void MetricModel::samples(int series, std::int64_t fromMs, std::int64_t toMs, std::vector<std::int64_t> &t,
                          std::vector<double> &v) const
{
    const Series &s = m_series[static_cast<std::size_t>(series)];
    const std::int64_t from = std::max({fromMs, m_oldest, s.from});
    const std::int64_t to = std::min({toMs, m_newest, s.to - 1});
    for (std::int64_t at = (from + kScrapeMs - 1) / kScrapeMs * kScrapeMs; at <= to; at += kScrapeMs) {
        t.push_back(at);
        v.push_back(s.at(at));
    }
}

} // namespace andon::demo
