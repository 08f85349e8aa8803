#include "ui/widgets/tile.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr int kSpark = 84;
constexpr int kLeastSpark = 40;
} // namespace

void paintSpark(QPainter &painter, const QRectF &area, const telemetry::Series &series, const QColor &colour)
{
    if (series.v.size() < 3 || area.width() < kLeastSpark)
        return;
    const auto [low, high] = std::minmax_element(series.v.begin(), series.v.end());
    const double least = std::max(std::abs(*high) * 0.04, 1e-12); // a flat line stays flat
    const double span = std::max(*high - *low, least);
    const double middle = (*high + *low) / 2;
    const auto y = [&](double v) { return area.center().y() - (v - middle) / span * area.height(); };
    const double begin = static_cast<double>(series.t.front());
    const double length = std::max(1.0, static_cast<double>(series.t.back()) - begin);
    const std::int64_t gap =
        3 * ((series.t.back() - series.t.front()) / static_cast<std::int64_t>(series.t.size()) + 1);
    painter.setPen(QPen(colour, 1.4));
    QPolygonF line;
    const std::size_t step = std::max<std::size_t>(1, series.v.size() / 96);
    for (std::size_t i = 0; i < series.v.size(); i += step) {
        if (i > 0 && series.t[i] - series.t[i - 1] > gap) { // what is missing is not joined
            painter.drawPolyline(line);
            line.clear();
        }
        line << QPointF(area.left() + area.width() * (static_cast<double>(series.t[i]) - begin) / length,
                        y(series.v[i]));
    }
    const QPointF end(area.right(), y(series.v.back()));
    line << end;
    painter.drawPolyline(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(end, 2, 2);
}

QString tipOf(const QString &text)
{
    // With a tag in it the whole is taken for markup, and what was escaped shows as it was.
    return QStringLiteral("<span>") + text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))
        + QStringLiteral("</span>");
}

Tile::Tile(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void Tile::set(const QString &title, const QString &digits, const QString &unit, const QString &note, int noteStatus)
{
    m_title = title;
    m_digits = digits;
    m_unit = unit;
    m_note = note;
    m_noteStatus = noteStatus;
    setAccessibleName(title);
    QStringList words{digits};
    if (!unit.isEmpty())
        words << unit;
    if (noteStatus >= 0)
        words << statusWord(static_cast<Status>(noteStatus)) + u':';
    if (!note.isEmpty())
        words << note;
    setAccessibleDescription(words.join(u' '));
    update();
}

void Tile::setTrend(telemetry::Series series)
{
    m_series = std::move(series);
    update();
}

void Tile::setBar(std::optional<double> share, std::optional<double> tick, int status)
{
    m_share = share;
    m_tick = tick;
    m_barStatus = status;
    update();
}

void Tile::setAsked(bool asked)
{
    setOpens(asked ? tr("Why this number") : QString());
}

void Tile::setOpens(const QString &what)
{
    m_opens = what;
    setCursor(what.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setFocusPolicy(what.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
}

bool Tile::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    QString words = m_title + u'\n' + m_digits + (m_unit.isEmpty() ? QString() : u' ' + m_unit);
    for (const QString &more : {m_note, m_opens})
        if (!more.isEmpty())
            words += u'\n' + more;
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), tipOf(words), this);
    return true;
}

void Tile::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.focus, 2) : QPen(t.borderSubtle, 1));
    painter.setBrush(!m_opens.isEmpty() && underMouse() ? t.hover : t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QRect area = rect().adjusted(12, 8, -12, -8);
    painter.setFont(ui::font(12));
    painter.setPen(t.text2);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, area.width()));
    paintFigure(painter, area.adjusted(0, 18, 0, m_share ? -21 : -16));
    paintNote(painter, area.adjusted(0, area.height() - (m_share ? 20 : 15), 0, m_share ? -5 : 0));
    if (m_share)
        paintBar(painter, QRect(area.left(), area.bottom() - 2, area.width(), 4));
}

void Tile::paintFigure(QPainter &painter, const QRect &area) const
{
    const Tokens &t = tokens(this);
    painter.setFont(ui::font(26, true));
    painter.setPen(m_digits == u"—" ? t.muted : t.text);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, m_digits);
    int x = area.left() + painter.fontMetrics().horizontalAdvance(m_digits) + 6;
    painter.setFont(ui::font(12));
    painter.setPen(t.muted);
    const QString unit = painter.fontMetrics().elidedText(m_unit, Qt::ElideRight, area.right() - x);
    painter.drawText(QRect(x, area.top() + 6, area.right() - x, area.height() - 6), Qt::AlignVCenter, unit);
    x += painter.fontMetrics().horizontalAdvance(unit) + 12;
    const int wide = std::min(kSpark, area.right() - 4 - x);
    paintSpark(painter, QRectF(area.right() - 3 - wide, area.top() + 6, wide, area.height() - 12), m_series, t.text2);
}

void Tile::paintNote(QPainter &painter, QRect area) const
{
    const Tokens &t = tokens(this);
    if (m_noteStatus >= 0) {
        paintStatus(painter, QRectF(area.left(), area.top() + 3, 9, 9), static_cast<Status>(m_noteStatus), t);
        area.setLeft(area.left() + 14);
    }
    painter.setFont(ui::font(11));
    painter.setPen(m_noteStatus >= 0 ? t.text2 : t.muted);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_note, Qt::ElideRight, area.width()));
}

void Tile::paintBar(QPainter &painter, const QRect &area) const
{
    const Tokens &t = tokens(this);
    const auto at = [&](double share) { return static_cast<int>(area.width() * std::clamp(share, 0.0, 1.0)); };
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(area, t.raised == t.surface ? t.border : t.borderSubtle);
    const int wide = *m_share > 0 ? std::max(2, at(*m_share)) : 0;
    painter.fillRect(QRect(area.left(), area.top(), wide, area.height()),
                     m_barStatus >= 0 ? t.of(static_cast<Status>(m_barStatus)) : t.series[0]);
    if (m_tick)
        painter.fillRect(QRect(area.left() + at(*m_tick) - 1, area.top() - 3, 2, area.height() + 6), t.text2);
}

void Tile::mousePressEvent(QMouseEvent *)
{
    if (!m_opens.isEmpty())
        Q_EMIT clicked();
}

void Tile::keyPressEvent(QKeyEvent *event)
{
    if (!m_opens.isEmpty() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space))
        Q_EMIT clicked();
    else
        QWidget::keyPressEvent(event);
}

} // namespace andon::ui
