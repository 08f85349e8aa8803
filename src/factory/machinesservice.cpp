#include "factory/machinesservice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::Unit;

constexpr std::int64_t kFine = 5 * core::kMinute;
constexpr std::int64_t kCoarse = core::kHour;
constexpr std::int64_t kScrape = 30 * core::kSecond; // of few series: says when something began
constexpr std::int64_t kWeek = 7 * core::kDay;
constexpr double kStarvedBelow = 0.4; // SM activity of a GPU that is busy and waits
constexpr double kBusyAbove = 0.8;
constexpr double kIdleBelow = 0.01;

Lane lane(const char *key, Unit unit, const Matrix &matrix)
{
    Lane lane{.key = key, .unit = unit};
    if (!matrix.series.empty())
        lane.series = matrix.series.front();
    return lane;
}

Figure figure(const char *key, Unit unit, std::optional<double> value, const char *missing = "no-series")
{
    return {.key = key, .value = value, .unit = unit, .missing = value ? "" : missing};
}

/// At most 288 points, whole scrapes apart: 5 min for a day.
std::int64_t stepOf(core::TimeRange range)
{
    const std::int64_t scrapes = range.length() / 288 / kScrape;
    return std::max(kScrape, scrapes * kScrape);
}

/// The mean of the last half hour.
std::optional<double> recent(const Series &series)
{
    if (series.t.empty())
        return std::nullopt;
    double sum = 0;
    int n = 0;
    for (std::size_t i = series.t.size(); i-- > 0 && series.t[i] > series.t.back() - 30 * core::kMinute; ++n)
        sum += series.v[i];
    return sum / n;
}

struct Mean {
    double sum = 0;
    int n = 0;
    void add(std::optional<double> value)
    {
        if (value) {
            sum += *value;
            ++n;
        }
    }
    [[nodiscard]] std::optional<double> value() const { return n ? std::optional(sum / n) : std::nullopt; }
};

} // namespace

MachinesService::MachinesService(SiteParts parts, TelemetryService &telemetry, EconomicsService &economics,
                                 RegistryService &registry, VersionService &versions,
                                 std::vector<telemetry::StationRule> rules)
    : m_parts(std::move(parts))
    , m_telemetry(telemetry)
    , m_economics(economics)
    , m_registry(registry)
    , m_versions(versions)
    , m_rules(std::move(rules))
{
}

core::TimeRange MachinesService::range(std::int64_t length) const
{
    const core::Instant to = m_parts.clock.now();
    return aligned({to - length, to});
}

core::TimeRange MachinesService::aligned(core::TimeRange range)
{
    const core::Instant to{range.to.ms / kScrape * kScrape};
    return {to - std::max(kScrape, range.length() / kScrape * kScrape), to};
}

std::vector<PanelQuery> MachinesService::queries() const
{
    using core::SignalName;
    std::vector<PanelQuery> all;
    for (const char *signal : {"gpu.sm_active", "gpu.busy", "gpu.memory_used", "gpu.memory_free", "gpu.power",
                               "gpu.temperature", "model.quality"})
        all.push_back({{SignalName(signal)}});
    for (const auto &[signal, aggregation] :
         std::initializer_list<std::pair<const char *, Aggregation>>{{"gpu.sm_active", Aggregation::Mean},
                                                                     {"gpu.power", Aggregation::Sum},
                                                                     {"storage.read", Aggregation::Sum},
                                                                     {"storage.write", Aggregation::Sum},
                                                                     {"storage.read_latency", Aggregation::Max},
                                                                     {"storage.iops", Aggregation::Sum},
                                                                     {"tokens.prompt_rate", Aggregation::Sum},
                                                                     {"tokens.generated_rate", Aggregation::Sum},
                                                                     {"requests.waiting", Aggregation::Sum},
                                                                     {"ttft.p95", Aggregation::Max}})
        all.push_back({{SignalName(signal), aggregation, {}}});
    for (const char *signal : {"storage.read", "storage.write", "storage.iops", "storage.space"})
        all.push_back({{SignalName(signal)}});
    all.push_back({{SignalName("storage.read_latency")}, core::kDay, kScrape});
    for (const char *signal : {"storage.read", "storage.read_latency"})
        all.push_back({{SignalName(signal)}, kWeek, kCoarse});
    return all;
}

telemetry::StationState MachinesService::state(telemetry::Station station, const telemetry::Figures &figures) const
{
    return telemetry::stateOf(station, m_rules, figures);
}

