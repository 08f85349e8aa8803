#include "reports/flow.h"

#include <algorithm>

namespace andon::reports
{

namespace
{

constexpr double kWhole = 0.45; // of a page: a table up to that height is not torn

class Flow
{
public:
    Flow(const std::vector<Block> &blocks, const std::vector<TableHead> &heads, double firstTop, double otherTop,
         double bottom)
        : m_blocks(blocks)
        , m_heads(heads)
        , m_otherTop(otherTop)
        , m_bottom(bottom)
        , m_y(firstTop)
        , m_pages(1)
    {
    }

    std::vector<FlowPage> run()
    {
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            const Block &block = m_blocks[i];
            const double before = m_fresh ? 0 : block.before;
            if (m_y + before + together(i) > m_bottom && !m_fresh)
                next(block.table);
            place(m_fresh ? 0 : block.before, block.height, block.paint);
            m_begun = block.table;
        }
        return std::move(m_pages);
    }

private:
    /// The height from a block on that must not be torn: what it is tied to, and a short table whole.
    [[nodiscard]] double together(std::size_t from) const
    {
        double sum = m_blocks[from].height;
        std::size_t i = from;
        while (i + 1 < m_blocks.size() && m_blocks[i].withNext) {
            ++i;
            sum += m_blocks[i].height;
        }
        const bool begins = m_blocks[from].table == 0 || from == 0 || m_blocks[from - 1].table != m_blocks[from].table;
        if (const int table = m_blocks[i].table; table != 0 && (begins || i > from)) {
            double whole = sum;
            for (std::size_t j = i + 1; j < m_blocks.size() && m_blocks[j].table == table; ++j)
                whole += m_blocks[j].height;
            if (whole <= (m_bottom - m_otherTop) * kWhole)
                return whole;
        }
        return sum;
    }

    void next(int table)
    {
        m_pages.emplace_back();
        m_y = m_otherTop;
        m_fresh = true;
        for (const TableHead &head : m_heads)
            if (table != 0 && head.table == table && m_begun == table)
                place(0, head.height, head.paint);
        m_fresh = m_y == m_otherTop;
    }

    void place(double before, double height, const Paint &paint)
    {
        m_y += before;
        m_pages.back().push_back({m_y, paint});
        m_y += height;
        m_fresh = false;
    }

    const std::vector<Block> &m_blocks;
    const std::vector<TableHead> &m_heads;
    double m_otherTop;
    double m_bottom;
    double m_y;
    bool m_fresh = true; ///< nothing on this page yet
    int m_begun = 0; ///< the table whose rows are on the page before
    std::vector<FlowPage> m_pages;
};

} // namespace

std::vector<FlowPage> flow(const std::vector<Block> &blocks, const std::vector<TableHead> &heads, double firstTop,
                           double otherTop, double bottom)
{
    return Flow(blocks, heads, firstTop, otherTop, bottom).run();
}

} // namespace andon::reports
