#include "factory/machinesservice.h"

#include "factory/machineasks.h"
#include "telemetry/gpufleet.h"

#include <algorithm>
#include <array>
#include <map>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::GpuHolding;
using telemetry::GpuState;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::Unit;

/// The newest value of every GPU.
std::map<std::string, double> newest(const Matrix &matrix)
{
    std::map<std::string, std::pair<std::int64_t, double>> found;
    for (const Series &series : matrix.series)
        if (!series.t.empty()) {
            auto &[t, value] = found[std::string(series.labels.get("uuid"))];
            if (series.t.back() >= t)
                std::tie(t, value) = std::tie(series.t.back(), series.v.back());
        }
    std::map<std::string, double> values;
    for (const auto &[uuid, one] : found)
        values[uuid] = one.second;
    return values;
}

std::optional<double> of(const std::map<std::string, double> &values, const std::string &uuid)
{
    const auto found = values.find(uuid);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

struct Answers {
    Matrix active, busy;
    std::map<std::string, double> used, free, watts, celsius, xid; ///< by uuid, newest
    std::int64_t step = 0;
    core::Instant to = {};
};

/// What one GPU does now: the mean of the last half hour, as the utilisation tax of that time.
struct Now {
    std::optional<double> busy, active, memory;
    GpuState state = GpuState::Unknown;
};

Now nowOf(const GpuHolding &holding, const Answers &answers)
{
    Now now;
    now.busy = holding.busy ? telemetry::recentMean(*holding.busy, kRecent) : std::nullopt;
    now.active = holding.active ? telemetry::recentMean(*holding.active, kRecent) : std::nullopt;
    const auto used = of(answers.used, holding.uuid);
    const auto free = of(answers.free, holding.uuid);
    if (used && free && *used + *free > 0)
        now.memory = *used / (*used + *free);
    now.state = telemetry::gpuState(holding.held(), now.busy, now.active);
    return now;
}

class Rows
{
public:
    explicit Rows(const Answers &answers)
        : m_answers(answers)
    {
    }

    void add(const GpuHolding &holding, ComputeView &view)
    {
        const Now now = nowOf(holding, m_answers);
        auto &[node, means] = m_nodes[holding.node];
        node.node = holding.node;
        ++node.gpus;
        means[0].add(now.busy);
        means[1].add(now.active);
        means[2].add(now.memory);
        const auto watts = of(m_answers.watts, holding.uuid);
        if (watts)
            node.watts = node.watts.value_or(0) + *watts;
        if (const auto celsius = of(m_answers.celsius, holding.uuid))
            node.celsius = std::max(node.celsius.value_or(0), *celsius);
        ++view.quota;
        if (now.state == GpuState::Waiting)
            m_waitingBusy.add(now.busy);
        if (!holding.held())
            return;
        const bool idle = now.state == GpuState::Idle;
        const bool waiting = now.state == GpuState::Waiting;
        ++view.allocated;
        view.idle += idle ? 1 : 0;
        view.starved += waiting ? 1 : 0;
        auto &[row, sums] = m_workloads[{holding.nameSpace, holding.pod}];
        row.nameSpace = holding.nameSpace;
        row.pod = holding.pod;
        ++row.gpus;
        row.idle |= idle;
        row.starved |= waiting;
        row.waitingGpus += waiting ? 1 : 0;
        sums[0].add(now.busy);
        sums[1].add(now.active);
        sums[2].add(now.memory);
        if (watts)
            row.watts = row.watts.value_or(0) + *watts;
    }

    void finish(ComputeView &view, const std::vector<telemetry::WorkloadCourse> &courses)
    {
        view.waitingBusy = m_waitingBusy.value();
        for (auto &[name, entry] : m_nodes) {
            fill(entry.first, entry.second);
            view.nodes.push_back(entry.first);
        }
        for (const telemetry::WorkloadCourse &course : courses) {
            const auto found = m_workloads.find({course.nameSpace, course.pod});
            if (found == m_workloads.end())
                continue; // it has let go of its GPUs
            WorkloadRow &row = found->second.first;
            fill(row, found->second.second);
            row.waitingShare = course.share(GpuState::Waiting);
            row.since = row.starved ? course.since(GpuState::Waiting)
                : row.idle          ? course.since(GpuState::Idle)
                                    : core::Instant{};
            view.workloads.push_back(row);
        }
        std::stable_sort(view.workloads.begin(), view.workloads.end(), [](const WorkloadRow &a, const WorkloadRow &b) {
            const auto rank = [](const WorkloadRow &row) {
                return std::tuple(row.starved, row.idle, row.waitingGpus, row.gpus);
            };
            return rank(b) < rank(a);
        });
    }

private:
    template <typename Row> static void fill(Row &row, const std::array<Mean, 3> &means)
    {
        row.busy = means[0].value();
        row.smActive = means[1].value();
        row.memory = means[2].value();
    }

    const Answers &m_answers;
    std::map<std::string, std::pair<NodeRow, std::array<Mean, 3>>> m_nodes;
    std::map<std::pair<std::string, std::string>, std::pair<WorkloadRow, std::array<Mean, 3>>> m_workloads;
    Mean m_waitingBusy;
};

/// One row per GPU, whoever held it in the range.
std::vector<GpuRow> heatOf(const std::vector<GpuHolding> &holdings, const Answers &answers, bool active)
{
    std::vector<GpuRow> rows;
    std::string last;
    for (const GpuHolding &holding : holdings) {
        const Series *series = active ? holding.active : holding.busy;
        if (rows.empty() || last != holding.uuid) {
            rows.push_back({.node = holding.node, .gpu = holding.gpu});
            last = holding.uuid;
        }
        GpuRow &row = rows.back();
        if (series && holding.held()) {
            row.held.t.insert(row.held.t.end(), series->t.begin(), series->t.end());
            row.held.v.insert(row.held.v.end(), series->v.begin(), series->v.end());
        } else if (series) {
            row.free.insert(row.free.end(), series->t.begin(), series->t.end());
        }
        if (!holding.current(answers.to, answers.step) || !series)
            continue;
        const Now now = nowOf(holding, answers);
        row.nameSpace = holding.nameSpace;
        row.pod = holding.pod;
        row.now = telemetry::last(*series);
        row.waiting = now.state == GpuState::Waiting;
        row.idle = now.state == GpuState::Idle;
    }
    for (GpuRow &row : rows) { // two holders: put their samples in order
        std::vector<std::pair<std::int64_t, double>> samples;
        for (std::size_t i = 0; i < row.held.t.size(); ++i)
            samples.emplace_back(row.held.t[i], row.held.v[i]);
        if (std::is_sorted(samples.begin(), samples.end()))
            continue;
        std::sort(samples.begin(), samples.end());
        for (std::size_t i = 0; i < samples.size(); ++i)
            std::tie(row.held.t[i], row.held.v[i]) = samples[i];
    }
    return rows;
}

/// Of the GPUs that report at a time, those that are free, idle or wait.
Series notComputing(const std::vector<GpuHolding> &holdings, const std::vector<telemetry::WorkloadCourse> &courses)
{
    std::map<std::int64_t, int> rest;
    for (const GpuHolding &holding : holdings)
        for (const std::int64_t t : holding.busy ? holding.busy->t : holding.active->t)
            ++rest[t];
    for (const telemetry::WorkloadCourse &course : courses)
        for (const telemetry::WorkloadStep &step : course.steps)
            rest[step.t] -= step.in(GpuState::Computing);
    Series series;
    for (const auto &[t, gpus] : rest) {
        series.t.push_back(t);
        series.v.push_back(gpus);
    }
    return series;
}

std::optional<double> medianOf(const Matrix &matrix)
{
    return matrix.series.empty() ? std::nullopt : median(matrix.series.front().v);
}

} // namespace

