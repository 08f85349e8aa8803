// The Floor of a MachinesService: four stations and the line. What happened and what needs somebody: floorevents.cpp.
#include "factory/machineasks.h"
#include "factory/machinesservice.h"
#include "telemetry/gpufleet.h"

#include <algorithm>
#include <cmath>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::Station;
using telemetry::Unit;

constexpr std::int64_t kGateDays = 14 * core::kDay;

Figure linked(Figure figure, const char *link)
{
    figure.link = link;
    return figure;
}

Figure counted(const char *key, double value, std::optional<double> of = {})
{
    Figure one = figure(key, Unit::Count, value);
    one.of = of;
    return one;
}

/// The sum where both have a sample.
Series together(const Series &a, const Series &b)
{
    Series sum;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.t.size(); ++i) {
        while (j < b.t.size() && b.t[j] < a.t[i])
            ++j;
        if (j < b.t.size() && b.t[j] == a.t[i]) {
            sum.t.push_back(a.t[i]);
            sum.v.push_back(a.v[i] + b.v[j]);
        }
    }
    return sum;
}

/// How many runs were under way, every half hour of the range.
Series underWay(const std::vector<lineage::Run> &runs, core::TimeRange range)
{
    Series series;
    const std::int64_t step = std::max(core::kMinute, range.length() / 48);
    for (std::int64_t t = range.from.ms; t <= range.to.ms; t += step) {
        series.t.push_back(t);
        series.v.push_back(static_cast<double>(std::count_if(runs.begin(), runs.end(), [&](const lineage::Run &run) {
            return run.started.known() && run.started.ms <= t && (!run.ended.known() || run.ended.ms > t)
                && (run.ended.known() || run.status == lineage::RunStatus::Running);
        })));
    }
    return series;
}

/// A served version beside the one it took the place of.
struct Quality {
    std::string model, version, before, metric;
    double now = 0;
    double then = 0;
    core::Instant since = {};
    [[nodiscard]] double drop() const { return then > 0 ? 1 - now / then : 0; }
};

/// The largest fall over a week: only then both versions are seen.
std::optional<Quality> largestFall(const Matrix &week)
{
    std::optional<Quality> worst;
    for (const Series &now : week.series)
        for (const Series &before : week.series) {
            if (now.labels.get("model") != before.labels.get("model")
                || now.labels.get("metric") != before.labels.get("metric") || now.t.empty() || before.t.empty()
                || before.t.back() >= now.t.back())
                continue;
            Quality one{std::string(now.labels.get("model")),
                        std::string(now.labels.get("version")),
                        std::string(before.labels.get("version")),
                        std::string(now.labels.get("metric")),
                        now.v.back(),
                        before.v.back(),
                        {now.t.front()}};
            if (one.drop() > (worst ? worst->drop() : 0))
                worst = std::move(one);
        }
    return worst;
}

} // namespace

StationView MachinesService::storageStation(AskSignals &ask, const StorageView &storage) const
{
    StationView s{.station = Station::Storage};
    s.headline =
        linked(figure("storage.read", Unit::BytesPerSecond, valueOf(storage.figures, "storage.read")), "page:storage");
    s.spark = only(ask("storage.read", Aggregation::Sum, {}, stepOf(storage.range)));
    s.flow = s.headline;
    if (storage.arrays.empty()) {
        s.state = state(Station::Storage, {});
    } else {
        const ArrayRow &worst = storage.arrays.front();
        s.state = worst.state;
        s.since = worst.state.level >= telemetry::Level::Warning && worst.state.level != telemetry::Level::Unknown
            ? worst.since
            : core::Instant{};
        s.about = {{"array", worst.array}};
        s.headline.text = worst.array;
        s.target = figure("storage.limit", Unit::BytesPerSecond, worst.limit);
        s.target.of = worst.read;
        s.target.normal = worst.readNormal;
        s.facts.push_back(linked(figure("storage.read_latency", Unit::Seconds, worst.readLatency), "page:storage"));
        s.facts.back().normal = worst.latencyNormal;
    }
    for (const auto &[key, unit] : {std::pair("storage.write", Unit::BytesPerSecond),
                                    {"storage.iops", Unit::PerSecond},
                                    {"storage.space", Unit::Ratio}})
        s.facts.push_back(linked(figure(key, unit, valueOf(storage.figures, key)), "page:storage"));
    return s;
}

