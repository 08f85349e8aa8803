#pragma once
// Words of what was noticed, for the window, the desktop and andonctl. Pure.
#include "telemetry/notice.h"

#include <QString>

namespace andon::text
{

[[nodiscard]] QString levelWord(telemetry::Level level); ///< "Critical"
/// "Storage", "Alert ArrayReadSaturated".
[[nodiscard]] QString noticeWhat(const telemetry::Notice &notice);
[[nodiscard]] QString noticeFrom(const telemetry::Notice &notice); ///< "Running", "not firing"
[[nodiscard]] QString noticeTo(const telemetry::Notice &notice); ///< "Saturated", "firing, critical", "resolved"
/// "Storage: Running → Saturated".
[[nodiscard]] QString noticeLine(const telemetry::Notice &notice);
[[nodiscard]] QString moreChanges(int count); ///< "7 more changes"

} // namespace andon::text
