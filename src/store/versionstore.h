#pragma once
// Repositories, refs, commits and hook runs in the cache. Commits are immutable and kept for ever. Any thread; calls
// block on disk, so never the GUI thread.
#include "store/databasefile.h"
#include "versions/commitgraph.h"
#include "versions/hookrun.h"
#include "versions/naturebydata.h"

#include <map>

namespace andon::store
{

using core::CommitId;
using core::RepositoryId;

/// The row of a source in the cache; of one profile, so it may be kept in memory.
struct SourceKey {
    std::int64_t row = 0;
};
struct RepositoryKey {
    std::int64_t row = 0;
};

struct RepositoryCounts {
    std::int64_t commits = 0;
    std::int64_t branches = 0;
    std::int64_t tags = 0;
    std::int64_t runs = 0;
    std::int64_t newest = 0; ///< creation date of the newest commit, UTC seconds; 0: none
};

class VersionStore
{
public:
    explicit VersionStore(DatabaseFile &file)
        : m_file(file)
    {
    }

    [[nodiscard]] core::Result<SourceKey> source(const core::SiteName &site, const core::SourceName &name);
    /// Deletes everything that came from the site's sources.
    [[nodiscard]] core::Result<void> forget(const core::SiteName &site);

    /// Repositories that the source no longer names stay, marked gone, and are not listed.
    [[nodiscard]] core::Result<void> saveRepositories(SourceKey source, const std::vector<versions::Repository> &all);
    [[nodiscard]] core::Result<std::vector<versions::Repository>> repositories(SourceKey source);
    [[nodiscard]] core::Result<RepositoryKey> repository(SourceKey source, const RepositoryId &id); ///< NotFound
    [[nodiscard]] core::Result<RepositoryCounts> counts(RepositoryKey repo);

    [[nodiscard]] core::Result<std::vector<bool>> known(RepositoryKey repo, const std::vector<CommitId> &ids);
    /// alongside: written in the same transaction.
    [[nodiscard]] core::Result<void> saveCommits(RepositoryKey repo, const std::vector<versions::Commit> &commits,
                                                 const DatabaseFile::Work &alongside = {});
    /// Parents named by stored commits and not stored themselves: where an interrupted sync goes on.
    [[nodiscard]] core::Result<std::vector<CommitId>> missingParents(RepositoryKey repo);
    [[nodiscard]] core::Result<versions::Commit> commit(RepositoryKey repo, const CommitId &id); ///< NotFound
    /// Those that are stored, in the order asked.
    [[nodiscard]] core::Result<std::vector<versions::Commit>> commits(RepositoryKey repo,
                                                                      const std::vector<CommitId> &ids);
    [[nodiscard]] core::Result<std::vector<versions::GraphCommit>> topology(RepositoryKey repo);
    /// Those that were saved since the cache counted up to `after`, and how far it has counted now.
    [[nodiscard]] core::Result<std::pair<std::vector<versions::GraphCommit>, std::int64_t>>
    topologySince(RepositoryKey repo, std::int64_t after);
    /// Full ids that begin with `prefix` (at least 4 hex digits), at most `limit`.
    [[nodiscard]] core::Result<std::vector<CommitId>> withPrefix(RepositoryKey repo, const std::string &prefix,
                                                                 int limit);
    /// Other commits whose data are the same as the commit's, newest first.
    [[nodiscard]] core::Result<std::vector<CommitId>> sameData(RepositoryKey repo, const CommitId &id, int limit);
    /// What each of them is and is about, as far as the stored ones tell: versions/naturebydata.h. In one reading.
    [[nodiscard]] core::Result<std::vector<versions::CommitNature>>
    natures(RepositoryKey repo, const std::vector<versions::Commit> &commits);
    /// Of the whole repository those that only their data tell: neither parents, metadata nor message do.
    [[nodiscard]] core::Result<versions::KindsByData> kindsByData(RepositoryKey repo);
    /// The newest commits whose message, committer or metadata hold every word, and "several words" in this order;
    /// words that only begin like them count while fewer than `limit` hold them whole.
    [[nodiscard]] core::Result<std::vector<CommitId>> search(RepositoryKey repo, const std::string &words, int limit);

    /// All refs and rules of a repository at once.
    [[nodiscard]] core::Result<void> saveRefs(RepositoryKey repo, const std::vector<versions::Ref> &refs,
                                              const std::vector<versions::ProtectionRule> &rules);
    [[nodiscard]] core::Result<std::vector<versions::Ref>> refs(RepositoryKey repo);
    [[nodiscard]] core::Result<std::vector<versions::ProtectionRule>> protection(RepositoryKey repo);

    [[nodiscard]] core::Result<void> saveRuns(RepositoryKey repo, const std::vector<versions::ActionRun> &runs,
                                              const DatabaseFile::Work &alongside = {});
    [[nodiscard]] core::Result<std::vector<bool>> knownRuns(RepositoryKey repo, const std::vector<std::string> &ids);
    [[nodiscard]] core::Result<core::Instant> newestRun(RepositoryKey repo); ///< start; unknown when there is none
    /// Newest first, with their hooks. `since` unknown: all.
    [[nodiscard]] core::Result<std::vector<versions::ActionRun>> runs(RepositoryKey repo, core::Instant since,
                                                                      int limit);
    [[nodiscard]] core::Result<std::vector<versions::ActionRun>> runsOf(RepositoryKey repo, const CommitId &commit);
    /// Gates of every commit that has runs.
    [[nodiscard]] core::Result<std::map<versions::Oid, versions::GateSummary>> gates(RepositoryKey repo);
    [[nodiscard]] core::Result<versions::GateSummary> gatesSince(RepositoryKey repo, core::Instant since);
    [[nodiscard]] core::Result<void> saveHookOutput(RepositoryKey repo, const std::string &run, const std::string &hook,
                                                    const std::string &output);
    /// nullopt: never fetched. An empty output is an answer.
    [[nodiscard]] core::Result<std::optional<std::string>> hookOutput(RepositoryKey repo, const std::string &run,
                                                                      const std::string &hook);

private:
    DatabaseFile &m_file;
};

} // namespace andon::store
