#pragma once
// Views as they were shown last, kept in the cache so that a start has something to show at once. Blocks on disk:
// worker threads only.
#include "core/freshness.h"
#include "factory/floorview.h"
#include "factory/siteparts.h"

namespace andon::factory
{

class Remembered
{
public:
    explicit Remembered(SiteParts parts);
    /// The last one takes the place of the one before. What cannot be kept is not: it only costs time.
    void keep(const core::Snapshot<FloorView> &floor);
    /// Cached, of then; length 0: of any length of time. NotFound when none was kept, or of another length, or by
    /// another build.
    [[nodiscard]] core::Result<core::Snapshot<FloorView>> floor(std::int64_t length);

private:
    [[nodiscard]] core::Result<store::SourceKey> key();

    SiteParts m_parts;
    store::VersionStore m_sources;
    store::SyncStore m_store;
};

} // namespace andon::factory
