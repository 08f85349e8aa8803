// Storage of a MachinesService: the arrays against what they can and what is normal, and whether GPUs wait for them.
#include "factory/diagnosis.h"
#include "factory/machineasks.h"
#include "factory/machinesservice.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::Level;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::Unit;

struct Answers {
    Matrix read, write, iops, latency, space;
    Matrix weekRead, weekIops, weekLatency;
};

std::optional<double> medianOf(const Matrix &matrix, const std::string &array)
{
    const Series *series = findSeries(matrix, "array", array);
    return series ? median(series->v) : std::nullopt;
}

std::optional<double> highestOf(const Matrix &matrix, const std::string &array)
{
    const Series *series = findSeries(matrix, "array", array);
    return series && !series->v.empty() ? std::optional(*std::max_element(series->v.begin(), series->v.end()))
                                        : std::nullopt;
}

ArrayRow rowOf(const Answers &answers, const std::string &name)
{
    ArrayRow row{.array = name};
    row.read = lastOf(answers.read, "array", name);
    row.write = lastOf(answers.write, "array", name);
    row.iops = lastOf(answers.iops, "array", name);
    row.readLatency = lastOf(answers.latency, "array", name);
    row.space = lastOf(answers.space, "array", name);
    row.readNormal = medianOf(answers.weekRead, name);
    row.latencyNormal = medianOf(answers.weekLatency, name);
    row.limit = highestOf(answers.weekRead, name);
    if (row.read && row.limit) // what it does now, it can
        row.limit = std::max(*row.limit, *row.read);
    row.iopsNormal = medianOf(answers.weekIops, name);
    row.iopsLimit = highestOf(answers.weekIops, name);
    if (const Series *times = findSeries(answers.latency, "array", name); times && row.latencyNormal)
        for (std::size_t i = times->t.size(); i-- > 0 && times->v[i] > 2 * *row.latencyNormal;)
            row.since = {times->t[i]};
    return row;
}

std::vector<Lane> lanesOf(const Answers &answers, const ArrayRow &row)
{
    std::vector<Lane> lanes;
    const auto add = [&](const char *key, Unit unit, const Matrix &matrix) -> Lane * {
        const Series *series = findSeries(matrix, "array", row.array);
        if (!series)
            return nullptr;
        lanes.push_back({.key = key, .unit = unit, .series = *series});
        return &lanes.back();
    };
    if (Lane *read = add("storage.read", Unit::BytesPerSecond, answers.read)) {
        read->limit = row.limit;
        read->normal = row.readNormal;
        if (const Series *write = findSeries(answers.write, "array", row.array)) {
            read->otherKey = "storage.write";
            read->other = *write;
        }
    }
    if (Lane *latency = add("storage.read_latency", Unit::Seconds, answers.latency)) {
        latency->normal = row.latencyNormal;
        if (row.latencyNormal)
            latency->limit = 2 * *row.latencyNormal;
    }
    if (Lane *iops = add("storage.iops", Unit::PerSecond, answers.iops)) {
        iops->normal = row.iopsNormal;
        iops->limit = row.iopsLimit;
    }
    return lanes;
}

} // namespace

