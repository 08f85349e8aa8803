#include "versions/logshape.h"

#include <algorithm>

namespace andon::versions
{

namespace
{

constexpr std::int32_t kLeastRun = 3; // fewer commits are not worth a row that hides them

std::size_t at(std::int32_t row)
{
    return static_cast<std::size_t>(row);
}

/// Works down the whole graph once for each question.
class Shaper
{
public:
    Shaper(const CommitGraph &graph, const std::vector<Ref> &refs, const ShapeOptions &options,
           const std::vector<char> &kept)
        : m_graph(graph)
        , m_options(options)
        , m_first(graph.topology().first)
        , m_second(graph.topology().second)
        , m_kept(kept.empty() ? std::vector<char>(at(graph.size()), 0) : kept)
        , m_children(at(graph.size()), 0)
    {
        for (const Ref &ref : refs)
            if (const std::int32_t row = graph.rowOf(ref.commit); row != kNone)
                m_tips.push_back(row);
        for (const std::int32_t tip : m_tips)
            m_kept[at(tip)] = 1;
        seeWhatIsReached();
        hideSides();
        for (std::int32_t row = 0; row < graph.size(); ++row)
            if (m_seen[at(row)])
                for (const std::int32_t parent : {m_first[at(row)], second(row)})
                    if (parent != kNone)
                        ++m_children[at(parent)];
    }

    std::vector<LogShape::Row> rows()
    {
        std::vector<LogShape::Row> out;
        m_shown.assign(at(m_graph.size()), kNone);
        const bool whole = m_options.detail == ShapeOptions::Detail::All;
        for (std::int32_t row = 0; row < m_graph.size(); ++row) {
            if (!m_seen[at(row)] || m_shown[at(row)] != kNone)
                continue;
            if (!whole && isInner(row) && hideRun(row, out))
                continue;
            m_shown[at(row)] = static_cast<std::int32_t>(out.size());
            out.push_back({.row = row, .aside = m_aside.empty() ? 0 : m_aside[at(row)]});
        }
        return out;
    }

    /// The row in which a parent is shown: itself, its run, or what follows a run that has no row.
    [[nodiscard]] std::int32_t shown(std::int32_t parent) const
    {
        while (parent != kNone && m_shown[at(parent)] == kHidden)
            parent = m_first[at(parent)];
        return parent == kNone ? kNone : m_shown[at(parent)];
    }
    [[nodiscard]] std::int32_t second(std::int32_t row) const
    {
        return m_second[at(row)] != kNone && isFolded(row) ? kNone : m_second[at(row)];
    }

private:
    static constexpr std::int32_t kHidden = -2; ///< in a run that has no row of its own

    [[nodiscard]] bool isFolded(std::int32_t merge) const
    {
        if (m_options.foldMerges)
            return !m_options.unfolded.contains(m_graph.oid(merge));
        return !m_options.folded.empty() && m_options.folded.contains(m_graph.oid(merge));
    }

    /// By the heads that were chosen; all rows without a choice.
    void seeWhatIsReached()
    {
        m_seen.assign(at(m_graph.size()), m_options.heads.empty() ? 1 : 0);
        for (const Oid &head : m_options.heads)
            if (const std::int32_t row = m_graph.rowOf(head); row != kNone)
                m_seen[at(row)] = 1;
        if (m_options.heads.empty())
            return;
        for (std::int32_t row = 0; row < m_graph.size(); ++row)
            if (m_seen[at(row)])
                for (const std::int32_t parent : {m_first[at(row)], m_second[at(row)]})
                    if (parent != kNone)
                        m_seen[at(parent)] = 1;
    }

    /// What is reached over the second parents of folded merges alone is hidden, and counted at the merge.
    void hideSides()
    {
        if (!m_options.foldMerges && m_options.folded.empty())
            return;
        std::vector<std::int32_t> hiddenBy(at(m_graph.size()), kNone);
        std::vector<char> open(at(m_graph.size()), 0);
        std::vector<char> hasChild(at(m_graph.size()), 0);
        for (const std::int32_t tip : m_tips)
            open[at(tip)] = m_seen[at(tip)];
        m_aside.assign(at(m_graph.size()), 0);
        for (std::int32_t row = 0; row < m_graph.size(); ++row) {
            if (!m_seen[at(row)])
                continue;
            const bool visible = open[at(row)] || !hasChild[at(row)];
            const std::int32_t by = visible ? row : hiddenBy[at(row)];
            const auto reach = [&](std::int32_t parent, bool opens) {
                if (parent == kNone)
                    return;
                hasChild[at(parent)] = 1;
                (opens ? open[at(parent)] = 1 : hiddenBy[at(parent)] = by);
            };
            reach(m_first[at(row)], visible);
            reach(m_second[at(row)], visible && !isFolded(row));
            if (visible)
                continue;
            m_seen[at(row)] = 0;
            ++m_aside[at(by)];
        }
    }

