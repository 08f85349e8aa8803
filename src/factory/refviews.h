#pragma once
// What the tables of branches and tags show.
#include "factory/versionviews.h"

namespace andon::factory
{

constexpr std::int64_t kStaleAfter = 30 * core::kDay; ///< a branch without a commit for so long

struct RefLine {
    versions::Ref ref = {};
    core::Instant at = {}; ///< date of its commit; unknown: not in the cache
    std::string committer = {};
    std::string subject = {};
    bool isDefault = false;
    std::string rule = {}; ///< the pattern of the protection rule that covers it; "" none
    std::optional<std::int64_t> ahead = {}; ///< of the default branch
    std::optional<std::int64_t> behind = {};
    bool merged = false; ///< a branch of which the default branch has every commit
    std::optional<core::CommitId> squashed = {}; ///< that took it as one; else it is as it stands
    versions::KnownBy squashedBy = versions::KnownBy::Nothing;
    bool stale = false;
    versions::GateSummary gates = {}; ///< of its commit
    bool operator==(const RefLine &) const = default;
};

struct RefsView {
    std::vector<RepositoryRow> repositories = {}; ///< of the site
    versions::Repository repository = {}; ///< whose refs these are
    std::vector<RefLine> refs = {}; ///< branches, then tags; in each the newest first
};

} // namespace andon::factory
