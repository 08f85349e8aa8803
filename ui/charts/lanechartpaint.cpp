// How a LaneChart looks.
#include "ui/charts/lane.h"

#include "text/kpitext.h"
#include "text/times.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

using namespace chart;

namespace
{

constexpr double kLine = 14; // of small print

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
    const bool any = !m_lanes.empty() && m_range.valid();
    if (any)
        paintBand(painter, false);
    if (!m_axes && !m_lanes.empty())
        m_axes = std::make_unique<Axes>(tokens(this));
    for (const auto &lane : m_lanes)
        paintLane(painter, *lane);
    if (!any)
        return;
    paintBand(painter, true);
    paintTimes(painter);
    paintMarks(painter);
    paintInstant(painter);
    if (hasFocus()) {
        painter.setPen(QPen(tokens(this).focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void LaneChart::paintBand(QPainter &painter, bool label) const
{
    if (!m_band || m_band->range.to < m_range.from || m_band->range.from > m_range.to)
        return;
    const Tokens &t = tokens(this);
    const auto status = static_cast<Status>(m_band->status);
    const QRectF first = m_lanes.front()->plot();
    const double left = std::max(first.left(), xOf(m_band->range.from));
    const double right = std::min(first.right(), xOf(m_band->range.to));
    const double bottom = m_lanes.back()->plot().bottom();
    if (!label) {
        painter.fillRect(QRectF(left, first.top(), std::max(1.0, right - left), bottom - first.top()),
                         t.tintOf(status));
        return;
    }
    if (m_band->range.from >= m_range.from) {
        painter.setPen(QPen(t.of(status), 1, Qt::DashLine));
        painter.drawLine(QPointF(std::round(left) + 0.5, first.top()), QPointF(std::round(left) + 0.5, bottom));
    }
    painter.setFont(ui::font(11));
    painter.setPen(t.text2);
    const int wide = painter.fontMetrics().horizontalAdvance(m_band->label);
    const double x = std::clamp(left, first.left(), std::max(first.left(), first.right() - wide));
    const int title = QFontMetrics(ui::font(12, true)).horizontalAdvance(m_lanes.front()->content.title);
    if (x < first.left() + title + 8) // the edge of the band says where it begins
        return;
    painter.drawText(QRectF(x, m_lanes.front()->rect.top(), wide + 2, kTitle), Qt::AlignVCenter, m_band->label);
}

void LaneChart::paintLane(QPainter &painter, const Lane &lane)
{
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    m_axes->paint(painter, lane, m_range);
    paintHead(painter, lane);
    for (const double share : {0.0, 0.5, 1.0}) {
        if ((share == 0.5 && area.height() < 30) || (share == 0.0 && area.height() < kLine)) // no room below the others
            continue;
        const double y = area.bottom() - area.height() * share;
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         text::quantity(lane.top * share, lane.content.unit));
    }
    paintLines(painter, lane);
    paintLimit(painter, lane);
    if (m_gutter > 0)
        paintGutter(painter, lane);
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
    if (m_gutter > 0)
        return;
    // Where a band's label stands, the note gives way.
    const bool crowded = m_band && &lane == m_lanes.front().get() && !m_band->label.isEmpty();
    if (!crowded)
        painter.drawText(QRectF(x, lane.rect.top(), area.right() - x, kTitle), Qt::AlignVCenter | Qt::AlignRight,
                         lane.content.note);
}

void LaneChart::paintGutter(QPainter &painter, const Lane &lane) const
{
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    double y = area.top() - 4;
    bool first = true;
    for (const QString &line : lane.content.note.split(QStringLiteral(" · "), Qt::SkipEmptyParts)) {
        if (!first && y + kLine > lane.rect.bottom())
            return;
        painter.setFont(ui::font(11, first));
        painter.setPen(first ? t.text : t.muted);
        painter.drawText(QRectF(area.right() + 8, y, m_gutter - 10, kLine), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(line, Qt::ElideRight, m_gutter - 10));
        y += kLine;
        first = false;
    }
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
    const Tokens &t = tokens(this);
    const QRectF area = lane.plot();
    if (lane.content.normal && *lane.content.normal <= lane.top) {
        const double usual = area.bottom() - area.height() * *lane.content.normal / lane.top;
        painter.setPen(QPen(t.muted, 1, Qt::DotLine));
        painter.drawLine(QPointF(area.left(), usual), QPointF(area.right(), usual));
    }
    if (!lane.content.limit || *lane.content.limit > lane.top)
        return;
    bool crossed = false;
    for (const ChartLine &line : lane.content.lines)
        crossed |= !line.series.v.empty() && line.series.v.back() >= 0.95 * *lane.content.limit;
    const double y = area.bottom() - area.height() * *lane.content.limit / lane.top;
    const QColor colour = crossed ? t.of(Status::Critical) : t.muted;
    painter.setPen(QPen(colour, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    paintLimitName(painter, lane, y, colour);
}

void LaneChart::paintLimitName(QPainter &painter, const Lane &lane, double y, const QColor &colour) const
{
    const QRectF area = lane.plot();
    const QString words = (lane.content.limitName.isEmpty() ? tr("limit") : lane.content.limitName) + u' '
        + text::quantity(*lane.content.limit, lane.content.unit);
    painter.setFont(ui::font(11));
    painter.setPen(colour);
    if (m_gutter == 0) {
        painter.drawText(QRectF(area.left(), y - 16, area.width() - 4, 14), Qt::AlignRight, words);
        return;
    }
    // Beside its line, below what stands in the gutter already.
    const auto above = static_cast<double>(lane.content.note.split(QStringLiteral(" · ")).size());
    const double top = std::max(y - kLine / 2, area.top() - 4 + above * kLine);
    if (top + kLine > lane.rect.bottom())
        return;
    painter.drawText(QRectF(area.right() + 8, top, m_gutter - 10, kLine), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, m_gutter - 10));
}

void LaneChart::paintTimes(QPainter &painter) const
{
    const double y = m_lanes.back()->plot().bottom() + below() - kTimes + 4;
    const std::int64_t step = timeStep(m_range, m_lanes.front()->plot().width());
    painter.setFont(ui::font(11));
    painter.setPen(tokens(this).muted);
    for (core::Instant at = text::firstTick(m_range.from, step); at <= m_range.to; at = at + step)
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
        if (x < kLeft || x > m_lanes.front()->plot().right() + 1)
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
        if (std::abs(xOf(mark.at) - xOf(at)) < 6)
            lines << mark.tip;
    return lines;
}

void LaneChart::paintInstant(QPainter &painter) const
{
    if (!marks() || m_dragFrom >= 0)
        return;
    const Tokens &t = tokens(this);
    const QRectF top = m_lanes.front()->plot();
    const double x = std::round(xOf(crosshair().at));
    const bool held = crosshair().held;
    painter.setPen(QPen(held ? t.accent : t.text2, held ? 2 : 1));
    painter.drawLine(QPointF(x + 0.5, top.top()), QPointF(x + 0.5, m_lanes.back()->plot().bottom()));
    if (held) { // a pin's head
        painter.setBrush(t.accent);
        painter.drawRect(QRectF(x - 2.5, top.top() - 5, 6, 6));
    }
    const QStringList lines = instantLines(crosshair().at);
    painter.setFont(ui::font(11));
    int wide = 0;
    for (const QString &line : lines)
        wide = std::max(wide, painter.fontMetrics().horizontalAdvance(line));
    QRectF box(x + 10, top.top() + 6, wide + 18, 15.0 * static_cast<double>(lines.size()) + 10);
    if (box.right() > width() - 4)
        box.moveRight(x - 10);
    painter.setPen(t.border);
    painter.setBrush(t.overlay);
    painter.drawRoundedRect(box, 3, 3);
    for (int i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? t.text : t.text2);
        painter.drawText(QPointF(box.left() + 9, box.top() + 16 + 15 * i), lines[i]);
    }
}

} // namespace andon::ui
