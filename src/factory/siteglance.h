#pragma once
// What the cache tells of a site, open or not. A value; reading it blocks on disk: worker threads only.
#include "factory/floorview.h"
#include "factory/site.h"

namespace andon::factory
{

struct SiteGlance {
    core::SiteName site = {};
    core::Instant at = {}; ///< when it was so; unknown: the cache holds nothing of the site
    FloorView floor = {}; ///< as it was shown last, or, synced since then, what the cache adds up to
    [[nodiscard]] telemetry::Level worst() const; ///< of its stations; Unknown when none is known
};

/// Asks no source.
[[nodiscard]] SiteGlance glance(Site &site, const core::Cancel &cancel);

} // namespace andon::factory
