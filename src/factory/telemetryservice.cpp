#include "factory/telemetryservice.h"

#include "factory/matrixcodec.h"
#include "factory/registrycodec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace andon::factory
{

namespace
{

using Json = nlohmann::json;

std::int64_t steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::string dump(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string packInventory(const telemetry::Inventory &inventory)
{
    Json labels = Json::object();
    for (const auto &[metric, names] : inventory.labels)
        labels[metric] = names;
    return dump({{"metrics", inventory.metrics}, {"labels", labels}});
}

telemetry::Inventory unpackInventory(const std::string &text)
{
    telemetry::Inventory inventory;
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("metrics") || !json.contains("labels"))
        return inventory;
    for (const Json &metric : json["metrics"])
        if (metric.is_string())
            inventory.metrics.insert(metric.get<std::string>());
    for (const auto &[metric, names] : json["labels"].items())
        for (const Json &name : names)
            if (name.is_string())
                inventory.labels[metric].insert(name.get<std::string>());
    return inventory;
}

Json labelsJson(const telemetry::Labels &labels)
{
    Json all = Json::array();
    for (const auto &[name, value] : labels.pairs())
        all.push_back({name, value});
    return all;
}

telemetry::Labels labelsOf(const Json &json)
{
    telemetry::Labels labels;
    for (const Json &pair : json.is_array() ? json : Json::array())
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
            labels.set(pair[0].get<std::string>(), pair[1].get<std::string>());
    return labels;
}

std::string packAlerts(const std::vector<telemetry::Alert> &alerts)
{
    Json all = Json::array();
    for (const telemetry::Alert &alert : alerts)
        all.push_back({{"name", alert.name},
                       {"state", static_cast<int>(alert.state)},
                       {"labels", labelsJson(alert.labels)},
                       {"annotations", labelsJson(alert.annotations)},
                       {"at", alert.activeAt.ms},
                       {"value", alert.value}});
    return dump(all);
}

std::vector<telemetry::Alert> unpackAlerts(const std::string &text)
{
    std::vector<telemetry::Alert> alerts;
    const Json json = Json::parse(text, nullptr, false);
    for (const Json &row : json.is_array() ? json : Json::array())
        if (row.is_object())
            alerts.push_back({.name = row.value("name", ""),
                              .state = static_cast<telemetry::AlertState>(row.value("state", 2)),
                              .labels = labelsOf(row["labels"]),
                              .annotations = labelsOf(row["annotations"]),
                              .activeAt = {row.value("at", std::int64_t{0})},
                              .value = row["value"].is_number() ? row["value"].get<double>() : 0.0});
    return alerts;
}

std::string packMetrics(const std::vector<telemetry::MetricInfo> &metrics)
{
    Json all = Json::array();
    for (const telemetry::MetricInfo &metric : metrics)
        all.push_back({metric.name, metric.type, metric.unit, metric.help});
    return dump(all);
}

std::vector<telemetry::MetricInfo> unpackMetrics(const std::string &text)
{
    std::vector<telemetry::MetricInfo> metrics;
    const Json json = Json::parse(text, nullptr, false);
    const auto isText = [](const Json &part) { return part.is_string(); };
    for (const Json &row : json.is_array() ? json : Json::array())
        if (row.is_array() && row.size() == 4 && std::all_of(row.begin(), row.end(), isText))
            metrics.push_back({row[0], row[1], row[2], row[3]});
    return metrics;
}

/// Relative to now: the next answer of the same shape takes the place of this one. A range of the past has its own.
std::string shapeOf(const std::string &question, core::TimeRange range, std::int64_t stepMs, core::Instant now)
{
    constexpr std::int64_t kRecent = 10 * core::kMinute;
    const bool past = range.to < now - kRecent;
    return question + "|" + std::to_string(stepMs) + "|" + std::to_string(range.length() / core::kMinute)
        + (past ? "|" + std::to_string(range.to.seconds()) : "");
}

SignalAnswer answerOf(roles::MatrixAnswer &&fresh, const telemetry::ResolvedSignal &signal, core::TimeRange range,
                      std::int64_t stepMs)
{
    SignalAnswer answer{.matrix = std::move(fresh.matrix),
                        .range = range,
                        .pack = signal.pack,
                        .evidence = {std::move(fresh.evidence)}};
    for (telemetry::Series &series : answer.matrix.series)
        series.labels = canonical(series.labels, signal.candidate);
    answer.matrix.stepMs = stepMs;
    return answer;
}

} // namespace

TelemetryService::TelemetryService(SiteParts parts, core::SourceName name, core::Later<roles::SeriesSource> source,
                                   Known known)
    : m_parts(std::move(parts))
    , m_name(std::move(name))
    , m_source(std::move(source))
    , m_known(std::move(known))
    , m_sources(m_parts.cache)
    , m_store(m_parts.cache)
{
}

const Signals &TelemetryService::signalList() const
{
    static const Signals none;
    const core::Result<Knowledge> &known = read(m_known);
    return known ? known->signalList : none;
}

template <typename T, typename Ask> core::Result<T> TelemetryService::asked(Ask ask)
{
    const std::int64_t start = steadyMs();
    core::Result<T> answer = ask();
    if (answer)
        m_parts.board.answered("prometheus", steadyMs() - start);
    else if (answer.error().kind != core::ErrorKind::NotFound && answer.error().kind != core::ErrorKind::Invalid)
        m_parts.board.failed("prometheus", answer.error());
    return answer;
}

core::Result<store::SourceKey> TelemetryService::key()
{
    return m_sources.source(m_parts.site, m_name);
}

core::Result<telemetry::EngineInfo> TelemetryService::probe(const core::Cancel &cancel)
{
    if (!m_source)
        return core::fail(core::ErrorKind::Invalid, "prometheus", "this site has no Prometheus source");
    auto info = asked<telemetry::EngineInfo>([&] { return m_source->probe(cancel); });
    if (info)
        m_parts.board.product("prometheus", info->engine + " " + info->version);
    return info;
}

core::Result<telemetry::Resolution> TelemetryService::resolution(Access access, const core::Cancel &cancel)
{
    const std::scoped_lock lock(m_mutex);
    const bool ask = asks(access) && m_source && !m_resolvedLive;
    if (m_resolution && !ask)
        return *m_resolution;
    const auto source = key();
    const core::Result<Knowledge> &known = read(m_known);
    if (const auto error = core::firstError(source, known))
        return core::fail(*error);
    std::optional<core::Error> failed;
    if (ask) {
        std::vector<std::string> labelled;
        for (const telemetry::Pack &pack : known->packs)
            for (const telemetry::PackSignal &signal : pack.signals)
                for (const telemetry::Candidate &candidate : signal.candidates)
                    for (const auto &[metric, label] : candidate.requiresLabels)
                        labelled.push_back(metric);
        std::sort(labelled.begin(), labelled.end());
        labelled.erase(std::unique(labelled.begin(), labelled.end()), labelled.end());
        const auto inventory = asked<telemetry::Inventory>([&] { return m_source->inventory(labelled, cancel); });
        if (inventory) {
            if (auto saved =
                    m_store.saveAnswer(*source, "inventory", "", {m_parts.clock.now(), packInventory(*inventory)});
                !saved)
                return core::fail(saved.error());
            m_resolution = telemetry::resolve(known->packs, *inventory);
            m_resolvedLive = true;
            return *m_resolution;
        }
        failed = inventory.error();
    }
    if (m_resolution)
        return *m_resolution;
    const auto stored = m_store.answer(*source, "inventory", "");
    if (!stored)
        return core::fail(stored.error());
    if (!*stored && failed)
        return core::fail(*failed);
    if (!*stored) // not remembered: the server may yet be asked
        return telemetry::resolve(known->packs, {});
    m_resolution = telemetry::resolve(known->packs, unpackInventory((*stored)->body));
    return *m_resolution;
}

core::Freshness TelemetryService::resolutionFreshness()
{
    const auto source = key();
    const auto stored = source ? m_store.answer(*source, "inventory", "") : core::fail(source.error());
    return cachedFreshness(stored && *stored ? (*stored)->at : core::Instant{}, m_parts.board, "prometheus");
}

core::Result<core::Snapshot<SignalAnswer>> TelemetryService::kept(store::SourceKey source, const std::string &shape)
{
    core::Snapshot<SignalAnswer> snapshot;
    const auto stored = m_store.answer(source, "matrix", shape);
    const auto meta = m_store.answer(source, "matrix", shape + "|meta");
    if (const auto error = core::firstError(stored, meta))
        return core::fail(*error);
    if (!*stored || !*meta) {
        snapshot.freshness = cachedFreshness({}, m_parts.board, "prometheus");
        return snapshot;
    }
    auto matrix = unpackMatrix((*stored)->body);
    const Json about = Json::parse((*meta)->body, nullptr, false);
    if (!matrix || !about.is_object())
        return core::fail(core::ErrorKind::Storage, "cache", "cached series are damaged");
    snapshot.value.matrix = std::move(*matrix);
    snapshot.value.range = {{about.value("from", std::int64_t{0})}, {about.value("to", std::int64_t{0})}};
    snapshot.value.evidence = unpackEvidence(about.value("evidence", ""));
    snapshot.freshness = cachedFreshness((*stored)->at, m_parts.board, "prometheus");
    return snapshot;
}

core::Result<core::Snapshot<SignalAnswer>> TelemetryService::range(const SignalQuery &query, core::TimeRange range,
                                                                   std::int64_t stepMs, Access access,
                                                                   const core::Cancel &cancel)
{
    const auto source = key();
    const auto resolved = resolution(access, cancel);
    if (const auto error = core::firstError(source, resolved))
        return core::fail(*error);
    const telemetry::ResolvedSignal *signal = resolved->find(query.signal);
    if (!signal)
        return core::fail(core::Error{.kind = core::ErrorKind::NotFound,
                                      .where = "prometheus " + query.signal.value,
                                      .detail = "no metric of this server gives the signal " + query.signal.value,
                                      .hint = "no-signal"});
    const std::string question = promql(query, *signal, stepMs, m_source ? m_source->selector() : std::string());
    const std::string shape = shapeOf(promql(query, *signal, stepMs, {}), range, stepMs, m_parts.clock.now());
    if (access == Access::Share)
        if (auto same = kept(*source, shape); same && same->freshness.at.known() && same->value.range == range) {
            same->value.pack = signal->pack;
            same->value.promql = question;
            return same;
        }
    std::optional<core::Error> failed;
    if (asks(access) && m_source) {
        auto fresh = asked<roles::MatrixAnswer>([&] { return m_source->queryRange(question, range, stepMs, cancel); });
        if (fresh) {
            SignalAnswer answer = answerOf(std::move(*fresh), *signal, range, stepMs);
            answer.promql = question;
            const core::Instant now = m_parts.clock.now();
            auto saved = m_store.addAnswers(
                *source, "matrix", now,
                {{shape, packMatrix(answer.matrix)},
                 {shape + "|meta",
                  dump({{"from", range.from.ms}, {"to", range.to.ms}, {"evidence", packEvidence(answer.evidence)}})}});
            if (!saved)
                return core::fail(saved.error());
            const core::Freshness live{.state = core::FreshnessState::Live, .at = now, .notes = answer.matrix.warnings};
            return core::Snapshot<SignalAnswer>{std::move(answer), live};
        }
        failed = fresh.error();
    }
    auto old = kept(*source, shape);
    if (!old || (failed && !old->freshness.at.known()))
        return core::fail(old ? *failed : old.error());
    old->value.pack = signal->pack;
    old->value.promql = question;
    if (failed) {
        old->freshness.state = core::FreshnessState::Stale;
        old->freshness.error = failed;
    }
    return old;
}

core::Result<core::Snapshot<std::vector<telemetry::Alert>>> TelemetryService::alerts(Access access,
                                                                                     const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    core::Snapshot<std::vector<telemetry::Alert>> snapshot;
    if (m_parts.pin.asOf()) { // the server says which fire now, and only that
        snapshot.freshness = {
            .state = core::FreshnessState::Partial, .at = m_parts.clock.now(), .notes = {"as-of-alerts"}};
        return snapshot;
    }
    const auto stored = m_store.answer(*source, "alerts", "");
    if (!stored)
        return core::fail(stored.error());
    constexpr std::int64_t kHalfMinute = 30 * core::kSecond;
    const core::Instant now = m_parts.clock.now();
    const bool shared = access == Access::Share && *stored && (*stored)->at.ms / kHalfMinute == now.ms / kHalfMinute;
    if (asks(access) && m_source && !shared) {
        auto fresh = asked<std::vector<telemetry::Alert>>([&] { return m_source->alerts(cancel); });
        if (fresh) {
            const core::Instant at = m_parts.clock.now();
            if (auto saved = m_store.saveAnswer(*source, "alerts", "", {at, packAlerts(*fresh)}); !saved)
                return core::fail(saved.error());
            snapshot.value = std::move(*fresh);
            snapshot.freshness = {.state = core::FreshnessState::Live, .at = at};
            return snapshot;
        }
    }
    if (*stored)
        snapshot.value = unpackAlerts((*stored)->body);
    snapshot.freshness = cachedFreshness(*stored ? (*stored)->at : core::Instant{}, m_parts.board, "prometheus");
    return snapshot;
}

core::Result<core::Snapshot<std::vector<telemetry::MetricInfo>>> TelemetryService::metrics(Access access,
                                                                                           const core::Cancel &cancel)
{
    using Metrics = std::vector<telemetry::MetricInfo>;
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    std::optional<core::Error> failed;
    if (access == Access::Refresh && m_source) {
        const auto fresh = asked<Metrics>([&]() -> core::Result<Metrics> {
            const auto inventory = m_source->inventory({}, cancel);
            const auto described = m_source->metadata({}, cancel);
            if (const auto error = core::firstError(inventory, described))
                return core::fail(*error);
            Metrics all;
            for (const std::string &name : inventory->metrics) {
                const auto found = std::ranges::lower_bound(*described, name, {}, &telemetry::MetricInfo::name);
                const bool known = found != described->end() && found->name == name;
                all.push_back(known ? *found : telemetry::MetricInfo{.name = name});
            }
            return all;
        });
        if (fresh) {
            const core::Instant now = m_parts.clock.now();
            if (auto saved = m_store.saveAnswer(*source, "metrics", "", {now, packMetrics(*fresh)}); !saved)
                return core::fail(saved.error());
            return core::Snapshot<Metrics>{*fresh, {.state = core::FreshnessState::Live, .at = now}};
        }
        failed = fresh.error();
    }
    const auto stored = m_store.answer(*source, "metrics", "");
    if (!stored)
        return core::fail(stored.error());
    if (!*stored && failed)
        return core::fail(*failed);
    return core::Snapshot<Metrics>{
        *stored ? unpackMetrics((*stored)->body) : Metrics{},
        cachedFreshness(*stored ? (*stored)->at : core::Instant{}, m_parts.board, "prometheus")};
}

} // namespace andon::factory
