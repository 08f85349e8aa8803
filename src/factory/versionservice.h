#pragma once
// Repositories, refs, commits, diffs and hook runs of a site: cache first, network on request. Every call blocks:
// worker threads only. Any number of threads.
#include "core/later.h"
#include "factory/access.h"
#include "factory/siteparts.h"
#include "factory/versionviews.h"
#include "roles/versionsource.h"

#include <mutex>

namespace andon::factory
{

struct VersionSyncStats {
    std::int64_t repositories = 0;
    std::int64_t commits = 0; ///< new ones
    std::int64_t runs = 0; ///< new ones
    std::int64_t requests = 0; ///< log pages; lists are not counted
};

class Begun;

class VersionService
{
public:
    /// source: nullptr when the site has none.
    VersionService(SiteParts parts, core::SourceName name, core::Later<roles::VersionSource> source);
    ~VersionService();

    [[nodiscard]] core::Result<roles::VersionSourceInfo> probe(const core::Cancel &cancel);
    /// Brings everything up to date. A repository that fails does not keep the others from being read; its error comes
    /// back after all were tried.
    [[nodiscard]] core::Result<VersionSyncStats> sync(const OnProgress &progress, const core::Cancel &cancel);
    [[nodiscard]] core::Result<VersionSyncStats> syncRepository(const core::RepositoryId &repo,
                                                                const OnProgress &progress, const core::Cancel &cancel);

    [[nodiscard]] core::Result<core::Snapshot<std::vector<RepositoryRow>>> repositories(Access access,
                                                                                        const core::Cancel &cancel);
    [[nodiscard]] core::Result<core::Snapshot<RepositoryView>> repository(const core::RepositoryId &repo, Access access,
                                                                          const core::Cancel &cancel);
    /// A commit with its runs. Commits that the cache does not have are asked for when access allows it.
    [[nodiscard]] core::Result<CommitDetail> detail(const core::RepositoryId &repo, const core::CommitId &id,
                                                    Access access, const core::Cancel &cancel);
    /// Those that are cached, in the order asked: for the visible rows of a log.
    [[nodiscard]] core::Result<std::vector<versions::Commit>> commits(const core::RepositoryId &repo,
                                                                      const std::vector<core::CommitId> &ids);
    /// What each of them is, as far as the cache can tell.
    [[nodiscard]] core::Result<std::vector<versions::CommitNature>>
    natures(const core::RepositoryId &repo, const std::vector<versions::Commit> &commits);
    /// Of all cached ones those that only their data tell: neither parents, metadata nor message do.
    [[nodiscard]] core::Result<versions::KindsByData> kindsByData(const core::RepositoryId &repo);
    /// Other cached commits with the same data as this one, newest first.
    [[nodiscard]] core::Result<std::vector<core::CommitId>> sameData(const core::RepositoryId &repo,
                                                                     const core::CommitId &id, int limit);
    [[nodiscard]] core::Result<std::vector<core::CommitId>> search(const core::RepositoryId &repo,
                                                                   const std::string &words, int limit);
    /// Of the history of `head`, those that themselves changed something whose path begins with `prefix`, newest first;
    /// merges and first commits never do. The server's answer to a commit is kept for ever.
    [[nodiscard]] core::Result<std::vector<core::CommitId>> touching(const core::RepositoryId &repo,
                                                                     const core::CommitId &head,
                                                                     const std::string &prefix, Access access,
                                                                     const core::Cancel &cancel);
    /// The commit of the history of `head`, not older than `since`, that changed the object at `path` last; nothing
    /// when none did itself: then a merge or a first commit brought it. The server's answer to a commit is kept for
    /// ever.
    [[nodiscard]] core::Result<std::optional<versions::Commit>>
    changedLast(const core::RepositoryId &repo, const core::CommitId &head, const std::string &path,
                core::Instant since, Access access, const core::Cancel &cancel);
    [[nodiscard]] core::Result<std::vector<versions::ActionRun>> runs(const core::RepositoryId &repo,
                                                                      core::Instant since, int limit);
    /// One page. Between two commit ids the answer is immutable and cached for ever.
    [[nodiscard]] core::Result<versions::DiffPage> diff(const core::RepositoryId &repo, const core::CommitId &left,
                                                        const core::CommitId &right, versions::DiffMode mode,
                                                        const std::string &prefix, const std::string &after,
                                                        Access access, const core::Cancel &cancel);
    [[nodiscard]] core::Result<std::string> hookOutput(const core::RepositoryId &repo, const std::string &run,
                                                       const std::string &hook, Access access,
                                                       const core::Cancel &cancel);
    [[nodiscard]] core::Result<store::RepositoryCounts> counts(const core::RepositoryId &repo);

private:
    struct Graph; ///< the last one built of each repository
    core::Result<store::SourceKey> key();
    core::Result<store::RepositoryKey> key(const core::RepositoryId &repo);
    core::Result<void> configured() const;
    /// Runs ask() and tells the board how the source did.
    template <typename T, typename Ask> core::Result<T> asked(Ask ask);
    core::Result<std::int64_t> syncRuns(const core::RepositoryId &repo, store::RepositoryKey key,
                                        const OnProgress &progress, VersionSyncStats &stats,
                                        const core::Cancel &cancel);
    core::Result<std::int64_t> syncCommits(const core::RepositoryId &repo, store::RepositoryKey key,
                                           const std::vector<versions::Ref> &refs, const OnProgress &progress,
                                           VersionSyncStats &stats, const core::Cancel &cancel);
    /// Brings all that `starts` reach. fresh: nothing is known yet.
    core::Result<void> walkFrom(const core::RepositoryId &repo, store::RepositoryKey key,
                                std::vector<core::CommitId> starts, bool fresh, Begun &begun,
                                const OnProgress &progress, VersionSyncStats &stats, const core::Cancel &cancel);
    /// Commits that runs name and no ref reaches, such as a merge that a gate refused, with what only they reach.
    core::Result<void> syncNamed(const core::RepositoryId &repo, store::RepositoryKey key,
                                 const std::vector<versions::ActionRun> &runs, const OnProgress &progress,
                                 VersionSyncStats &stats, const core::Cancel &cancel);
    core::Result<RepositoryRow> row(const versions::Repository &repo);
    /// Of all that the cache holds, from the order that is kept in it.
    core::Result<std::shared_ptr<const versions::CommitGraph>> newestGraph(const versions::Repository &repo,
                                                                           store::RepositoryKey repoKey,
                                                                           std::int64_t count,
                                                                           const std::vector<versions::Ref> &refs);
    /// Keeps it when much of it is news. old: rows that were kept; counted, before: how far the cache had counted.
    void keepOrder(const core::RepositoryId &repo, const versions::CommitGraph &graph, std::int32_t old,
                   std::int64_t counted, std::int64_t before);
    /// refs are left as they were at the moment that is looked at.
    core::Result<std::shared_ptr<const versions::CommitGraph>> graph(const versions::Repository &repo,
                                                                     std::vector<versions::Ref> &refs);

    SiteParts m_parts;
    core::SourceName m_name;
    core::Later<roles::VersionSource> m_source;
    store::VersionStore m_store;
    store::SyncStore m_sync;
    std::mutex m_syncing; ///< one sync at a time: two would only fetch twice
    std::mutex m_mutex;
    std::optional<store::SourceKey> m_key;
    std::map<core::RepositoryId, Graph> m_graphs;
};

} // namespace andon::factory
