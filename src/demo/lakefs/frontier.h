#pragma once
// The commits that a walk has reached and not yet taken, the highest key first and of equal keys the greater id, as the
// server takes them.
#include "versions/oid.h"

#include <queue>

namespace andon::demo
{

class Frontier
{
public:
    using Key = std::array<std::int64_t, 3>;

    [[nodiscard]] bool empty() const { return m_queue.empty(); }
    void push(Key key, const versions::Oid &id, std::int32_t commit) { m_queue.push({key, id, commit}); }

    std::int32_t pop()
    {
        const std::int32_t top = m_queue.top().commit;
        m_queue.pop();
        return top;
    }

private:
    struct Item {
        Key key = {};
        versions::Oid id = {};
        std::int32_t commit = -1;
        auto operator<=>(const Item &) const = default;
    };
    std::priority_queue<Item> m_queue;
};

} // namespace andon::demo
