#pragma once
// Branches that a squash merge took: their commits are not in the default branch, what they did is.
#include "factory/versionviews.h"
#include "store/versionstore.h"

namespace andon::factory
{

/// Marks the branches of a view that are ahead and that a squash of the default branch took after their last commit: a
/// squash with the data of their head, or whose message is lakeFS's own for a merge of theirs, "Merge 'NAME' into
/// 'MAIN'".
/// Only what metadata or message call a squash is looked at, the newest kMostSquashes.
inline constexpr std::size_t kMostSquashes = 2'000;
[[nodiscard]] core::Result<void> markSquashed(store::VersionStore &store, store::RepositoryKey repo,
                                              RepositoryView &view);

} // namespace andon::factory
