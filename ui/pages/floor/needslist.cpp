#include "ui/pages/floor/needslist.h"

#include "text/floortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/theme/style.h"
#include "ui/widgets/tile.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace andon::ui
{

namespace
{

using models::CellTable;

constexpr int kRow = 46;

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
        paintStatus(*painter, QRectF(area.left(), area.top() + 3, 11, 11),
                    static_cast<Status>(index.data(CellTable::StatusRole).toInt()), t);
        const QRect words = area.adjusted(20, 0, 0, 0);
        const QRect first(words.left(), words.top(), words.width(), 17);
        const QRect second(words.left(), words.top() + 18, words.width(), 16);
        paintLine(*painter, first, cell(0), ui::font(12, true), t.text, cell(2), t.muted);
        paintLine(*painter, second, cell(1), ui::font(12), t.text2, cell(3), t.link);
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
    for (const factory::Attention &one : view.attention) {
        const QString title = attentionHead(one);
        const QString line = attentionLine(one, view);
        const QString since = one.since.known() ? text::compactTime(one.since, now) : QString();
        const Status status = one.key == "source-stale" ? Status::Stale : statusOf(one.severity);
        QString tip = statusWord(status) + QStringLiteral(": ") + title + u'\n' + line;
        if (one.since.known())
            tip += u'\n' + tr("since %1, %2").arg(text::dateTime(one.since), text::ago(one.since, now));
        QString labels;
        for (const auto &[key, value] : one.details)
            if (key == "labels" && !value.empty())
                labels += text::visible(value);
        tip += labels.isEmpty() ? QString() : u'\n' + labels;
        QString id = QString::fromStdString(one.key + one.link);
        for (const auto &[key, value] : one.values)
            id += QString::fromStdString(key + "=" + value);
        for (const auto &[key, value] : one.details)
            if (key == "labels") // two alerts of one name
                id += QString::fromStdString(value);
        rows.push_back({id,
                        {{.text = title, .status = static_cast<int>(status), .tip = tip},
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
