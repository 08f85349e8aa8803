#include "factory/floorcodec.h"

#include "factory/unpacker.h"

namespace andon
{

// Found by the type of the value, so each stands in the namespace of its type.

namespace core
{
template <typename Archive> void fields(Archive &archive, Instant &value)
{
    auto &[ms] = value;
    archive(ms);
}
template <typename Archive> void fields(Archive &archive, TimeRange &value)
{
    auto &[from, to] = value;
    archive(from, to);
}
template <typename Archive> void fields(Archive &archive, Currency &value)
{
    auto &[code] = value;
    archive(code);
}
template <typename Archive> void fields(Archive &archive, Money &value)
{
    auto &[micro, currency] = value;
    archive(micro, currency);
}
template <typename Archive> void fields(Archive &archive, UnitPrice &value)
{
    auto &[pico, currency] = value;
    archive(pico, currency);
}
template <typename Archive> void fields(Archive &archive, Evidence &value)
{
    auto &[source, request, status, at, bytes, rows, sha] = value;
    archive(source, request, status, at, bytes, rows, sha);
}
} // namespace core

namespace telemetry
{
template <typename Archive> void fields(Archive &archive, Series &value)
{
    auto &[labels, t, v] = value;
    archive(labels, t, v);
}
template <typename Archive> void fields(Archive &archive, Reading &value)
{
    auto &[figure, is, op, bound] = value;
    archive(figure, is, op, bound);
}
template <typename Archive> void fields(Archive &archive, StationState &value)
{
    auto &[level, rule, word, text, readings] = value;
    archive(level, rule, word, text, readings);
}
} // namespace telemetry

namespace economics
{
template <typename Archive> void fields(Archive &archive, KpiInput &value)
{
    auto &[key, unit, is, coverage, of, evidence] = value;
    archive(key, unit, is, coverage, of, evidence);
}
template <typename Archive> void fields(Archive &archive, Kpi &value)
{
    auto &[key, unit, is, missing, formula, inputs, target] = value;
    archive(key, unit, is, missing, formula, inputs, target);
}
template <typename Archive> void fields(Archive &archive, KpiRow &value)
{
    auto &[model, version, in, out, gpus, cost, revenue, margin, costPer, outPer, revenuePer, marginPer, gross, speed,
           busy, perJoule, loses] = value;
    archive(model, version, in, out, gpus, cost, revenue, margin, costPer, outPer, revenuePer, marginPer, gross, speed,
            busy, perJoule, loses);
}
template <typename Archive> void fields(Archive &archive, TaxClass &value)
{
    auto &[key, hours, cost] = value;
    archive(key, hours, cost);
}
template <typename Archive> void fields(Archive &archive, Tax &value)
{
    auto &[classes, total, quota, budget] = value;
    archive(classes, total, quota, budget);
}
template <typename Archive> void fields(Archive &archive, Release &value)
{
    auto &[name, gpus, ordered, delivered, energised, busy, firstToken, firstPaid, ramped] = value;
    archive(name, gpus, ordered, delivered, energised, busy, firstToken, firstPaid, ramped);
}
template <typename Archive> void fields(Archive &archive, ReleaseRow &value)
{
    auto &[release, energised, delivered, ordered, carry, over] = value;
    archive(release, energised, delivered, ordered, carry, over);
}
template <typename Archive> void fields(Archive &archive, KpiReport &value)
{
    auto &[window, currency, totals, models, tax, utilisation, monetization, releases, owners] = value;
    archive(window, currency, totals, models, tax, utilisation, monetization, releases, owners);
}
} // namespace economics

namespace factory
{

template <typename Archive> void fields(Archive &archive, Figure &value)
{
    auto &[key, is, unit, missing, normal, text, of, link] = value;
    archive(key, is, unit, missing, normal, text, of, link);
}
template <typename Archive> void fields(Archive &archive, Acknowledged &value)
{
    auto &[who, note, at] = value;
    archive(who, note, at);
}
template <typename Archive> void fields(Archive &archive, StationView &value)
{
    auto &[station, state, headline, target, spark, facts, about, numbers, since, hours, cost, flow, ack] = value;
    archive(station, state, headline, target, spark, facts, about, numbers, since, hours, cost, flow, ack);
}
template <typename Archive> void fields(Archive &archive, Lane &value)
{
    auto &[key, unit, series, limit, normal, otherKey, other] = value;
    archive(key, unit, series, limit, normal, otherKey, other);
}
template <typename Archive> void fields(Archive &archive, EventMark &value)
{
    auto &[kind, at, title, of, link] = value;
    archive(kind, at, title, of, link);
}
template <typename Archive> void fields(Archive &archive, Attention &value)
{
    auto &[severity, key, values, since, link, perDay, details, figures, ack] = value;
    archive(severity, key, values, since, link, perDay, details, figures, ack);
}
template <typename Archive> void fields(Archive &archive, FloorView &value)
{
    auto &[range, stations, kpi, lanes, events, attention, alertsKnown, waitingSince, notComputing] = value;
    static_cast<void>(alertsKnown); // never of what is remembered
    archive(range, stations, kpi, lanes, events, attention, waitingSince, notComputing);
}

namespace
{

/// Changes with the shape of what is kept.
constexpr std::uint64_t kBuild = sizeof(FloorView) * 31 + sizeof(StationView) * 37 + sizeof(Figure) * 41
    + sizeof(economics::KpiReport) * 43 + sizeof(economics::KpiRow) * 47 + sizeof(Attention) * 53 + 1;

std::uint64_t fnv1a(std::string_view bytes)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}

struct Header {
    char version[16] = {};
    std::uint64_t build = kBuild;
    std::uint64_t check = 0;
};

Header headerOf(std::string_view bytes)
{
    Header header;
    std::strncpy(header.version, ANDON_VERSION, sizeof header.version - 1);
    header.check = fnv1a(bytes);
    return header;
}

} // namespace

std::string packFloor(const FloorView &view)
{
    FloorView copy = view; // one list of members for both ways
    Packer packer;
    packer(copy);
    const std::string bytes = packer.take();
    const Header header = headerOf(bytes);
    return std::string(reinterpret_cast<const char *>(&header), sizeof header) + bytes;
}

core::Result<FloorView> unpackFloor(std::string_view bytes)
{
    const auto refused = [] {
        return core::fail(core::ErrorKind::Storage, "cache", "the Floor that was kept is unusable");
    };
    if (bytes.size() < sizeof(Header))
        return refused();
    const std::string_view body = bytes.substr(sizeof(Header));
    const Header header = headerOf(body);
    if (std::memcmp(bytes.data(), &header, sizeof header) != 0)
        return refused();
    FloorView view;
    Unpacker unpacker(body);
    unpacker(view);
    if (!unpacker.done())
        return refused();
    return view;
}

} // namespace factory

} // namespace andon
