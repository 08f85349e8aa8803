// How a LaneChart looks.
#include "ui/charts/lane.h"

#include "text/kpitext.h"
#include "text/times.h"
#include "ui/theme/style.h"

#include <QChart>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

using namespace chart;

namespace
{

/// A round step that gives at most so many labels.
std::int64_t timeStep(std::int64_t length, int most)
{
    using namespace core;
    for (const std::int64_t step :
         {kSecond,      5 * kSecond,  15 * kSecond, 30 * kSecond, kMinute,   2 * kMinute, 5 * kMinute, 10 * kMinute,
          15 * kMinute, 30 * kMinute, kHour,        2 * kHour,    3 * kHour, 6 * kHour,   12 * kHour,  kDay,
          2 * kDay,     7 * kDay,     14 * kDay,    28 * kDay,    91 * kDay, 182 * kDay})
        if (length / step <= most)
            return step;
    return 364 * kDay;
}

void clear(QImage &image, painting::Rows rows)
{
    if (rows.first < rows.last)
        std::fill_n(image.scanLine(rows.first), image.bytesPerLine() * (rows.last - rows.first), uchar{0});
}

} // namespace

void LaneChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokens(this).surface);
    for (const auto &lane : m_lanes)
        paintLane(painter, *lane);
    if (m_lanes.empty() || !m_range.valid())
        return;
    paintTimes(painter);
    paintMarks(painter);
    paintInstant(painter);
}

void LaneChart::paintLane(QPainter &painter, const Lane &lane)
{
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    lane.chart->scene()->render(&painter, QRectF(lane.rect.topLeft(), lane.scene.sceneRect().size()),
                                lane.scene.sceneRect());
    paintHead(painter, lane);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = area.bottom() - area.height() * share;
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         text::quantity(lane.top * share, lane.content.unit));
    }
    paintLines(painter, lane);
    paintLimit(painter, lane);
    const bool any = std::any_of(lane.content.lines.begin(), lane.content.lines.end(),
                                 [](const ChartLine &line) { return !line.series.t.empty(); });
    if (!any) {
        painter.setPen(t.muted);
        painter.drawText(area, Qt::AlignCenter, tr("no data"));
    }
}

void LaneChart::paintHead(QPainter &painter, const Lane &lane) const
{
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    painter.setFont(ui::font(12, true));
    painter.setPen(t.text);
    double x = area.left();
    const auto write = [&](const QString &words) {
        painter.drawText(QRectF(x, lane.rect.top(), area.right() - x, kTitle), Qt::AlignVCenter, words);
        x += painter.fontMetrics().horizontalAdvance(words) + 12;
    };
    write(lane.content.title);
    painter.setFont(ui::font(11));
    for (const ChartLine &line : lane.content.lines) {
        if (line.name.isEmpty() || lane.content.lines.size() < 2)
            continue;
        painter.fillRect(QRectF(x, lane.rect.top() + kTitle / 2.0, 12, 2),
                         t.series[static_cast<std::size_t>(line.colour) % t.series.size()]);
        x += 16;
        painter.setPen(t.text2);
        write(line.name);
    }
    painter.setPen(t.muted);
    painter.drawText(QRectF(x, lane.rect.top(), area.right() - x, kTitle), Qt::AlignVCenter | Qt::AlignRight,
                     lane.content.note);
}

void LaneChart::paintLines(QPainter &painter, const Lane &lane)
{
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    const double ratio = devicePixelRatioF();
    const QSize size = (area.size() * ratio).toSize();
    if (m_canvas.size() != size) {
        m_canvas = QImage(size, QImage::Format_ARGB32_Premultiplied);
        m_canvas.fill(Qt::transparent);
        m_painted = {};
    }
    clear(m_canvas, m_painted);
    m_painted = {size.height(), 0};
    for (std::size_t i = 0; i < lane.content.lines.size(); ++i) {
        const ChartLine &line = lane.content.lines[i];
        const painting::ColumnView view{m_range.from, m_range.to, 0, lane.top, 1.5 * ratio, lane.gaps[i]};
        const auto rows =
            painting::paintColumns(m_canvas, line.series, lane.pyramids[i], view,
                                   t.series[static_cast<std::size_t>(line.colour) % t.series.size()].rgba());
        if (rows.first < rows.last)
            m_painted = {std::min(m_painted.first, rows.first), std::max(m_painted.last, rows.last)};
    }
    if (m_painted.first >= m_painted.last)
        return;
    const double height = m_painted.last - m_painted.first;
    painter.drawImage(QRectF(area.left(), area.top() + m_painted.first / ratio, size.width() / ratio, height / ratio),
                      m_canvas, QRectF(0, m_painted.first, size.width(), height));
}

