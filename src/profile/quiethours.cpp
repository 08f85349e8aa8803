#include "profile/quiethours.h"

#include <QDateTime>

#include <array>
#include <cctype>
#include <cstdio>

namespace andon::profile
{

namespace
{

constexpr int kHour = 60;

std::string timeText(int minute)
{
    std::array<char, 16> text = {};
    std::snprintf(text.data(), text.size(), "%02d:%02d", minute / kHour, minute % kHour);
    return text.data();
}

std::optional<int> minuteFrom(std::string_view text)
{
    const auto digit = [&](std::size_t at) { return std::isdigit(static_cast<unsigned char>(text[at])) != 0; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + text[1] - '0';
    const int minutes = (text[3] - '0') * 10 + text[4] - '0';
    return hours < 24 && minutes < kHour ? std::optional(hours * kHour + minutes) : std::nullopt;
}

} // namespace

bool QuietHours::hold(core::Instant at, const QTimeZone &zone) const
{
    if (!any())
        return false;
    const QTime local = QDateTime::fromMSecsSinceEpoch(at.ms, zone).time();
    const int minute = local.hour() * kHour + local.minute();
    return fromMinute < toMinute ? fromMinute <= minute && minute < toMinute
                                 : fromMinute <= minute || minute < toMinute;
}

std::string QuietHours::text() const
{
    return any() ? timeText(fromMinute) + "-" + timeText(toMinute) : std::string();
}

std::optional<QuietHours> quietHoursFrom(std::string_view text)
{
    if (text.empty())
        return QuietHours{};
    const std::size_t dash = text.find('-');
    const auto from = minuteFrom(text.substr(0, dash));
    const auto to = dash == std::string_view::npos ? std::nullopt : minuteFrom(text.substr(dash + 1));
    return from && to && *from != *to ? std::optional(QuietHours{*from, *to}) : std::nullopt;
}

} // namespace andon::profile
