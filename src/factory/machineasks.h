#pragma once
// Steps, lengths and small makers that the views of the machines share. Internal to factory.
#include "factory/asking.h"
#include "factory/machineviews.h"

namespace andon::factory
{

constexpr std::int64_t kScrape = 30 * core::kSecond; ///< of few series: says when something began
constexpr std::int64_t kCoarse = core::kHour; ///< for what is normal
constexpr std::int64_t kWeek = 7 * core::kDay;
constexpr std::int64_t kRecent = 30 * core::kMinute; ///< what "now" is a mean of

/// At most 288 points, whole scrapes apart: 5 min for a day.
[[nodiscard]] constexpr std::int64_t stepOf(core::TimeRange range)
{
    const std::int64_t step = range.length() / 288 / kScrape * kScrape;
    return step > kScrape ? step : kScrape;
}

[[nodiscard]] inline Figure figure(const char *key, telemetry::Unit unit, std::optional<double> value,
                                   const char *missing = "no-series")
{
    return {.key = key, .value = value, .unit = unit, .missing = value ? "" : missing};
}

[[nodiscard]] inline std::optional<double> valueOf(const std::vector<Figure> &figures, std::string_view key)
{
    for (const Figure &figure : figures)
        if (figure.key == key)
            return figure.value;
    return std::nullopt;
}

/// The one series of an aggregate; empty when the signal is missing.
[[nodiscard]] inline const telemetry::Series &only(const telemetry::Matrix &matrix)
{
    static const telemetry::Series none;
    return matrix.series.empty() ? none : matrix.series.front();
}

/// A mean of those that are there.
struct Mean {
    double sum = 0;
    int n = 0;
    void add(std::optional<double> value)
    {
        sum += value.value_or(0);
        n += value ? 1 : 0;
    }
    [[nodiscard]] std::optional<double> value() const { return n ? std::optional(sum / n) : std::nullopt; }
    [[nodiscard]] std::optional<double> total() const { return n ? std::optional(sum) : std::nullopt; }
};

/// The firing alerts that began within the range.
[[nodiscard]] std::vector<EventMark> alertMarks(const std::vector<telemetry::Alert> &alerts, core::TimeRange range);

} // namespace andon::factory
