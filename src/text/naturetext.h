#pragma once
// Words of what a commit is: revert, squash, cherry-pick, and how that is known. Pure.
#include "versions/commit.h"

#include <QString>

namespace andon::text
{

/// "Revert, by its metadata", "Squash merge, by same data".
[[nodiscard]] QString natureText(const versions::CommitNature &nature);
/// What was found, when it is known by same data and not by what somebody said; else "".
[[nodiscard]] QString natureReason(const versions::CommitNature &nature);
/// What the other commit is to one of this kind: "Reverts", "Squash of", "Picked from"; "" it is about none.
[[nodiscard]] QString aboutTitle(versions::CommitKind kind);
/// The same in a line of the log: "reverts 60be2d14c2a1"; "" it is about none that is known.
[[nodiscard]] QString aboutWords(const versions::CommitNature &nature);
/// "by same data" where the other commit is known by it and the kind is not; else "".
[[nodiscard]] QString aboutNote(const versions::CommitNature &nature);

} // namespace andon::text
