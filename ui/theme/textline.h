#pragma once
// One line of text as lists paint it many times a frame: QPainter lays each out three times to elide, place and draw
// it. GUI thread.
#include <QPainter>

namespace andon::ui
{

/// In the painter's font and pen: centred upright in `area`, at its left or right, elided at its end when it is longer.
void drawLine(QPainter &painter, const QRect &area, const QString &text, Qt::Alignment at = Qt::AlignLeft);

} // namespace andon::ui
