#include "ui/shell/bell.h"

#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/tile.h"

#include <QPainter>

namespace andon::ui
{

namespace
{
constexpr int kMostShown = 99;
} // namespace

Bell::Bell(const QString &hint, QWidget *parent)
    : QAbstractButton(parent)
    , m_hint(hint)
{
    setFont(ui::font(11, true));
    setFixedSize(sizeHint());
    setFocusPolicy(Qt::StrongFocus);
    setUnread(0);
}

QSize Bell::sizeHint() const
{
    return {56, metric::kStatusBar};
}

void Bell::setUnread(int count)
{
    m_unread = count;
    setText(count > kMostShown ? tr("%1+").arg(kMostShown) : count > 0 ? QString::number(count) : QString());
    const QString words = count == 0 ? tr("nothing unread") : tr("%1 unread").arg(count);
    setAccessibleName(tr("Notifications, %1").arg(words));
    setToolTip(tipOf(m_hint + QStringLiteral(": ") + words));
    update();
}

void Bell::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), underMouse() || isDown() ? t.hover : t.raised);
    painter.setPen(t.borderSubtle);
    painter.drawLine(0, 0, width(), 0);
    painter.setRenderHint(QPainter::Antialiasing);
    const int left = m_unread > 0 ? 6 : (width() - 16) / 2;
    paintGlyph(painter, QRectF(left, 4, 16, 16), Glyph::Bell, m_unread > 0 ? t.text : t.muted);
    if (m_unread > 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accent);
        const QRectF pill(left + 18, 5, width() - left - 22, 15);
        painter.drawRoundedRect(pill, 7, 7);
        painter.setPen(t.onAccent);
        painter.drawText(pill, Qt::AlignCenter, text());
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.focus, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

} // namespace andon::ui