StationView MachinesService::computeStation(const ComputeView &compute, const StorageView &storage) const
{
    StationView c{.station = Station::Compute};
    telemetry::Figures figures;
    if (compute.allocated > 0) {
        figures["compute.starved_share"] = static_cast<double>(compute.starved) / compute.allocated;
        figures["compute.idle_share"] = static_cast<double>(compute.idle) / compute.allocated;
    }
    c.state = state(Station::Compute, figures);
    c.about = {{"gpus", std::to_string(compute.starved)},
               {"idle", std::to_string(compute.idle)},
               {"allocated", std::to_string(compute.allocated)}};
    if (c.state.rule == "compute-starving" && storage.diagnosis.storageBound()) {
        c.about.emplace_back("verdict", telemetry::name(storage.diagnosis.verdict()));
        c.since = storage.diagnosis.since;
        c.gpuHours = storage.diagnosis.gpuHours;
        c.cost = storage.diagnosis.cost;
    }
    const auto of = [&](const char *key, Unit unit, const char *link) {
        return linked(figure(key, unit, valueOf(compute.figures, key)), link);
    };
    c.headline = of("compute.computing", Unit::Ratio, "page:compute");
    c.spark = compute.lanes.empty() ? Series{} : compute.lanes.front().series;
    c.target = of("compute.quota", Unit::Gpus, "page:compute");
    c.target.of = valueOf(compute.figures, "compute.allocated");
    c.target.normal = compute.lanes.empty() ? std::nullopt : compute.lanes.front().normal;
    c.facts = {of("compute.starved", Unit::Gpus, "compute:waiting"), of("compute.idle", Unit::Gpus, "compute:idle"),
               of("compute.power", Unit::Watts, "page:compute"), of("compute.xid", Unit::Count, "page:compute")};
    return c;
}

StationView MachinesService::trainingStation(const FloorView &view) const
{
    const core::Instant now = m_parts.pin.now();
    StationView t{.station = Station::Training};
    telemetry::Figures figures;
    const auto runs = m_registry.runs();
    if (runs && !runs->empty()) {
        double running = 0;
        double failed = 0;
        double pinned = 0;
        double finished = 0;
        const lineage::Run *longest = nullptr;
        for (const lineage::Run &run : *runs) {
            if (run.status == lineage::RunStatus::Running) {
                ++running;
                pinned += lineage::find(run.tags, "lakefs_commit") ? 1 : 0;
                if (!longest || run.started < longest->started)
                    longest = &run;
            }
            failed += now - run.started < core::kDay && run.status == lineage::RunStatus::Failed ? 1 : 0;
            finished += now - run.ended < core::kDay && run.status == lineage::RunStatus::Finished ? 1 : 0;
        }
        figures["training.failed"] = failed;
        t.headline = linked(counted("training.running", running), "page:lineage");
        t.spark = underWay(*runs, view.range);
        t.facts = {counted("training.pinned", pinned, running), counted("training.failed", failed)};
        t.numbers = {counted("training.finished", finished)};
        if (longest) {
            t.facts.push_back(
                figure("training.longest", Unit::Seconds, static_cast<double>(now - longest->started) / core::kSecond));
            t.facts.back().text = longest->name;
        }
        for (Figure &fact : t.facts)
            fact.link = "page:lineage";
    } else {
        t.headline = figure("training.running", Unit::Count, std::nullopt,
                            m_parts.board.configured("mlflow") ? "no-runs" : "not-configured");
    }
    t.flow = t.headline;
    const auto gates = gatesPassedBy(now - kGateDays);
    if (gates) {
        figures["training.gates_skipped"] = static_cast<double>(gates->size());
        if (!gates->empty()) {
            const PassedGate &newest = gates->front();
            t.about = {{"hook", newest.hook}, {"branch", newest.branch}, {"repository", newest.repository}};
            t.since = newest.at;
        }
    }
    t.facts.push_back(figure("training.gates_skipped", Unit::Count,
                             gates ? std::optional(static_cast<double>(gates->size())) : std::nullopt));
    t.facts.back().link = gates && !gates->empty() ? gates->front().link : "page:versions";
    t.state = state(Station::Training, figures);
    return t;
}

