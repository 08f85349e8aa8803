#pragma once
// What the quality gates and the readiness of datasets show.
#include "versions/gates.h"
#include "versions/readiness.h"

#include <array>
#include <map>

namespace andon::factory
{

struct GateRow {
    core::SiteName site = {};
    core::RepositoryId repository = {};
    versions::GateLine line = {};
};

/// A merge that went past a hook that was skipped.
struct PastSkipped {
    core::SiteName site = {};
    core::RepositoryId repository = {};
    versions::GateResult result = {};
    versions::Commit merge = {};
    /// An earlier attempt with the very same data, which that hook refused; nullopt: none is known. Of the newest
    /// kMostAttempts findings of a repository.
    std::optional<core::CommitId> refused = {};
};
constexpr std::size_t kMostAttempts = 100;

/// The default branch of a repository. Prefixes are not told apart: no source says which of them belong together.
struct DatasetRow {
    core::SiteName site = {};
    core::RepositoryId repository = {};
    core::RefName branch = {};
    std::optional<versions::Commit> head = {}; ///< nullopt: the branch is not in the cache
    std::optional<versions::GatedCommit> gated = {}; ///< the newest of its commits that has gate results
    std::int64_t ungated = 0; ///< commits since then, or those that were looked at
    std::int64_t skippedMerges = 0; ///< of the last 30 days
    versions::SchemaChange schema = {};
    versions::ReadinessFigures figures = {};
    std::array<versions::AspectState, versions::kAspects.size()> states = {}; ///< by Aspect
};

struct GateView {
    std::vector<GateRow> rows = {}; ///< what fails first
    std::vector<PastSkipped> findings = {}; ///< newest first
    std::vector<DatasetRow> datasets = {};
    std::map<core::CommitId, std::string> committers = {}; ///< of the commits that the rows name and the cache has
    std::int64_t results = 0; ///< hook runs that were added up
};

} // namespace andon::factory
