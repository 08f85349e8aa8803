#pragma once
// A button that shows an icon of ours: its word is in its accessible name and its tooltip.
#include "ui/theme/shapes.h"

#include <QPushButton>

namespace andon::ui
{

class GlyphButton final : public QPushButton
{
    Q_OBJECT
public:
    GlyphButton(Glyph glyph, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph m_glyph;
};

} // namespace andon::ui
