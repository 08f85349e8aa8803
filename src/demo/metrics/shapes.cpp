#include "demo/metrics/shapes.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace andon::demo
{

namespace
{

constexpr double kDay = 86400;
constexpr double kTau = 6.283185307179586;
constexpr double kPeak = 15 * 3600; // UTC
constexpr double kTokenSwing = 0.35;
constexpr double kServeLevel = 0.66;
constexpr double kServeSwing = 0.22;
constexpr double kServeOwn = 0.06;
constexpr double kServeSm = 0.86; // of busy
constexpr double kTrainSm = 0.87;
constexpr double kTrainOwn = 0.04;
constexpr double kTrainLost = 0.65; // of SM activity, while it starves
constexpr double kIdleWatts = 78;
constexpr double kBaseWatts = 120;
constexpr double kSmWatts = 560;

/// Each GPU is a little better or worse than the others.
double ownLevel(const Plan &plan, std::size_t gpu)
{
    return noise(plan.seed, gpu, 3) - 0.5;
}

/// Tokens from the epoch to t at a mean rate, with a wobble that never lets the counter fall.
double tokensUntil(const Plan &plan, std::uint64_t series, double rate, std::int64_t tMs)
{
    const double wobble =
        0.2 * rate * (1 - kTokenSwing) * 30 * (noise(plan.seed, series, static_cast<std::uint64_t>(tMs / 30000)));
    return std::floor(rate * dailyIntegral(tMs, kTokenSwing) + wobble);
}

} // namespace

double daily(std::int64_t tMs, double amplitude)
{
    struct Kept {
        std::int64_t tMs = -1;
        double wave = 0;
    };
    thread_local std::vector<Kept> all(32'768); // every GPU is asked for the same moments
    Kept &kept = all[static_cast<std::size_t>(tMs / 30'000) % all.size()];
    if (kept.tMs != tMs)
        kept = {tMs, std::cos(kTau * (static_cast<double>(tMs) / 1000 - kPeak) / kDay)};
    return 1 + amplitude * kept.wave;
}

double secondsSinceStart(std::int64_t tMs)
{
    return static_cast<double>(tMs) / 1000 - 1'704'067'200.0;
}

double dailyIntegral(std::int64_t tMs, double amplitude)
{
    const double s = secondsSinceStart(tMs);
    const auto wave = [](double x) { return std::sin(kTau * (x - kPeak) / kDay) * kDay / kTau; };
    return s + amplitude * (wave(s) - wave(0));
}

double after(std::int64_t tMs, Instant since)
{
    if (tMs < since.ms)
        return 0;
    const double x = std::min(static_cast<double>(tMs - since.ms) / 600'000.0, 1.0);
    return 0.5 + 0.5 * x * x * (3 - 2 * x);
}

double afterSeconds(std::int64_t tMs, Instant since)
{
    const double s = std::max(0.0, static_cast<double>(tMs - since.ms) / 1000);
    const double x = std::min(s / 600, 1.0);
    return 0.5 * s + 0.5 * (600 * (x * x * x - x * x * x * x / 2) + std::max(0.0, s - 600));
}

double places(double value, double perUnit)
{
    return std::round(value * perUnit) / perUnit;
}

double jitter(const Plan &plan, std::uint64_t series, std::int64_t tMs)
{
    return 2 * noise(plan.seed, series * 2654435761U, static_cast<std::uint64_t>(tMs / 30000)) - 1;
}

GpuLoad gpuLoad(const Plan &plan, std::size_t gpu, std::int64_t tMs)
{
    const GpuPlan &place = plan.gpus[gpu];
    const double j = jitter(plan, gpu + 1, tMs);
    const double j2 = jitter(plan, gpu + 100'001, tMs);
    const double own = ownLevel(plan, gpu);
    GpuLoad load{.memory = 0.01, .watts = kIdleWatts + 3 * j, .celsius = 31 + j};
    if (place.workload < 0)
        return load;
    const WorkloadPlan &workload = plan.workloads[static_cast<std::size_t>(place.workload)];
    switch (workload.kind) {
    case WorkloadPlan::Kind::Notebook:
        load.memory = 0.22; // holds memory, computes nothing
        return load;
    case WorkloadPlan::Kind::Serve:
        load.busy = std::clamp(kServeLevel * daily(tMs, kServeSwing) + kServeOwn * own + 0.03 * j, 0.05, 0.99);
        load.smActive = std::clamp(load.busy * kServeSm + 0.03 * j2, 0.03, 0.97);
        load.memory = 0.88 + 0.01 * own;
        break;
    case WorkloadPlan::Kind::Train: {
        const double starved = starves(plan, place) && tMs > plan.starvedSince.ms ? 1 : 0;
        load.busy = std::clamp(0.965 - 0.035 * starved + 0.01 * j, 0.0, 1.0); // a kernel is resident while it waits
        load.smActive = std::clamp(kTrainSm - kTrainLost * starved + kTrainOwn * own + 0.03 * j2, 0.02, 0.98);
        load.memory = 0.93 + 0.01 * own;
        break;
    }
    }
    load.watts = kBaseWatts + kSmWatts * load.smActive + 6 * j;
    load.celsius = 36 + 34 * load.smActive + j;
    return load;
}

double gpuJoules(const Plan &plan, std::size_t gpu, std::int64_t tMs)
{
    // The integral of gpuLoad's watts: its limits are never reached and its jitter is 0 on average.
    const GpuPlan &place = plan.gpus[gpu];
    const double seconds = secondsSinceStart(tMs);
    const auto kind = place.workload < 0 ? WorkloadPlan::Kind::Notebook
                                         : plan.workloads[static_cast<std::size_t>(place.workload)].kind;
    if (kind == WorkloadPlan::Kind::Notebook)
        return kIdleWatts * seconds;
    const double own = ownLevel(plan, gpu) * seconds;
    double active = 0; // seconds of SM activity
    if (kind == WorkloadPlan::Kind::Serve)
        active = kServeSm * (kServeLevel * dailyIntegral(tMs, kServeSwing) + kServeOwn * own);
    else
        active = kTrainSm * seconds + kTrainOwn * own
            - (starves(plan, place) ? kTrainLost * std::max(0.0, seconds - secondsSinceStart(plan.starvedSince.ms))
                                    : 0);
    return kBaseWatts * seconds + kSmWatts * active;
}

bool starves(const Plan &plan, const GpuPlan &gpu)
{
    if (gpu.workload < 0)
        return false;
    const WorkloadPlan &workload = plan.workloads[static_cast<std::size_t>(gpu.workload)];
    return workload.kind == WorkloadPlan::Kind::Train && workload.array == plan.saturatedArray;
}

double starvingShare(const Plan &plan, std::size_t node)
{
    int count = 0;
    for (const GpuPlan &gpu : plan.gpus)
        count += gpu.node == static_cast<int>(node) && starves(plan, gpu) ? 1 : 0;
    return static_cast<double>(count) / plan.gpusPerNode;
}

ArrayLoad arrayLoad(const Plan &plan, std::size_t array, std::int64_t tMs)
{
    const ArrayPlan &a = plan.arrays[array];
    const double j = jitter(plan, 500'000 + array, tMs);
    const double hot = a.name == plan.saturatedArray ? after(tMs, plan.saturatedSince) : 0;
    ArrayLoad load;
    const double usual = a.normalRead * (daily(tMs, 0.08) + 0.03 * j);
    load.read = usual * (1 - hot) + a.readLimit * (0.975 + 0.008 * j) * hot;
    load.write = a.normalWrite * (daily(tMs, 0.1) + 0.04 * j);
    load.readLatency = a.normalReadLatency * (1 + 0.08 * j) * (1 + 5.1 * hot);
    load.writeLatency = a.normalReadLatency * 0.7 * (1 + 0.06 * j) * (1 + 1.2 * hot);
    load.iops = (load.read + load.write) / 262144;
    return load;
}

std::int64_t restartedAt(const Plan &plan, std::size_t model)
{
    const std::int64_t grid = 30'000;
    if (plan.models[model].name == "vision-qa")
        return (plan.now - 7 * core::kHour).ms / grid * grid;
    return (plan.models[model].deployedAt).ms / grid * grid;
}

double tokenCount(const Plan &plan, std::size_t model, bool generated, std::int64_t tMs)
{
    const ModelPlan &m = plan.models[model];
    const double rate = generated ? m.generatedTokensPerSecond : m.promptTokensPerSecond;
    const std::uint64_t series = 700'000 + model * 2 + (generated ? 1 : 0);
    const std::int64_t restart = restartedAt(plan, model);
    const double total = tokensUntil(plan, series, rate, tMs);
    return tMs >= restart ? total - tokensUntil(plan, series, rate, restart) : total;
}

} // namespace andon::demo
