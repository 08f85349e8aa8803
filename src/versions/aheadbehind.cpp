#include "versions/aheadbehind.h"

#include <algorithm>
#include <array>

namespace andon::versions
{

namespace
{

constexpr std::size_t kAtOnce = 64;

/// 64 counters side by side: plane i holds bit i of each. Adding a mask costs two steps on average.
class Counters
{
public:
    void add(std::uint64_t mask)
    {
        for (std::uint64_t &plane : m_planes) {
            const std::uint64_t carry = plane & mask;
            plane ^= mask;
            mask = carry;
            if (mask == 0)
                return;
        }
    }
    [[nodiscard]] std::int64_t at(std::size_t counter) const
    {
        std::int64_t n = 0;
        for (std::size_t bit = 0; bit < m_planes.size(); ++bit)
            n |= static_cast<std::int64_t>(m_planes[bit] >> counter & 1U) << bit;
        return n;
    }

private:
    std::array<std::uint64_t, 32> m_planes = {}; // rows are 32 bits
};

} // namespace

std::vector<Distance> distances(const CommitGraph &graph, const std::vector<std::int32_t> &rows, std::int32_t base)
{
    const Topology &topology = graph.topology();
    const std::vector<char> ofBase = graph.ancestry(base);
    const std::int64_t inBase = std::count(ofBase.begin(), ofBase.end(), 1);
    std::vector<Distance> found;
    std::vector<std::uint64_t> reached(static_cast<std::size_t>(graph.size()));
    for (std::size_t from = 0; from < rows.size(); from += kAtOnce) {
        std::fill(reached.begin(), reached.end(), 0);
        const std::size_t many = std::min(kAtOnce, rows.size() - from);
        for (std::size_t i = 0; i < many; ++i)
            reached[static_cast<std::size_t>(rows[from + i])] |= std::uint64_t{1} << i;
        Counters common;
        Counters own;
        for (std::size_t row = 0; row < reached.size(); ++row) { // children come before their parents
            const std::uint64_t mask = reached[row];
            if (mask == 0)
                continue;
            (ofBase[row] ? common : own).add(mask);
            for (const std::int32_t parent : {topology.first[row], topology.second[row]})
                if (parent != kNone)
                    reached[static_cast<std::size_t>(parent)] |= mask;
        }
        for (std::size_t i = 0; i < many; ++i)
            found.push_back({own.at(i), inBase - common.at(i)});
    }
    return found;
}

} // namespace andon::versions
