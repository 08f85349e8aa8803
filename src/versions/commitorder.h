#pragma once
// The rows of a commit graph: children before parents, newest first where the history leaves it open; of equal dates
// by generation, then by id. Computed once, kept, and extended when commits arrive. Pure values; any thread.
#include "versions/commit.h"
#include "versions/oid.h"

#include <functional>
#include <optional>
#include <vector>

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

/// One entry per row in each.
struct CommitOrder {
    std::vector<Oid> ids = {};
    std::vector<std::int64_t> created = {};
    std::vector<std::int64_t> generation = {};
    std::vector<CommitKind> kinds = {};
    std::vector<std::int32_t> first = {}; ///< row of the first parent, kNone when absent or not here
    std::vector<std::int32_t> second = {};
    std::int32_t cut = 0; ///< parents that are named and not here

    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(ids.size()); }
    /// Sizes agree and parents are below their children: true of bytes that come from a disk, too.
    [[nodiscard]] bool valid() const;
    bool operator==(const CommitOrder &) const = default;
};

/// Duplicates are dropped. The same set gives the same rows in whatever order it comes.
[[nodiscard]] CommitOrder orderOf(const std::vector<GraphCommit> &commits);

/// orderOf() of what `old` holds and `fresh` together, in time that grows with what is fresh and how deep it reaches.
/// `old` is cut nowhere and no commit of it has a fresh parent. rowOf finds a row of `old`, kNone when it has none.
[[nodiscard]] CommitOrder extended(const CommitOrder &old, const std::vector<GraphCommit> &fresh,
                                   const std::function<std::int32_t(const Oid &)> &rowOf);

/// Id → number by open addressing, over ids that lie elsewhere.
class OidIndex
{
public:
    OidIndex() = default;
    explicit OidIndex(std::size_t most);
    /// The number under which this id is known now: `number`, or the one that was there before.
    template <typename IdAt> std::int32_t add(const Oid &id, std::int32_t number, IdAt idAt)
    {
        std::int32_t &slot = m_slots[find(id, idAt)];
        if (slot < 0)
            slot = number;
        return slot;
    }
    template <typename IdAt> [[nodiscard]] std::int32_t at(const Oid &id, IdAt idAt) const
    {
        return m_slots.empty() ? -1 : m_slots[find(id, idAt)];
    }

private:
    template <typename IdAt> [[nodiscard]] std::size_t find(const Oid &id, IdAt idAt) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = id.hash() & mask;
        while (m_slots[slot] >= 0 && idAt(m_slots[slot]) != id)
            slot = (slot + 1) & mask;
        return slot;
    }
    std::vector<std::int32_t> m_slots;
};

} // namespace andon::versions
