// How a section and a table are made of blocks.
#include "reports/kpiblocks.h"

#include <QPainter>

namespace andon::reports
{

namespace
{
constexpr double kAll = kPageWidth - 2 * kMargin;
} // namespace

void Sections::heading(const QString &title, const QString &note)
{
    const TextStyle strong{.size = 11, .strong = true};
    TextStyle small{.size = 8, .colour = ink::kMuted};
    const double beside = textWidth(title, strong) + 8;
    const bool fits = beside + textWidth(note, small) <= kAll;
    const double height = fits ? 18 : 18 + textHeight(note, kAll, small);
    m_blocks.push_back({.height = height,
                        .paint =
                            [title, note, strong, small, beside, fits](QPainter &painter, double y) {
                                drawText(painter, kMargin, y, kAll, title, strong);
                                drawText(painter, fits ? kMargin + beside : kMargin, fits ? y + 3 : y + 16,
                                         fits ? kAll - beside : kAll, note, small);
                            },
                        .withNext = true,
                        .before = 13});
}

void Sections::paragraph(const QString &text, const TextStyle &style, double before, double after)
{
    m_blocks.push_back(
        {.height = textHeight(text, kAll, style) + after,
         .paint = [text, style](QPainter &painter, double y) { drawText(painter, kMargin, y, kAll, text, style); },
         .before = before});
}

void Sections::custom(double height, Paint paint, double before, bool withNext)
{
    m_blocks.push_back({.height = height, .paint = std::move(paint), .withNext = withNext, .before = before});
}

void Sections::table(std::vector<PaperColumn> columns, std::vector<std::vector<PaperCell>> rows, bool strongLast)
{
    const int number = ++m_tables;
    const auto shared = std::make_shared<const std::vector<PaperColumn>>(std::move(columns));
    const Paint head = [shared](QPainter &painter, double y) { drawHead(painter, y, *shared); };
    m_heads.push_back({number, headHeight(*shared) + 2, head});
    m_blocks.push_back({.height = headHeight(*shared) + 2, .paint = head, .withNext = true, .table = number});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool last = i + 1 == rows.size();
        if (last && strongLast)
            for (PaperCell &cell : rows[i])
                cell.strong = true;
        const auto row = std::make_shared<const std::vector<PaperCell>>(std::move(rows[i]));
        m_blocks.push_back({.height = rowHeight(*shared, *row) + 1,
                            .paint = [shared, row](QPainter &painter, double y) { drawRow(painter, y, *shared, *row); },
                            .withNext = strongLast && i + 2 == rows.size(), // a total does not stand alone
                            .table = number});
    }
}

} // namespace andon::reports
