#pragma once
// What the machines of the demo factory did in a stretch of time, counted from the generators. Pure.
#include "demo/metrics/metricmodel.h"

namespace andon::demo
{

/// GPU-seconds of the quota; each is the first that holds.
struct GpuSeconds {
    std::int64_t unallocated = 0;
    std::int64_t idle = 0; ///< allocated, no engine is active
    std::int64_t starved = 0; ///< an engine is active and the multiprocessors mostly wait
    std::int64_t busy = 0;
    [[nodiscard]] std::int64_t quota() const { return unallocated + idle + starved + busy; }
};

/// The last closed day: 24 h that end with the last scrape.
[[nodiscard]] core::TimeRange lastDay(const Plan &plan);
/// What the counter of a model counted over the samples of the range, both ends included: a fall is a restart and
/// counts from 0.
[[nodiscard]] std::int64_t countTokens(const Plan &plan, std::size_t model, bool generated, core::TimeRange range);
/// Each scrape in (from, to] stands for the 30 s before it.
[[nodiscard]] GpuSeconds countGpuSeconds(const Plan &plan, core::TimeRange range);
/// GPUs in each class at one scrape, as GpuSeconds of one second.
[[nodiscard]] GpuSeconds gpusAt(const Plan &plan, std::int64_t tMs);

} // namespace andon::demo
