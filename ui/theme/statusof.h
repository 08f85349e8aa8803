#pragma once
// How each state of the factory is shown: the one place that decides its colour and shape. Pure.
#include "core/freshness.h"
#include "lineage/chain.h"
#include "telemetry/starvation.h"
#include "telemetry/stations.h"
#include "ui/theme/tokens.h"
#include "versions/hookrun.h"

namespace andon::ui
{

[[nodiscard]] Status statusOf(core::FreshnessState state);
[[nodiscard]] Status statusOf(telemetry::Level level);
[[nodiscard]] Status statusOf(telemetry::Starvation verdict);
[[nodiscard]] Status statusOf(lineage::Severity severity);
[[nodiscard]] Status statusOf(versions::HookStatus status);

} // namespace andon::ui
