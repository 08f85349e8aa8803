#include "ui/theme/style.h"

#include <QApplication>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolTip>
#include <algorithm>
#include <map>
#include <tuple>

namespace andon::ui
{

namespace
{

/// A tab is a word, and a line below the one that is shown.
void paintTab(const QStyleOptionTab &tab, QPainter *painter, const Tokens &t)
{
    const bool on = tab.state & QStyle::State_Selected;
    const QRect rect = tab.rect;
    if (!on && (tab.state & QStyle::State_MouseOver))
        painter->fillRect(rect, t.hover);
    if (on)
        painter->fillRect(QRect(rect.left() + 2, rect.bottom() - 1, rect.width() - 4, 2), t.accent);
    painter->setPen(!(tab.state & QStyle::State_Enabled) ? t.disabled : on ? t.text : t.text2);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextShowMnemonic, tab.text);
    if (on && (tab.state & QStyle::State_HasFocus)) {
        painter->setPen(QPen(t.focus, 2));
        painter->drawRect(rect.adjusted(1, 1, -2, -2));
    }
}

/// A button that reads like a link: its words and nothing around them.
bool isLink(const QWidget *widget)
{
    return widget && widget->property("link").toBool();
}

} // namespace

Style::Style(Theme theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    , m_theme(theme)
{
}

QPalette Style::standardPalette() const
{
    const Tokens &t = tokens();
    QPalette p;
    const auto set = [&](QPalette::ColorRole role, const QColor &colour) { p.setColor(role, colour); };
    set(QPalette::Window, t.canvas);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.surface);
    set(QPalette::AlternateBase, t.raised);
    set(QPalette::Text, t.text);
    set(QPalette::Button, t.raised);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.onAccent);
    set(QPalette::ToolTipBase, t.overlay);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::PlaceholderText, t.muted);
    set(QPalette::Highlight, t.selected);
    set(QPalette::HighlightedText, t.text);
    set(QPalette::Link, t.link);
    set(QPalette::LinkVisited, t.link);
    set(QPalette::Light, t.border);
    set(QPalette::Midlight, t.borderSubtle);
    set(QPalette::Mid, t.border);
    set(QPalette::Dark, t.borderStrong);
    set(QPalette::Shadow, t.canvas);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    return p;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_DefaultFrameWidth:
        return 1;
    case PM_SplitterWidth:
        return 1;
    case PM_HeaderMargin: // as far in as the cells below
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

