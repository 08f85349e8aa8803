#pragma once
// A sum that carries what rounding lost (Neumaier). A value.
#include <cmath>

namespace andon::demo::promql
{

struct Kahan {
    double sum = 0;
    double lost = 0;

    void add(double value)
    {
        const double total = sum + value;
        lost += std::abs(sum) >= std::abs(value) ? (sum - total) + value : (value - total) + sum;
        sum = total;
    }
    [[nodiscard]] double raw() const { return sum + lost; }
    /// An infinite sum has lost a NaN.
    [[nodiscard]] double value() const { return std::isinf(sum) ? sum : sum + lost; }
};

} // namespace andon::demo::promql