StorageView MachinesService::storageOf(AskSignals &ask, core::TimeRange range) const
{
    const std::int64_t step = stepOf(range);
    const std::int64_t finest = std::max(kScrape, range.length() / 2880 / kScrape * kScrape);
    const auto each = [&](const char *signal) { return ask(signal, Aggregation::None, {}, step); };
    const auto week = [&](const char *signal) { return ask.past(signal, Aggregation::None, {}, kCoarse, kWeek); };
    Answers answers;
    answers.read = each("storage.read");
    answers.write = each("storage.write");
    answers.iops = each("storage.iops");
    answers.latency = ask("storage.read_latency", Aggregation::None, {}, finest);
    answers.space = each("storage.space");
    answers.weekRead = week("storage.read");
    answers.weekIops = week("storage.iops");
    answers.weekLatency = week("storage.read_latency");

    StorageView view;
    for (const Series &series : answers.read.series) {
        ArrayRow row = rowOf(answers, std::string(series.labels.get("array")));
        telemetry::Figures figures;
        if (row.read && row.limit && *row.limit > 0)
            figures["storage.limit_share"] = *row.read / *row.limit;
        if (row.readLatency && row.latencyNormal && *row.latencyNormal > 0)
            figures["storage.latency_ratio"] = *row.readLatency / *row.latencyNormal;
        row.state = state(telemetry::Station::Storage, figures);
        view.arrays.push_back(std::move(row));
    }
    std::sort(view.arrays.begin(), view.arrays.end(), [](const ArrayRow &a, const ArrayRow &b) {
        const auto rank = [](const ArrayRow &row) {
            return row.state.level == Level::Unknown ? -1 : static_cast<int>(row.state.level);
        };
        return rank(a) != rank(b) ? rank(a) > rank(b) : a.array < b.array;
    });
    const auto total = [](const Matrix &matrix) {
        Mean sum;
        for (const Series &series : matrix.series)
            sum.add(telemetry::last(series));
        return sum.total();
    };
    view.figures = {figure("storage.read", Unit::BytesPerSecond, total(answers.read)),
                    figure("storage.write", Unit::BytesPerSecond, total(answers.write)),
                    figure("storage.iops", Unit::PerSecond, total(answers.iops)),
                    figure("storage.read_latency", Unit::Seconds,
                           view.arrays.empty() ? std::nullopt : view.arrays.front().readLatency),
                    figure("storage.space", Unit::Ratio, [&] {
                        std::optional<double> fullest;
                        for (const ArrayRow &row : view.arrays)
                            if (row.space)
                                fullest = std::max(fullest.value_or(0), *row.space);
                        return fullest;
                    }())};
    if (!view.arrays.empty())
        view.lanes = lanesOf(answers, view.arrays.front());
    view.range = ask.shown().valid() ? ask.shown() : range;
    gpusThatWait(view, ask, step);
    return view;
}

void MachinesService::gpusThatWait(StorageView &view, AskSignals &ask, std::int64_t step) const
{
    const Matrix active = ask("gpu.sm_active", Aggregation::None, {}, step);
    const Matrix busy = ask("gpu.busy", Aggregation::None, {}, step);
    const Matrix power = ask("gpu.power", Aggregation::None, {}, step);
    const auto holdings = telemetry::holdings(busy, active);
    const auto courses = telemetry::courses(holdings);
    Mean now;
    for (const telemetry::GpuHolding &holding : holdings) {
        if (!holding.held() || !holding.current(view.range.to, step))
            continue;
        const auto isBusy = holding.busy ? telemetry::recentMean(*holding.busy, kRecent) : std::nullopt;
        const auto works = holding.active ? telemetry::recentMean(*holding.active, kRecent) : std::nullopt;
        now.add(works);
        view.starvedGpus += telemetry::gpuState(true, isBusy, works) == telemetry::GpuState::Waiting ? 1 : 0;
    }
    view.smActive = now.value();
    DiagnosisSubject subject{.courses = courses,
                             .power = power,
                             .array = view.arrays.empty() ? nullptr : &view.arrays.front(),
                             .now = view.range.to,
                             .stepMs = step};
    if (const auto found = m_telemetry.resolution(Access::CacheOnly, core::Cancel{}))
        if (const telemetry::ResolvedSignal *engine = found->find(core::SignalName("gpu.busy")))
            subject.engineIsDevice = engine->candidate.expr.find("GPU_UTIL") != std::string::npos;
    view.diagnosis = diagnoseStorage(ask, subject);
    countWaiting(view.diagnosis, courses, step, m_economics.priceBook());
    const Matrix fleet = ask("gpu.sm_active", Aggregation::Mean, {}, step);
    if (!fleet.series.empty()) {
        Lane lane{.key = "gpu.sm_active", .unit = Unit::Ratio, .series = only(fleet)};
        lane.normal = median(only(ask.past("gpu.sm_active", Aggregation::Mean, {}, kCoarse, kWeek)).v);
        view.lanes.insert(view.lanes.begin(), std::move(lane));
    }
}

core::Result<core::Snapshot<StorageView>> MachinesService::storage(core::TimeRange range, Access access,
                                                                   const core::Cancel &cancel)
{
    AskSignals ask(m_telemetry, range, access, cancel);
    StorageView view = storageOf(ask, range);
    const auto alerts = m_telemetry.alerts(access, cancel);
    if (alerts)
        view.events = alertMarks(alerts->value, view.range);
    return core::Snapshot<StorageView>{std::move(view), ask.freshness()};
}

} // namespace andon::factory
