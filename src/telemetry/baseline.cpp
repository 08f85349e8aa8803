#include "telemetry/baseline.h"

#include <algorithm>
#include <cmath>

namespace andon::telemetry
{

namespace
{
constexpr std::size_t kLeastPairs = 15;
} // namespace

std::optional<double> quantile(std::vector<double> &values, double q)
{
    if (values.empty())
        return std::nullopt;
    const double rank = q * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::size_t>(std::floor(rank));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(lower);
    std::nth_element(values.begin(), at, values.end());
    const double low = *at;
    if (lower + 1 >= values.size())
        return low;
    const double high = *std::min_element(at + 1, values.end());
    const double weight = rank - static_cast<double>(lower);
    return low * (1 - weight) + high * weight;
}

std::optional<Baseline> baseline(const Series &series, core::TimeRange range, std::int64_t stepMs)
{
    if (stepMs <= 0 || !range.valid())
        return std::nullopt;
    const auto from = std::lower_bound(series.t.begin(), series.t.end(), range.from.ms) - series.t.begin();
    const auto to = std::lower_bound(series.t.begin(), series.t.end(), range.to.ms) - series.t.begin();
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(to - from));
    std::copy_if(series.v.begin() + from, series.v.begin() + to, std::back_inserter(values),
                 [](double value) { return std::isfinite(value); });
    const std::int64_t covered = static_cast<std::int64_t>(values.size()) * stepMs;
    if (covered < kBaselineLeast)
        return std::nullopt;
    Baseline normal{.covered = covered, .samples = values.size()};
    normal.median = *quantile(values, 0.5);
    normal.p95 = *quantile(values, 0.95);
    normal.p99 = *quantile(values, 0.99);
    return normal;
}

std::optional<double> correlation(const Series &a, const Series &b, core::TimeRange range, std::int64_t lagMs)
{
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < a.t.size(); ++i) {
        if (!range.contains({a.t[i]}))
            continue;
        const auto at = std::lower_bound(b.t.begin(), b.t.end(), a.t[i] - lagMs);
        if (at == b.t.end() || *at != a.t[i] - lagMs)
            continue;
        const double other = b.v[static_cast<std::size_t>(at - b.t.begin())];
        if (std::isfinite(a.v[i]) && std::isfinite(other))
            pairs.emplace_back(a.v[i], other);
    }
    if (pairs.size() < kLeastPairs)
        return std::nullopt;
    const auto n = static_cast<double>(pairs.size());
    double meanA = 0;
    double meanB = 0;
    for (const auto &[x, y] : pairs) {
        meanA += x / n;
        meanB += y / n;
    }
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (const auto &[x, y] : pairs) {
        both += (x - meanA) * (y - meanB);
        squareA += (x - meanA) * (x - meanA);
        squareB += (y - meanB) * (y - meanB);
    }
    // What is left of a constant after rounding is no variation.
    const double least = 1e-18 * n;
    if (squareA <= least * meanA * meanA || squareB <= least * meanB * meanB)
        return std::nullopt;
    return std::clamp(both / std::sqrt(squareA * squareB), -1.0, 1.0);
}

std::optional<double> valueAt(const Series &series, std::int64_t tMs, std::int64_t maxAgeMs)
{
    const auto after = std::upper_bound(series.t.begin(), series.t.end(), tMs);
    if (after == series.t.begin() || tMs - *(after - 1) > maxAgeMs)
        return std::nullopt;
    return series.v[static_cast<std::size_t>(after - series.t.begin()) - 1];
}

} // namespace andon::telemetry
