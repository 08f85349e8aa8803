#pragma once
// What a commit is where neither its metadata nor its message say so, and which other commit it is about. Pure.
//
// Equal data (meta ranges) is no proof of what somebody did: by SameData says only that the data would be the same.
// For a commit C of one parent P, whose data differ from P's, the first of these that holds:
//
//   1. revert of P: C has the data that P's first parent had.
//   2. cherry-pick of Y: Y, of one parent, made from the data of P the data of C, is dated before C, does not descend
//      from C, and is no revert. Of several the oldest.
//   3. squash of X: X has the data of C, is dated no later, reaches P, is no descendant of C, and has in its history at
//      least two commits of a later generation than P. None of X's parents has the data already. Of several the newest.
//   4. cherry-pick of Y as in 2, where Y is a merge: what it did to its first parent.
//
// A revert goes first because it needs nothing but the line of C; a cherry-pick before a squash because it is known by
// the data before and after, a squash by those after alone. Metadata and message go before data.
// Nothing is claimed of data that more than kMostAlike other commits have, beyond kMostSteps commits that would have to
// be looked at, of a cherry-pick of the same second, nor of a squash into a branch that had moved on: its data are new.
#include "versions/commit.h"

#include <optional>

namespace andon::versions
{

inline constexpr std::size_t kMostAlike = 64;
inline constexpr std::size_t kMostSteps = 4'096;

/// Commits that are a squash, revert or cherry-pick by SameData.
using KindsByData = std::vector<std::pair<CommitId, CommitKind>>;

/// What is known of the other commits of a repository.
class KnownCommits
{
public:
    KnownCommits() = default;
    virtual ~KnownCommits() = default;
    KnownCommits(const KnownCommits &) = delete;
    KnownCommits &operator=(const KnownCommits &) = delete;

    [[nodiscard]] virtual std::optional<Commit> commit(const CommitId &id) = 0;
    /// Others with the data of the commit, in any order, at most `most`.
    [[nodiscard]] virtual std::vector<Commit> sameData(const Commit &commit, std::size_t most) = 0;
    /// Whose ids begin with these hex digits, at most two.
    [[nodiscard]] virtual std::vector<CommitId> beginningWith(const std::string &digits) = 0;
};

/// natureOf(commit), with the data asked where it says nothing, and with the commit that it is about.
[[nodiscard]] CommitNature natureOf(const Commit &commit, KnownCommits &known);

} // namespace andon::versions
