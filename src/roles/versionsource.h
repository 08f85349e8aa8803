#pragma once
// What the factory asks of a version-control system for data. Every call blocks: worker threads only, never the GUI
// thread. Calls may be made from several threads at once. Each returns the 16 network error kinds or Cancelled.
#include "core/cancel.h"
#include "core/evidence.h"
#include "core/result.h"
#include "versions/commit.h"
#include "versions/diff.h"
#include "versions/hookrun.h"
#include "versions/object.h"
#include "versions/pull.h"
#include "versions/repository.h"

#include <functional>

namespace andon::roles
{

struct VersionSourceInfo {
    std::string product = {}; ///< "lakeFS"
    std::string version = {};
    std::string user = {};
    std::string storage = {}; ///< "s3", "local" …
    std::vector<std::string> capabilities = {}; ///< "stop_at", "pulls", "include_right_stats" …
};

struct LogPage {
    std::vector<versions::Commit> commits = {}; ///< newest first by date, not topological
    std::string next = {}; ///< offset of the next page, "" at the end
};

struct RunsPage {
    std::vector<versions::ActionRun> runs = {}; ///< without hooks
    std::string next = {};
};

struct PullsPage {
    std::vector<versions::PullRequest> pulls = {}; ///< without description and merged commit
    std::string next = {};
};

class VersionSource
{
public:
    virtual ~VersionSource() = default;

    virtual core::Result<VersionSourceInfo> probe(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<versions::Repository>> repositories(const core::Cancel &cancel) = 0;
    /// All branches, then all tags.
    virtual core::Result<std::vector<versions::Ref>> refs(const core::RepositoryId &repo,
                                                          const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<versions::ProtectionRule>> protection(const core::RepositoryId &repo,
                                                                           const core::Cancel &cancel) = 0;
    /// One page of the log of a ref expression. Pin paging: pass a commit id, not a branch. amount 1..1000.
    virtual core::Result<LogPage> log(const core::RepositoryId &repo, const core::RefName &ref,
                                      const std::string &after, int amount, const core::Cancel &cancel) = 0;
    /// The same of the commits that themselves changed something whose path begins with `prefix` (not empty). The
    /// server compares commit after commit and leaves out merges and first commits: slow.
    virtual core::Result<LogPage> touching(const core::RepositoryId &repo, const core::RefName &ref,
                                           const std::string &prefix, const std::string &after, int amount,
                                           const core::Cancel &cancel) = 0;
    /// The newest of them, not older than `since`, that changed the object at `path`; nothing when none did.
    virtual core::Result<std::optional<versions::Commit>> changedLast(const core::RepositoryId &repo,
                                                                      const core::RefName &ref, const std::string &path,
                                                                      core::Instant since,
                                                                      const core::Cancel &cancel) = 0;
    virtual core::Result<versions::Commit> commit(const core::RepositoryId &repo, const core::RefName &ref,
                                                  const core::Cancel &cancel) = 0;
    virtual core::Result<versions::DiffPage> diff(const core::RepositoryId &repo, const core::RefName &left,
                                                  const core::RefName &right, versions::DiffMode mode,
                                                  const std::string &prefix, const std::string &after, int amount,
                                                  const core::Cancel &cancel) = 0;
    virtual core::Result<core::CommitId> mergeBase(const core::RepositoryId &repo, const core::RefName &left,
                                                   const core::RefName &right, const core::Cancel &cancel) = 0;
    /// One page of the objects below a prefix. delimiter "/": what is below the next one is folded into a folder; "":
    /// all of them. amount 1..1000.
    virtual core::Result<versions::ObjectPage> objects(const core::RepositoryId &repo, const core::RefName &ref,
                                                       const std::string &prefix, const std::string &delimiter,
                                                       const std::string &after, int amount,
                                                       const core::Cancel &cancel) = 0;
    virtual core::Result<versions::ObjectEntry> object(const core::RepositoryId &repo, const core::RefName &ref,
                                                       const std::string &path, const core::Cancel &cancel) = 0;
    /// At most the first `most` bytes.
    virtual core::Result<versions::ObjectBytes> read(const core::RepositoryId &repo, const core::RefName &ref,
                                                     const std::string &path, std::int64_t most,
                                                     const core::Cancel &cancel) = 0;
    /// At most the last `most` bytes of an object that is not empty.
    virtual core::Result<versions::ObjectBytes> readEnd(const core::RepositoryId &repo, const core::RefName &ref,
                                                        const std::string &path, std::int64_t most,
                                                        const core::Cancel &cancel) = 0;
    /// Newest second first; within one second older first (ids count seconds down).
    virtual core::Result<RunsPage> runs(const core::RepositoryId &repo, const std::string &after, int amount,
                                        const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<versions::HookRun>> hooks(const core::RepositoryId &repo, const std::string &run,
                                                               const core::Cancel &cancel) = 0;
    virtual core::Result<std::string> hookOutput(const core::RepositoryId &repo, const std::string &run,
                                                 const std::string &hook, const core::Cancel &cancel) = 0;
    /// Open, merged and closed ones. Only of a server with the capability "pulls".
    virtual core::Result<PullsPage> pulls(const core::RepositoryId &repo, const std::string &after, int amount,
                                          const core::Cancel &cancel) = 0;
    virtual core::Result<versions::PullRequest> pull(const core::RepositoryId &repo, const std::string &id,
                                                     const core::Cancel &cancel) = 0;
    /// Whether a branch has changes that are not committed. The server looks through what is staged: ask for one
    /// branch that a person looks at, never for all.
    virtual core::Result<bool> uncommitted(const core::RepositoryId &repo, const core::RefName &branch,
                                           const core::Cancel &cancel) = 0;
};

} // namespace andon::roles
