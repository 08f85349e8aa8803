#pragma once
// A commit as it stands in the cache. Internal to store.
#include "store/sqlite.h"
#include "versions/commit.h"

namespace andon::store
{

inline constexpr const char *kCommitColumns =
    "id, first, second, committer, message, created, meta_range, metadata, generation, version";
[[nodiscard]] versions::Commit readCommit(const Statement &row); ///< of a statement that selects them

} // namespace andon::store
