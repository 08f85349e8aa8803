#pragma once
// The objects at a commit, or what changed between two, read by path from any place on, so that a page of a million
// costs a page. What is computed is kept for the pages that follow. TreeMemory: any thread.
#include "demo/lakefs/tree.h"

#include <list>
#include <memory>
#include <mutex>

namespace andon::demo
{

/// Of the objects that a history's bulk commits write, by number: they are never all made. Stage: how many of those
/// commits are in the tree.
struct BulkChange {
    const History *history = nullptr;
    int from = 0;
    int to = 0;
};

class TreeRead
{
public:
    TreeRead(std::shared_ptr<const std::vector<DiffItem>> kept, const BulkChange &bulk);
    void seek(const std::string &from); ///< to the first at or after it
    [[nodiscard]] const DiffItem *item() const; ///< nullptr: there is none any more
    void step();

private:
    void findBulk(std::int64_t index);
    [[nodiscard]] bool bulkIsNext() const;

    std::shared_ptr<const std::vector<DiffItem>> m_kept;
    std::size_t m_at = 0;
    BulkChange m_bulk;
    std::int64_t m_index = 0;
    std::optional<DiffItem> m_item; ///< of the bulk
};

class TreeMemory
{
public:
    /// In a list every item is there ("").
    [[nodiscard]] TreeRead list(const History &history, std::int32_t commit);
    [[nodiscard]] TreeRead diff(const History &history, std::int32_t left, std::int32_t right, bool threeDot);

private:
    struct Key {
        const History *history = nullptr;
        std::int32_t left = -1; ///< -1: a list
        std::int32_t right = -1;
        bool threeDot = false;
        bool operator==(const Key &) const = default;
    };
    using Items = std::shared_ptr<const std::vector<DiffItem>>;
    template <typename Make> [[nodiscard]] Items remember(const Key &key, Make make);

    std::mutex m_mutex;
    std::list<std::pair<Key, Items>> m_kept; ///< the last used first
};

} // namespace andon::demo
