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

struct Gpus {
    int allocated = 0;
    int idle = 0; ///< now
    int starved = 0; ///< now
    Json seconds = {}; ///< over the window
};

/// Each scrape after `from` stands for the 30 s before it. A GPU-second of the quota is the first that holds:
/// unallocated, allocated-idle, starved (an engine is active and the multiprocessors mostly wait), busy.
Gpus countGpus(const Plan &plan, std::int64_t from, std::int64_t to)
{
    constexpr double kBusy = 0.8;
    constexpr double kWaiting = 0.4;
    Gpus gpus;
    std::int64_t unallocated = 0;
    std::int64_t idle = 0;
    std::int64_t starved = 0;
    std::int64_t busy = 0;
    for (std::size_t g = 0; g < plan.gpus.size(); ++g) {
        GpuLoad load;
        for (std::int64_t t = from + kScrapeMs; t <= to; t += kScrapeMs) {
            load = gpuLoad(plan, g, t);
            const bool waits = load.busy > kBusy && load.smActive < kWaiting;
            ++(plan.gpus[g].workload < 0 ? unallocated : load.busy <= 0 ? idle : waits ? starved : busy);
        }
        if (plan.gpus[g].workload < 0)
            continue;
        ++gpus.allocated;
        gpus.idle += load.busy <= 0 ? 1 : 0;
        gpus.starved += load.busy > kBusy && load.smActive < kWaiting ? 1 : 0;
    }
    constexpr std::int64_t kSeconds = kScrapeMs / 1000;
    gpus.seconds = {{"quota", (unallocated + idle + starved + busy) * kSeconds},
                    {"unallocated", unallocated * kSeconds},
                    {"idle", idle * kSeconds},
                    {"starved", starved * kSeconds},
                    {"busy", busy * kSeconds}};
    return gpus;
}

} // namespace

std::string metricsTruthJson(const Plan &plan)
{
    const std::int64_t to = plan.now.ms / kScrapeMs * kScrapeMs;
    const std::int64_t from = to - core::kDay;
    Json tokens = Json::object();
    for (std::size_t m = 0; m < plan.models.size(); ++m)
        if (plan.models[m].deployed)
            tokens[plan.models[m].name] = {{"prompt", static_cast<std::int64_t>(counted(plan, m, false, from, to))},
                                           {"generated", static_cast<std::int64_t>(counted(plan, m, true, from, to))},
                                           {"gpus", plan.models[m].servingGpus}};
    const Gpus gpus = countGpus(plan, from, to);
    const Json json = {
        {"window", {{"from", from / 1000}, {"to", to / 1000}}},
        {"tokens", tokens},
        {"gpus",
         {{"quota", plan.quotaGpus},
          {"allocated", gpus.allocated},
          {"idle", gpus.idle},
          {"starved", gpus.starved},
          {"busy", gpus.allocated - gpus.idle - gpus.starved},
          {"free", plan.quotaGpus - gpus.allocated}}},
        {"gpu_seconds", gpus.seconds},
        {"storage", {{"array", plan.saturatedArray}, {"since", plan.saturatedSince.seconds()}}},
        {"quality",
         {{"model", plan.failedModel}, {"version", plan.failedVersion}, {"since", plan.deployedAt.seconds()}}},
        {"alerts", {"ModelQualityDropped", "StorageReadSaturated"}}};
    return json.dump(2);
}

} // namespace andon::demo
