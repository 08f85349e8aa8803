#pragma once
// Which vertical lane each commit and each edge of the graph runs in. Lane 0 is the default branch's first-parent
// chain; freed lanes are reused, lowest first. Pure; O(1) per commit and edge (lane-of-parent array, free bitmap, join
// list: reference performance.md 3).
#include <cstdint>
#include <span>
#include <vector>

namespace andon::versions
{

constexpr std::int32_t kNone = -1;

/// Commits in display order, children before parents. parents: rows, kNone when absent or not known here.
struct Topology {
    std::vector<std::int32_t> first = {}; ///< first parent of each row
    std::vector<std::int32_t> second = {}; ///< second parent (the source of a merge)
    std::int32_t mainHead = kNone; ///< row of the default branch's head
};

/// An edge runs from its child's row vertically in `lane` down to its parent's row.
struct Lanes {
    std::vector<std::uint16_t> commit = {}; ///< lane of each row
    std::vector<std::uint16_t> second = {}; ///< lane that the edge to the second parent runs in; undefined without one
    std::vector<std::int32_t> strand = {}; ///< which run of commits in one lane a row belongs to; the edge to the
                                           ///< first parent has its child's, the other its parent's
    std::int32_t strands = 0;
    int count = 0; ///< lanes used at once at most
};

/// At most 65,535 lanes; whatever is beyond shares the last.
[[nodiscard]] Lanes assignLanes(const Topology &topology);

/// What to paint in one row.
struct RowLanes {
    struct Line {
        std::uint16_t lane = 0;
        std::int32_t child = kNone; ///< row where the edge starts
        std::int32_t parent = kNone; ///< row where it ends
        bool isSecond = false; ///< the edge to a second parent
        bool operator==(const Line &) const = default;
    };
    std::vector<Line> through = {}; ///< pass by
    std::vector<Line> arriving = {}; ///< end at this row's commit, from above
    std::vector<Line> leaving = {}; ///< start at this row's commit, downwards
};

/// Rows [from, from + count): edges are replayed from the nearest checkpoint, so any window of a million rows is cheap.
class LaneWindows
{
public:
    LaneWindows(const Topology &topology, const Lanes &lanes);
    [[nodiscard]] std::vector<RowLanes> rows(const Topology &topology, const Lanes &lanes, std::int32_t from,
                                             std::int32_t count) const;

private:
    static constexpr std::int32_t kEvery = 256;
    static void advance(const Topology &topology, const Lanes &lanes, std::int32_t row,
                        std::vector<RowLanes::Line> &open, RowLanes *out);
    std::vector<std::vector<RowLanes::Line>> m_open; ///< edges open above row i × kEvery
};

} // namespace andon::versions
