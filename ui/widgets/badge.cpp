#include "ui/widgets/badge.h"

#include "text/errortext.h"
#include "text/times.h"
#include "ui/theme/style.h"

#include <QPainter>

namespace andon::ui
{

Pill::Pill(QWidget *parent)
    : QWidget(parent)
{
    setFont(ui::font(11));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::set(Status status, const QString &word)
{
    m_status = status;
    m_word = word;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_word) + 30, 18};
}

void Pill::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tintOf(m_status));
    painter.drawRoundedRect(rect(), 2, 2);
    paintStatus(painter, QRectF(6, 4, 10, 10), m_status, t);
    painter.setPen(t.text);
    painter.drawText(rect().adjusted(21, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_word);
}

FreshnessBadge::FreshnessBadge(QWidget *parent)
    : QWidget(parent)
{
    setFont(ui::font(11));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void FreshnessBadge::set(const core::Freshness &freshness, core::Instant now)
{
    m_status = statusOf(freshness.state);
    m_words = text::stateWord(freshness.state).toLower();
    if (freshness.at.known())
        m_words += QStringLiteral(" · ") + text::age(freshness.at, now);
    const QString full = text::freshnessLine(freshness, now);
    setToolTip((freshness.error ? full + u'\n' + text::nextStep(*freshness.error) : full).toHtmlEscaped());
    setAccessibleName(full);
    updateGeometry();
    update();
}

QSize FreshnessBadge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_words) + 16, 18};
}

void FreshnessBadge::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    paintStatus(painter, QRectF(0, 5, 8, 8), m_status, t);
    painter.setPen(t.muted);
    painter.drawText(rect().adjusted(13, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_words);
}

} // namespace andon::ui
