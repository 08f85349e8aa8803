#include "ui/pages/floor/stationcard.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace andon::ui
{

namespace
{

Status statusOf(telemetry::Level level)
{
    switch (level) {
    case telemetry::Level::Critical:
        return Status::Critical;
    case telemetry::Level::Major:
        return Status::Major;
    case telemetry::Level::Warning:
        return Status::Warning;
    case telemetry::Level::Info:
        return Status::Info;
    case telemetry::Level::Ok:
        return Status::Ok;
    case telemetry::Level::Unknown:
        return Status::Stale;
    }
    return Status::Idle;
}

} // namespace

StationCard::StationCard(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void StationCard::set(const factory::StationView &view)
{
    m_view = view;
    setToolTip((tr("Why this state: %1").arg(text::visible(view.state.text))).toHtmlEscaped());
    setAccessibleName(text::stationName(view.station));
    setAccessibleDescription(text::visible(view.state.word));
    update();
}

void StationCard::mousePressEvent(QMouseEvent *)
{
    Q_EMIT clicked();
}

void StationCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.borderSubtle);
    painter.setBrush(underMouse() ? t.hover : t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const Status status = statusOf(m_view.state.level);
    painter.fillRect(QRect(1, 0, width() - 2, 3), status == Status::Ok ? t.border : t.of(status));
    paintHead(painter);
    paintFacts(painter);
}

void StationCard::paintHead(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const Status status = statusOf(m_view.state.level);
    const QRect area = rect().adjusted(14, 12, -14, -10);
    painter.setFont(ui::font(15, true));
    painter.setPen(t.text);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft, text::stationName(m_view.station));
    painter.setFont(ui::font(11));
    const QString word = text::visible(m_view.state.word);
    const int wide = painter.fontMetrics().horizontalAdvance(word) + 28;
    const QRect pill(area.right() - wide, area.top() + 1, wide, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tintOf(status));
    painter.drawRoundedRect(pill, 2, 2);
    paintStatus(painter, QRectF(pill.left() + 6, pill.top() + 4, 10, 10), status, t);
    painter.setPen(t.text);
    painter.drawText(pill.adjusted(20, 0, 0, 0), Qt::AlignVCenter, word);

    const text::Quantity parts = text::splitQuantity(m_view.headline.value, m_view.headline.unit);
    const QRect figure(area.left(), area.top() + 28, area.width(), 42);
    painter.setFont(ui::font(34, true));
    painter.setPen(m_view.headline.value ? t.text : t.muted);
    painter.drawText(figure, Qt::AlignVCenter | Qt::AlignLeft, parts.digits);
    const int digits = painter.fontMetrics().horizontalAdvance(parts.digits);
    painter.setFont(ui::font(12));
    painter.setPen(t.text2);
    painter.drawText(figure.adjusted(digits + 8, 2, 0, -20), Qt::AlignVCenter | Qt::AlignLeft, parts.unit);
    painter.setPen(t.muted);
    const QString name = m_view.headline.value ? text::figureName(m_view.headline.key).toLower()
                                               : text::figureMissing(m_view.headline.missing);
    painter.drawText(figure.adjusted(digits + 8, 20, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, figure.width() - digits - 96));
    const auto &series = m_view.spark;
    if (series.v.size() > 2) {
        const auto [low, high] = std::minmax_element(series.v.begin(), series.v.end());
        const double span = std::max({*high - *low, *high * 0.08, 1e-12});
        const QRectF spark(area.right() - 96, figure.top() + 4, 92, 32);
        painter.setPen(QPen(status == Status::Ok || status == Status::Stale ? t.text2 : t.of(status), 1.5));
        QPointF last;
        const std::size_t step = std::max<std::size_t>(1, series.v.size() / 96);
        for (std::size_t i = 0; i < series.v.size(); i += step) {
            const QPointF at(spark.left()
                                 + spark.width() * static_cast<double>(i) / static_cast<double>(series.v.size() - 1),
                             spark.bottom() - (series.v[i] - *low) / span * spark.height());
            if (i)
                painter.drawLine(last, at);
            last = at;
        }
    }
    QString target;
    if (m_view.target.value)
        target = text::quantity(m_view.target.value, m_view.target.unit) + u' '
            + text::figureName(m_view.target.key).toLower();
    if (m_view.target.normal)
        target += tr(" · normal %1").arg(text::quantity(m_view.target.normal, m_view.target.unit));
    if (!m_view.headline.text.empty())
        target = text::visible(m_view.headline.text) + (target.isEmpty() ? QString() : QStringLiteral(" · ") + target);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    painter.drawText(QRect(area.left(), area.top() + 74, area.width(), 16), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(target, Qt::ElideRight, area.width()));
}

void StationCard::paintFacts(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const QRect area = rect().adjusted(14, 108, -14, -8);
    painter.setPen(t.borderSubtle);
    painter.drawLine(area.topLeft(), area.topRight());
    int y = area.top() + 6;
    painter.setFont(ui::font(12));
    int shown = 0;
    for (const factory::Figure &fact : m_view.facts) {
        if (shown++ == 5)
            break;
        const QString value = fact.value ? text::quantity(fact.value, fact.unit) : QStringLiteral("—");
        const QString ratio = fact.value && fact.normal && *fact.normal > 0
            ? QStringLiteral("  ×") + text::number(*fact.value / *fact.normal, 1)
            : QString();
        painter.setPen(t.text2);
        QString name = text::figureName(fact.key);
        if (!fact.text.empty())
            name += QStringLiteral(": ") + text::visible(fact.text);
        const int valueWidth = painter.fontMetrics().horizontalAdvance(value + ratio) + 8;
        painter.drawText(QRect(area.left(), y, area.width() - valueWidth, 20), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(name, Qt::ElideRight, area.width() - valueWidth));
        painter.setPen(fact.value ? t.text : t.muted);
        painter.drawText(QRect(area.left(), y, area.width(), 20), Qt::AlignVCenter | Qt::AlignRight, value + ratio);
        y += 21;
    }
}

} // namespace andon::ui
