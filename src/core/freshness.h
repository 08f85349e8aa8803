#pragma once
// A snapshot is a value with what can be said of its age. Pages draw snapshots and know nothing else.
#include "core/error.h"
#include "core/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace andon::core
{

enum class FreshnessState {
    Loading, ///< asked, nothing yet
    Live, ///< answered within two refresh intervals
    Cached, ///< from the cache, nothing was tried or it is under way
    Stale, ///< the last try failed; the value is the last good one
    Partial, ///< some of it is missing; why says what
    Unavailable, ///< failed and there is no last good value
    Forbidden, ///< the source will not show this to us
    NotConfigured, ///< the site has no source for it
};

struct Freshness {
    FreshnessState state = FreshnessState::Loading;
    Instant at = {}; ///< when the shown value was answered; unknown when there is none
    std::optional<Error> error = {}; ///< of the last try
    std::vector<std::string> notes = {}; ///< warnings of the server, parts that are missing
    bool operator==(const Freshness &) const = default;
};

/// The worse of two, keeping the older time and either's error. For a panel fed by several sources.
Freshness worst(const Freshness &a, const Freshness &b);

template <typename T> struct Snapshot {
    T value = {};
    Freshness freshness = {};
    bool operator==(const Snapshot &) const = default;
};

} // namespace andon::core
