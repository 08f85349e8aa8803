#include "ui/widgets/tile.h"

#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace andon::ui
{

Tile::Tile(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Tile::set(const QString &title, const QString &digits, const QString &unit, const QString &note, int noteStatus)
{
    m_title = title;
    m_digits = digits;
    m_unit = unit;
    m_note = note;
    m_noteStatus = noteStatus;
    setAccessibleName(title);
    setAccessibleDescription(digits + u' ' + unit + u' ' + note);
    update();
}

void Tile::setTrend(telemetry::Series series)
{
    m_series = std::move(series);
    update();
}

void Tile::setAsked(bool asked)
{
    m_asked = asked;
    setCursor(asked ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setFocusPolicy(asked ? Qt::TabFocus : Qt::NoFocus);
    setToolTip(asked ? tr("Why this number") : QString());
}

void Tile::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.focus, 2) : QPen(t.borderSubtle, 1));
    painter.setBrush(m_asked && underMouse() ? t.hover : t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QRect area = rect().adjusted(12, 8, -12, -8);
    painter.setFont(ui::font(12));
    painter.setPen(t.text2);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, area.width()));
    painter.setFont(ui::font(26, true));
    painter.setPen(m_digits == u"—" ? t.muted : t.text);
    const QRect middle = area.adjusted(0, 18, 0, -16);
    painter.drawText(middle, Qt::AlignVCenter | Qt::AlignLeft, m_digits);
    const int wide = painter.fontMetrics().horizontalAdvance(m_digits);
    painter.setFont(ui::font(12));
    painter.setPen(t.muted);
    painter.drawText(middle.adjusted(wide + 6, 6, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_unit);
    if (m_series.v.size() > 2) {
        const auto [low, high] = std::minmax_element(m_series.v.begin(), m_series.v.end());
        const double span = std::max(*high - *low, 1e-12);
        const QRectF spark(area.right() - 84, middle.top() + 6, 82, middle.height() - 12);
        painter.setPen(QPen(t.text2, 1.3));
        QPointF last;
        const std::size_t step = std::max<std::size_t>(1, m_series.v.size() / 80);
        for (std::size_t i = 0; i < m_series.v.size(); i += step) {
            const QPointF at(spark.left()
                                 + spark.width() * static_cast<double>(i) / static_cast<double>(m_series.v.size() - 1),
                             spark.bottom() - (m_series.v[i] - *low) / span * spark.height());
            if (i)
                painter.drawLine(last, at);
            last = at;
        }
    }
    QRect note = area.adjusted(0, area.height() - 15, 0, 0);
    if (m_noteStatus >= 0) {
        paintStatus(painter, QRectF(note.left(), note.top() + 3, 9, 9), static_cast<Status>(m_noteStatus), t);
        note.setLeft(note.left() + 14);
    }
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    painter.drawText(note, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_note, Qt::ElideRight, note.width()));
}

void Tile::mousePressEvent(QMouseEvent *)
{
    if (m_asked)
        Q_EMIT clicked();
}

void Tile::keyPressEvent(QKeyEvent *event)
{
    if (m_asked && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space))
        Q_EMIT clicked();
    else
        QWidget::keyPressEvent(event);
}

} // namespace andon::ui