core::Result<core::Snapshot<ComputeView>> MachinesService::compute(core::TimeRange range, Access access,
                                                                   const core::Cancel &cancel)
{
    AskSignals ask(m_telemetry, range, access, cancel);
    const std::int64_t step = stepOf(range);
    const Matrix sm = ask("gpu.sm_active", Aggregation::None, {}, step);
    const Matrix busy = ask("gpu.busy", Aggregation::None, {}, step);
    const Matrix used = ask("gpu.memory_used", Aggregation::None, {}, step);
    const Matrix free = ask("gpu.memory_free", Aggregation::None, {}, step);
    const Matrix power = ask("gpu.power", Aggregation::None, {}, step);
    const Matrix heat = ask("gpu.temperature", Aggregation::None, {}, step);
    const Matrix fleet = ask("gpu.sm_active", Aggregation::Mean, {}, step);
    const Matrix watts = ask("gpu.power", Aggregation::Sum, {}, step);

    ComputeView view;
    view.heatSignal = sm.series.empty() ? "gpu.busy" : "gpu.sm_active";
    view.heat = sm.series.empty() ? busy : sm;
    std::sort(view.heat.series.begin(), view.heat.series.end(), [](const Series &a, const Series &b) {
        const auto key = [](const Series &s) {
            return std::pair(std::string(s.labels.get("node")), std::atoi(std::string(s.labels.get("gpu")).c_str()));
        };
        return key(a) < key(b);
    });
    std::map<std::string, std::pair<NodeRow, std::array<Mean, 4>>> nodes;
    std::map<std::pair<std::string, std::string>, std::pair<WorkloadRow, std::array<Mean, 3>>> workloads;
    for (const Series &series : busy.series) {
        const std::string uuid(series.labels.get("uuid"));
        const std::string node(series.labels.get("node"));
        const std::string pod(series.labels.get("pod"));
        const auto now = recent(series);
        const Series *active = findSeries(sm, "uuid", uuid);
        const auto activeNow = active ? recent(*active) : std::nullopt;
        const auto u = lastOf(used, "uuid", uuid);
        const auto f = lastOf(free, "uuid", uuid);
        const auto memory = u && f && *u + *f > 0 ? std::optional(*u / (*u + *f)) : std::nullopt;
        auto &[row, means] = nodes[node];
        row.node = node;
        ++row.gpus;
        means[0].add(now);
        means[1].add(activeNow);
        means[2].add(memory);
        if (const auto w = lastOf(power, "uuid", uuid))
            row.watts = row.watts.value_or(0) + *w;
        if (const auto c = lastOf(heat, "uuid", uuid))
            row.celsius = std::max(row.celsius.value_or(0), *c);
        ++view.quota;
        if (pod.empty())
            continue;
        ++view.allocated;
        const bool idle = now && *now < kIdleBelow;
        const bool starved = now && activeNow && *now >= kBusyAbove && *activeNow < kStarvedBelow;
        view.idle += idle ? 1 : 0;
        view.starved += starved ? 1 : 0;
        auto &[workload, sums] = workloads[{std::string(series.labels.get("namespace")), pod}];
        workload.nameSpace = series.labels.get("namespace");
        workload.pod = pod;
        ++workload.gpus;
        workload.idle |= idle;
        workload.starved |= starved;
        sums[0].add(now);
        sums[1].add(activeNow);
        sums[2].add(memory);
    }
    for (auto &[name, entry] : nodes) {
        entry.first.busy = entry.second[0].value();
        entry.first.smActive = entry.second[1].value();
        entry.first.memory = entry.second[2].value();
        view.nodes.push_back(entry.first);
    }
    for (auto &[name, entry] : workloads) {
        entry.first.busy = entry.second[0].value();
        entry.first.smActive = entry.second[1].value();
        entry.first.memory = entry.second[2].value();
        view.workloads.push_back(entry.first);
    }
    std::sort(view.workloads.begin(), view.workloads.end(), [](const WorkloadRow &a, const WorkloadRow &b) {
        return std::pair(b.starved, b.gpus) < std::pair(a.starved, a.gpus);
    });
    view.lanes = {lane("gpu.sm_active", Unit::Ratio, fleet), lane("gpu.power", Unit::Watts, watts)};
    const bool any = view.quota > 0;
    const auto count = [&](int n) { return any ? std::optional(static_cast<double>(n)) : std::nullopt; };
    view.figures = {figure("compute.quota", Unit::Gpus, count(view.quota)),
                    figure("compute.allocated", Unit::Gpus, count(view.allocated)),
                    figure("compute.computing", Unit::Ratio,
                           fleet.series.empty() ? std::nullopt : telemetry::last(fleet.series.front())),
                    figure("compute.starved", Unit::Gpus, count(view.starved)),
                    figure("compute.idle", Unit::Gpus, count(view.idle)),
                    figure("compute.power", Unit::Watts,
                           watts.series.empty() ? std::nullopt : telemetry::last(watts.series.front()))};
    view.range = ask.shown().valid() ? ask.shown() : range;
    return core::Snapshot<ComputeView>{std::move(view), ask.freshness()};
}

