#include "ui/pages/floor/needslist.h"

#include "text/floortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/theme/style.h"
#include "ui/widgets/tile.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace andon::ui
{

namespace
{

using models::CellTable;

constexpr int kRow = 46;

/// Where a row offers to be acknowledged: the end of its first line.
QRect offerOf(const QRect &row, const QFontMetrics &metrics, const QString &words)
{
    const int wide = metrics.horizontalAdvance(words) + 8;
    return {row.right() - 12 - wide + 1, row.top() + 3, wide, 20};
}

class TwoLines final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, kRow}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = tokens(option.widget);
        const auto cell = [&](int column) { return index.siblingAtColumn(column).data().toString(); };
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.selected);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, t.hover);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.borderSubtle);
        const QRect area = option.rect.adjusted(12, 5, -12, -6);
        const bool calm = index.data(CellTable::MutedRole).toBool();
        paintStatus(*painter, QRectF(area.left(), area.top() + 3, 11, 11),
                    calm ? Status::Maintenance : static_cast<Status>(index.data(CellTable::StatusRole).toInt()), t);
        const QRect words = area.adjusted(20, 0, 0, 0);
        const QRect first(words.left(), words.top(), words.width(), 17);
        const QRect second(words.left(), words.top() + 18, words.width(), 16);
        const auto *list = qobject_cast<const NeedsList *>(option.widget);
        const bool offer =
            list && list->acknowledging() && (option.state & (QStyle::State_Selected | QStyle::State_MouseOver));
        const QString end = !offer ? cell(2) : calm ? NeedsList::tr("Withdraw") : NeedsList::tr("Acknowledge");
        paintLine(*painter, first, cell(0), ui::font(12, !calm), calm ? t.text2 : t.text, end,
                  offer ? t.link : t.muted);
        paintLine(*painter, second, cell(1), ui::font(12), calm ? t.muted : t.text2, cell(3), t.link);
        painter->restore();
    }

private:
    static void paintLine(QPainter &painter, const QRect &area, const QString &words, const QFont &font,
                          const QColor &colour, const QString &end, const QColor &endColour)
    {
        painter.setFont(ui::font(11));
        const int wide = end.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(end) + 10;
        painter.setPen(endColour);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, end);
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(area.adjusted(0, 0, -wide, 0), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, area.width() - wide));
    }
};

} // namespace

NeedsList::NeedsList(QWidget *parent)
    : QListView(parent)
    , m_rows({{tr("What"), 0, false, 0, text::wordField("what")},
              {tr("Why"), 0, false, 0, text::wordField("why")},
              {tr("Since"), 0, false, 0, text::timeField("since")},
              {tr("Next"), 0}})
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    m_rows.setMoreFields({text::wordField("severity"), text::wordField("labels")});
    setModel(&m_rows);
    setItemDelegate(new TwoLines(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setAccessibleName(tr("Needs you"));
    qRegisterMetaType<AckRow>();
    const auto open = [this](const QModelIndex &index) {
        if (const QString link = index.data(CellTable::LinkRole).toString(); !link.isEmpty())
            Q_EMIT linkRequested(link);
    };
    connect(this, &QListView::clicked, this, open);
    connect(this, &QListView::activated, this, open);
}

void NeedsList::set(const factory::FloorView &view, core::Instant now)
{
    std::vector<models::TableRow> rows;
    m_acks.clear();
    for (const factory::Attention &one : view.attention) {
        const QString title = attentionHead(one);
        const QString line =
            one.ack ? text::acknowledgedBy(one.ack->who, one.ack->at, one.ack->note, now) : attentionLine(one, view);
        const QString since = one.since.known() ? text::compactTime(one.since, now) : QString();
        const Status status = one.key == "source-stale" ? Status::Stale : statusOf(one.severity);
        QString tip = statusWord(status) + QStringLiteral(": ") + title + u'\n' + line;
        if (one.since.known())
            tip += u'\n' + tr("since %1, %2").arg(text::dateTime(one.since), text::ago(one.since, now));
        QString labels;
        for (const auto &[key, value] : one.details)
            if (key == "labels" && !value.empty())
                labels += text::visible(value);
        if (one.ack)
            tip += u'\n' + attentionLine(one, view);
        tip += labels.isEmpty() ? QString() : u'\n' + labels;
        QString id = QString::fromStdString(one.key + one.link);
        for (const auto &[key, value] : one.values)
            id += QString::fromStdString(key + "=" + value);
        for (const auto &[key, value] : one.details)
            if (key == "labels") // two alerts of one name
                id += QString::fromStdString(value);
        m_acks[id] = {factory::subjectOf(one), title, one.ack.has_value()};
        rows.push_back({id,
                        {{.text = title, .status = static_cast<int>(status), .muted = one.ack.has_value(), .tip = tip},
                         {.text = line},
                         {.text = since, .value = models::timeValue(one.since)},
                         {.text = one.link.empty() ? QString() : text::attentionNext(one.key)}},
                        QString::fromStdString(one.link),
                        false,
                        false,
                        {statusWord(status), labels}});
    }
    m_rows.setRows(std::move(rows));
    viewport()->update();
}

void NeedsList::setAcknowledging(bool may)
{
    m_acknowledging = may;
    viewport()->update();
}

std::optional<AckRow> NeedsList::rowAt(const QModelIndex &index) const
{
    const auto found = m_acks.find(index.data(CellTable::IdRole).toString());
    return m_acknowledging && index.isValid() && found != m_acks.end() ? std::optional(found->second) : std::nullopt;
}

std::optional<AckRow> NeedsList::chosen() const
{
    return rowAt(currentIndex());
}

void NeedsList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const auto row = rowAt(index);
    const QFontMetrics metrics(ui::font(11));
    const QString words = row && row->acknowledged ? tr("Withdraw") : tr("Acknowledge");
    if (row && event->button() == Qt::LeftButton
        && offerOf(visualRect(index), metrics, words).contains(event->position().toPoint())) {
        m_offered = true;
        Q_EMIT acknowledgeRequested(*row);
        return;
    }
    if (event->button() == Qt::LeftButton) // the menu is for the others
        QListView::mousePressEvent(event);
}

void NeedsList::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_offered, false)) // else the row would be opened too
        QListView::mouseReleaseEvent(event);
}

QMenu *NeedsList::menuOf(const QModelIndex &index)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QString link = index.data(CellTable::LinkRole).toString(); !link.isEmpty())
        menu->addAction(tr("Open"), this, [this, link] { Q_EMIT linkRequested(link); });
    if (const auto row = rowAt(index))
        menu->addAction(row->acknowledged ? tr("Withdraw the acknowledgement") : tr("Acknowledge…"), this,
                        [this, row = *row] { Q_EMIT acknowledgeRequested(row); });
    return menu;
}

void NeedsList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keys = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = keys ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        menuOf(index)->popup(keys ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void NeedsList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_rows.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(ui::font(12));
    painter.setPen(tokens(this).muted);
    painter.drawText(viewport()->rect().adjusted(12, 16, -12, -12), Qt::AlignTop | Qt::AlignHCenter,
                     tr("Nothing needs you."));
}

} // namespace andon::ui
