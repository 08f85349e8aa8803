#include "versions/naturebydata.h"

namespace andon::versions
{

CommitNature natureByData(const Commit &commit, const Commit &parent, const Commit &before)
{
    const CommitNature nature = natureOf(commit);
    const bool undone = !commit.metaRangeId.empty() && commit.metaRangeId == before.metaRangeId
        && commit.metaRangeId != parent.metaRangeId;
    return nature.kind == CommitKind::Ordinary && undone ? CommitNature{CommitKind::Revert, KnownBy::SameData} : nature;
}

} // namespace andon::versions
