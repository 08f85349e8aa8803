#pragma once
// How a range is asked for: in windows that no engine refuses, with times as it reads them. Pure.
#include "core/result.h"
#include "telemetry/series.h"

namespace andon::sources::prometheus
{

/// Prometheus refuses more than 11,000 steps per series; a window has at most 11,000 points, both ends included.
constexpr std::int64_t kMaxPoints = 11'000;

/// Windows that lie one step apart and together hold each point of the range once. Both ends of each are included.
/// Invalid when the step is not positive, the end lies before the start, or it takes more than 1,000 windows.
[[nodiscard]] core::Result<std::vector<core::TimeRange>> windowsOf(core::TimeRange range, std::int64_t stepMs);

/// Unix seconds, with a fraction only where there is one: "1795478340", "0.25".
[[nodiscard]] std::string secondsText(std::int64_t ms);

/// Appends the later part: series are joined by their labels, warnings are kept once.
void append(telemetry::Matrix &all, telemetry::Matrix part);

} // namespace andon::sources::prometheus
