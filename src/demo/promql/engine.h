#pragma once
// PromQL as Prometheus 2.42 understands it, without subqueries and native histograms. Pure; any thread, as long as the
// store may be read by it.
#include "core/result.h"
#include "demo/promql/matcher.h"
#include "demo/promql/values.h"

#include <optional>

namespace andon::demo::promql
{

class SampleStore
{
public:
    virtual ~SampleStore();
    /// The numbers of the series that all matchers match.
    [[nodiscard]] virtual std::vector<int> select(const std::vector<Matcher> &matchers) const = 0;
    [[nodiscard]] virtual const Labels &labels(int series) const = 0;
    /// Appends the samples from `fromMs` to `toMs`, both included, oldest first. A sample with the stale NaN ends a
    /// series until its next sample.
    virtual void samples(int series, std::int64_t fromMs, std::int64_t toMs, std::vector<std::int64_t> &t,
                         std::vector<double> &v) const = 0;
    /// The newest of them. A store that computes its samples need not compute those before it.
    [[nodiscard]] virtual std::optional<Point> lastSample(int series, std::int64_t fromMs, std::int64_t toMs) const;
};

/// An error is Invalid; its detail is Prometheus's sentence and its hint the errorType: "bad_data" or "execution".
[[nodiscard]] core::Result<Value> instant(const SampleStore &store, std::string_view query, std::int64_t tMs);

/// Always a matrix, sorted by labels. At most the points of [start, end] in steps; the caller limits their number.
[[nodiscard]] core::Result<Value> range(const SampleStore &store, std::string_view query, std::int64_t startMs,
                                        std::int64_t endMs, std::int64_t stepMs);

/// The value that marks the end of a series in a store.
[[nodiscard]] double staleMarker();
[[nodiscard]] bool isStaleMarker(double value);

} // namespace andon::demo::promql
