#include "ui/widgets/pairview.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace andon::ui
{

namespace
{

constexpr int kRow = 22; // of tables; lines of text stand closer
constexpr int kLine = 18;
constexpr int kGutter = 20; // for the sign
constexpr int kGap = 10; // behind a cell
constexpr int kUsual = 12; // px of the text of cells
constexpr int kSmall = 11;
constexpr std::size_t kMeasured = 500; // rows
constexpr double kTint = 0.15;

} // namespace

PairView::PairView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setLayoutDirection(Qt::LeftToRight);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Contents side by side"));
}

void PairView::set(std::vector<Column> columns, std::vector<PairRow> rows, bool alone)
{
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    m_alone = alone;
    m_longest = 0;
    for (const PairRow &row : m_rows)
        for (const PairSide *side : {&row.left, &row.right})
            if (m_columns.empty() && !side->cells.empty())
                m_longest = std::max(m_longest, static_cast<int>(side->cells.front().size()));
    m_natural[0] = natural(kUsual);
    m_natural[1] = natural(kSmall);
    arrange();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    m_block = 0;
    m_blocks.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].differs && (i == 0 || !m_rows[i - 1].differs || !m_columns.empty())) // fields count one by one
            m_blocks.push_back(static_cast<int>(i));
    if (blocks() > 0)
        lookAt(0);
    viewport()->update();
}

int PairView::headerHeight() const
{
    return m_columns.empty() ? 0 : kRow;
}

void PairView::arrange()
{
    const int high = m_columns.empty() ? kLine : kRow;
    const int whole = std::max(1, (viewport()->height() - headerHeight()) / high);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.size()) - whole));
    verticalScrollBar()->setPageStep(whole);
    const int room = viewport()->width() / (m_alone ? 1 : 2) - kGutter - 8;
    fit(room + 8);
    const int wide = m_longest * QFontMetrics(monoFont(12)).horizontalAdvance(u'0');
    horizontalScrollBar()->setRange(0, std::max(0, wide - room));
    horizontalScrollBar()->setPageStep(std::max(1, room));
    horizontalScrollBar()->setSingleStep(20);
}

void PairView::step(int direction)
{
    if (blocks() > 0)
        lookAt((m_block + direction + blocks()) % blocks());
}

void PairView::lookAt(int block)
{
    constexpr int kBefore = 2; // rows
    m_block = block;
    const int row = m_blocks[static_cast<std::size_t>(block)];
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value() || row >= bar->value() + bar->pageStep() - kBefore)
        bar->setValue(row - kBefore);
}

QFont PairView::fontOf(std::size_t column, int size) const
{
    return m_columns[column].code ? monoFont(size) : ui::font(size);
}

std::vector<int> PairView::natural(int size) const
{
    std::vector<int> widths;
    for (std::size_t k = 0; k < m_columns.size(); ++k) {
        const QFontMetrics metrics(fontOf(k, size));
        int widest = QFontMetrics(ui::font(kSmall)).horizontalAdvance(m_columns[k].title);
        for (std::size_t i = 0; i < std::min(m_rows.size(), kMeasured); ++i)
            for (const PairSide *side : {&m_rows[i].left, &m_rows[i].right})
                if (k < side->cells.size())
                    widest = std::max(widest, metrics.horizontalAdvance(side->cells[k]));
        widths.push_back(widest + kGap);
    }
    return widths;
}

void PairView::fit(int room)
{
    const auto sum = [](const std::vector<int> &widths) { return std::accumulate(widths.begin(), widths.end(), 0); };
    const bool roomy = sum(m_natural[0]) <= room;
    m_size = roomy ? kUsual : kSmall;
    m_widths = roomy ? m_natural[0] : m_natural[1];
    int shares = 0;
    for (const Column &column : m_columns)
        shares += column.share;
    const int left = std::max(0, room - sum(m_widths));
    for (std::size_t k = 0; k < m_columns.size(); ++k)
        m_widths[k] += left * m_columns[k].share / std::max(1, shares);
    // The widest give way first, numbers never.
    for (int over = sum(m_widths) - room; over > 0; --over) {
        std::size_t widest = m_columns.size();
        for (std::size_t k = 0; k < m_columns.size(); ++k)
            if (!m_columns[k].right && (widest == m_columns.size() || m_widths[k] > m_widths[widest]))
                widest = k;
        if (widest == m_columns.size() || m_widths[widest] <= 2 * kGap)
            return;
        --m_widths[widest];
    }
}

QRect PairView::cell(const QRect &area, std::size_t column) const
{
    const int left = std::accumulate(m_widths.begin(), m_widths.begin() + static_cast<std::ptrdiff_t>(column),
                                     area.left() + kGutter);
    return {left, area.top(), m_widths[column] - kGap, area.height()};
}