    /// One child and one parent: nothing else touches it.
    [[nodiscard]] bool isInner(std::int32_t row) const
    {
        return !m_kept[at(row)] && m_children[at(row)] == 1 && m_first[at(row)] != kNone && second(row) == kNone
            && (m_aside.empty() || m_aside[at(row)] == 0);
    }

    /// From an inner commit down; false when the run stays as it is.
    bool hideRun(std::int32_t row, std::vector<LogShape::Row> &out)
    {
        std::int32_t count = 1;
        std::int32_t last = row;
        for (; isInner(m_first[at(last)]); ++count)
            last = m_first[at(last)];
        const bool structure = m_options.detail == ShapeOptions::Detail::Structure;
        const bool hides = structure || (count >= kLeastRun && !m_options.unfolded.contains(m_graph.oid(row)));
        const std::int32_t place = structure ? kHidden : static_cast<std::int32_t>(out.size());
        if (hides && !structure)
            out.push_back({.row = row, .run = count, .last = last});
        for (std::int32_t inner = row;; inner = m_first[at(inner)]) {
            if (hides)
                m_shown[at(inner)] = place;
            else
                m_kept[at(inner)] = 1; // looked at once
            if (inner == last)
                return hides;
        }
    }

    const CommitGraph &m_graph;
    const ShapeOptions &m_options;
    const std::vector<std::int32_t> &m_first;
    const std::vector<std::int32_t> &m_second;
    std::vector<char> m_kept;
    std::vector<std::int32_t> m_children; ///< that are seen
    std::vector<std::int32_t> m_tips;
    std::vector<char> m_seen;
    std::vector<std::int32_t> m_aside;
    std::vector<std::int32_t> m_shown; ///< by row of the whole graph
};

} // namespace

std::int32_t LogShape::shownAt(std::int32_t row) const
{
    const auto next =
        std::upper_bound(rows.begin(), rows.end(), row, [](std::int32_t r, const Row &one) { return r < one.row; });
    if (next != rows.begin() && std::prev(next)->row == row)
        return static_cast<std::int32_t>(next - rows.begin()) - 1;
    return kNone;
}

LogShape shapeOf(const CommitGraph &graph, const std::vector<Ref> &refs, const RefName &defaultBranch,
                 const ShapeOptions &options, const std::vector<char> &kept)
{
    Shaper shaper(graph, refs, options, kept);
    LogShape shape{.rows = shaper.rows()};
    CommitOrder order;
    for (const LogShape::Row &one : shape.rows) {
        order.ids.push_back(graph.oid(one.row));
        order.created.push_back(graph.created(one.row));
        order.generation.push_back(graph.order().generation[at(one.row)]);
        order.kinds.push_back(one.run > 0 ? CommitKind::Ordinary : graph.kind(one.row));
        const std::int32_t first = shaper.shown(graph.topology().first[at(one.run > 0 ? one.last : one.row)]);
        const std::int32_t second = one.run > 0 ? kNone : shaper.shown(shaper.second(one.row));
        order.first.push_back(first);
        order.second.push_back(second == first ? kNone : second);
    }
    shape.graph = CommitGraph::of(std::move(order), refs, defaultBranch);
    return shape;
}

std::vector<char> heldBy(const CommitGraph &graph, const std::vector<Ref> &refs)
{
    std::vector<char> held(at(graph.size()), 0);
    for (const Ref &ref : refs)
        if (const std::int32_t row = graph.rowOf(ref.commit); row != kNone)
            held[at(row)] = 1;
    for (std::int32_t row = 0; row < graph.size(); ++row)
        if (held[at(row)])
            for (const std::int32_t parent : {graph.topology().first[at(row)], graph.topology().second[at(row)]})
                if (parent != kNone)
                    held[at(parent)] = 1;
    return held;
}

} // namespace andon::versions
