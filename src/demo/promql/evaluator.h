#pragma once
// A node of a query over all steps at once: one lane per series, one slot per step. A range selector reads its samples
// once. Pure; any thread.
#include "demo/promql/ast.h"
#include "demo/promql/engine.h"
#include "demo/promql/labels.h"

#include <bit>
#include <span>

namespace andon::demo::promql
{

inline constexpr std::int64_t kLookbackMs = 300'000;

struct Steps {
    std::int64_t start = 0;
    std::int64_t step = 1;
    std::size_t count = 1;
    std::int64_t end = 0; ///< as asked for: the last step may be before it
    [[nodiscard]] std::int64_t at(std::size_t i) const { return start + static_cast<std::int64_t>(i) * step; }
};

struct Context {
    const SampleStore &store;
    Steps steps = {};
};

/// The stale marker says in a lane that there is no value; it never is one, since no stale sample gets into a lane.
struct Lane {
    Labels labels = {};
    std::vector<double> v = {};
};
using Lanes = std::vector<Lane>;

/// Of a scalar: its value at each step. Of a vector: its lanes.
struct Column {
    bool isScalar = false;
    std::vector<double> scalar = {};
    Lanes lanes = {};
};

[[nodiscard]] inline double none()
{
    return std::bit_cast<double>(0x7ff0000000000002ULL);
}
[[nodiscard]] inline bool isNone(double value)
{
    return std::bit_cast<std::uint64_t>(value) == 0x7ff0000000000002ULL;
}

struct Window {
    std::span<const std::int64_t> t = {};
    std::span<const double> v = {};
    std::int64_t from = 0;
    std::int64_t to = 0;
    double param = 0;
};

[[nodiscard]] core::Result<Column> evaluate(const Context &context, const Node &node);
[[nodiscard]] core::Result<std::vector<double>> evaluateScalar(const Context &context, const Node &node);

// selectors.cpp
/// With `timestamps`, the seconds of each sample instead of its value.
[[nodiscard]] Lanes selectLanes(const Context &context, const Node &selector, bool timestamps);
/// `take` gives the value of a window that has at least one sample, or none(); `params` one number per step or nothing.
using Take = double (*)(const Window &window);
[[nodiscard]] Lanes slide(const Context &context, const Node &range, std::span<const double> params, Take take);
[[nodiscard]] std::vector<Series> windowAtStart(const Context &context, const Node &range);

// rangefunctions.cpp
/// nullptr when the function is not one over a range.
[[nodiscard]] Take rangeFunction(std::string_view name);

// functions.cpp, histogram.cpp
[[nodiscard]] core::Result<Column> callFunction(const Context &context, const Node &call);
[[nodiscard]] core::Result<Column> histogramQuantile(const Context &context, const Node &call);

// aggregations.cpp, binary.cpp
[[nodiscard]] core::Result<Column> aggregate(const Context &context, const Node &node);
[[nodiscard]] core::Result<Column> binary(const Context &context, const Node &node);
/// nullopt when a comparison does not hold.
[[nodiscard]] std::optional<double> operate(Op op, double left, double right);

// lanes.cpp
/// Joins lanes of the same labels; fails when two of them have a value at the same step. Empty lanes go.
[[nodiscard]] core::Result<Lanes> merged(Lanes lanes);
/// Fails when two lanes that are not empty have the same labels.
[[nodiscard]] core::Result<Lanes> distinct(Lanes lanes);
[[nodiscard]] tl::unexpected<core::Error> executionError(std::string detail);
/// The quantile of values in any order; they are sorted.
[[nodiscard]] double quantile(double q, std::vector<double> &values);
/// Go's %v of a float64.
[[nodiscard]] std::string goText(double value);

} // namespace andon::demo::promql
