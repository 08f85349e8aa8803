#pragma once
// What of a commit graph a log shows: all of it, or what some refs reach, with the sides of merges and linear runs
// folded, or only what gives it its structure. Pure; built once and shared; any thread.
#include "versions/commitgraph.h"

#include <set>

namespace andon::versions
{

struct ShapeOptions {
    enum class Detail : std::uint8_t {
        All,
        Runs, ///< commits of one line that nothing else touches are one row
        Structure, ///< tips, tags, merges, forks and roots alone
    };
    Detail detail = Detail::All;
    bool foldMerges = false; ///< what only second parents reach is hidden
    std::vector<Oid> heads = {}; ///< only what these reach; none: all
    /// By the person, against the rule: a run by its newest commit, a merge by itself.
    std::set<Oid> unfolded = {};
    std::set<Oid> folded = {}; ///< merges

    [[nodiscard]] bool isWhole() const
    {
        return detail == Detail::All && !foldMerges && heads.empty() && folded.empty();
    }
    bool operator==(const ShapeOptions &) const = default;
};

struct LogShape {
    struct Row {
        std::int32_t row = kNone; ///< of the whole graph; of a run, its newest commit
        std::int32_t run = 0; ///< commits of a folded run; 0: this is a commit
        std::int32_t last = kNone; ///< of a run: its oldest commit
        std::int32_t aside = 0; ///< commits that this merge hides, or that are hidden below it
    };
    std::vector<Row> rows = {}; ///< as they are shown, ascending
    CommitGraph graph = {}; ///< of what is shown: row n of it is rows[n]

    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(rows.size()); }
    /// The shown row that is this commit or its run; kNone when it is hidden.
    [[nodiscard]] std::int32_t shownAt(std::int32_t row) const;
};

/// kept: 1 for each row that no run may hide, beside what a ref points at.
[[nodiscard]] LogShape shapeOf(const CommitGraph &graph, const std::vector<Ref> &refs, const RefName &defaultBranch,
                               const ShapeOptions &options, const std::vector<char> &kept);

/// 1 for each row that a ref reaches: the others are of branches that are gone, or of merges that were refused.
[[nodiscard]] std::vector<char> heldBy(const CommitGraph &graph, const std::vector<Ref> &refs);

} // namespace andon::versions
