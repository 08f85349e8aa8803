#pragma once
// Fetches the commits that the cache does not have, re-anchored at the frontier: after each page the next request
// starts at an unknown parent, never at `after`, because lakeFS re-walks from the head for every page (reference
// lakefs.md 1.7). Worker thread.
#include "roles/versionsource.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace andon::factory
{

struct WalkStats {
    std::int64_t received = 0; ///< commits in all answers
    std::int64_t saved = 0; ///< those that were new
    std::int64_t requests = 0;
};

class CommitWalk
{
public:
    /// Which of these ids the cache holds, in their order.
    using Known = std::function<core::Result<std::vector<bool>>(const std::vector<core::CommitId> &)>;
    /// Saves a batch that is new. Called once per page.
    using Save = std::function<core::Result<void>(const std::vector<versions::Commit> &)>;
    using Progress = std::function<void(const WalkStats &)>;

    CommitWalk(roles::VersionSource &source, core::RepositoryId repo, Known known, Save save, Progress progress);

    /// Walks until every ancestor of `starts` is saved or known. `fresh`: the cache is empty, so ask for large pages at
    /// once.
    [[nodiscard]] core::Result<WalkStats> run(const std::vector<core::CommitId> &starts, bool fresh,
                                              const core::Cancel &cancel);

private:
    struct State;
    core::Result<void> page(State &state, const core::CommitId &anchor, const core::Cancel &cancel);

    roles::VersionSource &m_source;
    core::RepositoryId m_repo;
    Known m_known;
    Save m_save;
    Progress m_progress;
};

} // namespace andon::factory
