#pragma once
// What a query reads and what it gives. Plain values, any thread.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::demo::promql
{

/// Sorted by name, no empty values; the metric's name is the label "__name__".
using Labels = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view kMetricName = "__name__";

struct Point {
    std::int64_t t = 0; ///< epoch milliseconds
    double v = 0;
};

struct Sample {
    Labels labels = {};
    double v = 0;
};

struct Series {
    Labels labels = {};
    std::vector<Point> points = {};
};

struct Value {
    enum Type { Scalar, String, Vector, Matrix };
    Type type = Scalar;
    std::int64_t t = 0; ///< of a scalar, a string and every sample of a vector
    double scalar = 0;
    std::string text = {};
    std::vector<Sample> vector = {};
    std::vector<Series> matrix = {};
};

} // namespace andon::demo::promql
