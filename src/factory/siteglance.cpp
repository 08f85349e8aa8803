#include "factory/siteglance.h"

namespace andon::factory
{

telemetry::Level SiteGlance::worst() const
{
    auto worst = telemetry::Level::Unknown;
    for (const StationView &station : floor.stations)
        if (station.state.level != telemetry::Level::Unknown
            && (worst == telemetry::Level::Unknown || station.state.level > worst))
            worst = station.state.level;
    return worst;
}

SiteGlance glance(Site &site, const core::Cancel &cancel)
{
    SiteGlance seen{.site = site.name()};
    auto floor = site.machines().floor({}, Access::Remembered, cancel);
    const auto alerts = site.telemetry().alerts(Access::CacheOnly, cancel); // which every sync reads
    const bool synced = floor && alerts && alerts->freshness.at > floor->freshness.at + core::kMinute;
    if (!floor || synced)
        floor = site.machines().floor(site.machines().range(core::kDay), Access::CacheOnly, cancel);
    if (!floor)
        return seen;
    seen.at = floor->freshness.at;
    seen.floor = std::move(floor->value);
    if (!seen.at.known()) // no series, but what the others told
        if (const auto models = site.registry().models(Access::CacheOnly, cancel))
            seen.at = models->freshness.at;
    if (!seen.at.known())
        if (const auto repositories = site.versions().repositories(Access::CacheOnly, cancel))
            seen.at = repositories->freshness.at;
    return seen;
}

} // namespace andon::factory
