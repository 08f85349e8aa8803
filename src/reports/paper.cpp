#include "reports/paper.h"

#include "reports/kpireport.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace andon::reports
{

namespace
{

constexpr int kSetAt = 100; // pixels
constexpr double kGap = 6; // between columns
constexpr double kMark = 10; // a shape and the space behind it

QFont fontOf(const TextStyle &style)
{
    QFont font(style.mono ? QStringLiteral("DejaVu Sans Mono") : QStringLiteral("Noto Sans"));
    font.setPixelSize(kSetAt);
    if (style.mono)
        font.setStyleHint(QFont::Monospace);
    if (style.strong)
        font.setWeight(QFont::DemiBold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.01); // no ligatures: a reader searches the PDF for letters
    return font;
}

double scaleOf(const TextStyle &style)
{
    return style.size / kSetAt;
}

/// Lays text out at the large size; height in points.
double setText(QTextLayout &layout, double width, const TextStyle &style)
{
    QTextOption option(style.right ? Qt::AlignRight : Qt::AlignLeft);
    option.setWrapMode(style.oneLine ? QTextOption::NoWrap : QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1.0, width / scaleOf(style)));
        line.setPosition(QPointF(0, y));
        y += line.height() * 0.98;
    }
    layout.endLayout();
    return y * scaleOf(style);
}

QString shortened(const QString &text, double width, const TextStyle &style)
{
    return style.oneLine
        ? QFontMetricsF(fontOf(style)).elidedText(text, Qt::ElideRight, std::max(1.0, width / scaleOf(style)))
        : text;
}

TextStyle styleOf(const PaperColumn &column, const PaperCell &cell)
{
    return {.size = column.size - (cell.mono ? 1.2 : 0),
            .colour = cell.colour,
            .strong = cell.strong,
            .mono = cell.mono,
            .right = column.right};
}

constexpr TextStyle noteStyle(bool right)
{
    TextStyle style{.size = 7, .right = right};
    return style;
}

} // namespace

double textHeight(const QString &text, double width, const TextStyle &style)
{
    if (text.isEmpty())
        return 0;
    QTextLayout layout(shortened(text, width, style), fontOf(style));
    return setText(layout, width, style);
}

double textWidth(const QString &text, const TextStyle &style)
{
    return QFontMetricsF(fontOf(style)).horizontalAdvance(text) * scaleOf(style);
}

double drawText(QPainter &painter, double x, double y, double width, const QString &text, const TextStyle &style)
{
    if (text.isEmpty())
        return 0;
    QTextLayout layout(shortened(text, width, style), fontOf(style));
    const double height = setText(layout, width, style);
    painter.save();
    painter.setPen(style.colour);
    painter.translate(x, y);
    painter.scale(scaleOf(style), scaleOf(style));
    layout.draw(&painter, QPointF(0, 0));
    painter.restore();
    return height;
}

QColor colourOf(Mark mark)
{
    return mark == Mark::Major ? ink::kMajor : mark == Mark::Warning ? ink::kWarning : ink::kMuted;
}

void drawMark(QPainter &painter, double x, double y, double size, Mark mark)
{
    if (mark == Mark::None)
        return;
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(mark));
    const QRectF r(x, y, size, size);
    switch (mark) {
    case Mark::Major:
        painter.drawPolygon(QPolygonF({QPointF(r.center().x(), r.top()), r.bottomRight(), r.bottomLeft()}));
        break;
    case Mark::Warning:
        painter.drawPolygon(QPolygonF({r.topLeft(), r.topRight(), QPointF(r.center().x(), r.bottom())}));
        break;
    case Mark::Stale:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink::kMuted, 0.8, Qt::DotLine));
        painter.drawEllipse(r.adjusted(0.6, 0.6, -0.6, -0.6));
        break;
    default:
        painter.drawEllipse(r.center(), size * 0.3, size * 0.3);
        break;
    }
    painter.restore();
}

void drawRule(QPainter &painter, double y, const QColor &colour, double pen)
{
    painter.setPen(QPen(colour, pen));
    painter.drawLine(QPointF(kMargin, y), QPointF(kPageWidth - kMargin, y));
}

double rowHeight(const std::vector<PaperColumn> &columns, const std::vector<PaperCell> &cells)
{
    double most = 0;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        const double room = columns[i].width - kGap - (cells[i].mark == Mark::None ? 0 : kMark);
        most = std::max(most,
                        textHeight(cells[i].text, room, styleOf(columns[i], cells[i]))
                            + textHeight(cells[i].note, room, noteStyle(columns[i].right)));
    }
    return most + 4;
}

void drawRow(QPainter &painter, double y, const std::vector<PaperColumn> &columns, const std::vector<PaperCell> &cells)
{
    double x = kMargin;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        const PaperCell &cell = cells[i];
        const double mark = cell.mark == Mark::None ? 0 : kMark;
        const TextStyle style = styleOf(columns[i], cell);
        const double room = columns[i].width - kGap - mark;
        drawMark(painter, x, y + 2 + style.size * 0.32, 6.5, cell.mark);
        const double height = drawText(painter, x + mark, y + 2, room, cell.text, style);
        TextStyle note = noteStyle(columns[i].right);
        note.colour = ink::kMuted;
        drawText(painter, x + mark, y + 2 + height, room, cell.note, note);
        x += columns[i].width;
    }
    drawRule(painter, y + rowHeight(columns, cells), ink::kHair, 0.5);
}

double headHeight(const std::vector<PaperColumn> &columns)
{
    double most = 0;
    for (const PaperColumn &column : columns)
        most = std::max(most, textHeight(column.title, column.width - kGap, {.size = 7.5}));
    return most + 5;
}

void drawHead(QPainter &painter, double y, const std::vector<PaperColumn> &columns)
{
    const double height = headHeight(columns);
    double x = kMargin;
    for (const PaperColumn &column : columns) {
        const TextStyle style{.size = 7.5, .colour = ink::kMuted, .right = column.right};
        const double own = textHeight(column.title, column.width - kGap, style);
        drawText(painter, x, y + height - 3 - own, column.width - kGap, column.title, style); // at the bottom
        x += column.width;
    }
    drawRule(painter, y + height, ink::kMuted, 0.6);
}

} // namespace andon::reports
