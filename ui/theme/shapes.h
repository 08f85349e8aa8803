#pragma once
// The shape of each status and the icons of the console, painted in the colours of the theme. GUI thread.
#include "ui/theme/tokens.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace andon::ui
{

/// Octagon with a cross, triangle, inverted triangle, dot, square, diamond, dashed circle, small dot.
void paintStatus(QPainter &painter, const QRectF &rect, Status status, const Tokens &tokens);
/// The word of a status, for screens and screen readers.
[[nodiscard]] QString statusWord(Status status);
/// Before a heading that can be folded: pointing down while its rows are shown.
void paintFold(QPainter &painter, const QPointF &centre, bool folded, const QColor &colour);

enum class Glyph {
    Floor,
    Versions,
    Lineage,
    Compute,
    Storage,
    Economics,
    Audit,
    Reports,
    Settings,
    Branch,
    Tag,
    Lock,
    Search,
    Refresh,
    Model,
    Bell,
    Back,
    Forward,
    Menu
};
/// Strokes an icon designed on a 20 × 20 grid into rect, at whole pixels. Drawn once for each size and colour.
void paintGlyph(QPainter &painter, const QRectF &rect, Glyph glyph, const QColor &colour);

} // namespace andon::ui
