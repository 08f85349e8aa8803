#pragma once
// A site at run time: its services over one cache. Lives on the GUI thread or in a command; the services are called
// from worker threads.
#include "factory/compareservice.h"
#include "factory/economicsservice.h"
#include "factory/machinesservice.h"
#include "factory/objectservice.h"
#include "factory/registryservice.h"
#include "factory/sourceboard.h"
#include "factory/telemetryservice.h"
#include "factory/versionservice.h"

namespace andon::factory
{

class GateService;
class PullService;
class RefService;

/// What the composition root hands in: sources that are not configured (or not wanted) are not there.
struct SiteSources {
    std::vector<SourceState> states = {};
    core::Later<roles::VersionSource> versions = {};
    core::Later<roles::ModelRegistry> registry = {};
    core::Later<roles::SeriesSource> series = {};
    Known known = knownAs({});
    std::optional<economics::PriceBook> priceBook = {};
    std::optional<core::Error> priceBookError = {};
    RecordsOf records = {};
};

struct SiteSync {
    core::Result<VersionSyncStats> versions;
    core::Result<RegistrySyncStats> registry;
    core::Result<std::int64_t> series; ///< answers kept for the pages
};

class Site
{
public:
    Site(core::SiteName name, const core::Clock &clock, store::DatabaseFile &cache, SiteSources sources);
    ~Site();

    [[nodiscard]] const core::SiteName &name() const { return m_name; }
    [[nodiscard]] const core::Clock &clock() const { return m_clock; }
    /// The moment that is looked at. Its services answer for it from the next question on.
    [[nodiscard]] Pin &pin() { return m_pin; }
    [[nodiscard]] SourceBoard &board() { return m_board; }
    /// Product and version of the source of a kind, asked now. Invalid when the site has none.
    [[nodiscard]] core::Result<std::string> probe(const std::string &kind, const core::Cancel &cancel);
    [[nodiscard]] VersionService &versions() { return *m_versions; }
    [[nodiscard]] GateService &gates() { return *m_gates; }
    [[nodiscard]] RefService &refs() { return *m_refs; }
    [[nodiscard]] PullService &pulls() { return *m_pulls; }
    [[nodiscard]] ObjectService &objects() { return *m_objects; }
    [[nodiscard]] CompareService &comparisons() { return *m_comparisons; }
    [[nodiscard]] RegistryService &registry() { return *m_registry; }
    [[nodiscard]] TelemetryService &telemetry() { return *m_telemetry; }
    [[nodiscard]] EconomicsService &economics() { return *m_economics; }
    [[nodiscard]] MachinesService &machines() { return *m_machines; }
    [[nodiscard]] bool has(const std::string &kind) const { return m_board.configured(kind); }

    /// All sources at once; one that fails leaves the others whole. progress is called from several threads.
    [[nodiscard]] SiteSync sync(const OnProgress &progress, const core::Cancel &cancel);

private:
    core::Result<VersionSyncStats> syncVersions(const OnProgress &progress, const core::Cancel &cancel);
    core::Result<std::int64_t> warmSeries(const OnProgress &progress, const core::Cancel &cancel);

    core::SiteName m_name;
    const core::Clock &m_clock;
    Pin m_pin;
    SourceBoard m_board;
    std::unique_ptr<VersionService> m_versions;
    std::unique_ptr<GateService> m_gates;
    std::unique_ptr<RefService> m_refs;
    std::unique_ptr<PullService> m_pulls;
    std::unique_ptr<ObjectService> m_objects;
    std::unique_ptr<CompareService> m_comparisons;
    std::unique_ptr<RegistryService> m_registry;
    std::unique_ptr<TelemetryService> m_telemetry;
    std::unique_ptr<EconomicsService> m_economics;
    std::unique_ptr<MachinesService> m_machines;
};

} // namespace andon::factory
