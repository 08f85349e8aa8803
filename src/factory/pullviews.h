#pragma once
// What the pull requests show.
#include "versions/commit.h"
#include "versions/hookrun.h"
#include "versions/pull.h"

namespace andon::factory
{

struct PullRow {
    core::RepositoryId repository = {};
    versions::PullRequest pull = {};
    bool operator==(const PullRow &) const = default;
};

struct PullsView {
    std::vector<PullRow> pulls = {}; ///< open ones first, then the newest first
    bool absent = false; ///< the server has none, as its own specification says
    std::string product = {}; ///< "lakeFS 1.30.0"
};

struct PullDetail {
    PullRow row = {};
    std::vector<versions::Commit> commits = {}; ///< that it brings, newest first; the first of them
    std::optional<std::int64_t> count = {}; ///< of all of them; nullopt when its branches are not there any more
    std::optional<std::int64_t> behind = {}; ///< commits that the destination has and the source has not
    core::CommitId head = {}; ///< of the source
    versions::GateSummary gates = {}; ///< of the head, or of the merge
    core::CommitId left = {}; ///< what to compare, "" when it is not known
    core::CommitId right = {};
};

} // namespace andon::factory
