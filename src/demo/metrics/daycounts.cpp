#include "demo/metrics/daycounts.h"

#include "demo/metrics/shapes.h"

namespace andon::demo
{

namespace
{

std::int64_t &classOf(const Plan &plan, std::size_t gpu, std::int64_t tMs, GpuSeconds &seconds)
{
    constexpr double kBusy = 0.8;
    constexpr double kWaiting = 0.4;
    if (plan.gpus[gpu].workload < 0)
        return seconds.unallocated;
    const GpuLoad load = gpuLoad(plan, gpu, tMs);
    if (load.busy <= 0)
        return seconds.idle;
    return load.busy > kBusy && load.smActive < kWaiting ? seconds.starved : seconds.busy;
}

} // namespace

core::TimeRange lastDay(const Plan &plan)
{
    const Instant to{plan.now.ms / kScrapeMs * kScrapeMs};
    return {to - core::kDay, to};
}

std::int64_t countTokens(const Plan &plan, std::size_t model, bool generated, core::TimeRange range)
{
    double sum = 0;
    double last = tokenCount(plan, model, generated, range.from.ms);
    for (std::int64_t t = range.from.ms + kScrapeMs; t <= range.to.ms; t += kScrapeMs) {
        const double now = tokenCount(plan, model, generated, t);
        sum += now >= last ? now - last : now;
        last = now;
    }
    return static_cast<std::int64_t>(sum);
}

GpuSeconds countGpuSeconds(const Plan &plan, core::TimeRange range)
{
    GpuSeconds seconds;
    for (std::size_t g = 0; g < plan.gpus.size(); ++g)
        for (std::int64_t t = range.from.ms + kScrapeMs; t <= range.to.ms; t += kScrapeMs)
            classOf(plan, g, t, seconds) += kScrapeMs / core::kSecond;
    return seconds;
}

GpuSeconds gpusAt(const Plan &plan, std::int64_t tMs)
{
    GpuSeconds gpus;
    for (std::size_t g = 0; g < plan.gpus.size(); ++g)
        ++classOf(plan, g, tMs, gpus);
    return gpus;
}

} // namespace andon::demo
