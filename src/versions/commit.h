#pragma once
#include "core/ids.h"
#include "core/instant.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::versions
{

using core::CommitId;
using core::Instant;

/// Immutable once read. parents[0] is the destination of a merge, parents[1] its source; the initial commit has none.
struct Commit {
    CommitId id = {};
    std::vector<CommitId> parents = {};
    std::string committer = {}; ///< "" for the initial commit
    std::string message = {};
    std::int64_t created = 0; ///< UTC, epoch seconds, as the committer claimed it: may be skewed or negative
    std::string metaRangeId = {}; ///< hash of the whole tree; equal and not "" means the same data
    std::vector<std::pair<std::string, std::string>> metadata = {}; ///< sorted by key
    std::int64_t generation = 0; ///< greater than every parent's; not always 1 + max
    int version = 0;

    [[nodiscard]] const std::string *meta(std::string_view key) const; ///< nullptr when absent
    bool operator==(const Commit &) const = default;
};

enum class CommitKind : std::uint8_t { Ordinary, Initial, Merge, Squash, Revert, CherryPick };
enum class KnownBy { Parents, Metadata, Message, SameData, Nothing };

struct CommitNature {
    CommitKind kind = CommitKind::Ordinary;
    KnownBy by = KnownBy::Nothing; ///< how we know: shown to the person
    /// The commit that a revert undoes, the head that a squash took, the origin of a cherry-pick; "" not known. It need
    /// not be in the cache.
    CommitId about = {};
    KnownBy aboutBy = KnownBy::Nothing;
    bool operator==(const CommitNature &) const = default;
};

/// Merge by its two parents; squash by `.lakefs.merge.strategy` on a single-parent commit; cherry-pick by
/// `cherry-pick-origin`; revert by `andon.reverts` metadata or the default message "Revert <ref>". What it is about is
/// told when the metadata hold a whole id; naturebydata.h knows more.
[[nodiscard]] CommitNature natureOf(const Commit &commit);
inline constexpr std::string_view kRevertWord = "Revert ";

/// The first line, and "Commit without a message" is left to text/: this may be empty.
[[nodiscard]] std::string_view subject(const Commit &commit);

} // namespace andon::versions
