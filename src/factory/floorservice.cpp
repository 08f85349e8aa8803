// The Floor of a MachinesService: four stations, the line, what happened, what needs somebody.
#include "factory/machinesservice.h"

#include <algorithm>
#include <cmath>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::Level;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::Station;
using telemetry::Unit;

constexpr std::int64_t kStep = 5 * core::kMinute;

Figure number(const char *key, Unit unit, std::optional<double> value, const char *missing = "no-series")
{
    return {.key = key, .value = value, .unit = unit, .missing = value ? "" : missing};
}

std::optional<double> of(const std::vector<Figure> &figures, std::string_view key)
{
    for (const Figure &figure : figures)
        if (figure.key == key)
            return figure.value;
    return std::nullopt;
}

const Series &first(const Matrix &matrix)
{
    static const Series none;
    return matrix.series.empty() ? none : matrix.series.front();
}

lineage::Severity severityOf(Level level)
{
    return level == Level::Critical ? lineage::Severity::Critical
        : level == Level::Major     ? lineage::Severity::Major
        : level == Level::Warning   ? lineage::Severity::Warning
                                    : lineage::Severity::Info;
}

} // namespace

void MachinesService::machineStations(FloorView &view, AskSignals &ask, const ComputeView &compute,
                                      const StorageView &storage)
{
    StationView s{.station = Station::Storage};
    s.headline = number("storage.read", Unit::BytesPerSecond, of(storage.figures, "storage.read"));
    s.spark = first(ask("storage.read", Aggregation::Sum, {}, kStep));
    if (!storage.arrays.empty()) {
        const ArrayRow &worst = storage.arrays.front();
        s.state = worst.state;
        s.headline.text = worst.array;
        s.target = number("storage.limit", Unit::BytesPerSecond, worst.limit);
        s.target.normal = worst.readNormal;
        s.facts.push_back(number("storage.read_latency", Unit::Seconds, worst.readLatency));
        s.facts.back().normal = worst.latencyNormal;
    }
    s.facts.push_back(number("storage.write", Unit::BytesPerSecond, of(storage.figures, "storage.write")));
    s.facts.push_back(number("storage.iops", Unit::PerSecond, of(storage.figures, "storage.iops")));
    s.facts.push_back(
        number("storage.arrays", Unit::Count,
               storage.arrays.empty() ? std::nullopt : std::optional(static_cast<double>(storage.arrays.size()))));
    view.stations.push_back(std::move(s));

    StationView c{.station = Station::Compute};
    telemetry::Figures figures;
    if (compute.allocated > 0) {
        figures["compute.starved_share"] = static_cast<double>(compute.starved) / compute.allocated;
        figures["compute.idle_share"] = static_cast<double>(compute.idle) / compute.allocated;
    }
    c.state = state(Station::Compute, figures);
    c.headline = number("compute.computing", Unit::Ratio, of(compute.figures, "compute.computing"));
    c.spark = first(ask("gpu.sm_active", Aggregation::Mean, {}, kStep));
    c.target = number("compute.quota", Unit::Gpus, of(compute.figures, "compute.quota"));
    for (const char *key : {"compute.allocated", "compute.starved", "compute.idle"})
        c.facts.push_back(number(key, Unit::Gpus, of(compute.figures, key)));
    c.facts.push_back(number("compute.power", Unit::Watts, of(compute.figures, "compute.power")));
    view.stations.push_back(std::move(c));
}