MachinesService::MachinesService(SiteParts parts, TelemetryService &telemetry, EconomicsService &economics,
                                 RegistryService &registry, VersionService &versions, Known known)
    : m_parts(std::move(parts))
    , m_telemetry(telemetry)
    , m_economics(economics)
    , m_registry(registry)
    , m_versions(versions)
    , m_remembered(m_parts)
    , m_known(std::move(known))
{
}

core::TimeRange MachinesService::range(std::int64_t length) const
{
    const core::Instant to = m_parts.pin.now();
    return aligned({to - length, to});
}

core::TimeRange MachinesService::aligned(core::TimeRange range)
{
    const core::Instant to{range.to.ms / kScrape * kScrape};
    return {to - std::max(kScrape, range.length() / kScrape * kScrape), to};
}

std::vector<PanelQuery> MachinesService::queries() const
{
    std::vector<PanelQuery> all;
    const auto add = [&](std::initializer_list<const char *> signals, Aggregation aggregation, std::int64_t length,
                         std::int64_t step) {
        for (const char *signal : signals)
            all.push_back({{core::SignalName(signal), aggregation, {}}, length, step});
    };
    const std::int64_t step = stepOf({{0}, {core::kDay}});
    add({"gpu.sm_active", "gpu.busy", "gpu.memory_used", "gpu.memory_free", "gpu.power", "gpu.temperature", "gpu.xid",
         "tokens.generated_rate", "storage.read", "storage.write", "storage.iops", "storage.space"},
        Aggregation::None, core::kDay, step);
    add({"gpu.sm_active"}, Aggregation::Mean, core::kDay, step);
    add({"gpu.power", "storage.read", "tokens.prompt_rate", "requests.waiting"}, Aggregation::Sum, core::kDay, step);
    add({"ttft.p95"}, Aggregation::Max, core::kDay, step);
    add({"storage.read_latency"}, Aggregation::None, core::kDay, kScrape);
    add({"storage.read", "storage.iops", "storage.read_latency", "model.quality"}, Aggregation::None, kWeek, kCoarse);
    add({"gpu.sm_active"}, Aggregation::Mean, kWeek, kCoarse);
    add({"gpu.power"}, Aggregation::Sum, kWeek, kCoarse);
    add({"gpu.sm_active", "gpu.busy", "gpu.power", "node.io_pressure", "node.io_wait", "node.cpu", "storage.read",
         "storage.write", "storage.read_latency", "tokens.prompt", "tokens.generated"},
        Aggregation::None, core::kHour, core::kMinute);
    return all;
}