StationView MachinesService::deploymentStation(AskSignals &ask, const FloorView &view) const
{
    const std::int64_t step = stepOf(view.range);
    StationView d{.station = Station::Deployment};
    const Matrix generated = ask("tokens.generated_rate", Aggregation::None, {}, step);
    std::vector<const Series *> perModel;
    for (const Series &series : generated.series)
        perModel.push_back(&series);
    const Series prompt = only(ask("tokens.prompt_rate", Aggregation::Sum, {}, step));
    const Matrix waiting = ask("requests.waiting", Aggregation::Sum, {}, step);
    const Matrix ttft = ask("ttft.p95", Aggregation::Max, {}, step);
    d.spark = together(prompt, telemetry::sumOf(perModel));
    d.headline = linked(figure("deployment.tokens", Unit::TokensPerSecond, telemetry::last(d.spark)), "page:economics");
    d.target.normal = d.spark.v.empty() ? std::nullopt : median(d.spark.v);
    d.target.unit = Unit::TokensPerSecond;
    d.facts = {figure("deployment.ttft", Unit::Seconds, telemetry::last(only(ttft))),
               figure("deployment.waiting", Unit::Requests, telemetry::last(only(waiting)))};
    telemetry::Figures served;
    if (const auto slow = telemetry::last(only(ttft)))
        served["deployment.ttft"] = *slow;
    const Matrix week = ask.past("model.quality", Aggregation::None, {}, kCoarse, kWeek);
    const auto fall = largestFall(week);
    Figure drop = figure("deployment.quality_drop", Unit::Ratio,
                         week.series.empty() ? std::nullopt : std::optional(fall ? fall->drop() : 0));
    if (!week.series.empty())
        served["deployment.quality_drop"] = *drop.value;
    if (fall) {
        drop.text = fall->model + "@" + fall->version;
        drop.link = "model:" + drop.text;
        d.since = fall->since;
        d.headline.text = drop.text;
        d.about = {{"model", drop.text}, {"before", fall->before}, {"metric", fall->metric}};
        d.numbers = {figure("quality.now", Unit::None, fall->now), figure("quality.before", Unit::None, fall->then)};
    }
    d.facts.push_back(std::move(drop));
    if (view.kpi) {
        const auto losing = std::count_if(view.kpi->models.begin(), view.kpi->models.end(),
                                          [](const economics::KpiRow &row) { return row.losesMoney; });
        d.facts.push_back(
            counted("deployment.losing", static_cast<double>(losing), static_cast<double>(view.kpi->models.size())));
    }
    for (Figure &fact : d.facts)
        if (fact.link.empty())
            fact.link = "page:economics";
    d.state = state(Station::Deployment, served);
    const auto serving = std::count_if(perModel.begin(), perModel.end(), [&](const Series *series) {
        return !series->t.empty() && series->t.back() > view.range.to.ms - 2 * step - 1;
    });
    d.flow = figure("deployment.models", Unit::Count,
                    perModel.empty() ? std::nullopt : std::optional(static_cast<double>(serving)));
    d.numbers.push_back(d.flow);
    return d;
}

core::Result<core::Snapshot<FloorView>> MachinesService::floor(core::TimeRange range, Access access,
                                                               const core::Cancel &cancel)
{
    const bool pinned = m_parts.pin.asOf().has_value();
    if (access == Access::Remembered && !pinned) {
        auto kept = m_remembered.floor(range.length());
        if (kept)
            acknowledged(kept->value);
        return kept;
    }
    AskSignals ask(m_telemetry, range, access, cancel);
    const ComputeView compute = computeOf(ask, range);
    const StorageView storage = storageOf(ask, range);
    core::Snapshot<FloorView> snapshot;
    FloorView &view = snapshot.value;
    view.range = ask.shown().valid() ? ask.shown() : range;
    if (auto kpi = m_economics.kpi(m_economics.closedDay(), access, cancel))
        view.kpi = std::move(kpi->value);
    view.stations = {storageStation(ask, storage), computeStation(compute, storage), trainingStation(view),
                     deploymentStation(ask, view)};
    // What comes out of a station is what the next one works with.
    view.stations[1].flow = view.stations[2].headline;
    view.stations[2].flow = view.stations[3].flow;
    view.notComputing = compute.notComputing;
    if (storage.diagnosis.storageBound())
        view.waitingSince = storage.diagnosis.since;
    view.lanes = {{.key = compute.heatSignal, .unit = Unit::Ratio, .series = view.stations[1].spark},
                  {.key = "storage.read", .unit = Unit::BytesPerSecond, .series = view.stations[0].spark},
                  {.key = "deployment.tokens", .unit = Unit::TokensPerSecond, .series = view.stations[3].spark}};
    for (std::size_t i : {0U, 2U})
        view.lanes[i].normal = view.stations[i + 1].target.normal;
    const auto alerts = m_telemetry.alerts(access, cancel);
    events(view, alerts ? alerts->value : std::vector<telemetry::Alert>{});
    attention(view, compute, storage, alerts ? alerts->value : std::vector<telemetry::Alert>{});
    acknowledged(view);
    view.alertsKnown = !pinned && alerts && alerts->freshness.state == core::FreshnessState::Live;
    snapshot.freshness = ask.freshness();
    if (alerts && alerts->freshness.at.known())
        snapshot.freshness = core::worst(snapshot.freshness, alerts->freshness);
    if (!cancel.cancelled() && !pinned && access != Access::Share) // that is of another range than the window's
        m_remembered.keep(snapshot);
    return snapshot;
}

} // namespace andon::factory
