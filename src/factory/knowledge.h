#pragma once
// What the files of resources/ say of metrics: the same for every site. It is read when somebody first needs it, since
// a start shows what is remembered without it.
#include "core/result.h"
#include "telemetry/pack.h"
#include "telemetry/stations.h"
#include "versions/readiness.h"

#include <future>

namespace andon::factory
{

using Signals = std::map<core::SignalName, telemetry::Signal>;

struct Knowledge {
    std::vector<telemetry::Pack> packs = {}; ///< in order of preference
    Signals signalList = {};
    std::vector<telemetry::StationRule> rules = {};
    std::vector<versions::ReadinessRule> readiness = {};
};
using Known = std::shared_future<core::Result<Knowledge>>;

/// Of what is there already.
[[nodiscard]] inline Known knownAs(Knowledge knowledge)
{
    std::promise<core::Result<Knowledge>> promise;
    promise.set_value(std::move(knowledge));
    return promise.get_future().share();
}

/// Waits while it is read: a few milliseconds, once. By value, so that every thread asks through a copy of its own.
[[nodiscard]] inline const core::Result<Knowledge> &read(Known known) // NOLINT(performance-unnecessary-value-param)
{
    return known.get();
}

} // namespace andon::factory
