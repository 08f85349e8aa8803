#include "ui/widgets/glyphbutton.h"

#include "ui/theme/style.h"

#include <QPainter>

namespace andon::ui
{

namespace
{
constexpr double kSize = 16;
}

GlyphButton::GlyphButton(Glyph glyph, QWidget *parent)
    : QPushButton(parent)
    , m_glyph(glyph)
{
    setFixedWidth(30);
}

void GlyphButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    const Tokens &t = tokens(this);
    QPainter painter(this);
    paintGlyph(painter, QRectF((width() - kSize) / 2, (height() - kSize) / 2, kSize, kSize), m_glyph,
               isEnabled() ? t.text : t.disabled);
}

} // namespace andon::ui
