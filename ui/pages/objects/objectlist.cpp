#include "ui/pages/objects/objectlist.h"

#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QPainter>

namespace andon::ui
{

namespace
{

/// A folder as an outline, an object as a sheet: 12 × 12.
void paintKind(QPainter &painter, const QPointF &at, bool folder, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.2));
    painter.setBrush(Qt::NoBrush);
    if (folder)
        painter.drawPolygon(QPolygonF{at + QPointF(0.5, 2), at + QPointF(4.5, 2), at + QPointF(6, 4),
                                      at + QPointF(11.5, 4), at + QPointF(11.5, 10.5), at + QPointF(0.5, 10.5)});
    else
        painter.drawPolygon(QPolygonF{at + QPointF(2, 0.5), at + QPointF(7, 0.5), at + QPointF(10, 3.5),
                                      at + QPointF(10, 11.5), at + QPointF(2, 11.5)});
    painter.restore();
}

} // namespace

ObjectList::ObjectList(QWidget *parent)
    : RowView({{tr("Name"), 0, false, true},
               {tr("Size"), 92, true, true},
               {tr("Modified"), 110, true, true, 380},
               {tr("Content type"), 170, false, false, 620}},
              parent)
{
    setAccessibleName(tr("Folder"));
    setObjectName(QStringLiteral("objectList"));
}

void ObjectList::set(std::shared_ptr<const std::vector<versions::ObjectEntry>> entries, std::vector<std::uint32_t> rows,
                     std::string folder, core::Instant now)
{
    const std::string kept = current() >= 0 && m_folder == folder ? entry(current()).path : std::string();
    m_entries = std::move(entries);
    m_rows = std::move(rows);
    m_folder = std::move(folder);
    m_now = now;
    setCurrent(kept.empty() ? -1 : rowOf(kept));
    rowsChanged();
}

int ObjectList::rowOf(const std::string &path) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (entry(row).path == path)
            return row;
    return -1;
}

void ObjectList::paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const
{
    const versions::ObjectEntry &one = entry(row);
    switch (column) {
    case Name:
        paintKind(painter, QPointF(cell.left(), cell.center().y() - 5.5), one.isPrefix,
                  one.isPrefix ? t.link : t.muted);
        return drawText(painter, cell.adjusted(18, 0, 0, 0),
                        text::visible(std::string_view(one.path).substr(std::min(m_folder.size(), one.path.size()))),
                        t.text, false, one.isPrefix);
    case Size:
        return drawText(painter, cell, one.isPrefix ? QString() : text::bytes(one.sizeBytes), t.text, true);
    case Modified:
        return drawText(painter, cell, one.modified.known() ? text::compactTime(one.modified, m_now) : QString(),
                        t.text2, true);
    default:
        return drawText(painter, cell, text::visible(one.contentType), t.text2, false);
    }
}

QString ObjectList::tipOf(int row, int column) const
{
    const versions::ObjectEntry &one = entry(row);
    if (column == Name)
        return text::visible(one.path);
    return column == Modified && one.modified.known() ? text::dateTime(one.modified) : QString();
}

void ObjectList::fold(int row, int direction)
{
    if (direction < 0)
        Q_EMIT upRequested();
    else if (direction > 0 && entry(row).isPrefix)
        Q_EMIT activated(row);
}

void ObjectList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Backspace || (event->key() == Qt::Key_Left && current() < 0))
        return Q_EMIT upRequested();
    RowView::keyPressEvent(event);
}

} // namespace andon::ui
