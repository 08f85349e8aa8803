#pragma once
// Branches and tags of a repository as people look through them. Every call blocks: worker threads only. Any number of
// threads.
#include "core/cancel.h"
#include "core/later.h"
#include "factory/access.h"
#include "factory/refviews.h"
#include "factory/siteparts.h"

namespace andon::roles
{
class VersionSource;
}

namespace andon::factory
{

class VersionService;

class RefService
{
public:
    /// source: nullptr when the site has none.
    RefService(SiteParts parts, VersionService &versions, core::Later<roles::VersionSource> source)
        : m_parts(std::move(parts))
        , m_versions(versions)
        , m_source(std::move(source))
    {
    }
    /// repo "": the one with the most branches.
    [[nodiscard]] core::Result<core::Snapshot<RefsView>> refs(const core::RepositoryId &repo, Access access,
                                                              const core::Cancel &cancel);
    /// Asks the server, which keeps no such mark: never for many branches at once.
    [[nodiscard]] core::Result<bool> uncommitted(const core::RepositoryId &repo, const core::RefName &branch,
                                                 const core::Cancel &cancel);

private:
    SiteParts m_parts;
    VersionService &m_versions;
    core::Later<roles::VersionSource> m_source;
};

} // namespace andon::factory
