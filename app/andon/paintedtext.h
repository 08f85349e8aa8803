#pragma once
// The words that a widget paints itself, recorded instead of rasterised: what eyes see and no property says. GUI
// thread.
#include <QRectF>
#include <QString>

#include <vector>

class QWidget;

namespace andon::desktop
{

struct PaintedText {
    QString text = {}; ///< one run of one font on one line
    QRectF box = {}; ///< of its line, in the widget
};

/// Without those of its children.
[[nodiscard]] std::vector<PaintedText> paintedTexts(QWidget &widget);

} // namespace andon::desktop