core::Result<core::Snapshot<StorageView>> MachinesService::storage(core::TimeRange range, Access access,
                                                                   const core::Cancel &cancel)
{
    AskSignals ask(m_telemetry, range, access, cancel);
    const std::int64_t step = stepOf(range);
    const Matrix read = ask("storage.read", Aggregation::None, {}, step);
    const Matrix write = ask("storage.write", Aggregation::None, {}, step);
    const Matrix iops = ask("storage.iops", Aggregation::None, {}, step);
    const std::int64_t finest = std::max(kScrape, range.length() / 2880 / kScrape * kScrape);
    const Matrix latency = ask("storage.read_latency", Aggregation::None, {}, finest);
    const Matrix space = ask("storage.space", Aggregation::None, {}, step);
    const Matrix weekRead = ask.past("storage.read", Aggregation::None, {}, kCoarse, kWeek);
    const Matrix weekLatency = ask.past("storage.read_latency", Aggregation::None, {}, kCoarse, kWeek);
    const Matrix sm = ask("gpu.sm_active", Aggregation::None, {}, step);
    const Matrix busy = ask("gpu.busy", Aggregation::None, {}, step);

    StorageView view;
    for (const Series &series : read.series) {
        const std::string name(series.labels.get("array"));
        ArrayRow row{.array = name, .read = telemetry::last(series)};
        row.write = lastOf(write, "array", name);
        row.iops = lastOf(iops, "array", name);
        row.readLatency = lastOf(latency, "array", name);
        row.space = lastOf(space, "array", name);
        if (const Series *past = findSeries(weekRead, "array", name)) {
            row.readNormal = median(past->v);
            if (!past->v.empty())
                row.limit = *std::max_element(past->v.begin(), past->v.end());
        }
        if (const Series *past = findSeries(weekLatency, "array", name))
            row.latencyNormal = median(past->v);
        telemetry::Figures figures;
        if (row.read && row.limit && *row.limit > 0)
            figures["storage.limit_share"] = *row.read / *row.limit;
        if (row.readLatency && row.latencyNormal && *row.latencyNormal > 0)
            figures["storage.latency_ratio"] = *row.readLatency / *row.latencyNormal;
        row.state = state(telemetry::Station::Storage, figures);
        if (const Series *times = findSeries(latency, "array", name); times && row.latencyNormal)
            for (std::size_t i = times->t.size(); i-- > 0 && times->v[i] > 2 * *row.latencyNormal;)
                row.since = {times->t[i]};
        view.arrays.push_back(std::move(row));
    }
    std::sort(view.arrays.begin(), view.arrays.end(), [](const ArrayRow &a, const ArrayRow &b) {
        const auto rank = [](const ArrayRow &row) {
            return row.state.level == telemetry::Level::Unknown ? -1 : static_cast<int>(row.state.level);
        };
        return rank(a) != rank(b) ? rank(a) > rank(b) : a.array < b.array;
    });
    Mean active;
    for (const Series &series : busy.series) {
        const Series *other = findSeries(sm, "uuid", std::string(series.labels.get("uuid")));
        const auto works = other ? recent(*other) : std::nullopt;
        const auto now = recent(series);
        if (series.labels.get("pod").empty())
            continue;
        active.add(works);
        view.starvedGpus += now && works && *now >= kBusyAbove && *works < kStarvedBelow ? 1 : 0;
    }
    view.smActive = active.value();
    const auto total = [&](const Matrix &matrix) {
        Mean sum;
        for (const Series &series : matrix.series)
            sum.add(telemetry::last(series));
        return sum.n ? std::optional(sum.sum) : std::nullopt;
    };
    view.figures = {figure("storage.read", Unit::BytesPerSecond, total(read)),
                    figure("storage.write", Unit::BytesPerSecond, total(write)),
                    figure("storage.iops", Unit::PerSecond, total(iops)),
                    figure("storage.read_latency", Unit::Seconds,
                           view.arrays.empty() ? std::nullopt : view.arrays.front().readLatency)};
    for (const auto &[key, unit, matrix] : {std::tuple("storage.read", Unit::BytesPerSecond, &read),
                                            {"storage.read_latency", Unit::Seconds, &latency},
                                            {"storage.write", Unit::BytesPerSecond, &write}})
        for (const ArrayRow &row : view.arrays)
            if (const Series *series = findSeries(*matrix, "array", row.array);
                series && &row == &view.arrays.front()) {
                Lane one{.key = key, .unit = unit, .series = *series};
                if (one.key == "storage.read")
                    one.limit = row.limit;
                view.lanes.push_back(std::move(one));
            }
    view.range = ask.shown().valid() ? ask.shown() : range;
    return core::Snapshot<StorageView>{std::move(view), ask.freshness()};
}

} // namespace andon::factory
