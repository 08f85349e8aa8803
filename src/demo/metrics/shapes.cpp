#include "demo/metrics/shapes.h"

#include <algorithm>
#include <cmath>

namespace andon::demo
{

namespace
{

constexpr double kDay = 86400;
constexpr double kTau = 6.283185307179586;
constexpr double kPeak = 15 * 3600; // UTC
constexpr double kTokenSwing = 0.35;

/// Tokens from the epoch to t at a mean rate, with a wobble that never lets the counter fall.
double tokensUntil(const Plan &plan, std::uint64_t series, double rate, std::int64_t tMs)
{
    const double wobble = 0.2 * rate * (1 - kTokenSwing) * 30 * (noise(plan.seed, series, static_cast<std::uint64_t>(tMs / 30000)));
    return std::floor(rate * dailyIntegral(tMs, kTokenSwing) + wobble);
}

} // namespace

double daily(std::int64_t tMs, double amplitude)
{
    const double s = static_cast<double>(tMs) / 1000;
    return 1 + amplitude * std::cos(kTau * (s - kPeak) / kDay);
}

double dailyIntegral(std::int64_t tMs, double amplitude)
{
    // Counted from a whole day in 2024, so that the numbers keep their low digits.
    const double s = static_cast<double>(tMs) / 1000 - 1'704'067'200.0;
    const auto wave = [](double x) { return std::sin(kTau * (x - kPeak) / kDay) * kDay / kTau; };
    return s + amplitude * (wave(s) - wave(0));
}

double after(std::int64_t tMs, Instant since)
{
    const double x = std::clamp(static_cast<double>(tMs - since.ms) / 600'000.0, 0.0, 1.0);
    return x * x * (3 - 2 * x);
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
    const double own = noise(plan.seed, gpu, 3) - 0.5; // each GPU has its own level
    GpuLoad load{.memory = 0.01, .watts = 78 + 3 * j, .celsius = 31 + j};
    if (place.workload < 0)
        return load;
    const WorkloadPlan &workload = plan.workloads[static_cast<std::size_t>(place.workload)];
    switch (workload.kind) {
    case WorkloadPlan::Kind::Notebook:
        load.memory = 0.22; // holds memory, computes nothing
        return load;
    case WorkloadPlan::Kind::Serve:
        load.busy = std::clamp(0.66 * daily(tMs, 0.22) + 0.06 * own + 0.03 * j, 0.05, 0.99);
        load.smActive = std::clamp(load.busy * 0.86 + 0.03 * j2, 0.03, 0.97);
        load.memory = 0.88 + 0.01 * own;
        break;
    case WorkloadPlan::Kind::Train: {
        const double starved = workload.array == plan.saturatedArray ? after(tMs, plan.saturatedSince) : 0;
        load.busy = std::clamp(0.965 - 0.035 * starved + 0.01 * j, 0.0, 1.0); // a kernel is resident while it waits
        load.smActive = std::clamp(0.87 - 0.65 * starved + 0.04 * own + 0.03 * j2, 0.02, 0.98);
        load.memory = 0.93 + 0.01 * own;
        break;
    }
    }
    load.watts = 120 + 560 * load.smActive + 6 * j;
    load.celsius = 36 + 34 * load.smActive + j;
    return load;
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
