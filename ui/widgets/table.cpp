#include "ui/widgets/table.h"

#include "models/celltable.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <utility>

namespace andon::ui
{

namespace
{

using models::CellTable;

constexpr int kPadding = 8; // left and right of a cell's content
constexpr int kShape = 17; // a status and the space behind it
constexpr int kLeast = 60; // of a column that stretches

/// Of a row whose stretching cell has this text.
int wrappedHeight(const QString &text, int room)
{
    const QRect all = QFontMetrics(ui::font(12)).boundingRect(QRect(0, 0, room, 2000), Qt::TextWordWrap, text);
    return std::max(metric::kRow, all.height() + 7);
}

class CellDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = tokens(option.widget);
        const bool section = index.data(CellTable::SectionRole).toBool();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.selected);
        else if (section)
            painter->fillRect(option.rect, isCurrent(option, index) ? t.hover : t.raised);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        QRect area = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const int high = area.height();
        area.setHeight(std::min(high, metric::kRow)); // what does not wrap stands in the first line
        const int status = index.data(CellTable::StatusRole).toInt();
        const bool toned = status >= 0 && index.data(CellTable::TonedRole).toBool();
        const QColor tone = toned ? t.of(static_cast<Status>(status)) : t.text;
        if (section && index.column() == 0) {
            paintFold(*painter, QPointF(area.left() + 4.5, area.center().y() + 0.5),
                      index.data(CellTable::FoldedRole).toBool(), t.text2);
            area.setLeft(area.left() + kShape);
        }
        if (const QVariant strip = index.data(CellTable::StripRole); strip.isValid()) {
            paintStrip(*painter, area, strip.value<QList<int>>(), t);
            painter->restore();
            return;
        }
        const QVariant bar = index.data(CellTable::BarRole);
        if (bar.isValid())
            paintBar(*painter, area, index, toned ? tone : t.series[0], t);
        if (status >= 0 && !bar.isValid()) {
            paintStatus(*painter, QRectF(area.left(), area.center().y() - 5, 11, 11), static_cast<Status>(status), t);
            area.setLeft(area.left() + kShape);
        }
        painter->setFont(ui::font(12, section || index.data(CellTable::StrongRole).toBool()));
        painter->setPen(index.data(CellTable::MutedRole).toBool() ? t.muted : tone);
        if (high > metric::kRow && painter->fontMetrics().horizontalAdvance(index.data().toString()) > area.width())
            painter->drawText(QRect(area.left(), area.top() + 3, area.width(), high - 6), Qt::TextWordWrap,
                              index.data().toString());
        else
            painter->drawText(area, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
                              painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
    }

    /// What does not fit can be read on hover.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        const QString text = index.data().toString();
        if (event->type() != QEvent::ToolTip || index.data(Qt::ToolTipRole).isValid() || text.isEmpty())
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const QFontMetrics metrics(ui::font(12, index.data(CellTable::StrongRole).toBool()));
        const int room = option.rect.width() - 2 * kPadding
            - (index.data(CellTable::StatusRole).toInt() >= 0 ? kShape : 0)
            - (index.data(CellTable::BarRole).isValid() ? barWidth(option.rect.width() - 2 * kPadding) + 6 : 0);
        if (metrics.horizontalAdvance(text) > room && option.rect.height() <= metric::kRow)
            QToolTip::showText(event->globalPos(), text.toHtmlEscaped(), view);
        else
            QToolTip::hideText();
        return true;
    }

private:
    /// A heading cannot be selected, so that the keys' place on it is shown otherwise.
    static bool isCurrent(const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        return view && view->hasFocus() && view->currentIndex().row() == index.row();
    }

    static int barWidth(int room) { return std::min(72, room / 2); }

    /// The newest at the right, so that the last of all rows stand below each other.
    static void paintStrip(QPainter &painter, const QRect &area, const QList<int> &strip, const Tokens &t)
    {
        constexpr int kPitch = 12;
        double x = area.right() - 9;
        for (auto status = strip.crbegin(); status != strip.crend() && x >= area.left(); ++status, x -= kPitch)
            paintStatus(painter, QRectF(x, area.center().y() - 4, 9, 9), static_cast<Status>(*status), t);
    }

    static void paintBar(QPainter &painter, QRect &area, const QModelIndex &index, const QColor &fill, const Tokens &t)
    {
        const int wide = index.data().toString().isEmpty() ? area.width() : barWidth(area.width());
        const QRect track(area.left(), area.center().y() - 3, wide, 8);
        const auto at = [&](double share) {
            return track.left() + static_cast<int>(wide * std::clamp(share, 0.0, 1.0));
        };
        const QVariant base = index.data(CellTable::BaseRole);
        const int from = at(base.isValid() ? base.toDouble() : 0.0);
        const int to = at(index.data(CellTable::BarRole).toDouble());
        painter.fillRect(track, t.raised);
        painter.fillRect(QRect(std::min(from, to), track.top(), std::max(1, std::abs(to - from)), 8), fill);
        if (base.isValid())
            painter.fillRect(QRect(from, track.top() - 2, 1, 12), t.borderStrong);
        if (const QVariant tick = index.data(CellTable::TickRole); tick.isValid())
            painter.fillRect(QRect(at(tick.toDouble()), track.top() - 2, 2, 12), t.text2);
        area.setLeft(area.left() + wide + 6);
    }
};

} // namespace

