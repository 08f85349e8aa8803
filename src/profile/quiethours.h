#pragma once
// Hours of the day in which nothing is to disturb, by the clock on the wall: when the clocks change they are an hour
// longer or shorter, like the night. Pure.
#include "core/instant.h"

#include <QTimeZone>

#include <optional>
#include <string>
#include <string_view>

namespace andon::profile
{

struct QuietHours {
    int fromMinute = -1; ///< of the local day, 0 to 1439; -1: there are none
    int toMinute = -1; ///< before `from`: of the day after. It does not belong to them

    [[nodiscard]] bool any() const { return fromMinute >= 0 && toMinute >= 0; }
    [[nodiscard]] bool hold(core::Instant at, const QTimeZone &zone) const;
    [[nodiscard]] std::string text() const; ///< "22:00-06:30", "" when there are none
    bool operator==(const QuietHours &) const = default;
};

/// "22:00-06:30" or "". nullopt for anything else, and for two equal times.
[[nodiscard]] std::optional<QuietHours> quietHoursFrom(std::string_view text);

} // namespace andon::profile
