#include "telemetry/pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace andon::telemetry
{

namespace
{

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr float kFloatInfinity = std::numeric_limits<float>::infinity();
constexpr double kMost = static_cast<double>(std::numeric_limits<float>::max());

/// The nearest floats on either side; beyond the floats' range their ends.
float down(double value)
{
    if (value > kMost)
        return std::isinf(value) ? kFloatInfinity : std::numeric_limits<float>::max();
    if (value < -kMost)
        return -kFloatInfinity;
    const auto near = static_cast<float>(value);
    return static_cast<double>(near) > value ? std::nextafter(near, -kFloatInfinity) : near;
}

float up(double value)
{
    return -down(-value);
}

void widen(Span &span, double low, double high)
{
    span.low = std::min(span.low, low);
    span.high = std::max(span.high, high);
}

} // namespace

Pyramid::Pyramid(const std::vector<double> &values)
{
    std::vector<Entry> floor((values.size() + kBlock - 1) / kBlock);
    for (std::size_t b = 0; b < floor.size(); ++b) {
        Span span{kInfinity, -kInfinity};
        for (std::size_t i = b * kBlock; i < std::min((b + 1) * kBlock, values.size()); ++i)
            widen(span, values[i], values[i]);
        floor[b] = {down(span.low), up(span.high)};
    }
    while (!floor.empty()) {
        m_floors.push_back(std::move(floor));
        const std::vector<Entry> &below = m_floors.back();
        if (below.size() <= kFanIn)
            break;
        floor.assign((below.size() + kFanIn - 1) / kFanIn, {kFloatInfinity, -kFloatInfinity});
        for (std::size_t i = 0; i < below.size(); ++i) {
            floor[i / kFanIn].low = std::min(floor[i / kFanIn].low, below[i].low);
            floor[i / kFanIn].high = std::max(floor[i / kFanIn].high, below[i].high);
        }
    }
}

Span Pyramid::of(const std::vector<double> &values, std::size_t first, std::size_t last) const
{
    Span span{kInfinity, -kInfinity};
    const auto exactly = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            widen(span, values[i], values[i]);
    };
    std::size_t from = (first + kBlock - 1) / kBlock;
    std::size_t to = last / kBlock;
    if (from >= to) {
        exactly(first, last);
        return span;
    }
    exactly(first, from * kBlock);
    exactly(to * kBlock, last);
    // Up floor by floor: the ragged ends of each, then the rest from the one above.
    for (std::size_t level = 0; from < to; ++level) {
        const std::vector<Entry> &floor = m_floors[level];
        const bool top = level + 1 == m_floors.size();
        while (from < to && (top || from % kFanIn)) {
            widen(span, static_cast<double>(floor[from].low), static_cast<double>(floor[from].high));
            ++from;
        }
        while (from < to && to % kFanIn) {
            --to;
            widen(span, static_cast<double>(floor[to].low), static_cast<double>(floor[to].high));
        }
        from /= kFanIn;
        to /= kFanIn;
    }
    return span;
}

} // namespace andon::telemetry
