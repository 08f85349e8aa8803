#pragma once
// What the data says of a commit where neither its metadata nor its message do. Pure.
#include "versions/commit.h"

namespace andon::versions
{

/// A revert, when a commit has again the data that was there before its parent changed it. parent, before: the first
/// parents of the commit and of that.
[[nodiscard]] CommitNature natureByData(const Commit &commit, const Commit &parent, const Commit &before);

} // namespace andon::versions
