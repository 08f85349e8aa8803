#include "ui/widgets/label.h"

#include "ui/theme/style.h"

#include <QPainter>
#include <QStyle>

namespace andon::ui
{

Label::Label(const QString &text, Tone tone, int pixels, QWidget *parent)
    : QLabel(text, parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setFont(ui::font(pixels, tone == Tone::Strong));
}

void Label::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Label::setElided(bool elided)
{
    m_elided = elided;
    setWordWrap(!elided && wordWrap());
    updateGeometry();
}

QSize Label::minimumSizeHint() const
{
    return m_elided ? QSize(24, QLabel::minimumSizeHint().height()) : QLabel::minimumSizeHint();
}

QSize Label::sizeHint() const
{
    return m_elided ? QSize(fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()) : QLabel::sizeHint();
}

void Label::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setPen(!isEnabled()                 ? t.disabled
                       : m_tone == Tone::Muted  ? t.muted
                       : m_tone == Tone::Second ? t.text2
                                                : t.text);
    const QRect area = contentsRect();
    if (m_elided) {
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, area.width());
        if (toolTip().isEmpty() && shown != text())
            setToolTip(text().toHtmlEscaped());
        painter.drawText(area, static_cast<int>(alignment() | Qt::TextSingleLine), shown);
        return;
    }
    painter.drawText(area, static_cast<int>(alignment()) | (wordWrap() ? Qt::TextWordWrap : 0), text());
}

} // namespace andon::ui
