#pragma once
// All commits of a repository as rows: children before parents, newest first where the history leaves it open. A value
// that is built once and shared; any thread.
#include "versions/commit.h"
#include "versions/lanes.h"
#include "versions/oid.h"
#include "versions/repository.h"

#include <optional>
#include <utility>

namespace andon::versions
{

/// What the graph needs of a commit.
struct GraphCommit {
    Oid id = {};
    std::optional<Oid> first = {};
    std::optional<Oid> second = {};
    std::int64_t created = 0; ///< UTC seconds, may be skewed
    std::int64_t generation = 0;
    CommitKind kind = CommitKind::Ordinary;
};

class CommitGraph
{
public:
    CommitGraph() = default;
    /// Duplicates are dropped; a parent that is not among the commits is a cut edge. The same set gives the same rows
    /// in whatever order it comes: ties go by generation, then by id.
    [[nodiscard]] static CommitGraph build(std::vector<GraphCommit> commits, const std::vector<Ref> &refs,
                                           const RefName &defaultBranch);

    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(m_ids.size()); }
    [[nodiscard]] const Oid &oid(std::int32_t row) const { return m_ids[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::int64_t created(std::int32_t row) const { return m_created[static_cast<std::size_t>(row)]; }
    [[nodiscard]] CommitKind kind(std::int32_t row) const { return m_kinds[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::int32_t rowOf(const Oid &id) const; ///< kNone when unknown
    [[nodiscard]] std::int32_t rowOf(const CommitId &id) const;
    [[nodiscard]] const Topology &topology() const { return m_topology; }
    [[nodiscard]] const Lanes &lanes() const { return m_lanes; }
    [[nodiscard]] std::vector<RowLanes> window(std::int32_t from, std::int32_t count) const;
    /// A colour of the lane palette, 0 … 7: stable for a branch name. 0 is the default branch.
    [[nodiscard]] int colour(std::int32_t row) const;
    /// Number of parents named by the commits but absent here: the history is not complete.
    [[nodiscard]] std::int32_t cut() const { return m_cut; }

    /// 1 for each row reachable from `row`, itself included.
    [[nodiscard]] std::vector<char> ancestry(std::int32_t row) const;
    /// Commits that `row` has and `base` has not, and the other way round.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> aheadBehind(std::int32_t row, std::int32_t base) const;
    /// A best common ancestor (the newest row reachable from both); kNone when there is none.
    [[nodiscard]] std::int32_t mergeBase(std::int32_t a, std::int32_t b) const;

private:
    void order(std::vector<GraphCommit> &commits);
    void index();
    void colourStrands(const std::vector<Ref> &refs);

    std::vector<Oid> m_ids;
    std::vector<std::int64_t> m_created;
    std::vector<CommitKind> m_kinds;
    Topology m_topology;
    Lanes m_lanes;
    std::optional<LaneWindows> m_windows;
    std::vector<std::uint8_t> m_strandColour;
    std::vector<std::int32_t> m_slots; ///< open addressing, id → row
    std::int32_t m_cut = 0;
};

} // namespace andon::versions