Table::Table(CellTable &model, QWidget *parent)
    : QTableView(parent)
    , m_cells(model)
{
    setModel(&model);
    setItemDelegate(new CellDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setMouseTracking(true);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(metric::kRow); // the font alone would ask for more
    verticalHeader()->setDefaultSectionSize(metric::kRow);
    connectHeader();
    const auto open = [this](const QModelIndex &index) {
        if (index.data(CellTable::SectionRole).toBool())
            return;
        if (const QString link = index.data(CellTable::LinkRole).toString(); !link.isEmpty())
            Q_EMIT linkRequested(link);
    };
    connect(this, &QTableView::doubleClicked, this, open);
    connect(this, &QTableView::activated, this, open);
    connect(this, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (index.data(CellTable::SectionRole).toBool())
            m_cells.toggle(index.data(CellTable::IdRole).toString());
    });
    const auto changed = [this] {
        wrapRows();
        updateGeometry();
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(&model, &QAbstractItemModel::dataChanged, this, changed);
    connect(&model, &CellTable::filtered, this, [this] {
        if (std::exchange(m_moved, false))
            currentChanged(currentIndex(), {});
    });
}

void Table::setWraps(bool wraps)
{
    m_wraps = wraps;
    wrapRows();
}

void Table::setFitsRows(bool fits)
{
    m_fits = fits;
    setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, fits ? QSizePolicy::Fixed : QSizePolicy::Expanding);
}

void Table::choose(const QString &id)
{
    m_quiet = true;
    const int row = m_cells.rowOf(id);
    setCurrentIndex(row < 0 ? QModelIndex() : m_cells.index(row, 0));
    m_quiet = false;
}

QSize Table::sizeHint() const
{
    if (!m_fits)
        return QTableView::sizeHint();
    // From the header's own sections: what the view really lays out.
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    return {300, horizontalHeader()->height() + verticalHeader()->length() + bar + 2 * frameWidth()};
}

QSize Table::minimumSizeHint() const
{
    return m_fits ? QSize(120, sizeHint().height()) : QSize(120, 80);
}

void Table::showEvent(QShowEvent *event)
{
    for (const QWidget *at = parentWidget(); at && accessibleName().isEmpty(); at = at->parentWidget())
        if (const auto *card = qobject_cast<const Card *>(at))
            setAccessibleName(card->title());
    QTableView::showEvent(event);
}

void Table::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    arrange();
}

bool Table::isShown(int column, int most) const
{
    return m_picked ? !m_hidden.contains(column) : m_cells.columns()[static_cast<std::size_t>(column)].need <= most;
}

int Table::widthOf(int column) const
{
    const auto own = m_widths.find(column);
    return own == m_widths.end() ? m_cells.columns()[static_cast<std::size_t>(column)].width : own->second;
}

void Table::arrange()
{
    const int wide = viewport()->width();
    const int columns = m_cells.columnCount();
    int most = wide; // columns that need more than this are left out
    int fixed = 0;
    int stretches = 0;
    for (;;) {
        int next = 0; // the largest of the needs that are met
        fixed = stretches = 0;
        for (int i = 0; i < columns; ++i) {
            if (!isShown(i, most))
                continue;
            fixed += widthOf(i);
            stretches += widthOf(i) == 0 ? 1 : 0;
            next = std::max(next, m_cells.columns()[static_cast<std::size_t>(i)].need);
        }
        if (fixed + stretches * kLeast <= wide || next == 0 || m_picked)
            break;
        most = next - 1;
    }
    m_arranging = true;
    for (int i = 0; i < columns; ++i) {
        setColumnHidden(i, !isShown(i, most));
        setColumnWidth(i, widthOf(i) ? widthOf(i) : std::max(kLeast, (wide - fixed) / std::max(1, stretches)));
    }
    m_arranging = false;
    wrapRows();
}

void Table::wrapRows()
{
    if (!m_wraps)
        return;
    int column = 0;
    for (const models::TableColumn &one : m_cells.columns()) {
        for (int row = 0; one.width == 0 && row < m_cells.rowCount(); ++row)
            setRowHeight(
                row, wrappedHeight(m_cells.index(row, column).data().toString(), columnWidth(column) - 2 * kPadding));
        ++column;
    }
    updateGeometry();
}

void Table::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // Who hears of a choice may set the rows anew, which must not happen while they are being set.
    const int before = currentIndex().row();
    const bool quiet = std::exchange(m_quiet, true);
    QTableView::rowsAboutToBeRemoved(parent, start, end);
    m_quiet = quiet;
    m_moved |= before >= start && before <= end;
}

void Table::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid() && !m_quiet && !current.data(CellTable::SectionRole).toBool())
        Q_EMIT rowSelected(current.data(CellTable::IdRole).toString());
}

} // namespace andon::ui
