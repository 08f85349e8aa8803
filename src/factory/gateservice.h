#pragma once
// Quality gates of all sites that the cache knows, and how ready their datasets are. Every call blocks: worker threads
// only. Any number of threads.
#include "core/cancel.h"
#include "factory/access.h"
#include "factory/gateviews.h"
#include "factory/knowledge.h"
#include "factory/siteparts.h"

namespace andon::store
{
struct CachedRepository;
}

namespace andon::factory
{

class VersionService;

class GateService
{
public:
    GateService(SiteParts parts, VersionService &versions, Known known);

    /// Of this site as the server has it now, when access allows it; of the others as they were read last.
    [[nodiscard]] core::Result<core::Snapshot<GateView>> wall(Access access, const core::Cancel &cancel);
    /// What a hook wrote. Of another site only what is in the cache.
    [[nodiscard]] core::Result<std::string> output(const core::SiteName &site, const core::RepositoryId &repo,
                                                   const versions::GateResult &result, Access access,
                                                   const core::Cancel &cancel);
    [[nodiscard]] const core::SiteName &site() const { return m_parts.site; }

private:
    core::Result<void> add(const store::CachedRepository &repo, GateView &view);
    core::Result<void> judge(const store::CachedRepository &repo, const std::vector<versions::GateLine> &lines,
                             DatasetRow &row);

    SiteParts m_parts;
    VersionService &m_versions;
    Known m_known;
};

} // namespace andon::factory