namespace
{

/// Fusion's edge is lost on a dark ground.
void drawCheck(const QStyleOption &option, QPainter &painter, const Tokens &t)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const bool focused = option.state & QStyle::State_HasFocus;
    const QRectF box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focused ? t.focus : !enabled ? t.border : on ? t.accent : t.borderStrong, focused ? 2 : 1));
    painter.setBrush(!on ? t.surface : enabled ? t.accent : t.border);
    painter.drawRoundedRect(box, 2, 2);
    painter.setPen(QPen(t.surface, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    else if (on)
        painter.drawPolyline(QPolygonF{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)});
    painter.restore();
}

} // namespace

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Tokens &t = tokens();
    if (element == PE_FrameFocusRect) {
        painter->save();
        painter->setPen(QPen(t.focus, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 2, 2);
        painter->restore();
        return;
    }
    if (element == PE_IndicatorHeaderArrow) { // Fusion's shrinks with the header's margin
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        const bool up = header && header->sortIndicator == QStyleOptionHeader::SortDown; // Qt's name for rising
        const int margin = pixelMetric(PM_HeaderMargin, option, widget);
        const QPointF at(option->rect.right() + margin - 3, (widget ? widget->height() : metric::kRow) / 2.0);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.text2);
        const double tip = up ? -2.5 : 2.5;
        painter->drawPolygon(QPolygonF{at + QPointF(-4, -tip), at + QPointF(4, -tip), at + QPointF(0, tip)});
        painter->restore();
        return;
    }
    if (element == PE_PanelLineEdit || element == PE_PanelButtonCommand || element == PE_FrameLineEdit) {
        const bool button = element == PE_PanelButtonCommand;
        const bool focused = option->state & State_HasFocus;
        const bool on = option->state & (State_On | State_Sunken);
        const bool hovered = (option->state & State_MouseOver) && (option->state & State_Enabled);
        QColor fill = button ? (on ? t.selected : hovered ? t.hover : t.raised) : t.surface;
        QColor edge = focused ? t.focus : button ? t.border : t.borderStrong;
        if (button && widget && widget->property("primary").toBool()) {
            fill = hovered ? blend(t.accent, t.text, 0.85) : t.accent;
            edge = focused ? t.focus : t.accent;
        }
        if (const int look = !button && widget ? widget->property("look").toInt() : 0; look > 0) { // of a filter bar
            fill = t.tintOf(look == 1 ? Status::Info : Status::Critical);
            edge = look == 2 ? t.of(Status::Critical) : focused ? t.focus : t.accent;
        }
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(edge, focused ? 2 : 1));
        painter->setBrush(fill);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter->restore();
        return;
    }
    if (element == PE_IndicatorCheckBox)
        return drawCheck(*option, *painter, t);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Tokens &t = tokens();
    if (element == CE_HeaderSection) {
        painter->fillRect(option->rect, t.raised);
        painter->setPen(t.borderSubtle);
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    }
    if (element == CE_HeaderLabel) { // the margin is for its sides: above and below it would cut the letters
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            QStyleOptionHeader whole = *header;
            const int margin = pixelMetric(PM_HeaderMargin, option, widget);
            const int room = whole.sortIndicator == QStyleOptionHeader::None ? 0 : 2 * margin; // our arrow is narrower
            whole.rect.adjust(0, -margin, room, margin);
            return QProxyStyle::drawControl(element, &whole, painter, widget);
        }
    }
    if (isLink(widget) && (element == CE_PushButtonBevel || element == CE_PushButtonLabel)) {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (element == CE_PushButtonLabel && button) {
            painter->setPen((option->state & State_Enabled) ? t.link : t.disabled);
            painter->drawText(widget->rect(), Qt::AlignLeft | Qt::AlignVCenter, button->text);
        }
        return;
    }
    if (element == CE_PushButtonLabel && widget && widget->property("primary").toBool()) {
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton on = *button;
            on.palette.setColor(QPalette::ButtonText, (option->state & State_Enabled) ? t.onAccent : t.disabled);
            return QProxyStyle::drawControl(element, &on, painter, widget);
        }
    }
    if (element == CE_TabBarTab) {
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            paintTab(*tab, painter, t);
        return;
    }
    if (element == CE_Splitter) {
        painter->fillRect(option->rect, t.borderSubtle);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control != CC_ScrollBar)
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    const Tokens &t = tokens();
    painter->fillRect(option->rect, t.surface);
    const QRect slider = subControlRect(control, option, SC_ScrollBarSlider, widget);
    const bool active = option->state & (State_MouseOver | State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? t.borderStrong : t.border);
    painter->drawRoundedRect(QRectF(slider).adjusted(2, 2, -2, -2), 3, 3);
    painter->restore();
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrow buttons: the slider has the whole length.
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const int range = bar->maximum - bar->minimum;
    const int slider =
        range > 0 ? std::clamp(length * bar->pageStep / std::max(1, range + bar->pageStep), 24, length) : length;
    const int at =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto along = [&](int from, int size) {
        return upright ? QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size)
                       : QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height());
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return along(at, slider);
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSubPage:
        return along(0, at);
    case SC_ScrollBarAddPage:
        return along(at + slider, length - at - slider);
    default:
        return {};
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize own = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton && isLink(widget))
        return size;
    if (type == CT_PushButton && own.width() > 80) // Fusion's least, which has room enough
        own.rwidth() += 10;
    return own;
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    if (hint == SH_ToolTip_WakeUpDelay)
        return 400;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

void applyTheme(QApplication &app, Theme theme)
{
    auto *style = dynamic_cast<Style *>(QApplication::style());
    if (style) { // a new one would have every widget polished again
        style->setTheme(theme);
        app.setPalette(style->standardPalette());
    } else {
        style = new Style(theme); // the application owns it
        app.setStyle(style);
        app.setPalette(style->standardPalette());
        app.setFont(font(13));
    }
    QToolTip::setPalette(style->standardPalette());
}

const Tokens &tokens(const QWidget *widget)
{
    const auto *style = qobject_cast<const QProxyStyle *>(widget ? widget->style() : QApplication::style());
    const auto *ours = dynamic_cast<const Style *>(style);
    return ours ? ours->tokens() : tokensOf(Theme::Dark);
}

namespace
{

/// Each is made once: a font that is made anew looks for its engine again wherever it is used. Never deleted, because
/// they would outlive what the application takes with it.
QFont made(const QStringList &families, int pixels, bool strong, bool mono)
{
    static auto &fonts = *new std::map<std::tuple<int, bool, bool>, QFont>();
    const auto [at, fresh] = fonts.try_emplace({pixels, strong, mono}, families);
    QFont &font = at->second;
    if (!fresh)
        return font;
    font.setPixelSize(pixels);
    // Scripts that need shaping are shaped nevertheless; the kerning of the others is not to be seen at these sizes,
    // and takes half of the time of a text.
    font.setStyleStrategy(QFont::PreferNoShaping);
    if (strong)
        font.setWeight(QFont::DemiBold);
    if (mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace

QFont font(int pixels, bool strong)
{
    // The first that is installed. To look for it here would read all fonts before there is a window.
    static const QStringList families = {QStringLiteral("Noto Sans"), QStringLiteral("Inter"),
                                         QStringLiteral("DejaVu Sans"), QStringLiteral("Sans Serif")};
    return made(families, pixels, strong, false);
}

QFont monoFont(int pixels)
{
    static const QStringList families = {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                                         QStringLiteral("Noto Sans Mono"), QStringLiteral("Monospace")};
    return made(families, pixels, false, true);
}

} // namespace andon::ui
