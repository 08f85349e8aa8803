// GPUs, their nodes and what Kubernetes says of both.
#include "demo/metrics/metricmodel.h"
#include "demo/metrics/shapes.h"

#include <algorithm>
#include <cmath>

namespace andon::demo
{

namespace
{

constexpr double kMemoryMiB = 143'771; // of one GPU

} // namespace

void MetricModel::addGpus(const Plan &plan)
{
    for (std::size_t g = 0; g < plan.gpus.size(); ++g) {
        const GpuPlan &gpu = plan.gpus[g];
        const std::string &node = plan.nodes[static_cast<std::size_t>(gpu.node)];
        promql::Labels labels = {
            {"gpu", std::to_string(gpu.index)}, {"UUID", gpu.uuid}, {"device", "nvidia" + std::to_string(gpu.index)},
            {"modelName", "NVIDIA H200"},       {"Hostname", node}, {"job", "dcgm"},
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
        gauge("DCGM_FI_DEV_GPU_UTIL", [](const GpuLoad &l) { return std::round(l.busy * 100); });
        gauge("DCGM_FI_PROF_GR_ENGINE_ACTIVE", [](const GpuLoad &l) { return places(l.busy, 1e6); });
        gauge("DCGM_FI_PROF_SM_ACTIVE", [](const GpuLoad &l) { return places(l.smActive, 1e6); });
        gauge("DCGM_FI_DEV_FB_USED", [](const GpuLoad &l) { return std::round(l.memory * kMemoryMiB); });
        gauge("DCGM_FI_DEV_FB_FREE", [](const GpuLoad &l) { return kMemoryMiB - std::round(l.memory * kMemoryMiB); });
        gauge("DCGM_FI_DEV_POWER_USAGE", [](const GpuLoad &l) { return places(l.watts, 1000); });
        gauge("DCGM_FI_DEV_GPU_TEMP", [](const GpuLoad &l) { return std::round(l.celsius); });
        add("gauge", "DCGM_FI_DEV_XID_ERRORS", labels, [](std::int64_t) { return 0.0; });
        add("counter", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", labels, // millijoules
            [&plan, g](std::int64_t t) { return std::floor(gpuJoules(plan, g, t) * 1000); });
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
        // Hosts wait as far as their GPUs read the saturated array.
        const double busy = 0.18 + 0.1 * noise(plan.seed, n, 61);
        const double hot = starvingShare(plan, n);
        const auto seconds = [&](const char *name, const promql::Labels &more, double before, double added) {
            add("counter", name, labels(more), [&plan, before, added](std::int64_t t) {
                return places(before * secondsSinceStart(t) + added * afterSeconds(t, plan.saturatedSince), 100);
            });
        };
        seconds("node_cpu_seconds_total", {{"cpu", "0"}, {"mode", "idle"}}, 0.99 - busy, -0.08 * hot);
        seconds("node_cpu_seconds_total", {{"cpu", "0"}, {"mode", "user"}}, busy, 0);
        seconds("node_cpu_seconds_total", {{"cpu", "0"}, {"mode", "iowait"}}, 0.01, 0.08 * hot);
        seconds("node_pressure_io_waiting_seconds_total", {}, 0.02, 0.42 * hot);
        const double rate = 1.1e9 + 4e8 * noise(plan.seed, n, 62);
        add("counter", "node_network_receive_bytes_total", labels({{"device", "bond0"}}),
            [rate](std::int64_t t) { return std::floor(rate * dailyIntegral(t, 0.15)); });
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

} // namespace andon::demo
