#include "ui/widgets/rowview.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr int kPadding = 8;
constexpr int kLeast = 80; // of a column that stretches
} // namespace

RowView::RowView(std::vector<Column> columns, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_columns(std::move(columns))
{
    setLayoutDirection(Qt::LeftToRight); // paths and figures never mirror
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
}

void RowView::setCurrent(int row)
{
    m_current = row < rowCount() ? row : -1;
    if (m_current >= 0) {
        const int whole = std::max(1, seenRows() - 1);
        if (m_current < firstRow())
            verticalScrollBar()->setValue(m_current);
        else if (m_current >= firstRow() + whole)
            verticalScrollBar()->setValue(m_current - whole + 1);
    }
    viewport()->update();
}

void RowView::setSort(int column, bool descending)
{
    m_sort = column;
    m_descending = descending;
    viewport()->update();
}

void RowView::fold(int, int) { }

bool RowView::folds(int, int) const
{
    return false;
}

int RowView::firstRow() const
{
    return verticalScrollBar()->value();
}

int RowView::seenRows() const
{
    return (std::max(0, viewport()->height() - metric::kRow) + metric::kRow - 1) / metric::kRow;
}

void RowView::rowsChanged()
{
    const int whole = std::max(1, (viewport()->height() - metric::kRow) / metric::kRow);
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - whole));
    verticalScrollBar()->setPageStep(whole);
    verticalScrollBar()->setSingleStep(1);
    if (m_current >= rowCount())
        m_current = -1;
    viewport()->update();
    Q_EMIT scrolled();
}

std::vector<QRect> RowView::cells() const
{
    const int wide = viewport()->width();
    int fixed = 0;
    int stretching = 0;
    for (const Column &column : m_columns)
        if (column.need <= wide) {
            fixed += column.width;
            stretching += column.width == 0 ? 1 : 0;
        }
    const int each = stretching > 0 ? std::max(kLeast, (wide - fixed) / stretching) : 0;
    std::vector<QRect> cells;
    int x = 0;
    for (const Column &column : m_columns) {
        const int width = column.need > wide ? 0 : column.width > 0 ? column.width : each;
        cells.emplace_back(x, 0, width, metric::kRow);
        x += width;
    }
    return cells;
}

int RowView::rowAt(int y) const
{
    if (y < metric::kRow)
        return -1;
    const int row = firstRow() + (y - metric::kRow) / metric::kRow;
    return row < rowCount() ? row : -1;
}

int RowView::columnAt(int x) const
{
    const std::vector<QRect> all = cells();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (x >= all[i].left() && x <= all[i].right())
            return static_cast<int>(i);
    return -1;
}

void RowView::drawText(QPainter &painter, const QRect &cell, const QString &text, const QColor &colour, bool right,
                       bool strong, bool mono)
{
    painter.setFont(mono ? monoFont(12) : ui::font(12, strong));
    painter.setPen(colour);
    const Qt::TextElideMode elide = mono ? Qt::ElideMiddle : Qt::ElideRight;
    painter.drawText(cell, (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, elide, cell.width()));
}

void RowView::paintHeader(QPainter &painter, const std::vector<QRect> &cells, const Tokens &t) const
{
    painter.fillRect(0, 0, viewport()->width(), metric::kRow, t.surface);
    painter.fillRect(0, metric::kRow - 1, viewport()->width(), 1, t.borderSubtle);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].isEmpty())
            continue;
        const bool sorted = static_cast<int>(i) == m_sort;
        const QString mark = sorted ? (m_descending ? QStringLiteral(" ▾") : QStringLiteral(" ▴")) : QString();
        drawText(painter, cells[i].adjusted(kPadding, 0, -kPadding, 0), m_columns[i].title + mark,
                 sorted ? t.text : t.text2, m_columns[i].right);
    }
}

void RowView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Tokens &t = tokens(this);
    painter.fillRect(viewport()->rect(), t.surface);
    const std::vector<QRect> all = cells();
    const int last = std::min(rowCount(), firstRow() + seenRows());
    for (int row = firstRow(); row < last; ++row) {
        const int top = metric::kRow + (row - firstRow()) * metric::kRow;
        const QRect whole(0, top, viewport()->width(), metric::kRow);
        if (row == m_current)
            painter.fillRect(whole, t.selected);
        else if (row == m_hovered)
            painter.fillRect(whole, t.hover);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!all[i].isEmpty())
                paintCell(painter, all[i].translated(0, top).adjusted(kPadding, 0, -kPadding, 0), row,
                          static_cast<int>(i), t);
        if (row == m_current && hasFocus()) {
            painter.setPen(t.focus);
            painter.drawRect(whole.adjusted(0, 0, -1, -1));
        }
    }
    paintHeader(painter, all, t);
}

void RowView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    rowsChanged();
}

void RowView::choose(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const bool other = row != m_current;
    setCurrent(row);
    if (other)
        Q_EMIT currentChanged(row);
}

void RowView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint at = event->position().toPoint();
    if (at.y() < metric::kRow) {
        const int column = columnAt(at.x());
        if (column >= 0 && m_columns[static_cast<std::size_t>(column)].sorts)
            Q_EMIT sortRequested(column);
        return;
    }
    const int row = rowAt(at.y());
    choose(row);
    if (row >= 0 && folds(row, at.x()))
        fold(row, 0);
}

void RowView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    if (row >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT activated(row);
}

void RowView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
}

void RowView::leaveEvent(QEvent *)
{
    m_hovered = -1;
    viewport()->update();
}

void RowView::keyPressEvent(QKeyEvent *event)
{
    const int page = std::max(1, seenRows() - 2);
    const int last = rowCount() - 1;
    const int at = std::max(m_current, 0);
    switch (event->key()) {
    case Qt::Key_Up:
        return choose(m_current < 0 ? 0 : std::max(0, at - 1));
    case Qt::Key_Down:
        return choose(m_current < 0 ? 0 : std::min(last, at + 1));
    case Qt::Key_PageUp:
        return choose(std::max(0, at - page));
    case Qt::Key_PageDown:
        return choose(std::min(last, at + page));
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(last);
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (m_current >= 0)
            fold(m_current, event->key() == Qt::Key_Left ? -1 : 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void RowView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int row = keyboard ? m_current : rowAt(event->pos().y());
    if (row < 0)
        return;
    choose(row);
    const QPoint below(kPadding, metric::kRow * (row - firstRow() + 2));
    Q_EMIT menuRequested(row, keyboard ? viewport()->mapToGlobal(below) : event->globalPos());
}

void RowView::scrollContentsBy(int, int)
{
    viewport()->update();
    Q_EMIT scrolled();
}

bool RowView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos().y());
    const int column = columnAt(help->pos().x());
    const QString tip = row >= 0 && column >= 0 ? tipOf(row, column) : QString();
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip.toHtmlEscaped(), viewport());
    return true;
}

} // namespace andon::ui
