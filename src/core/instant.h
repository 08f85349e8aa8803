#pragma once
// Points and spans of UTC time. Milliseconds since the epoch: what every source can be converted to without loss we
// care for.
#include <compare>
#include <cstdint>

namespace andon::core
{

struct Instant {
    std::int64_t ms = 0; ///< UTC, milliseconds since 1970-01-01; 0 means "unknown"

    static constexpr Instant fromSeconds(std::int64_t s) { return {s * 1000}; }
    [[nodiscard]] constexpr std::int64_t seconds() const { return ms >= 0 ? ms / 1000 : -((-ms + 999) / 1000); }
    [[nodiscard]] constexpr bool known() const { return ms != 0; }
    constexpr auto operator<=>(const Instant &) const = default;
};

constexpr std::int64_t operator-(Instant a, Instant b)
{
    return a.ms - b.ms;
} ///< milliseconds
constexpr Instant operator+(Instant a, std::int64_t ms)
{
    return {a.ms + ms};
}
constexpr Instant operator-(Instant a, std::int64_t ms)
{
    return {a.ms - ms};
}

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

/// Half-open [from, to).
struct TimeRange {
    Instant from;
    Instant to;

    [[nodiscard]] constexpr std::int64_t length() const { return to - from; }
    [[nodiscard]] constexpr bool valid() const { return from < to; }
    [[nodiscard]] constexpr bool contains(Instant t) const { return from <= t && t < to; }
    constexpr bool operator==(const TimeRange &) const = default;
};

} // namespace andon::core
