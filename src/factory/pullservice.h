#pragma once
// Pull requests of a site's repositories: cache first, network on request. Every call blocks: worker threads only. Any
// number of threads.
#include "core/cancel.h"
#include "core/later.h"
#include "factory/access.h"
#include "factory/pullviews.h"
#include "factory/siteparts.h"

namespace andon::roles
{
class VersionSource;
}

namespace andon::factory
{

class VersionService;
struct RepositoryView;

class PullService
{
public:
    /// source: nullptr when the site has none.
    PullService(SiteParts parts, core::SourceName name, VersionService &versions,
                core::Later<roles::VersionSource> source)
        : m_parts(std::move(parts))
        , m_name(std::move(name))
        , m_versions(versions)
        , m_source(std::move(source))
    {
    }
    [[nodiscard]] core::Result<core::Snapshot<PullsView>> pulls(Access access, const core::Cancel &cancel);
    /// One with its description, what it brings and what the gates said of it.
    [[nodiscard]] core::Result<core::Snapshot<PullDetail>> pull(const core::RepositoryId &repo, const std::string &id,
                                                                Access access, const core::Cancel &cancel);

private:
    using List = std::vector<versions::PullRequest>;
    core::Result<store::SourceKey> key() const;
    /// What the server says of itself is remembered: whether it has pull requests at all.
    core::Result<void> sync(const core::Cancel &cancel);
    core::Result<List> ask(const core::RepositoryId &repo, const core::Cancel &cancel);
    core::Result<void> addCommits(PullDetail &detail, const core::Cancel &cancel) const;
    void addGates(const RepositoryView &view, PullDetail &detail) const;

    SiteParts m_parts;
    core::SourceName m_name;
    VersionService &m_versions;
    core::Later<roles::VersionSource> m_source;
};

} // namespace andon::factory
