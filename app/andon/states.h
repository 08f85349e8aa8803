#pragma once
// The faces a page can have, by the words of --state: for pictures of each without breaking a factory first. Pure.
#include "core/freshness.h"
#include "core/result.h"

#include <QString>

namespace andon::desktop
{

struct PageState {
    core::Freshness freshness = {};
    bool withValue = true; ///< the page keeps what it has read
};

/// loading, empty, filled, offline, stale, partial, unavailable, forbidden, not-configured. Invalid for other words.
[[nodiscard]] core::Result<PageState> pageState(const QString &word, core::Instant now);

} // namespace andon::desktop
