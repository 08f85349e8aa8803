#include "demo/story/plan.h"

#include <cstdio>

namespace andon::demo
{

namespace
{

std::uint64_t mix(std::uint64_t x)
{
    // SplitMix64, Steele et al. 2014
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

std::string format(const char *pattern, int number)
{
    char text[64];
    std::snprintf(text, sizeof text, pattern, number);
    return text;
}

/// GPUs, arrays and traffic are so many times those of the small factory.
int unitOf(Scale scale)
{
    return scale == Scale::Small ? 1 : scale == Scale::Factory ? 8 : 64;
}

void addModels(Plan &plan)
{
    const Instant now = plan.now;
    const int unit = unitOf(plan.scale);
    const auto days = [&](double d) { return now - static_cast<std::int64_t>(d * static_cast<double>(core::kDay)); };
    const double f = unit;
    plan.models = {
        {"fraud-llm", 14, 14, plan.deployedAt, 13, 8 * unit, 14'000 * f, 4'200 * f},
        {"chat-large", 9, 9, days(21), 8, 12 * unit, 26'000 * f, 8'900 * f},
        {"chat-small", 6, 6, days(34), 5, 6 * unit, 2'100 * f, 640 * f},
        {"risk-scorer", 5, 5, days(46), 4, 2 * unit, 5'200 * f, 310 * f},
        {"doc-embedder", 7, 7, days(12), 6, 2 * unit, 31'000 * f, 0},
        {"vision-qa", 4, 4, days(58), 3, 4 * unit, 7'400 * f, 1'900 * f},
        {"code-assist", 3, 0, {}, 0, 0, 0, 0},
        {"speech-to-text", 2, 0, {}, 0, 0, 0, 0},
        {"route-planner", 3, 0, {}, 0, 0, 0, 0},
    };
}

void addWorkloads(Plan &plan)
{
    const int unit = unitOf(plan.scale);
    int next = 0;
    const auto occupy = [&](WorkloadPlan workload, int gpus) {
        const int id = static_cast<int>(plan.workloads.size());
        plan.workloads.push_back(std::move(workload));
        for (int i = 0; i < gpus && next < static_cast<int>(plan.gpus.size()); ++i)
            plan.gpus[static_cast<std::size_t>(next++)].workload = id;
    };
    for (const ModelPlan &model : plan.models)
        if (model.deployed)
            occupy({WorkloadPlan::Kind::Serve, "serving", model.name + "-vllm-0", model.name, model.deployed,
                    "fb-ams-02", model.deployedAt},
                   model.servingGpus);
    const Instant now = plan.now;
    occupy({WorkloadPlan::Kind::Train, "training", "code-assist-train-0", "code-assist", 0, "fb-ams-03",
            now - 31 * core::kHour},
           12 * unit);
    occupy({WorkloadPlan::Kind::Train, "training", "fraud-llm-train-0", "fraud-llm", 0, "fb-ams-03",
            now - 20 * core::kHour},
           8 * unit);
    occupy({WorkloadPlan::Kind::Train, "training", "route-planner-train-0", "route-planner", 0, "fb-ams-01",
            now - 15 * core::kHour},
           4 * unit);
    occupy({WorkloadPlan::Kind::Notebook, "research", "notebook-kim-0", "", 0, "fb-ams-01", now - 40 * core::kHour},
           2 * unit); // allocated and idle; the last 4 × unit GPUs stay free
}

} // namespace

const char *nameOf(Scale scale)
{
    return scale == Scale::Small ? "small" : scale == Scale::Factory ? "factory" : "huge";
}

double noise(std::uint64_t seed, std::uint64_t a, std::uint64_t b)
{
    return static_cast<double>(mix(mix(mix(seed) ^ a) ^ b) >> 11) * 0x1.0p-53;
}

Plan makePlan(Scale scale, std::uint64_t seed, Instant now)
{
    Plan plan{.scale = scale, .seed = seed, .now = Instant::fromSeconds(now.seconds())};
    const int unit = unitOf(scale);
    plan.repositories = {{"ml-data", 700'000}, {"features", 220'000}, {"eval-sets", 80'000}};
    if (scale == Scale::Small)
        plan.repositories = {{"ml-data", 420}, {"features", 130}, {"eval-sets", 50}};
    else if (scale == Scale::Factory)
        plan.repositories = {{"ml-data", 70'000}, {"features", 22'000}, {"eval-sets", 8'000}};
    plan.ingestMerged = plan.now - 9 * core::kDay - 2 * core::kHour;
    plan.deployedAt = plan.now - 3 * core::kDay - 4 * core::kHour;
    constexpr std::int64_t kScrape = 30 * core::kSecond; // the story turns at a scrape: whoever looks sees when
    plan.saturatedSince = {plan.now.ms / kScrape * kScrape - 5 * core::kHour - 20 * core::kMinute};
    plan.starvedSince = plan.saturatedSince + 5 * core::kMinute;
    const int nodes = 8 * unit;
    for (int n = 0; n < nodes; ++n)
        plan.nodes.push_back(format(scale == Scale::Small ? "gpu-%02d" : "gpu-%03d", n + 1));
    plan.quotaGpus = nodes * plan.gpusPerNode;
    for (int g = 0; g < plan.quotaGpus; ++g) {
        char uuid[64];
        const auto id = mix(mix(seed) ^ static_cast<std::uint64_t>(g + 1));
        std::snprintf(uuid, sizeof uuid, "GPU-%08x-%04x-%04x", static_cast<unsigned>(id >> 32),
                      static_cast<unsigned>((id >> 16) & 0xffff), static_cast<unsigned>(id & 0xffff));
        plan.gpus.push_back({g / plan.gpusPerNode, g % plan.gpusPerNode, uuid, -1});
    }
    const double f = unit;
    plan.arrays = {{"fb-ams-01", 10e9 * f, 3.1e9 * f, 0.9e9 * f, 0.0011},
                   {"fb-ams-02", 10e9 * f, 4.6e9 * f, 1.2e9 * f, 0.0012},
                   {"fb-ams-03", 12e9 * f, 6.4e9 * f, 1.6e9 * f, 0.0013}};
    addModels(plan);
    addWorkloads(plan);
    return plan;
}

void holdCommits(Plan &plan, std::int64_t commits)
{
    const std::int64_t before = plan.repositories.front().commits;
    for (RepositoryPlan &repository : plan.repositories)
        repository.commits = repository.commits * commits / before;
}

} // namespace andon::demo
