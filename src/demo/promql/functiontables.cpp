#include "demo/promql/functiontables.h"

#include <array>
#include <chrono>
#include <cmath>
#include <limits>

namespace andon::demo::promql
{

namespace
{
constexpr double kPi = 3.14159265358979323846;

template <typename Fn> struct Named {
    std::string_view name;
    Fn fn;
};

struct Date {
    std::chrono::year_month_day day = {};
    std::chrono::sys_days days = {};
    std::int64_t second = 0; ///< of the day
};

/// A part of a date as a number of `seconds`, or NaN where the calendar ends.
template <typename Part> double ofDate(double seconds, Part part)
{
    if (!(std::abs(seconds) < 9e11))
        return std::numeric_limits<double>::quiet_NaN();
    const std::chrono::sys_seconds at{std::chrono::seconds(static_cast<std::int64_t>(seconds))};
    const auto days = std::chrono::floor<std::chrono::days>(at);
    return static_cast<double>(part(Date{days, days, (at - days).count()}));
}

unsigned daysInMonth(const Date &date)
{
    return static_cast<unsigned>((date.day.year() / date.day.month() / std::chrono::last).day());
}

std::int64_t dayOfYear(const Date &date)
{
    return (date.days - std::chrono::sys_days(date.day.year() / 1 / 1)).count() + 1;
}

constexpr std::array<Named<Elementwise>, 23> kElementwise = {
    {{"abs", [](double v) { return std::abs(v); }},
     {"ceil", [](double v) { return std::ceil(v); }},
     {"floor", [](double v) { return std::floor(v); }},
     {"sqrt", [](double v) { return std::sqrt(v); }},
     {"ln", [](double v) { return std::log(v); }},
     {"log2", [](double v) { return std::log2(v); }},
     {"log10", [](double v) { return std::log10(v); }},
     {"exp", [](double v) { return std::exp(v); }},
     {"sgn", [](double v) { return v < 0 ? -1
                                : v > 0  ? 1
                                         : v; }},
     {"acos", [](double v) { return std::acos(v); }},
     {"acosh", [](double v) { return std::acosh(v); }},
     {"asin", [](double v) { return std::asin(v); }},
     {"asinh", [](double v) { return std::asinh(v); }},
     {"atan", [](double v) { return std::atan(v); }},
     {"atanh", [](double v) { return std::atanh(v); }},
     {"cos", [](double v) { return std::cos(v); }},
     {"cosh", [](double v) { return std::cosh(v); }},
     {"sin", [](double v) { return std::sin(v); }},
     {"sinh", [](double v) { return std::sinh(v); }},
     {"tan", [](double v) { return std::tan(v); }},
     {"tanh", [](double v) { return std::tanh(v); }},
     {"deg", [](double v) { return v * 180 / kPi; }},
     {"rad", [](double v) { return v * kPi / 180; }}}};

constexpr std::array<Named<DatePart>, 8> kDateParts = {
    {{"minute", [](double s) { return ofDate(s, [](const Date &d) { return d.second / 60 % 60; }); }},
     {"hour", [](double s) { return ofDate(s, [](const Date &d) { return d.second / 3600; }); }},
     {"day_of_week",
      [](double s) { return ofDate(s, [](const Date &d) { return std::chrono::weekday(d.days).c_encoding(); }); }},
     {"day_of_month",
      [](double s) { return ofDate(s, [](const Date &d) { return static_cast<unsigned>(d.day.day()); }); }},
     {"day_of_year", [](double s) { return ofDate(s, dayOfYear); }},
     {"days_in_month", [](double s) { return ofDate(s, daysInMonth); }},
     {"month", [](double s) { return ofDate(s, [](const Date &d) { return static_cast<unsigned>(d.day.month()); }); }},
     {"year", [](double s) { return ofDate(s, [](const Date &d) { return static_cast<int>(d.day.year()); }); }}}};
} // namespace

Elementwise elementwise(std::string_view name)
{
    for (const auto &named : kElementwise)
        if (named.name == name)
            return named.fn;
    return nullptr;
}

DatePart datePart(std::string_view name)
{
    for (const auto &named : kDateParts)
        if (named.name == name)
            return named.fn;
    return nullptr;
}

} // namespace andon::demo::promql
