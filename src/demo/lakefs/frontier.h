#pragma once
// The commits that a walk has reached and not yet taken, the highest key first. A textbook binary heap and no other:
// which of equal keys comes first follows from how it sifts, and that is how the server orders them.
#include <cstdint>
#include <utility>
#include <vector>

namespace andon::demo
{

class Frontier
{
public:
    using Key = std::pair<std::int64_t, std::int64_t>;

    [[nodiscard]] bool empty() const { return m_heap.empty(); }

    void push(Key key, std::int32_t commit)
    {
        m_heap.push_back({key, commit});
        for (std::size_t i = m_heap.size() - 1; i > 0;) {
            const std::size_t parent = (i - 1) / 2;
            if (m_heap[i].key <= m_heap[parent].key)
                break;
            std::swap(m_heap[i], m_heap[parent]);
            i = parent;
        }
    }

    std::int32_t pop()
    {
        std::swap(m_heap.front(), m_heap.back());
        const std::int32_t top = m_heap.back().commit;
        m_heap.pop_back();
        for (std::size_t i = 0, child = 1; child < m_heap.size(); child = 2 * i + 1) {
            if (child + 1 < m_heap.size() && m_heap[child + 1].key > m_heap[child].key)
                ++child;
            if (m_heap[child].key <= m_heap[i].key)
                break;
            std::swap(m_heap[i], m_heap[child]);
            i = child;
        }
        return top;
    }

private:
    struct Item {
        Key key = {};
        std::int32_t commit = -1;
    };
    std::vector<Item> m_heap;
};

} // namespace andon::demo
