#pragma once
// One change that somebody may want to hear of. Pure.
#include "core/ids.h"
#include "core/instant.h"
#include "telemetry/stations.h"

#include <algorithm>

namespace andon::telemetry
{

enum class NoticeKind { Station, Alert };

struct Notice {
    std::int64_t id = 0; ///< given by the store
    core::SiteName site = {};
    core::Instant at = {}; ///< when it was seen
    NoticeKind kind = NoticeKind::Station;
    std::string subject = {}; ///< tells it from others: "storage", "ArrayReadSaturated{instance=fb-3}"
    std::string name = {}; ///< "storage", "ArrayReadSaturated"
    std::string about = {}; ///< server text: what the alert says or is about
    std::string from = {}; ///< word of the state: "Running"; of an alert "firing", "" when it does not fire
    std::string to = {};
    Level before = Level::Ok; ///< an alert that does not fire is Ok
    Level after = Level::Ok;
    std::string link = {}; ///< where to go
    bool seen = false;

    [[nodiscard]] Level worst() const { return std::max(before, after); }
    [[nodiscard]] bool better() const { return after < before; } ///< recovered, resolved, or milder than it was
    bool operator==(const Notice &) const = default;
};

} // namespace andon::telemetry
