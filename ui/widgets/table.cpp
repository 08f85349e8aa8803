#include "ui/widgets/table.h"

#include "models/celltable.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace andon::ui
{

namespace
{

using models::CellTable;

class CellDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = tokens(option.widget);
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.selected);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        QRect area = option.rect.adjusted(8, 0, -8, 0);
        if (const QVariant bar = index.data(CellTable::BarRole); bar.isValid())
            paintBar(*painter, area, bar.toDouble(), index.data(CellTable::TickRole), t);
        if (const int status = index.data(CellTable::StatusRole).toInt(); status >= 0) {
            paintStatus(*painter, QRectF(area.left(), area.center().y() - 5, 11, 11), static_cast<Status>(status), t);
            area.setLeft(area.left() + 17);
        }
        painter->setFont(ui::font(12, index.data(CellTable::StrongRole).toBool()));
        painter->setPen(index.data(CellTable::MutedRole).toBool() ? t.muted : t.text);
        painter->drawText(area, index.data(Qt::TextAlignmentRole).toInt() | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
    }

private:
    static void paintBar(QPainter &painter, QRect &area, double share, const QVariant &tick, const Tokens &t)
    {
        const int wide = std::min(72, area.width() / 2);
        const QRect track(area.left(), area.center().y() - 3, wide, 8);
        painter.fillRect(track, t.raised);
        painter.fillRect(QRect(track.left(), track.top(), static_cast<int>(wide * std::clamp(share, 0.0, 1.0)), 8),
                         t.series[0]);
        if (tick.isValid())
            painter.fillRect(QRect(track.left() + static_cast<int>(wide * std::clamp(tick.toDouble(), 0.0, 1.0)),
                                   track.top() - 2, 2, 12),
                             t.text2);
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
    verticalHeader()->setDefaultSectionSize(metric::kRow);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setFixedHeight(metric::kRow);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setFont(ui::font(11));
    const auto open = [this](const QModelIndex &index) {
        if (const QString link = index.data(CellTable::LinkRole).toString(); !link.isEmpty())
            Q_EMIT linkRequested(link);
    };
    connect(this, &QTableView::doubleClicked, this, open);
    connect(this, &QTableView::activated, this, open);
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] { updateGeometry(); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] { updateGeometry(); });
}

void Table::setFitsRows(bool fits)
{
    m_fits = fits;
    setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, fits ? QSizePolicy::Fixed : QSizePolicy::Expanding);
}

QSize Table::sizeHint() const
{
    return m_fits ? QSize(300, metric::kRow * (m_cells.rowCount() + 1) + 2) : QTableView::sizeHint();
}

QSize Table::minimumSizeHint() const
{
    return m_fits ? QSize(120, sizeHint().height()) : QSize(120, 80);
}

void Table::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    int rest = viewport()->width();
    int stretches = 0;
    for (const models::TableColumn &column : m_cells.columns()) {
        rest -= column.width;
        stretches += column.width == 0 ? 1 : 0;
    }
    int i = 0;
    for (const models::TableColumn &column : m_cells.columns())
        setColumnWidth(i++, column.width ? column.width : std::max(60, rest / std::max(1, stretches)));
}

void Table::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT rowSelected(current.data(CellTable::IdRole).toString());
}

} // namespace andon::ui
