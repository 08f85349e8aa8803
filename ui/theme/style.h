#pragma once
// Fusion with the console's tokens and metrics. It owns the theme: widgets ask it, so nothing keeps a colour and a
// switch repaints everything. GUI thread.
#include "ui/theme/tokens.h"

#include <QProxyStyle>

class QApplication;
class QFont;

namespace andon::ui
{

class Style final : public QProxyStyle
{
public:
    explicit Style(Theme theme);

    /// Takes effect with the palette that comes after it: applyTheme().
    void setTheme(Theme theme) { m_theme = theme; }
    [[nodiscard]] const Tokens &tokens() const { return tokensOf(m_theme); }
    [[nodiscard]] QPalette standardPalette() const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;

private:
    Theme m_theme;
};

/// Installs style, palette and fonts; call again to switch.
void applyTheme(QApplication &app, Theme theme);

/// The tokens of the style a widget is drawn with; dark when the style is not ours.
[[nodiscard]] const Tokens &tokens(const QWidget *widget);

/// Type scale at a base of 13 px: 11, 12, 13, 15, 20, 26, 34. GUI thread.
[[nodiscard]] QFont font(int pixels, bool strong = false);
[[nodiscard]] QFont monoFont(int pixels);

} // namespace andon::ui
