#pragma once
// Canonical signals, alerts and targets of a site: cache first, network on request. Every call blocks: worker threads
// only. Any number of threads.
#include "core/later.h"
#include "factory/access.h"
#include "factory/knowledge.h"
#include "factory/signalquery.h"
#include "factory/siteparts.h"
#include "roles/seriessource.h"

#include <mutex>

namespace andon::factory
{

struct SignalAnswer {
    telemetry::Matrix matrix = {}; ///< labels are canonical dimensions
    core::TimeRange range = {}; ///< that was answered; of a cached answer it may lie further back than asked
    std::string promql = {}; ///< what was sent
    std::string pack = {};
    std::vector<core::Evidence> evidence = {};
};

class TelemetryService
{
public:
    /// source: nullptr when the site has none.
    TelemetryService(SiteParts parts, core::SourceName name, core::Later<roles::SeriesSource> source, Known known);

    [[nodiscard]] core::Result<telemetry::EngineInfo> probe(const core::Cancel &cancel);
    /// What the server has of what the packs want; asked once a connection, kept in the cache.
    [[nodiscard]] core::Result<telemetry::Resolution> resolution(Access access, const core::Cancel &cancel);
    /// How old what resolution() goes by is.
    [[nodiscard]] core::Freshness resolutionFreshness();
    [[nodiscard]] const Signals &signalList() const;
    [[nodiscard]] bool configured() const { return static_cast<bool>(m_source); }

    /// Both ends of the range included. From the cache: the last answer to the same query, step and length.
    /// NotFound (hint "no-signal") when no pack resolves the signal.
    [[nodiscard]] core::Result<core::Snapshot<SignalAnswer>> range(const SignalQuery &query, core::TimeRange range,
                                                                   std::int64_t stepMs, Access access,
                                                                   const core::Cancel &cancel);
    [[nodiscard]] core::Result<core::Snapshot<std::vector<telemetry::Alert>>> alerts(Access access,
                                                                                     const core::Cancel &cancel);
    /// Every metric that has series, by name, with what its exporter says of it.
    [[nodiscard]] core::Result<core::Snapshot<std::vector<telemetry::MetricInfo>>> metrics(Access access,
                                                                                           const core::Cancel &cancel);

private:
    template <typename T, typename Ask> core::Result<T> asked(Ask ask);
    core::Result<store::SourceKey> key();
    /// What the cache has of this shape; of an unknown time when it has nothing.
    core::Result<core::Snapshot<SignalAnswer>> kept(store::SourceKey source, const std::string &shape);

    SiteParts m_parts;
    core::SourceName m_name;
    core::Later<roles::SeriesSource> m_source;
    Known m_known;
    store::VersionStore m_sources;
    store::SyncStore m_store;
    std::mutex m_mutex;
    std::optional<telemetry::Resolution> m_resolution;
    bool m_resolvedLive = false;
};

} // namespace andon::factory
