#pragma once
// What is normal for a series: its quantiles over the days before. Pure.
#include "telemetry/series.h"

namespace andon::telemetry
{

constexpr std::int64_t kBaselineSpan = 7 * core::kDay;
constexpr std::int64_t kBaselineLeast = core::kDay; ///< with less data there is no baseline

struct Baseline {
    double median = 0;
    double p95 = 0;
    double p99 = 0;
    std::int64_t covered = 0; ///< ms that have samples
    std::size_t samples = 0;
    bool operator==(const Baseline &) const = default;
};

/// Of the samples in [from, to); steps that have none are not counted. nullopt when they cover less than 24 h, or the
/// step is not positive. Infinite samples are left out.
[[nodiscard]] std::optional<Baseline> baseline(const Series &series, core::TimeRange range, std::int64_t stepMs);

/// Quantile q of the values as Prometheus interpolates it, 0 <= q <= 1. nullopt when there are none. Reorders values.
[[nodiscard]] std::optional<double> quantile(std::vector<double> &values, double q);

/// Pearson's r of two series over the times that both have, `lag` steps of the second behind the first (lag * stepMs).
/// nullopt with fewer than 15 pairs or when one of them does not vary.
[[nodiscard]] std::optional<double> correlation(const Series &a, const Series &b, core::TimeRange range,
                                                std::int64_t lagMs);

/// The value at t: the newest sample that is not older than `maxAgeMs`.
[[nodiscard]] std::optional<double> valueAt(const Series &series, std::int64_t tMs, std::int64_t maxAgeMs);

} // namespace andon::telemetry
