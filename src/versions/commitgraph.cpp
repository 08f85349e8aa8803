#include "versions/commitgraph.h"

#include <algorithm>
#include <bit>
#include <queue>
#include <tuple>

namespace andon::versions
{

namespace
{

constexpr int kColours = 8;

/// id → position, built over any array of ids.
std::vector<std::int32_t> slotsFor(std::size_t n)
{
    return std::vector<std::int32_t>(std::bit_ceil(std::max<std::size_t>(16, n * 2)), kNone);
}

template <typename IdAt>
std::int32_t find(const std::vector<std::int32_t> &slots, const Oid &id, IdAt idAt, std::size_t *slot = nullptr)
{
    const std::size_t mask = slots.size() - 1;
    for (std::size_t s = id.hash() & mask;; s = (s + 1) & mask) {
        if (slots[s] == kNone || idAt(slots[s]) == id) {
            if (slot)
                *slot = s;
            return slots[s];
        }
    }
}

std::uint32_t fnv1a(std::string_view text)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

} // namespace

CommitGraph CommitGraph::build(std::vector<GraphCommit> commits, const std::vector<Ref> &refs,
                               const RefName &defaultBranch)
{
    CommitGraph graph;
    graph.order(commits);
    for (const Ref &ref : refs)
        if (ref.kind == RefKind::Branch && ref.name == defaultBranch)
            graph.m_topology.mainHead = graph.rowOf(ref.commit);
    graph.m_lanes = assignLanes(graph.m_topology);
    graph.m_windows.emplace(graph.m_topology, graph.m_lanes);
    graph.colourStrands(refs);
    return graph;
}

void CommitGraph::order(std::vector<GraphCommit> &commits)
{
    // Positions in `commits`, first come; duplicates point at the first.
    std::vector<std::int32_t> slots = slotsFor(commits.size());
    const auto idAt = [&](std::int32_t i) -> const Oid & { return commits[static_cast<std::size_t>(i)].id; };
    std::vector<std::int32_t> unique;
    for (std::size_t i = 0; i < commits.size(); ++i) {
        std::size_t slot = 0;
        if (find(slots, commits[i].id, idAt, &slot) == kNone) {
            slots[slot] = static_cast<std::int32_t>(i);
            unique.push_back(static_cast<std::int32_t>(i));
        }
    }
    const auto position = [&](const std::optional<Oid> &id) {
        const std::int32_t found = id ? find(slots, *id, idAt) : kNone;
        m_cut += id && found == kNone ? 1 : 0;
        return found;
    };
    std::vector<std::int32_t> first(commits.size(), kNone);
    std::vector<std::int32_t> second(commits.size(), kNone);
    std::vector<std::int32_t> children(commits.size(), 0);
    for (const std::int32_t i : unique) {
        const auto at = static_cast<std::size_t>(i);
        first[at] = position(commits[at].first);
        second[at] = position(commits[at].second);
        for (const std::int32_t parent : {first[at], second[at]})
            if (parent != kNone)
                ++children[static_cast<std::size_t>(parent)];
    }

    using Key = std::tuple<std::int64_t, std::int64_t, std::int32_t>;
    const auto later = [&](const Key &a, const Key &b) { // the newest first; ids decide what dates leave open
        if (std::get<0>(a) != std::get<0>(b))
            return std::get<0>(a) < std::get<0>(b);
        if (std::get<1>(a) != std::get<1>(b))
            return std::get<1>(a) < std::get<1>(b);
        return idAt(std::get<2>(b)) < idAt(std::get<2>(a));
    };
    std::priority_queue<Key, std::vector<Key>, decltype(later)> ready(later);
    const auto push = [&](std::int32_t i) {
        const GraphCommit &commit = commits[static_cast<std::size_t>(i)];
        ready.emplace(commit.created, commit.generation, i);
    };
    for (const std::int32_t i : unique)
        if (children[static_cast<std::size_t>(i)] == 0)
            push(i);
    std::vector<std::int32_t> rowAt(commits.size(), kNone);
    std::vector<std::int32_t> ordered;
    ordered.reserve(unique.size());
    while (!ready.empty()) {
        const std::int32_t i = std::get<2>(ready.top());
        ready.pop();
        rowAt[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(ordered.size());
        ordered.push_back(i);
        for (const std::int32_t parent : {first[static_cast<std::size_t>(i)], second[static_cast<std::size_t>(i)]})
            if (parent != kNone && --children[static_cast<std::size_t>(parent)] == 0)
                push(parent);
    }
    // A cycle cannot come from hashes; if a server sends one, its commits are left out rather than hanging us.
    const auto row = [&](std::int32_t i) { return i == kNone ? kNone : rowAt[static_cast<std::size_t>(i)]; };
    for (const std::int32_t i : ordered) {
        const auto at = static_cast<std::size_t>(i);
        m_ids.push_back(commits[at].id);
        m_created.push_back(commits[at].created);
        m_kinds.push_back(commits[at].kind);
        m_topology.first.push_back(row(first[at]));
        m_topology.second.push_back(row(second[at]) == row(first[at]) ? kNone : row(second[at]));
    }
    index();
}

void CommitGraph::index()
{
    m_slots = slotsFor(m_ids.size());
    const auto idAt = [&](std::int32_t i) -> const Oid & { return m_ids[static_cast<std::size_t>(i)]; };
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        std::size_t slot = 0;
        (void)find(m_slots, m_ids[i], idAt, &slot);
        m_slots[slot] = static_cast<std::int32_t>(i);
    }
}

std::int32_t CommitGraph::rowOf(const Oid &id) const
{
    if (m_slots.empty())
        return kNone;
    return find(m_slots, id, [&](std::int32_t i) -> const Oid & { return m_ids[static_cast<std::size_t>(i)]; });
}

std::int32_t CommitGraph::rowOf(const CommitId &id) const
{
    const auto oid = Oid::fromHex(id.value);
    return oid ? rowOf(*oid) : kNone;
}

std::vector<RowLanes> CommitGraph::window(std::int32_t from, std::int32_t count) const
{
    return m_windows ? m_windows->rows(m_topology, m_lanes, from, count) : std::vector<RowLanes>{};
}

void CommitGraph::colourStrands(const std::vector<Ref> &refs)
{
    // The name of the branch at a strand's top row, else that row's own id, decides the colour: it stays when others
    // come and go.
    m_strandColour.assign(static_cast<std::size_t>(m_lanes.strands), 0xff);
    const auto set = [&](std::int32_t row, std::uint32_t hash) {
        std::uint8_t &colour = m_strandColour[static_cast<std::size_t>(m_lanes.strand[static_cast<std::size_t>(row)])];
        if (colour == 0xff)
            colour = static_cast<std::uint8_t>(1 + hash % (kColours - 1));
    };
    if (m_topology.mainHead != kNone)
        m_strandColour[static_cast<std::size_t>(m_lanes.strand[static_cast<std::size_t>(m_topology.mainHead)])] = 0;
    for (const Ref &ref : refs)
        if (ref.kind == RefKind::Branch)
            if (const std::int32_t row = rowOf(ref.commit); row != kNone)
                set(row, fnv1a(ref.name.value));
    for (std::int32_t row = 0; row < size(); ++row)
        set(row, static_cast<std::uint32_t>(oid(row).hash()));
}

int CommitGraph::colour(std::int32_t row) const
{
    return m_strandColour[static_cast<std::size_t>(m_lanes.strand[static_cast<std::size_t>(row)])];
}

std::vector<char> CommitGraph::ancestry(std::int32_t row) const
{
    // Parents are always below: one pass down is enough.
    std::vector<char> reached(m_ids.size(), 0);
    if (row == kNone)
        return reached;
    reached[static_cast<std::size_t>(row)] = 1;
    for (auto i = static_cast<std::size_t>(row); i < m_ids.size(); ++i)
        if (reached[i])
            for (const std::int32_t parent : {m_topology.first[i], m_topology.second[i]})
                if (parent != kNone)
                    reached[static_cast<std::size_t>(parent)] = 1;
    return reached;
}

std::pair<std::int64_t, std::int64_t> CommitGraph::aheadBehind(std::int32_t row, std::int32_t base) const
{
    const std::vector<char> mine = ancestry(row);
    const std::vector<char> theirs = ancestry(base);
    std::int64_t ahead = 0;
    std::int64_t behind = 0;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        ahead += mine[i] && !theirs[i] ? 1 : 0;
        behind += theirs[i] && !mine[i] ? 1 : 0;
    }
    return {ahead, behind};
}

std::int32_t CommitGraph::mergeBase(std::int32_t a, std::int32_t b) const
{
    const std::vector<char> mine = ancestry(a);
    const std::vector<char> theirs = ancestry(b);
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (mine[i] && theirs[i])
            return static_cast<std::int32_t>(i);
    return kNone;
}

} // namespace andon::versions
