// The Floor of a MachinesService: what happened beside the line, and what needs somebody.
#include "factory/diagnosis.h"
#include "factory/machineasks.h"
#include "factory/machinesservice.h"

#include <algorithm>
#include <cmath>

namespace andon::factory
{

namespace
{

using lineage::Severity;
using telemetry::Level;
using telemetry::Unit;

constexpr int kMostMerges = 60;
constexpr std::int64_t kGates = 10'000;

Severity severityOf(Level level)
{
    return level == Level::Critical ? Severity::Critical
        : level == Level::Major     ? Severity::Major
        : level == Level::Warning   ? Severity::Warning
                                    : Severity::Info;
}

/// From the label that alert rules carry by custom.
Severity severityOf(const telemetry::Alert &alert)
{
    const std::string_view word = alert.labels.get("severity");
    if (word == "critical" || word == "page" || word == "emergency")
        return Severity::Critical;
    if (word == "major" || word == "error" || word == "high")
        return Severity::Major;
    return word == "info" || word == "none" || word == "low" ? Severity::Info : Severity::Warning;
}

std::string summaryOf(const telemetry::Alert &alert)
{
    for (const char *key : {"summary", "message", "description"})
        if (const std::string_view text = alert.annotations.get(key); !text.empty())
            return std::string(text);
    return {};
}

/// The one thing that the alert is about: "fb-ams-03"; "" when no label names it.
std::string subjectOf(const telemetry::Alert &alert)
{
    for (const char *label : {"array", "model", "pod", "exported_pod", "Hostname", "node", "instance"})
        if (const std::string_view value = alert.labels.get(label); !value.empty())
            return std::string(value);
    return {};
}

/// All that tells it from others; its name and severity stand elsewhere.
std::string labelsOf(const telemetry::Alert &alert)
{
    std::string words;
    for (const auto &[name, value] : alert.labels.pairs())
        if (name != "alertname" && name != "severity" && name != "job" && name != "station")
            words += (words.empty() ? "" : ", ") + name + "=" + value;
    return words;
}

std::string linkOf(const telemetry::Alert &alert, const StorageView &storage)
{
    const std::string instance(alert.labels.get("instance"));
    const bool array = std::any_of(storage.arrays.begin(), storage.arrays.end(), [&](const ArrayRow &row) {
        return row.array == instance || row.array == alert.labels.get("array");
    });
    if (array)
        return "page:storage";
    if (const std::string_view model = alert.labels.get("model"); !model.empty()) {
        const std::string_view version = alert.labels.get("version");
        return "model:" + std::string(model) + (version.empty() ? "" : "@" + std::string(version));
    }
    for (const char *label : {"UUID", "gpu", "Hostname", "node"})
        if (!alert.labels.get(label).empty())
            return "page:compute";
    return {};
}

std::optional<core::Money> aDayOf(const core::Money &hour)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 24;
    return hour.micro <= kMost ? std::optional(core::Money{hour.micro * 24, hour.currency}) : std::nullopt;
}

} // namespace

std::vector<EventMark> alertMarks(const std::vector<telemetry::Alert> &alerts, core::TimeRange range)
{
    std::vector<EventMark> marks;
    for (const telemetry::Alert &alert : alerts)
        if (alert.state == telemetry::AlertState::Firing && range.from <= alert.activeAt && alert.activeAt <= range.to)
            marks.push_back({EventKind::Alert, alert.activeAt, alert.name, summaryOf(alert), ""});
    return marks;
}

std::optional<std::vector<PassedGate>> MachinesService::gatesPassedBy(core::Instant since) const
{
    const auto repositories = m_versions.repositories(Access::CacheOnly, {});
    if (!repositories || repositories->value.empty())
        return std::nullopt; // none is known: that none was passed by would be a claim
    std::vector<PassedGate> all;
    for (const RepositoryRow &row : repositories->value) {
        const std::string &repository = row.repository.id.value;
        const auto runs = m_versions.runs(row.repository.id, since, kGates);
        for (const versions::ActionRun &run : runs.value_or(std::vector<versions::ActionRun>{})) {
            const auto missed = std::find_if(run.hooks.begin(), run.hooks.end(), [](const versions::HookRun &hook) {
                return hook.status == versions::HookStatus::Failed || hook.status == versions::HookStatus::Skipped;
            });
            if (!run.commit.empty() && missed != run.hooks.end())
                all.push_back({repository, run.branch.value, missed->hook, run.started,
                               "commit:" + repository + "@" + run.commit.value});
        }
    }
    std::sort(all.begin(), all.end(), [](const PassedGate &a, const PassedGate &b) { return a.at > b.at; });
    return all;
}

void MachinesService::mergesAndGates(FloorView &view) const
{
    const auto repositories = m_versions.repositories(Access::CacheOnly, {});
    for (const RepositoryRow &row : repositories ? repositories->value : std::vector<RepositoryRow>{}) {
        const std::string &name = row.repository.id.value;
        const auto repo = m_versions.repository(row.repository.id, Access::CacheOnly, {});
        if (!repo || !repo->value.graph)
            continue;
        const versions::CommitGraph &graph = *repo->value.graph;
        std::vector<core::CommitId> merges;
        for (std::int32_t i = 0; i < graph.size() && static_cast<int>(merges.size()) < kMostMerges; ++i) {
            const core::Instant at = core::Instant::fromSeconds(graph.created(i));
            if (at < view.range.from)
                break;
            if (at <= view.range.to && graph.kind(i) == versions::CommitKind::Merge)
                merges.push_back(graph.oid(i).id());
        }
        const auto commits = m_versions.commits(row.repository.id, merges);
        for (const versions::Commit &commit : commits.value_or(std::vector<versions::Commit>{}))
            view.events.push_back({EventKind::Merge, core::Instant::fromSeconds(commit.created),
                                   std::string(versions::subject(commit)), name,
                                   "commit:" + name + "@" + commit.id.value});
    }
    const auto gates = gatesPassedBy(view.range.from);
    for (const PassedGate &gate : gates.value_or(std::vector<PassedGate>{}))
        if (gate.at <= view.range.to)
            view.events.push_back({EventKind::GateSkipped, gate.at, gate.hook, gate.repository, gate.link});
}

