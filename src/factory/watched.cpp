#include "factory/watched.h"

#include "factory/subject.h"

namespace andon::factory
{

namespace
{

using telemetry::Level;

constexpr const char *kPages[] = {"page:storage", "page:compute", "page:lineage", "page:economics"};

Level levelOf(lineage::Severity severity)
{
    static constexpr Level kLevels[] = {Level::Info, Level::Warning, Level::Major, Level::Critical};
    return kLevels[static_cast<int>(severity)];
}

telemetry::Watched watchedOf(const StationView &station)
{
    const std::string key = subjectOf(station).key;
    return {.kind = telemetry::NoticeKind::Station,
            .subject = key,
            .name = key,
            .state = station.state.word,
            .level = station.state.level,
            .link = kPages[static_cast<int>(station.station)],
            .taken = station.ack.has_value()};
}

telemetry::Watched watchedOf(const Attention &alert)
{
    const auto value = [](const lineage::KeyValues &values, const char *key) {
        const std::string *found = lineage::find(values, key);
        return found ? *found : std::string();
    };
    const std::string summary = value(alert.details, "summary");
    return {.kind = telemetry::NoticeKind::Alert,
            .subject = subjectOf(alert).key,
            .name = value(alert.values, "name"),
            .about = summary.empty() ? value(alert.details, "labels") : summary,
            .state = "firing",
            .since = alert.since,
            .level = levelOf(alert.severity),
            .link = alert.link.empty() ? "page:floor" : alert.link,
            .taken = alert.ack.has_value()};
}

} // namespace

telemetry::Look watched(const core::Snapshot<FloorView> &floor)
{
    using core::FreshnessState;
    telemetry::Look look{.alertsKnown = floor.value.alertsKnown};
    if (floor.freshness.state == FreshnessState::Live || floor.freshness.state == FreshnessState::Partial)
        for (const StationView &station : floor.value.stations)
            look.things.push_back(watchedOf(station));
    for (const Attention &one : floor.value.attention)
        if (one.key == "alert")
            look.things.push_back(watchedOf(one));
    return look;
}

} // namespace andon::factory
