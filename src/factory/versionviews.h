#pragma once
// What Versions shows.
#include "versions/commitgraph.h"
#include "versions/diff.h"
#include "versions/hookrun.h"
#include "versions/naturebydata.h"
#include "versions/repository.h"

#include <map>
#include <memory>

namespace andon::factory
{

struct RepositoryRow {
    versions::Repository repository = {};
    std::int64_t commits = 0;
    std::int64_t branches = 0;
    std::int64_t tags = 0;
    versions::GateSummary gates = {}; ///< of the last 30 days
    core::Instant newest = {}; ///< date of the newest commit
};

struct RefRow {
    versions::Ref ref = {};
    core::Instant at = {}; ///< date of its commit
    bool isDefault = false;
    bool isProtected = false;
    std::string rule = {}; ///< the pattern that protects it
    std::optional<std::int64_t> ahead = {}; ///< of the default branch
    std::optional<std::int64_t> behind = {};
    versions::GateSummary gates = {};
    /// The commit of the default branch that took it as one: it is ahead and yet nothing of it is missing there.
    std::optional<core::CommitId> squashed = {};
    versions::KnownBy squashedBy = versions::KnownBy::Nothing; ///< Message: it names the branch; else its data
};

/// One row of the log beyond what the graph holds. Loaded for the visible rows.
struct CommitDetail {
    versions::Commit commit = {};
    versions::CommitNature nature = {};
    bool aboutCached = false; ///< the commit that it is about can be shown
    versions::GateSummary gates = {};
    std::vector<versions::ActionRun> runs = {};
};

struct RepositoryView {
    RepositoryRow repository = {};
    std::vector<RefRow> refs = {};
    std::shared_ptr<const versions::CommitGraph> graph = {}; ///< null until the first sync
    std::shared_ptr<const std::map<versions::Oid, versions::GateSummary>> gates = {}; ///< of commits that have runs
};

} // namespace andon::factory
