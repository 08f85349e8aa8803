#include "ui/theme/textline.h"

#include <QFontMetrics>

namespace andon::ui
{

namespace
{

constexpr ushort kSimple = 0x250; // Latin letters stand beside each other without shaping

/// As wide as its letters together; -1 when letters are not all there is to it.
int simpleWidth(const QFontMetrics &metrics, const QString &text)
{
    int width = 0;
    for (const QChar letter : text) {
        if (letter.unicode() < u' ' || letter.unicode() >= kSimple)
            return -1;
        width += metrics.horizontalAdvance(letter);
    }
    return width;
}

} // namespace

void drawLine(QPainter &painter, const QRect &area, const QString &text, Qt::Alignment at)
{
    const QFontMetrics metrics = painter.fontMetrics();
    int width = simpleWidth(metrics, text);
    QString shown = text;
    if (width < 0 || width > area.width()) {
        shown = metrics.elidedText(text, Qt::ElideRight, area.width());
        width = metrics.horizontalAdvance(shown);
    }
    const int left = at.testFlag(Qt::AlignRight) ? area.right() + 1 - width : area.left();
    painter.drawText(left, area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent(), shown);
}

} // namespace andon::ui