void LaneChart::paintLimit(QPainter &painter, const Lane &lane) const
{
    if (!lane.content.limit || *lane.content.limit > lane.top)
        return;
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    bool crossed = false;
    for (const ChartLine &line : lane.content.lines)
        crossed |= !line.series.v.empty() && line.series.v.back() >= 0.95 * *lane.content.limit;
    const double y = area.bottom() - area.height() * *lane.content.limit / lane.top;
    const QColor colour = crossed ? t.of(Status::Critical) : t.muted;
    painter.setPen(QPen(colour, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.setPen(colour);
    painter.drawText(QRectF(area.left(), y - 16, area.width() - 4, 14), Qt::AlignRight,
                     tr("limit %1").arg(text::quantity(*lane.content.limit, lane.content.unit)));
}

void LaneChart::paintTimes(QPainter &painter) const
{
    const QRectF area = m_lanes.front()->plot();
    const double y = m_lanes.back()->plot().bottom() + below() - kTimes + 4;
    const std::int64_t step = timeStep(m_range.length(), std::max(1, static_cast<int>(area.width() / 80)));
    painter.setFont(ui::font(11));
    painter.setPen(tokens(this).muted);
    for (core::Instant at{(m_range.from.ms + step - 1) / step * step}; at <= m_range.to; at = at + step)
        painter.drawText(QRectF(xOf(at) - 60, y, 120, 16), Qt::AlignCenter, text::axisTime(at, step));
}

void LaneChart::paintMarks(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const double y = markY();
    painter.setFont(ui::font(11));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const ChartMark &mark : m_marks) {
        const double x = xOf(mark.at);
        if (x < kLeft || x > width() - kRight)
            continue;
        painter.setPen(QPen(mark.status < 0 ? t.borderStrong : t.of(static_cast<Status>(mark.status)), 1.2));
        painter.setBrush(t.surface);
        painter.drawEllipse(QPointF(x, y), 7, 7);
        painter.setPen(t.text2);
        painter.drawText(QRectF(x - 8, y - 8, 16, 16), Qt::AlignCenter, mark.letter);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QStringList LaneChart::instantLines(core::Instant at) const
{
    QStringList lines{text::dateTime(at)};
    for (const auto &lane : m_lanes)
        for (std::size_t i = 0; i < lane->content.lines.size(); ++i) {
            const QString &name = lane->content.lines[i].name;
            lines << (name.isEmpty() ? lane->content.title : name) + QStringLiteral("  ")
                    + text::quantity(lane->valueAt(i, at), lane->content.unit);
        }
    for (const ChartMark &mark : m_marks)
        if (std::abs(xOf(mark.at) - m_hover) < 6)
            lines << mark.tip;
    return lines;
}

void LaneChart::paintInstant(QPainter &painter) const
{
    const QRectF top = m_lanes.front()->plot();
    if (m_hover < top.left() || m_hover > top.right() || m_dragFrom >= 0)
        return;
    const Tokens &t = tokens(this);
    const core::Instant at = m_range.from
        + static_cast<std::int64_t>((m_hover - top.left()) / top.width() * static_cast<double>(m_range.length()));
    painter.setPen(t.text2);
    painter.drawLine(QPointF(m_hover + 0.5, top.top()), QPointF(m_hover + 0.5, m_lanes.back()->plot().bottom()));
    const QStringList lines = instantLines(at);
    painter.setFont(ui::font(11));
    int wide = 0;
    for (const QString &line : lines)
        wide = std::max(wide, painter.fontMetrics().horizontalAdvance(line));
    QRectF box(m_hover + 10, top.top() + 6, wide + 18, 15.0 * static_cast<double>(lines.size()) + 10);
    if (box.right() > width() - 4)
        box.moveRight(m_hover - 10);
    painter.setPen(t.border);
    painter.setBrush(t.overlay);
    painter.drawRoundedRect(box, 3, 3);
    for (int i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? t.text : t.text2);
        painter.drawText(QPointF(box.left() + 9, box.top() + 16 + 15 * i), lines[i]);
    }
}

} // namespace andon::ui
