#pragma once
// Least and greatest value of any run of samples without reading them all: what a chart needs per pixel column. Built
// once per series, 1/24 of its size; immutable afterwards, so any thread.
#include <cstddef>
#include <vector>

namespace andon::telemetry
{

struct Span {
    double low = 0;
    double high = 0;
    bool operator==(const Span &) const = default;
};

class Pyramid
{
public:
    static constexpr std::size_t kBlock = 32; ///< samples under one entry of the lowest floor
    static constexpr std::size_t kFanIn = 4; ///< entries under one entry of the floor above

    Pyramid() = default;
    /// NaN are passed over.
    explicit Pyramid(const std::vector<double> &values);

    /// Least and greatest of values[first, last), first < last. `values` are those it was built from. Whole blocks are
    /// kept as floats rounded outwards: the span holds every value, and is wider by less than 1e-6 of it. Without a
    /// number among them its low is above its high.
    [[nodiscard]] Span of(const std::vector<double> &values, std::size_t first, std::size_t last) const;

private:
    struct Entry {
        float low = 0;
        float high = 0;
    };
    std::vector<std::vector<Entry>> m_floors;
};

} // namespace andon::telemetry
