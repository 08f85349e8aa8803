#pragma once
// Moments and ranges as people type them, in the grammar that Grafana made common: now-6h, now/d, now-1M/M, a date, a
// date and time, seconds since 1970. Pure.
#include "core/instant.h"
#include "core/result.h"

#include <QString>
#include <QTimeZone>

namespace andon::text
{

/// A range as it was typed. Relative ends move with the clock, so the words are kept, not the instants.
struct RangeWords {
    QString from = QStringLiteral("now-24h");
    QString to = QStringLiteral("now");
    bool operator==(const RangeWords &) const = default;
};

/// Which end of a rounded period is meant: now/d is midnight before as the start of a range, midnight after as its end.
enum class RangeEnd { From, To };

/// Units: s m h d w M y. `/unit` rounds in `zone`; weeks begin on Monday. A date or time without an offset is of
/// `zone`. Whole numbers of 9 to 10 digits are seconds, of 12 to 13 milliseconds. Invalid, with what was not
/// understood, for anything else.
[[nodiscard]] core::Result<core::Instant> moment(const QString &words, core::Instant now, const QTimeZone &zone,
                                                 RangeEnd end = RangeEnd::From);
/// Invalid also when it ends before it begins or is longer than 10 years.
[[nodiscard]] core::Result<core::TimeRange> timeRange(const RangeWords &words, core::Instant now,
                                                      const QTimeZone &zone);
/// It ends with the clock: worth asking again by itself.
[[nodiscard]] bool followsClock(const RangeWords &words);
/// Both ends as ISO 8601 in UTC: the same range whenever it is read again.
[[nodiscard]] RangeWords absolute(core::TimeRange range);
/// "Last 24 hours", "Today", "2026-11-20 05:50 to 2026-11-21 05:50" (in `zone`), or the words themselves.
[[nodiscard]] QString describe(const RangeWords &words, core::Instant now, const QTimeZone &zone);

} // namespace andon::text