void MachinesService::events(FloorView &view, const Alerts &alerts) const
{
    view.events = alertMarks(alerts, view.range);
    mergesAndGates(view);
    const auto inside = [&](core::Instant at) { return view.range.from <= at && at <= view.range.to; };
    const auto runs = m_registry.runs();
    for (const lineage::Run &run : runs.value_or(std::vector<lineage::Run>{})) {
        if (inside(run.started))
            view.events.push_back({EventKind::RunStarted, run.started, run.name, "", "run:" + run.id.value});
        if (run.ended.known() && inside(run.ended))
            view.events.push_back({EventKind::RunFinished, run.ended, run.name, "", "run:" + run.id.value});
    }
    std::sort(view.events.begin(), view.events.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
}

void MachinesService::machinesNeed(FloorView &view, const ComputeView &compute, const StorageView &storage) const
{
    const Diagnosis &diagnosis = storage.diagnosis;
    for (const ArrayRow &row : storage.arrays) {
        if (row.state.level < Level::Warning || row.state.level == Level::Unknown)
            continue;
        Attention one{severityOf(row.state.level),
                      "storage-bound",
                      {{"array", row.array}, {"gpus", std::to_string(storage.starvedGpus)}},
                      row.since,
                      "page:storage"};
        if (diagnosis.storageBound() && &row == &storage.arrays.front()) { // all are held against the worst array
            one.details = {{"verdict", telemetry::name(diagnosis.verdict())}};
            if (diagnosis.gpuHours)
                one.figures = {figure("diagnosis.gpu_hours", Unit::None, diagnosis.gpuHours)};
            if (diagnosis.perHour)
                one.perDay = aDayOf(*diagnosis.perHour);
        }
        view.attention.push_back(std::move(one));
    }
    if (compute.idle == 0)
        return;
    Attention idle{Severity::Warning, "idle-gpus", {{"gpus", std::to_string(compute.idle)}}, {}, "compute:idle"};
    for (const WorkloadRow &row : compute.workloads)
        if (row.idle) {
            idle.details.emplace_back("pod", row.pod);
            if (row.since.known() && (!idle.since.known() || row.since < idle.since))
                idle.since = row.since;
        }
    if (const auto hour = gpuCost(m_economics.priceBook(), compute.range.to, compute.idle))
        idle.perDay = aDayOf(*hour);
    view.attention.push_back(std::move(idle));
}

void MachinesService::attention(FloorView &view, const ComputeView &compute, const StorageView &storage,
                                const Alerts &alerts) const
{
    machinesNeed(view, compute, storage);
    const StationView &deployment = view.stations.back();
    if (deployment.state.level == Level::Warning && deployment.state.rule == "deployment-quality")
        view.attention.push_back({.severity = Severity::Major,
                                  .key = "quality-drop",
                                  .values = {{"model", deployment.headline.text}},
                                  .since = deployment.since,
                                  .link = "model:" + deployment.headline.text,
                                  .details = deployment.about,
                                  .figures = deployment.numbers});
    for (const economics::KpiRow &row : view.kpi ? view.kpi->models : std::vector<economics::KpiRow>{}) {
        if (!row.losesMoney)
            continue;
        Attention losing{Severity::Warning, "model-loses-money", {{"model", row.model.value}}, {}, "page:economics"};
        if (const core::Money *margin = row.margin.money()) // the window of the figures is a day
            losing.perDay = core::Money{-margin->micro, margin->currency};
        view.attention.push_back(std::move(losing));
    }
    const StationView &training = view.stations[2];
    if (const std::string *hook = lineage::find(training.about, "hook"))
        view.attention.push_back({.severity = Severity::Warning,
                                  .key = "gate-skipped",
                                  .values = {{"hook", *hook}},
                                  .since = training.since,
                                  .link = training.facts.back().link,
                                  .details = training.about});
    for (const telemetry::Alert &alert : alerts)
        if (alert.state == telemetry::AlertState::Firing)
            view.attention.push_back({.severity = severityOf(alert),
                                      .key = "alert",
                                      .values = {{"name", alert.name}},
                                      .since = alert.activeAt,
                                      .link = linkOf(alert, storage),
                                      .details = {{"summary", summaryOf(alert)},
                                                  {"subject", subjectOf(alert)},
                                                  {"labels", labelsOf(alert)}}});
    for (const SourceState &source : m_parts.board.states(60'000))
        if (source.freshness.error)
            view.attention.push_back(
                {Severity::Info, "source-stale", {{"source", source.kind}}, source.freshness.at, "page:settings"});
    std::stable_sort(view.attention.begin(), view.attention.end(), [](const Attention &a, const Attention &b) {
        const auto rank = [](const Attention &one) {
            return std::pair(static_cast<int>(one.severity), one.perDay ? one.perDay->micro : -1);
        };
        return rank(a) > rank(b);
    });
}

} // namespace andon::factory
