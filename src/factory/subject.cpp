#include "factory/subject.h"

namespace andon::factory
{

namespace
{

const char *stationKey(telemetry::Station station)
{
    static constexpr const char *kKeys[] = {"storage", "compute", "training", "deployment"};
    return kKeys[static_cast<int>(station)];
}

} // namespace

Subject subjectOf(const StationView &station)
{
    return {.kind = "station",
            .key = stationKey(station.station),
            .state = station.state.rule.empty() ? station.state.word : station.state.rule};
}

Subject subjectOf(const Attention &one)
{
    const std::string severity = std::to_string(static_cast<int>(one.severity));
    if (one.key != "alert") {
        std::string of = one.link;
        for (const char *name : {"array", "model", "source"})
            if (const std::string *value = lineage::find(one.values, name))
                of = *value;
        return {.kind = "finding", .key = one.key + (of.empty() ? "" : "/" + of), .state = severity};
    }
    const std::string *name = lineage::find(one.values, "name");
    const std::string *labels = lineage::find(one.details, "labels");
    return {.kind = "alert",
            .key = (name ? *name : std::string()) + (labels && !labels->empty() ? "{" + *labels + "}" : ""),
            .state = severity + "@" + std::to_string(one.since.ms)};
}

bool needsSomebody(const StationView &station)
{
    return station.state.level >= telemetry::Level::Warning && station.state.level != telemetry::Level::Unknown;
}

std::vector<Subject> subjects(const FloorView &view)
{
    std::vector<Subject> all;
    for (const StationView &station : view.stations)
        if (needsSomebody(station))
            all.push_back(subjectOf(station));
    for (const Attention &one : view.attention)
        all.push_back(subjectOf(one));
    return all;
}

std::optional<Subject> findSubject(const FloorView &view, const std::string &words)
{
    std::optional<Subject> found;
    for (const Subject &subject : subjects(view)) {
        if (subject.id() == words)
            return subject;
        const std::string begin = subject.key.substr(0, subject.key.find_first_of("{/"));
        if (subject.key != words && begin != words && subject.kind + ":" + begin != words)
            continue;
        if (found)
            return std::nullopt;
        found = subject;
    }
    return found;
}

} // namespace andon::factory
