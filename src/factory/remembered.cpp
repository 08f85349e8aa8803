#include "factory/remembered.h"

#include "factory/floorcodec.h"

#include <cstdlib>

namespace andon::factory
{

namespace
{
constexpr const char *kKind = "view";
constexpr const char *kFloor = "floor";
} // namespace

Remembered::Remembered(SiteParts parts)
    : m_parts(std::move(parts))
    , m_sources(m_parts.cache)
    , m_store(m_parts.cache)
{
}

core::Result<store::SourceKey> Remembered::key()
{
    return m_sources.source(m_parts.site, core::SourceName("views"));
}

void Remembered::keep(const core::Snapshot<FloorView> &floor)
{
    if (!floor.freshness.at.known())
        return;
    if (const auto source = key())
        (void)m_store.saveAnswer(*source, kKind, kFloor, {floor.freshness.at, packFloor(floor.value)});
}

core::Result<core::Snapshot<FloorView>> Remembered::floor(std::int64_t length)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    const auto kept = m_store.answer(*source, kKind, kFloor);
    if (!kept)
        return core::fail(kept.error());
    const auto none = core::fail(core::ErrorKind::NotFound, "cache", "no Floor was kept");
    if (!*kept)
        return none;
    auto view = unpackFloor((*kept)->body);
    if (!view || (length > 0 && std::abs(view->range.length() - length) > core::kMinute)) // ranges are aligned
        return none;
    return core::Snapshot<FloorView>{.value = std::move(*view),
                                     .freshness = {.state = core::FreshnessState::Cached, .at = (*kept)->at}};
}

} // namespace andon::factory
