#include "versions/commitorder.h"

#include "versions/lanes.h"

#include <algorithm>
#include <bit>
#include <queue>

namespace andon::versions
{

namespace
{

std::size_t at(std::int32_t i)
{
    return static_cast<std::size_t>(i);
}

/// Commits by number, as the ordering sees them: those of an order that is kept come first, then the fresh ones.
struct Nodes {
    const CommitOrder *old = nullptr;
    std::vector<const GraphCommit *> fresh = {};
    std::vector<std::int32_t> first = {}; ///< of the fresh ones, by number
    std::vector<std::int32_t> second = {};

    [[nodiscard]] std::int32_t oldCount() const { return old ? old->size() : 0; }
    [[nodiscard]] std::int32_t count() const { return oldCount() + static_cast<std::int32_t>(fresh.size()); }
    [[nodiscard]] bool isOld(std::int32_t n) const { return n < oldCount(); }
    [[nodiscard]] const GraphCommit &news(std::int32_t n) const { return *fresh[at(n - oldCount())]; }
    [[nodiscard]] const Oid &id(std::int32_t n) const { return isOld(n) ? old->ids[at(n)] : news(n).id; }
    [[nodiscard]] std::int64_t created(std::int32_t n) const
    {
        return isOld(n) ? old->created[at(n)] : news(n).created;
    }
    [[nodiscard]] std::int64_t generation(std::int32_t n) const
    {
        return isOld(n) ? old->generation[at(n)] : news(n).generation;
    }
    [[nodiscard]] CommitKind kind(std::int32_t n) const { return isOld(n) ? old->kinds[at(n)] : news(n).kind; }
    [[nodiscard]] std::pair<std::int32_t, std::int32_t> parents(std::int32_t n) const
    {
        return isOld(n) ? std::pair(old->first[at(n)], old->second[at(n)])
                        : std::pair(first[at(n - oldCount())], second[at(n - oldCount())]);
    }
};

/// What is ready to be shown next: the newest, then the highest generation, then the lowest id.
class Ready
{
public:
    explicit Ready(const Nodes &nodes)
        : m_queue(Earlier{&nodes})
        , m_nodes(nodes)
    {
    }
    void push(std::int32_t n) { m_queue.push({m_nodes.created(n), m_nodes.generation(n), n}); }
    [[nodiscard]] bool empty() const { return m_queue.empty(); }
    std::int32_t pop()
    {
        const std::int32_t n = m_queue.top().number;
        m_queue.pop();
        return n;
    }

private:
    struct Key {
        std::int64_t created;
        std::int64_t generation;
        std::int32_t number;
    };
    struct Earlier {
        const Nodes *nodes;
        bool operator()(const Key &a, const Key &b) const
        {
            if (a.created != b.created)
                return a.created < b.created;
            if (a.generation != b.generation)
                return a.generation < b.generation;
            return nodes->id(b.number) < nodes->id(a.number);
        }
    };
    std::priority_queue<Key, std::vector<Key>, Earlier> m_queue;
    const Nodes &m_nodes;
};

std::vector<std::int32_t> childCounts(const Nodes &nodes)
{
    std::vector<std::int32_t> children(at(nodes.count()), 0);
    for (std::int32_t n = 0; n < nodes.count(); ++n) {
        const auto [first, second] = nodes.parents(n);
        for (const std::int32_t parent : {first, second})
            if (parent != kNone)
                ++children[at(parent)];
    }
    return children;
}

/// Numbers in the order of their rows, up to where the rest of the old rows follows as it was: that is so when all that
/// is fresh stands above and the old ones above are the first of the old rows.
std::vector<std::int32_t> topRows(const Nodes &nodes)
{
    std::vector<std::int32_t> children = childCounts(nodes);
    Ready ready(nodes);
    for (std::int32_t n = 0; n < nodes.count(); ++n)
        if (children[at(n)] == 0)
            ready.push(n);
    std::vector<std::int32_t> rows;
    std::size_t freshLeft = nodes.fresh.size();
    std::int32_t olds = 0;
    std::int32_t lastOld = kNone;
    while (!ready.empty() && (freshLeft > 0 || lastOld + 1 != olds)) {
        const std::int32_t n = ready.pop();
        rows.push_back(n);
        if (nodes.isOld(n)) {
            ++olds;
            lastOld = std::max(lastOld, n);
        } else {
            --freshLeft;
        }
        const auto [first, second] = nodes.parents(n);
        for (const std::int32_t parent : {first, second})
            if (parent != kNone && --children[at(parent)] == 0)
                ready.push(parent);
    }
    return rows;
}

CommitOrder rowsOf(const Nodes &nodes, const std::vector<std::int32_t> &top, std::int32_t cut)
{
    const auto shift = static_cast<std::int32_t>(nodes.fresh.size());
    std::vector<std::int32_t> rowAt(at(nodes.count()), kNone); // a cycle's commits have none: they are left out
    std::int32_t oldsAbove = 0;
    for (std::size_t row = 0; row < top.size(); ++row) {
        rowAt[at(top[row])] = static_cast<std::int32_t>(row);
        oldsAbove += nodes.isOld(top[row]) ? 1 : 0;
    }
    const auto row = [&](std::int32_t n) {
        return n == kNone ? kNone : nodes.isOld(n) && n >= oldsAbove ? n + shift : rowAt[at(n)];
    };
    CommitOrder out{.cut = cut};
    const std::size_t size = top.size() + at(nodes.oldCount() - oldsAbove);
    out.ids.reserve(size);
    for (auto *numbers : {&out.created, &out.generation})
        numbers->reserve(size);
    for (auto *rows : {&out.first, &out.second})
        rows->reserve(size);
    out.kinds.reserve(size);
    const auto append = [&](std::int32_t n) {
        const auto [first, second] = nodes.parents(n);
        out.ids.push_back(nodes.id(n));
        out.created.push_back(nodes.created(n));
        out.generation.push_back(nodes.generation(n));
        out.kinds.push_back(nodes.kind(n));
        out.first.push_back(row(first));
        out.second.push_back(row(second) == row(first) ? kNone : row(second));
    };
    for (const std::int32_t n : top)
        append(n);
    for (std::int32_t n = oldsAbove; n < nodes.oldCount(); ++n)
        append(n);
    return out;
}

CommitOrder ordered(Nodes nodes, const std::vector<GraphCommit> &commits,
                    const std::function<std::int32_t(const Oid &)> &rowOf)
{
    OidIndex index(commits.size());
    const auto idAt = [&](std::int32_t i) -> const Oid & { return nodes.fresh[at(i)]->id; };
    for (const GraphCommit &commit : commits) {
        if (rowOf && rowOf(commit.id) != kNone)
            continue;
        const auto next = static_cast<std::int32_t>(nodes.fresh.size());
        nodes.fresh.push_back(&commit);
        if (index.add(commit.id, next, idAt) != next)
            nodes.fresh.pop_back();
    }
    std::int32_t cut = nodes.old ? nodes.old->cut : 0;
    const auto number = [&](const std::optional<Oid> &id) {
        if (!id)
            return kNone;
        if (const std::int32_t found = index.at(*id, idAt); found >= 0)
            return nodes.oldCount() + found;
        const std::int32_t known = rowOf ? rowOf(*id) : kNone;
        cut += known == kNone ? 1 : 0;
        return known;
    };
    for (const GraphCommit *commit : nodes.fresh) {
        nodes.first.push_back(number(commit->first));
        nodes.second.push_back(number(commit->second));
    }
    return rowsOf(nodes, topRows(nodes), cut);
}

} // namespace

OidIndex::OidIndex(std::size_t most)
    : m_slots(std::bit_ceil(std::max<std::size_t>(16, most * 2)), -1)
{
}

bool CommitOrder::valid() const
{
    const std::size_t n = ids.size();
    if (created.size() != n || generation.size() != n || kinds.size() != n || first.size() != n || second.size() != n)
        return false;
    for (std::size_t row = 0; row < n; ++row)
        for (const std::int32_t parent : {first[row], second[row]})
            if (parent != kNone && (parent <= static_cast<std::int32_t>(row) || parent >= size()))
                return false;
    return true;
}

CommitOrder orderOf(const std::vector<GraphCommit> &commits)
{
    return ordered({}, commits, {});
}

CommitOrder extended(const CommitOrder &old, const std::vector<GraphCommit> &fresh,
                     const std::function<std::int32_t(const Oid &)> &rowOf)
{
    return ordered({.old = &old}, fresh, rowOf);
}

} // namespace andon::versions