QString PairView::hidden(const QPoint &at) const
{
    const int i = verticalScrollBar()->value() + (at.y() - headerHeight()) / kRow;
    if (m_columns.empty() || at.y() < headerHeight() || i < 0 || i >= static_cast<int>(m_rows.size()))
        return {};
    const int half = m_alone ? 0 : viewport()->width() / 2;
    const bool left = at.x() < half;
    const PairRow &row = m_rows[static_cast<std::size_t>(i)];
    const PairSide &side = left ? row.left : row.right;
    const QRect area(left ? 0 : half, 0, left ? half : viewport()->width() - half, kRow);
    for (std::size_t k = 0; side.there && k < m_columns.size() && k < side.cells.size(); ++k) {
        const QRect room = cell(area, k);
        const QFontMetrics metrics(fontOf(k, m_size));
        if (at.x() >= room.left() && at.x() <= room.right() && metrics.horizontalAdvance(side.cells[k]) > room.width())
            return side.cells[k];
    }
    return {};
}

bool PairView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    // What the server says is text, never markup.
    QToolTip::showText(help->globalPos(), hidden(help->pos()).toHtmlEscaped(), viewport());
    return true;
}

void PairView::paintHeader(QPainter &painter, const QRect &area, const Tokens &t) const
{
    painter.setFont(ui::font(11));
    painter.setPen(t.text2);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        painter.drawText(cell(area, i), (m_columns[i].right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                         m_columns[i].title);
}

void PairView::paintSide(QPainter &painter, const QRect &area, const PairSide &side, bool left, bool differs,
                         const Tokens &t) const
{
    painter.save();
    painter.setClipRect(area);
    const QColor tone = left ? t.removed : t.added;
    if (!side.there) {
        painter.fillRect(area, QBrush(t.borderSubtle, Qt::BDiagPattern));
        painter.restore();
        return;
    }
    if (differs) {
        painter.fillRect(area, blend(tone, t.surface, kTint));
        painter.setFont(monoFont(12));
        painter.setPen(tone);
        painter.drawText(QRect(area.left() + 4, area.top(), kGutter - 6, area.height()), Qt::AlignCenter,
                         left ? QStringLiteral("−") : QStringLiteral("+"));
    }
    painter.setFont(monoFont(12));
    painter.setPen(t.text);
    if (m_columns.empty()) {
        painter.setClipRect(area.adjusted(kGutter, 0, 0, 0));
        painter.drawText(area.left() + kGutter - horizontalScrollBar()->value(),
                         area.top() + (area.height() + painter.fontMetrics().ascent()) / 2 - 2,
                         side.cells.empty() ? QString() : side.cells.front());
        painter.restore();
        return;
    }
    for (std::size_t i = 0; i < m_columns.size() && i < side.cells.size(); ++i) {
        const QRect cell = this->cell(area, i);
        if (i < side.marked.size() && side.marked[i]) {
            painter.fillRect(cell.adjusted(-4, 2, 4, -2), blend(tone, t.surface, 2 * kTint));
            painter.setPen(tone);
            painter.drawRect(cell.adjusted(-4, 2, 3, -3));
        }
        painter.setPen(i == 0 ? t.text : t.text2);
        painter.setFont(fontOf(i, m_size));
        painter.drawText(cell, (m_columns[i].right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(side.cells[i], Qt::ElideRight, cell.width()));
    }
    painter.restore();
}

void PairView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Tokens &t = tokens(this);
    painter.fillRect(viewport()->rect(), t.surface);
    const int wide = viewport()->width();
    const int half = m_alone ? 0 : wide / 2;
    const int high = m_columns.empty() ? kLine : kRow;
    const int first = verticalScrollBar()->value();
    const int last = std::min(static_cast<int>(m_rows.size()), first + viewport()->height() / high + 2);
    for (int i = first; i < last; ++i) {
        const PairRow &row = m_rows[static_cast<std::size_t>(i)];
        const int top = headerHeight() + (i - first) * high;
        if (!m_alone)
            paintSide(painter, QRect(0, top, half, high), row.left, true, row.differs, t);
        paintSide(painter, QRect(half, top, wide - half, high), row.right, false, row.differs && !m_alone, t);
    }
    if (!m_columns.empty()) {
        painter.fillRect(0, 0, wide, kRow, t.surface);
        if (!m_alone)
            paintHeader(painter, QRect(0, 0, half, kRow), t);
        paintHeader(painter, QRect(half, 0, wide - half, kRow), t);
    }
    if (!m_alone)
        painter.fillRect(half, 0, 1, viewport()->height(), t.border);
}

void PairView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void PairView::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace andon::ui