telemetry::StationState MachinesService::state(telemetry::Station station, const telemetry::Figures &figures) const
{
    const core::Result<Knowledge> &known = read(m_known);
    return telemetry::stateOf(station, known ? known->rules : std::vector<telemetry::StationRule>{}, figures);
}

ComputeView MachinesService::computeOf(AskSignals &ask, core::TimeRange range) const
{
    Answers answers;
    answers.step = stepOf(range);
    const auto each = [&](const char *signal) { return ask(signal, Aggregation::None, {}, answers.step); };
    answers.active = each("gpu.sm_active");
    answers.busy = each("gpu.busy");
    answers.used = newest(each("gpu.memory_used"));
    answers.free = newest(each("gpu.memory_free"));
    answers.watts = newest(each("gpu.power"));
    answers.celsius = newest(each("gpu.temperature"));
    answers.xid = newest(each("gpu.xid"));
    const Matrix fleet = ask("gpu.sm_active", Aggregation::Mean, {}, answers.step);
    const Matrix watts = ask("gpu.power", Aggregation::Sum, {}, answers.step);

    ComputeView view;
    view.range = ask.shown().valid() ? ask.shown() : range;
    answers.to = view.range.to;
    const auto holdings = telemetry::holdings(answers.busy, answers.active);
    Rows rows(answers);
    for (const GpuHolding &holding : holdings)
        if (holding.current(answers.to, answers.step))
            rows.add(holding, view);
    const auto courses = telemetry::courses(holdings);
    rows.finish(view, courses);
    view.notComputing = notComputing(holdings, courses);
    const bool active = !answers.active.series.empty();
    view.heatSignal = active ? "gpu.sm_active" : "gpu.busy";
    view.heatStep = answers.step;
    view.heat = heatOf(holdings, answers, active);

    const auto lane = [](const char *key, Unit unit, const Matrix &matrix, std::optional<double> normal) {
        return Lane{.key = key, .unit = unit, .series = only(matrix), .normal = normal};
    };
    const auto activeNormal = medianOf(ask.past("gpu.sm_active", Aggregation::Mean, {}, kCoarse, kWeek));
    const auto wattsNormal = medianOf(ask.past("gpu.power", Aggregation::Sum, {}, kCoarse, kWeek));
    view.lanes = {lane("gpu.sm_active", Unit::Ratio, fleet, activeNormal),
                  lane("gpu.power", Unit::Watts, watts, wattsNormal)};
    const auto count = [&](int n) { return view.quota > 0 ? std::optional(static_cast<double>(n)) : std::nullopt; };
    std::optional<double> errors;
    for (const auto &[uuid, code] : answers.xid)
        errors = errors.value_or(0) + (code > 0 ? 1 : 0);
    view.figures = {figure("compute.quota", Unit::Gpus, count(view.quota)),
                    figure("compute.allocated", Unit::Gpus, count(view.allocated)),
                    figure("compute.computing", Unit::Ratio, telemetry::last(only(fleet))),
                    figure("compute.starved", Unit::Gpus, count(view.starved)),
                    figure("compute.idle", Unit::Gpus, count(view.idle)),
                    figure("compute.power", Unit::Watts, telemetry::last(only(watts))),
                    figure("compute.xid", Unit::Count, errors)};
    view.figures[2].normal = activeNormal;
    view.figures[5].normal = wattsNormal;
    return view;
}

core::Result<core::Snapshot<ComputeView>> MachinesService::compute(core::TimeRange range, Access access,
                                                                   const core::Cancel &cancel)
{
    AskSignals ask(m_telemetry, range, access, cancel);
    ComputeView view = computeOf(ask, range);
    return core::Snapshot<ComputeView>{std::move(view), ask.freshness()};
}

} // namespace andon::factory
