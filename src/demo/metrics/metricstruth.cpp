#include "demo/metrics/metricmodel.h"
#include "demo/metrics/shapes.h"

#include <nlohmann/json.hpp>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

/// What the counter counted over the samples of [from, to]: a fall is a restart and counts from 0.
double counted(const Plan &plan, std::size_t model, bool generated, std::int64_t from, std::int64_t to)
{
    double sum = 0;
    double last = tokenCount(plan, model, generated, from);
    for (std::int64_t t = from + kScrapeMs; t <= to; t += kScrapeMs) {
        const double now = tokenCount(plan, model, generated, t);
        sum += now >= last ? now - last : now;
        last = now;
    }
    return sum;
}

} // namespace

std::string metricsTruthJson(const Plan &plan)
{
    const std::int64_t to = plan.now.ms / kScrapeMs * kScrapeMs;
    const std::int64_t from = to - core::kDay;
    Json tokens = Json::object();
    for (std::size_t m = 0; m < plan.models.size(); ++m)
        if (plan.models[m].deployed)
            tokens[plan.models[m].name] = {
                {"prompt", static_cast<std::int64_t>(counted(plan, m, false, from, to))},
                {"generated", static_cast<std::int64_t>(counted(plan, m, true, from, to))},
                {"gpus", plan.models[m].servingGpus}};
    int allocated = 0;
    int idle = 0;
    int starved = 0;
    for (const GpuPlan &gpu : plan.gpus) {
        if (gpu.workload < 0)
            continue;
        ++allocated;
        const WorkloadPlan &workload = plan.workloads[static_cast<std::size_t>(gpu.workload)];
        idle += workload.kind == WorkloadPlan::Kind::Notebook ? 1 : 0;
        starved += workload.kind == WorkloadPlan::Kind::Train && workload.array == plan.saturatedArray ? 1 : 0;
    }
    const Json json = {
        {"window", {{"from", from / 1000}, {"to", to / 1000}}},
        {"tokens", tokens},
        {"gpus",
         {{"quota", plan.quotaGpus},
          {"allocated", allocated},
          {"idle", idle},
          {"starved", starved},
          {"free", plan.quotaGpus - allocated}}},
        {"storage", {{"array", plan.saturatedArray}, {"since", plan.saturatedSince.seconds()}}},
        {"quality",
         {{"model", plan.failedModel}, {"version", plan.failedVersion}, {"since", plan.deployedAt.seconds()}}},
        {"alerts", {"ModelQualityDropped", "StorageReadSaturated"}}};
    return json.dump(2);
}

} // namespace andon::demo