void MachinesService::modelStations(FloorView &view, AskSignals &ask)
{
    const core::Instant now = m_parts.clock.now();
    StationView t{.station = Station::Training};
    const auto runs = m_registry.runs();
    telemetry::Figures figures;
    if (runs && !runs->empty()) {
        double running = 0;
        double failed = 0;
        double pinned = 0;
        double finished = 0;
        const lineage::Run *longest = nullptr;
        for (const lineage::Run &run : *runs) {
            const bool recent = now - run.started < core::kDay;
            if (run.status == lineage::RunStatus::Running) {
                ++running;
                pinned += lineage::find(run.tags, "lakefs_commit") ? 1 : 0;
                if (!longest || run.started < longest->started)
                    longest = &run;
            }
            failed += recent && run.status == lineage::RunStatus::Failed ? 1 : 0;
            finished += now - run.ended < core::kDay && run.status == lineage::RunStatus::Finished ? 1 : 0;
        }
        figures["training.failed"] = failed;
        t.headline = number("training.running", Unit::Count, running);
        t.facts = {number("training.pinned", Unit::Count, pinned), number("training.finished", Unit::Count, finished),
                   number("training.failed", Unit::Count, failed)};
        if (longest) {
            t.facts.push_back(
                number("training.longest", Unit::Seconds, static_cast<double>(now - longest->started) / core::kSecond));
            t.facts.back().text = longest->name;
        }
    } else {
        t.headline = number("training.running", Unit::Count, std::nullopt,
                            m_parts.board.configured("mlflow") ? "no-runs" : "not-configured");
    }
    const auto repositories = m_versions.repositories(Access::CacheOnly, {});
    double skipped = 0;
    for (const RepositoryRow &row : repositories ? repositories->value : std::vector<RepositoryRow>{}) {
        const auto gates = m_versions.runs(row.repository.id, now - 14 * core::kDay, 10'000);
        for (const versions::ActionRun &run : gates.value_or(std::vector<versions::ActionRun>{})) {
            const versions::GateSummary sum = versions::summarize({run});
            skipped += !run.commit.empty() && (sum.skipped > 0 || sum.failed > 0) ? 1 : 0;
        }
    }
    if (repositories)
        figures["training.gates_skipped"] = skipped;
    t.facts.push_back(
        number("training.gates_skipped", Unit::Count, repositories ? std::optional(skipped) : std::nullopt));
    t.state = state(Station::Training, figures);
    view.stations.push_back(std::move(t));

    StationView d{.station = Station::Deployment};
    const Matrix prompt = ask("tokens.prompt_rate", Aggregation::Sum, {}, kStep);
    const Matrix generated = ask("tokens.generated_rate", Aggregation::Sum, {}, kStep);
    const Matrix waiting = ask("requests.waiting", Aggregation::Sum, {}, kStep);
    const Matrix ttft = ask("ttft.p95", Aggregation::Max, {}, kStep);
    const Matrix quality = ask("model.quality", Aggregation::None, {}, kStep);
    const auto in = telemetry::last(first(prompt));
    const auto out = telemetry::last(first(generated));
    d.headline =
        number("deployment.tokens", Unit::TokensPerSecond, in && out ? std::optional(*in + *out) : std::nullopt);
    d.spark = first(generated);
    d.facts = {number("deployment.generated", Unit::TokensPerSecond, out),
               number("deployment.ttft", Unit::Seconds, telemetry::last(first(ttft))),
               number("deployment.waiting", Unit::Requests, telemetry::last(first(waiting)))};
    telemetry::Figures served;
    if (const auto slow = telemetry::last(first(ttft)))
        served["deployment.ttft"] = *slow;
    // The quality of what serves against the version before it, over a week: only then both are seen.
    const Matrix week = ask.past("model.quality", Aggregation::None, {}, core::kHour, 7 * core::kDay);
    double drop = 0;
    std::string worst;
    for (const Series &now_ : week.series)
        for (const Series &before : week.series)
            if (now_.labels.get("model") == before.labels.get("model") && !now_.t.empty() && !before.t.empty()
                && before.t.back() < now_.t.back() && before.v.back() > 0) {
                const double fall = 1 - now_.v.back() / before.v.back();
                if (fall > drop) {
                    drop = fall;
                    worst = std::string(now_.labels.get("model")) + "@" + std::string(now_.labels.get("version"));
                }
            }
    if (!week.series.empty())
        served["deployment.quality_drop"] = drop;
    d.facts.push_back(
        number("deployment.quality_drop", Unit::Ratio, week.series.empty() ? std::nullopt : std::optional(drop)));
    d.facts.back().text = worst;
    d.state = state(Station::Deployment, served);
    d.headline.text = worst;
    view.lanes = {{"gpu.sm_active", Unit::Ratio, view.stations[1].spark, {}},
                  {"storage.read", Unit::BytesPerSecond, view.stations[0].spark, view.stations[0].target.value},
                  {"deployment.generated", Unit::TokensPerSecond, first(generated), {}}};
    view.stations.push_back(std::move(d));
}

void MachinesService::events(FloorView &view)
{
    const auto inside = [&](core::Instant at) { return view.range.from <= at && at <= view.range.to; };
    const auto repositories = m_versions.repositories(Access::CacheOnly, {});
    for (const RepositoryRow &row : repositories ? repositories->value : std::vector<RepositoryRow>{}) {
        const auto repo = m_versions.repository(row.repository.id, Access::CacheOnly, {});
        if (!repo || !repo->value.graph)
            continue;
        const versions::CommitGraph &graph = *repo->value.graph;
        for (std::int32_t i = 0; i < graph.size() && view.events.size() < 60; ++i) {
            const core::Instant at = core::Instant::fromSeconds(graph.created(i));
            if (at < view.range.from)
                break;
            if (inside(at) && graph.kind(i) == versions::CommitKind::Merge)
                view.events.push_back({EventKind::Merge, at, row.repository.id.value,
                                       "commit:" + row.repository.id.value + "@" + graph.oid(i).id().value});
        }
    }
    const auto runs = m_registry.runs();
    for (const lineage::Run &run : runs.value_or(std::vector<lineage::Run>{})) {
        if (inside(run.started))
            view.events.push_back({EventKind::RunStarted, run.started, run.name, "run:" + run.id.value});
        if (run.ended.known() && inside(run.ended))
            view.events.push_back({EventKind::RunFinished, run.ended, run.name, "run:" + run.id.value});
    }
    std::sort(view.events.begin(), view.events.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
}

void MachinesService::attention(FloorView &view, const StorageView &storage) const
{
    for (const ArrayRow &row : storage.arrays)
        if (row.state.level >= Level::Warning && row.state.level != Level::Unknown)
            view.attention.push_back({severityOf(row.state.level),
                                      "storage-bound",
                                      {{"array", row.array}, {"gpus", std::to_string(storage.starvedGpus)}},
                                      row.since,
                                      "page:storage"});
    const StationView &deployment = view.stations.back();
    if (deployment.state.level == Level::Warning && deployment.state.rule == "deployment-quality")
        view.attention.push_back({lineage::Severity::Major,
                                  "quality-drop",
                                  {{"model", deployment.headline.text}},
                                  {},
                                  "model:" + deployment.headline.text});
    if (view.kpi)
        for (const economics::KpiRow &row : view.kpi->models)
            if (row.losesMoney)
                view.attention.push_back({lineage::Severity::Warning,
                                          "model-loses-money",
                                          {{"model", row.model.value}},
                                          {},
                                          "page:economics"});
    const std::optional<double> idle = of(view.stations[1].facts, "compute.idle");
    if (idle.value_or(0) > 0)
        view.attention.push_back({lineage::Severity::Warning,
                                  "idle-gpus",
                                  {{"gpus", std::to_string(static_cast<int>(*idle))}},
                                  {},
                                  "page:compute"});
    for (const SourceState &source : m_parts.board.states(60'000))
        if (source.freshness.error)
            view.attention.push_back({lineage::Severity::Info,
                                      "source-stale",
                                      {{"source", source.kind}},
                                      source.freshness.at,
                                      "page:settings"});
}

core::Result<core::Snapshot<FloorView>> MachinesService::floor(core::TimeRange range, Access access,
                                                               const core::Cancel &cancel)
{
    const auto computed = compute(range, access, cancel);
    const auto stored = storage(range, access, cancel);
    if (const auto error = core::firstError(computed, stored))
        return core::fail(*error);
    AskSignals ask(m_telemetry, range, access, cancel);
    core::Snapshot<FloorView> snapshot;
    FloorView &view = snapshot.value;
    machineStations(view, ask, computed->value, stored->value);
    modelStations(view, ask);
    view.range = ask.shown().valid() ? ask.shown() : range;
    if (auto kpi = m_economics.kpi(m_economics.closedDay(), access, cancel))
        view.kpi = std::move(kpi->value);
    const auto alerts = m_telemetry.alerts(access, cancel);
    for (const telemetry::Alert &alert : alerts ? alerts->value : std::vector<telemetry::Alert>{})
        if (alert.state == telemetry::AlertState::Firing)
            view.events.push_back({EventKind::Alert, alert.activeAt, alert.name, "alert:" + alert.name});
    std::erase_if(view.events, [&](const EventMark &e) { return e.at < view.range.from || e.at > view.range.to; });
    events(view);
    attention(view, stored->value);
    snapshot.freshness = core::worst(core::worst(computed->freshness, stored->freshness), ask.freshness());
    return snapshot;
}

} // namespace andon::factory
