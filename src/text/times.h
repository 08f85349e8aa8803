#pragma once
// Dates and ages as people read them, in the time zone of the process. Pure but for that.
#include "core/instant.h"

#include <QString>

namespace andon::text
{

/// "2026-11-24 10:14 UTC", "2026-11-24 11:14 CET"; "—" when unknown.
[[nodiscard]] QString dateTime(core::Instant at);
/// "10:14" today, else "11-21 10:14", else with the year: for tables.
[[nodiscard]] QString compactTime(core::Instant at, core::Instant now);
/// For a time axis with a label each stepMs: "10:14", with seconds below a minute, "11-21" at midnight and for days.
[[nodiscard]] QString axisTime(core::Instant at, std::int64_t stepMs);
/// Where such a label stands first: at or after `from`, and round on the clock on the wall.
[[nodiscard]] core::Instant firstTick(core::Instant from, std::int64_t stepMs);
/// "now", "40 s", "12 min", "5 h", "3 d", "7 mo", "2 y": for a column; "in 3 h" for a skewed clock's future.
[[nodiscard]] QString age(core::Instant at, core::Instant now);
/// "41 min ago", "just now", "in 3 h".
[[nodiscard]] QString ago(core::Instant at, core::Instant now);
/// "24 h", "7 d", "90 min": the length of a window in its largest whole unit.
[[nodiscard]] QString span(core::TimeRange window);
/// "1 h 20 min", "850 ms", "3 d 4 h".
[[nodiscard]] QString duration(std::int64_t ms);

} // namespace andon::text
