#include "versions/commitgraph.h"

#include <algorithm>
#include <string_view>

namespace andon::versions
{

namespace
{

constexpr int kColours = 8;

std::uint32_t fnv1a(std::string_view text)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

} // namespace

CommitGraph CommitGraph::build(const std::vector<GraphCommit> &commits, const std::vector<Ref> &refs,
                               const RefName &defaultBranch)
{
    return of(orderOf(commits), refs, defaultBranch);
}

CommitGraph CommitGraph::of(CommitOrder order, const std::vector<Ref> &refs, const RefName &defaultBranch)
{
    CommitGraph graph;
    graph.m_order = std::move(order);
    graph.m_topology.first = graph.m_order.first;
    graph.m_topology.second = graph.m_order.second;
    graph.index();
    for (const Ref &ref : refs)
        if (ref.kind == RefKind::Branch && ref.name == defaultBranch)
            graph.m_topology.mainHead = graph.rowOf(ref.commit);
    graph.m_lanes = assignLanes(graph.m_topology);
    graph.m_windows.emplace(graph.m_topology, graph.m_lanes);
    graph.colourStrands(refs);
    return graph;
}

CommitGraph CommitGraph::extended(const std::vector<GraphCommit> &fresh, const std::vector<Ref> &refs,
                                  const RefName &defaultBranch) const
{
    return of(versions::extended(m_order, fresh, [this](const Oid &id) { return rowOf(id); }), refs, defaultBranch);
}

void CommitGraph::index()
{
    m_index = OidIndex(m_order.ids.size());
    const auto idAt = [this](std::int32_t row) -> const Oid & { return oid(row); };
    for (std::int32_t row = 0; row < size(); ++row)
        (void)m_index.add(oid(row), row, idAt);
}

std::int32_t CommitGraph::rowOf(const Oid &id) const
{
    return m_index.at(id, [this](std::int32_t row) -> const Oid & { return oid(row); });
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
    std::vector<char> reached(m_order.ids.size(), 0);
    if (row == kNone)
        return reached;
    reached[static_cast<std::size_t>(row)] = 1;
    for (auto i = static_cast<std::size_t>(row); i < m_order.ids.size(); ++i)
        if (reached[i])
            for (const std::int32_t parent : {m_topology.first[i], m_topology.second[i]})
                if (parent != kNone)
                    reached[static_cast<std::size_t>(parent)] = 1;
    return reached;
}

std::vector<char> CommitGraph::descent(std::int32_t row) const
{
    // Children are always above: one pass up is enough.
    std::vector<char> reaches(static_cast<std::size_t>(row) + 1, 0);
    reaches.back() = 1;
    for (auto i = static_cast<std::size_t>(row); i-- > 0;)
        for (const std::int32_t parent : {m_topology.first[i], m_topology.second[i]})
            if (parent != kNone && parent <= row && reaches[static_cast<std::size_t>(parent)])
                reaches[i] = 1;
    return reaches;
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
