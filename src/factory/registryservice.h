#pragma once
// Models, versions, runs and the chain of a version down to its data, of a site: cache first, network on request. Every
// call blocks: worker threads only. Any number of threads.
#include "core/later.h"
#include "factory/access.h"
#include "factory/lineageviews.h"
#include "factory/siteparts.h"
#include "factory/versionservice.h"
#include "lineage/uses.h"
#include "roles/modelregistry.h"

namespace andon::factory
{

struct RegistrySyncStats {
    std::int64_t experiments = 0;
    std::int64_t models = 0;
    std::int64_t versions = 0;
    std::int64_t runs = 0; ///< read in this sync
};

struct RegistryCounts {
    std::int64_t experiments = 0;
    std::int64_t models = 0;
    std::int64_t versions = 0;
    std::int64_t runs = 0;
    std::int64_t deletedRuns = 0;
    std::map<lineage::RunStatus, std::int64_t> byStatus = {}; ///< of the runs, the deleted ones too
};

class RegistryService
{
public:
    /// registry: nullptr when the site has none.
    RegistryService(SiteParts parts, core::SourceName name, core::Later<roles::ModelRegistry> registry,
                    VersionService &versions);

    [[nodiscard]] core::Result<roles::RegistryInfo> probe(const core::Cancel &cancel);
    /// Models and versions whole; runs that started or ended since the last sync.
    [[nodiscard]] core::Result<RegistrySyncStats> sync(const OnProgress &progress, const core::Cancel &cancel);
    [[nodiscard]] core::Result<RegistryCounts> counts();

    [[nodiscard]] core::Result<core::Snapshot<std::vector<ModelRow>>> models(Access access, const core::Cancel &cancel);
    /// The chain of one version; its run is asked for anew when access allows, so that the evidence is of now.
    [[nodiscard]] core::Result<core::Snapshot<LineageView>> trace(const core::ModelName &model,
                                                                  const core::ModelVersionNumber &version,
                                                                  Access access, const core::Cancel &cancel);
    /// Who used the data of a commit, by the rules of trace(), of what is cached.
    [[nodiscard]] core::Result<std::vector<lineage::Use>> uses(const core::RepositoryId &repo,
                                                               const core::CommitId &commit);
    /// All cached runs, newest first.
    [[nodiscard]] core::Result<std::vector<lineage::Run>> runs();

private:
    template <typename T, typename Ask> core::Result<T> asked(Ask ask);
    core::Result<store::SourceKey> key();
    core::Result<void> configured() const;
    core::Result<std::vector<lineage::ModelVersion>> versionRows();
    core::Result<lineage::TraceInputs> inputsOf(const lineage::ModelVersion &version, Access access,
                                                const core::Cancel &cancel);
    [[nodiscard]] lineage::Lookups lookups();

    SiteParts m_parts;
    core::SourceName m_name;
    core::Later<roles::ModelRegistry> m_registry;
    VersionService &m_versions;
    store::VersionStore m_sources;
    store::SyncStore m_store;
    std::mutex m_syncing;
    struct KnownUses {
        core::Instant read = {}; ///< the registry
        core::Instant at = {}; ///< the moment that is looked at, unknown for now
        std::shared_ptr<const lineage::Uses> uses = {};
    };
    std::mutex m_mutex;
    KnownUses m_uses; ///< the last ones
};

} // namespace andon::factory
