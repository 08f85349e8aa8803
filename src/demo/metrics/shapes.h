#pragma once
// How the story's quantities move. Pure functions of time (epoch milliseconds).
#include "demo/story/plan.h"

namespace andon::demo
{

/// Day and night: 1 on average, ±amplitude, highest at 15:00 UTC.
[[nodiscard]] double daily(std::int64_t tMs, double amplitude);
/// ∫ of daily over seconds from the epoch to t: what a counter at that mean rate has reached.
[[nodiscard]] double dailyIntegral(std::int64_t tMs, double amplitude);
/// 0 before, 1 after, smooth over the ten minutes from `since`.
[[nodiscard]] double after(std::int64_t tMs, Instant since);
/// Uniform [-1, 1] that holds for one scrape.
[[nodiscard]] double jitter(const Plan &plan, std::uint64_t series, std::int64_t tMs);

struct GpuLoad {
    double busy = 0; ///< an engine is active, ratio
    double smActive = 0; ///< the multiprocessors are, ratio
    double memory = 0; ///< ratio
    double watts = 0;
    double celsius = 0;
};
/// What a GPU does at a time.
[[nodiscard]] GpuLoad gpuLoad(const Plan &plan, std::size_t gpu, std::int64_t tMs);
/// B/s, ratio of the limit and so on are left to the reader.
struct ArrayLoad {
    double read = 0; ///< B/s
    double write = 0;
    double readLatency = 0; ///< s
    double writeLatency = 0;
    double iops = 0;
};
[[nodiscard]] ArrayLoad arrayLoad(const Plan &plan, std::size_t array, std::int64_t tMs);

/// Tokens since the pod of a model started, an integer: its counter's value. generated: else of the prompts.
[[nodiscard]] double tokenCount(const Plan &plan, std::size_t model, bool generated, std::int64_t tMs);
/// When the pod of a model restarted last: a counter reset. vision-qa did seven hours ago.
[[nodiscard]] std::int64_t restartedAt(const Plan &plan, std::size_t model);

} // namespace andon::demo
