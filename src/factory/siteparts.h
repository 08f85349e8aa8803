#pragma once
// What every service of a site works with. Owned by the composition root; lives longer than the services.
#include "core/clock.h"
#include "factory/pin.h"
#include "factory/sourceboard.h"
#include "store/syncstore.h"

namespace andon::factory
{

/// The records when they can be read, opened when they are first asked for; nullptr otherwise. Worker threads.
using RecordsOf = std::function<store::DatabaseFile *()>;

struct SiteParts {
    core::SiteName site = {};
    const core::Clock &clock;
    store::DatabaseFile &cache;
    SourceBoard &board;
    const Pin &pin; ///< what is shown goes by it
    RecordsOf records = {};
};

/// What a sync has done so far, for a terminal or the status area.
struct SyncProgress {
    std::string source = {}; ///< "lakefs"
    std::string what = {}; ///< "ml-data commits"
    std::int64_t done = 0;
};
using OnProgress = std::function<void(const SyncProgress &)>;

/// The freshness of something read from the cache: cached, or stale when the last try of its source failed.
[[nodiscard]] core::Freshness cachedFreshness(core::Instant at, const SourceBoard &board, const std::string &kind);

} // namespace andon::factory
