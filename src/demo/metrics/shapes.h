#pragma once
// How the story's quantities move. Pure functions of time (epoch milliseconds).
#include "demo/story/plan.h"

namespace andon::demo
{

/// Day and night: 1 on average, ±amplitude, highest at 15:00 UTC.
[[nodiscard]] double daily(std::int64_t tMs, double amplitude);
/// ∫ of daily over the seconds since the start: what a counter at that mean rate has reached.
[[nodiscard]] double dailyIntegral(std::int64_t tMs, double amplitude);
/// Counters count from a whole day in 2024, so that the numbers keep their low digits.
[[nodiscard]] double secondsSinceStart(std::int64_t tMs);
/// 0 before, 1/2 at once, 1 ten minutes later.
[[nodiscard]] double after(std::int64_t tMs, Instant since);
/// ∫ of after over seconds up to t.
[[nodiscard]] double afterSeconds(std::int64_t tMs, Instant since);
/// As an exporter prints it: perUnit 1000 leaves three decimals, so that no value has a tail of binary digits.
[[nodiscard]] double places(double value, double perUnit);
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
/// ∫ of its power since the start, J, without the jitter.
[[nodiscard]] double gpuJoules(const Plan &plan, std::size_t gpu, std::int64_t tMs);
/// A training job that reads the saturated array: it starves.
[[nodiscard]] bool starves(const Plan &plan, const GpuPlan &gpu);
/// Of a node's GPUs, the share that starves.
[[nodiscard]] double starvingShare(const Plan &plan, std::size_t node);
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
