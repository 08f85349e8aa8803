#include "ui/shell/rail.h"

#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QPainter>

namespace andon::ui
{

namespace
{
constexpr int kItem = 48;
constexpr int kTop = 48;
} // namespace

Rail::Rail(QWidget *parent)
    : QWidget(parent)
{
    setFixedWidth(metric::kRail);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Pages"));
    setObjectName(QStringLiteral("rail"));
}

void Rail::add(Glyph glyph, const QString &title, bool bottom)
{
    m_items.push_back({glyph, title, bottom, std::nullopt});
    update();
}

void Rail::setCurrent(int index)
{
    m_current = index;
    setAccessibleDescription(m_items[static_cast<std::size_t>(index)].title);
    update();
}

void Rail::setBadge(int index, std::optional<Status> status)
{
    m_items[static_cast<std::size_t>(index)].badge = status;
    update();
}

QRect Rail::rectOf(int index) const
{
    int top = kTop;
    int bottom = height() - 4;
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i) {
        const bool low = m_items[static_cast<std::size_t>(i)].bottom;
        if (i == index)
            return {2, low ? bottom - kItem : top, width() - 5, kItem};
        low ? bottom -= kItem + 2 : top += kItem + 2;
    }
    return {};
}

int Rail::at(const QPoint &point) const
{
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i)
        if (rectOf(i).contains(point))
            return i;
    return -1;
}

void Rail::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    painter.setPen(t.borderSubtle);
    painter.drawLine(width() - 1, 0, width() - 1, height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    int lamp = 14;
    for (const Status status : {Status::Critical, Status::Warning, Status::Ok}) { // the andon light
        painter.setBrush(t.of(status));
        painter.drawRoundedRect(QRectF(width() / 2.0 - 4, lamp, 8, 7), 1.5, 1.5);
        lamp += 8;
    }
    painter.setFont(ui::font(11));
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i) {
        const Item &item = m_items[static_cast<std::size_t>(i)];
        const QRect r = rectOf(i);
        painter.setPen(Qt::NoPen);
        if (i == m_current || i == m_hovered) {
            painter.setBrush(i == m_current ? t.selected : t.hover);
            painter.drawRoundedRect(r, 4, 4);
        }
        if (i == m_current && hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(t.focus, 2));
            painter.drawRoundedRect(QRectF(r).adjusted(1, 1, -1, -1), 4, 4);
        }
        const QColor colour = i == m_current ? t.text : t.text2;
        paintGlyph(painter, QRectF(r.center().x() - 9.5, r.top() + 6, 20, 20), item.glyph, colour);
        painter.setPen(colour);
        const QRect words(r.left() - 1, r.top() + 28, r.width() + 2, 16);
        painter.drawText(words, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(item.title, Qt::ElideRight, words.width()));
        if (item.badge)
            paintStatus(painter, QRectF(r.right() - 17, r.top() + 4, 9, 9), *item.badge, t);
    }
}

void Rail::mousePressEvent(QMouseEvent *event)
{
    if (const int index = at(event->position().toPoint()); index >= 0)
        Q_EMIT chosen(index);
}

void Rail::mouseMoveEvent(QMouseEvent *event)
{
    const int index = at(event->position().toPoint());
    if (index != m_hovered) {
        m_hovered = index;
        setToolTip(index < 0 ? QString() : m_items[static_cast<std::size_t>(index)].title);
        update();
    }
}

void Rail::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void Rail::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0)
        return QWidget::keyPressEvent(event);
    Q_EMIT chosen(std::clamp(m_current + step, 0, static_cast<int>(m_items.size()) - 1));
}

} // namespace andon::ui
