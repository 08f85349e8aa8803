#include "factory/site.h"

#include "factory/gateservice.h"
#include "factory/parallel.h"
#include "factory/pullservice.h"
#include "factory/refservice.h"

#include <mutex>

namespace andon::factory
{

namespace
{
core::SourceName nameOf(const std::vector<SourceState> &states, const char *kind)
{
    for (const SourceState &state : states)
        if (state.kind == kind)
            return state.name;
    return core::SourceName(kind);
}
} // namespace

Site::Site(core::SiteName name, const core::Clock &clock, store::DatabaseFile &cache, SiteSources sources)
    : m_name(std::move(name))
    , m_clock(clock)
    , m_pin(clock)
    , m_board(clock)
{
    for (const SourceState &state : sources.states)
        m_board.add(state);
    const SiteParts parts{m_name, m_clock, cache, m_board, m_pin, std::move(sources.records)};
    const core::SourceName lakefs = nameOf(sources.states, "lakefs");
    const core::Later<roles::VersionSource> source = std::move(sources.versions);
    m_versions = std::make_unique<VersionService>(parts, lakefs, source);
    m_gates = std::make_unique<GateService>(parts, *m_versions, sources.known);
    m_refs = std::make_unique<RefService>(parts, *m_versions, source);
    m_pulls = std::make_unique<PullService>(parts, lakefs, *m_versions, source);
    m_objects = std::make_unique<ObjectService>(parts, lakefs, source, *m_versions);
    m_comparisons = std::make_unique<CompareService>(*m_versions, *m_objects);
    m_registry = std::make_unique<RegistryService>(parts, nameOf(sources.states, "mlflow"), std::move(sources.registry),
                                                   *m_versions);
    m_telemetry = std::make_unique<TelemetryService>(parts, nameOf(sources.states, "prometheus"),
                                                     std::move(sources.series), sources.known);
    m_economics = std::make_unique<EconomicsService>(*m_telemetry, m_pin, std::move(sources.priceBook),
                                                     std::move(sources.priceBookError));
    m_machines = std::make_unique<MachinesService>(parts, *m_telemetry, *m_economics, *m_registry, *m_versions,
                                                   std::move(sources.known));
}

Site::~Site() = default;

namespace
{
core::Error notConfigured(const std::string &kind)
{
    return {.kind = core::ErrorKind::Cancelled, .where = kind, .hint = "not-configured"};
}
} // namespace

SiteSync Site::sync(const OnProgress &progress, const core::Cancel &cancel)
{
    SiteSync done{core::fail(notConfigured("lakefs")), core::fail(notConfigured("mlflow")),
                  core::fail(notConfigured("prometheus"))};
    parallelFor(3, 3, [&](std::size_t part) {
        if (part == 0 && has("lakefs"))
            done.versions = syncVersions(progress, cancel);
        else if (part == 1 && has("mlflow"))
            done.registry = m_registry->sync(progress, cancel);
        else if (part == 2 && has("prometheus"))
            done.series = warmSeries(progress, cancel);
    });
    return done;
}

core::Result<VersionSyncStats> Site::syncVersions(const OnProgress &progress, const core::Cancel &cancel)
{
    auto done = m_versions->sync(progress, cancel);
    if (!done)
        return done;
    const auto pulls = m_pulls->pulls(Access::Refresh, cancel);
    return pulls ? done : core::fail(pulls.error());
}

core::Result<std::int64_t> Site::warmSeries(const OnProgress &progress, const core::Cancel &cancel)
{
    const auto info = m_telemetry->probe(cancel);
    const auto alerts = info ? m_telemetry->alerts(Access::Refresh, cancel) : core::fail(info.error());
    if (const auto error = core::firstError(info, alerts))
        return core::fail(*error);
    // What the pages show first: asked here, they open from the cache when the server is away. Several at once, as many
    // as a source has connections by default.
    const std::vector<PanelQuery> queries = m_machines->queries();
    std::atomic<std::int64_t> count = 0;
    std::mutex mutex;
    std::optional<core::Error> failed;
    parallelFor(queries.size() + 1, 4, [&](std::size_t i) {
        const auto ask = [&]() -> std::optional<core::Error> {
            if (i == 0) { // the longest
                const auto kpi = m_economics->ledger(m_economics->closedDay(), Access::Refresh, cancel);
                return kpi ? std::nullopt : std::optional(kpi.error());
            }
            const PanelQuery &panel = queries[i - 1];
            const auto answer =
                m_telemetry->range(panel.query, m_machines->range(panel.length), panel.stepMs, Access::Refresh, cancel);
            return answer || answer.error().hint == "no-signal" ? std::nullopt : std::optional(answer.error());
        };
        if (auto error = ask()) {
            const std::scoped_lock lock(mutex);
            failed = std::move(error);
        } else if (i > 0) {
            const std::int64_t done = ++count;
            if (progress)
                progress({"prometheus", "series", done});
        }
    });
    if (failed)
        return core::fail(*failed);
    return count.load();
}

core::Result<std::string> Site::probe(const std::string &kind, const core::Cancel &cancel)
{
    if (kind == "lakefs") {
        const auto info = m_versions->probe(cancel);
        if (!info)
            return core::fail(info.error());
        return info->product + " " + info->version + (info->user.empty() ? "" : " as " + info->user);
    }
    if (kind == "mlflow") {
        const auto info = m_registry->probe(cancel);
        if (!info)
            return core::fail(info.error());
        return info->product + " " + info->version;
    }
    if (kind == "prometheus") {
        const auto info = m_telemetry->probe(cancel);
        if (!info)
            return core::fail(info.error());
        return info->engine + " " + info->version;
    }
    return core::fail(core::ErrorKind::Invalid, kind, "this site has no source of the kind \"" + kind + "\"");
}

} // namespace andon::factory
