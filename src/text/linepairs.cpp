#include "text/linepairs.h"

#include <algorithm>
#include <cstdint>

namespace andon::text
{

namespace
{
constexpr std::size_t kMostCompared = 1'500; // lines of the middle, on each side: 9 MB for the table

using LineRows = std::vector<std::pair<int, int>>;

/// A line that went beside one that came: a change reads as one row.
LineRows joined(const LineRows &rows)
{
    LineRows all;
    for (std::size_t k = 0; k < rows.size();) {
        std::size_t gone = k;
        while (gone < rows.size() && rows[gone].second < 0)
            ++gone;
        std::size_t come = gone;
        while (come < rows.size() && rows[come].first < 0)
            ++come;
        for (std::size_t x = 0; x < std::max(gone - k, come - gone); ++x)
            all.emplace_back(x < gone - k ? rows[k + x].first : -1, x < come - gone ? rows[gone + x].second : -1);
        if (come == k)
            all.push_back(rows[come++]);
        k = come;
    }
    return all;
}

} // namespace

std::vector<std::pair<int, int>> linePairs(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    std::size_t head = 0;
    while (head < std::min(a.size(), b.size()) && a[head] == b[head])
        ++head;
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const std::size_t n = a.size() - head - tail;
    const std::size_t m = b.size() - head - tail;

    std::vector<std::pair<int, int>> rows;
    const auto row = [&](std::size_t i, std::size_t j, bool left, bool right) {
        rows.emplace_back(left ? static_cast<int>(i) : -1, right ? static_cast<int>(j) : -1);
    };
    for (std::size_t i = 0; i < head; ++i)
        row(i, i, true, true);
    std::size_t i = 0;
    std::size_t j = 0;
    if (n <= kMostCompared && m <= kMostCompared) {
        std::vector<std::uint16_t> common((n + 1) * (m + 1), 0); // of what is left of both, from here
        const auto at = [&](std::size_t x, std::size_t y) -> std::uint16_t & { return common[x * (m + 1) + y]; };
        for (std::size_t x = n; x-- > 0;)
            for (std::size_t y = m; y-- > 0;)
                at(x, y) = a[head + x] == b[head + y] ? static_cast<std::uint16_t>(at(x + 1, y + 1) + 1)
                                                      : std::max(at(x + 1, y), at(x, y + 1));
        while (i < n && j < m)
            if (a[head + i] == b[head + j])
                row(head + i++, head + j++, true, true);
            else if (at(i + 1, j) >= at(i, j + 1))
                row(head + i++, 0, true, false);
            else
                row(0, head + j++, false, true);
    }
    for (; i < n; ++i)
        row(head + i, 0, true, false);
    for (; j < m; ++j)
        row(0, head + j, false, true);
    for (std::size_t k = 0; k < tail; ++k)
        row(head + n + k, head + m + k, true, true);
    return joined(rows);
}

} // namespace andon::text
