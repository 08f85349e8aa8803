#pragma once
// What of the Floor is watched for changes: its stations and the alerts that fire. Pure.
#include "core/freshness.h"
#include "factory/floorview.h"
#include "telemetry/lookout.h"

namespace andon::factory
{

/// Only what the sources have said: an old state beside a source that does not answer is no state.
[[nodiscard]] telemetry::Look watched(const core::Snapshot<FloorView> &floor);

} // namespace andon::factory
