#pragma once
// All commits of a repository as rows: children before parents, newest first where the history leaves it open. A value
// that is built once and shared; any thread.
#include "versions/commitorder.h"
#include "versions/lanes.h"
#include "versions/repository.h"

#include <optional>
#include <utility>

namespace andon::versions
{

class CommitGraph
{
public:
    CommitGraph() = default;
    [[nodiscard]] static CommitGraph build(const std::vector<GraphCommit> &commits, const std::vector<Ref> &refs,
                                           const RefName &defaultBranch);
    /// Of rows that were ordered before. order must be valid().
    [[nodiscard]] static CommitGraph of(CommitOrder order, const std::vector<Ref> &refs, const RefName &defaultBranch);
    /// The same as build() of all commits, when this one is cut nowhere and none of its commits has a fresh parent.
    [[nodiscard]] CommitGraph extended(const std::vector<GraphCommit> &fresh, const std::vector<Ref> &refs,
                                       const RefName &defaultBranch) const;

    [[nodiscard]] std::int32_t size() const { return m_order.size(); }
    [[nodiscard]] const Oid &oid(std::int32_t row) const { return m_order.ids[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::int64_t created(std::int32_t row) const
    {
        return m_order.created[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] CommitKind kind(std::int32_t row) const { return m_order.kinds[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const CommitOrder &order() const { return m_order; }
    [[nodiscard]] std::int32_t rowOf(const Oid &id) const; ///< kNone when unknown
    [[nodiscard]] std::int32_t rowOf(const CommitId &id) const;
    [[nodiscard]] const Topology &topology() const { return m_topology; }
    [[nodiscard]] const Lanes &lanes() const { return m_lanes; }
    [[nodiscard]] std::vector<RowLanes> window(std::int32_t from, std::int32_t count) const;
    /// A colour of the lane palette, 0 … 7: stable for a branch name. 0 is the default branch.
    [[nodiscard]] int colour(std::int32_t row) const;
    /// Number of parents named by the commits but absent here: the history is not complete.
    [[nodiscard]] std::int32_t cut() const { return m_order.cut; }

    /// 1 for each row reachable from `row`, itself included.
    [[nodiscard]] std::vector<char> ancestry(std::int32_t row) const;
    /// 1 for each row from 0 to `row` that reaches it, itself included.
    [[nodiscard]] std::vector<char> descent(std::int32_t row) const;
    /// A best common ancestor (the newest row reachable from both); kNone when there is none.
    [[nodiscard]] std::int32_t mergeBase(std::int32_t a, std::int32_t b) const;

private:
    void index();
    void colourStrands(const std::vector<Ref> &refs);

    CommitOrder m_order;
    Topology m_topology;
    Lanes m_lanes;
    std::optional<LaneWindows> m_windows;
    std::vector<std::uint8_t> m_strandColour;
    OidIndex m_index;
};

} // namespace andon::versions
