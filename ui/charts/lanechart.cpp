#include "ui/charts/lanechart.h"

#include "painting/columns.h"
#include "text/kpitext.h"
#include "text/times.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QChart>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

namespace
{

constexpr int kTitle = 20;
constexpr int kLeft = 66; // room for the labels of the value axis
constexpr int kRight = 14;
constexpr int kBottom = 44; // marks and the labels of the time axis

/// A round number at or above.
double niceAbove(double value)
{
    if (value <= 0)
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0})
        if (step * power >= value * 0.999)
            return step * power;
    return 10 * power;
}

QDateTime local(core::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC);
}

} // namespace

/// A chart in a scene of its own: only its axes are used.
struct LaneChart::Lane {
    ChartLane content;
    std::vector<telemetry::Pyramid> pyramids;
    QRectF rect;
    double top = 1;
    QGraphicsScene scene;
    QChart *chart = nullptr; ///< the scene owns it
    QDateTimeAxis *time = nullptr;
    QValueAxis *value = nullptr;
};

LaneChart::LaneChart(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Chart"));
    setAttribute(Qt::WA_OpaquePaintEvent);
}

LaneChart::~LaneChart() = default;

QSize LaneChart::minimumSizeHint() const
{
    return {320, static_cast<int>(m_lanes.size()) * 74 + kBottom};
}

void LaneChart::set(core::TimeRange range, std::vector<ChartLane> lanes, std::vector<ChartMark> marks)
{
    m_lanes.clear();
    m_marks = std::move(marks);
    m_range = m_loaded = range;
    for (ChartLane &content : lanes) {
        auto lane = std::make_unique<Lane>();
        lane->content = std::move(content);
        double high = lane->content.limit.value_or(0);
        for (const ChartLine &line : lane->content.lines) {
            lane->pyramids.emplace_back(line.series.v);
            if (!line.series.v.empty())
                high = std::max(high, lane->pyramids.back().of(line.series.v, 0, line.series.v.size()).high);
        }
        lane->top = lane->content.top.value_or(niceAbove(high * 1.02));
        lane->chart = new QChart;
        lane->scene.addItem(lane->chart);
        lane->chart->legend()->hide();
        lane->chart->setMargins(QMargins(0, 0, 0, 0));
        lane->chart->layout()->setContentsMargins(0, 0, 0, 0);
        lane->time = new QDateTimeAxis;
        lane->time->setTickCount(7);
        lane->value = new QValueAxis;
        lane->value->setRange(0, lane->top);
        lane->value->setTickCount(3);
        lane->value->setLabelsVisible(false); // written by us: with their unit
        lane->chart->addAxis(lane->time, Qt::AlignBottom);
        lane->chart->addAxis(lane->value, Qt::AlignLeft);
        m_lanes.push_back(std::move(lane));
    }
    layoutLanes();
    updateGeometry();
    update();
}

core::TimeRange LaneChart::range() const
{
    return m_range;
}

void LaneChart::setRange(core::TimeRange range)
{
    m_range = range;
    for (auto &lane : m_lanes)
        lane->time->setRange(local(range.from), local(range.to));
    update();
}

void LaneChart::style(Lane &lane)
{
    const Tokens &t = tokens(this);
    lane.chart->setBackgroundVisible(false);
    lane.chart->setPlotAreaBackgroundVisible(false);
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(lane.time), static_cast<QAbstractAxis *>(lane.value)}) {
        axis->setGridLinePen(QPen(t.borderSubtle, 1));
        axis->setLinePen(QPen(t.borderSubtle, 1));
        axis->setLabelsColor(t.muted);
        axis->setLabelsFont(ui::font(11));
    }
}

void LaneChart::layoutLanes()
{
    if (m_lanes.empty())
        return;
    const double each = (height() - kBottom) / static_cast<double>(m_lanes.size());
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        Lane &lane = *m_lanes[i];
        lane.rect = QRectF(0, each * static_cast<double>(i), width(), each);
        const bool last = i + 1 == m_lanes.size();
        lane.time->setLabelsVisible(last);
        lane.time->setFormat(m_range.length() > 2 * core::kDay ? QStringLiteral("MM-dd HH:mm")
                                                               : QStringLiteral("HH:mm"));
        lane.time->setRange(local(m_range.from), local(m_range.to));
        style(lane);
        const QSizeF size(width(), last ? each + kBottom : each);
        lane.chart->resize(size);
        lane.chart->setPlotArea(QRectF(kLeft, kTitle + 2, std::max(10.0, size.width() - kLeft - kRight),
                                       std::max(10.0, each - kTitle - 10)));
        lane.scene.setSceneRect(QRectF(QPointF(0, 0), size));
    }
}

QRectF LaneChart::plot(const Lane &lane) const
{
    return lane.chart->plotArea().translated(lane.rect.topLeft());
}

double LaneChart::xOf(core::Instant at) const
{
    const QRectF area = plot(*m_lanes.front());
    return area.left() + area.width() * static_cast<double>(at - m_range.from) / static_cast<double>(m_range.length());
}

void LaneChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokens(this).surface);
    for (const auto &lane : m_lanes)
        paintLane(painter, *lane);
    if (m_lanes.empty() || !m_range.valid())
        return;
    paintMarks(painter);
    paintInstant(painter);
}

void LaneChart::paintLane(QPainter &painter, const Lane &lane) const
{
    const Tokens &t = tokens(this);
    const QRectF area = plot(lane);
    lane.chart->scene()->render(&painter, QRectF(lane.rect.topLeft(), lane.scene.sceneRect().size()),
                                lane.scene.sceneRect());
    painter.setFont(ui::font(12, true));
    painter.setPen(t.text);
    const QString title = lane.content.title;
    painter.drawText(QRectF(area.left(), lane.rect.top(), area.width(), kTitle), Qt::AlignVCenter, title);
    const int titleWidth = painter.fontMetrics().horizontalAdvance(title);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    painter.drawText(QRectF(area.left() + titleWidth + 12, lane.rect.top(), area.width() - titleWidth - 12, kTitle),
                     Qt::AlignVCenter | Qt::AlignRight, lane.content.note);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = area.bottom() - area.height() * share;
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         text::quantity(lane.top * share, lane.content.unit));
    }
    bool any = false;
    for (std::size_t i = 0; i < lane.content.lines.size(); ++i) {
        const ChartLine &line = lane.content.lines[i];
        any |= !line.series.t.empty();
        const double ratio = devicePixelRatioF();
        QImage image((area.size() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        std::int64_t step = INT64_MAX;
        for (std::size_t k = 1; k < std::min<std::size_t>(line.series.t.size(), 64); ++k)
            step = std::min(step, line.series.t[k] - line.series.t[k - 1]);
        const painting::ColumnView view{m_range.from, m_range.to,  0,
                                        lane.top,     1.5 * ratio, step == INT64_MAX ? 0 : step + step / 2};
        painting::paintColumns(image, line.series, lane.pyramids[i], view,
                               t.series[static_cast<std::size_t>(line.colour) % t.series.size()].rgba());
        painter.drawImage(area, image);
    }
    if (lane.content.limit && *lane.content.limit <= lane.top) {
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
    if (!any) {
        painter.setPen(t.muted);
        painter.drawText(area, Qt::AlignCenter, tr("no data"));
    }
}

void LaneChart::paintMarks(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const double y = plot(*m_lanes.back()).bottom() + 30;
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
}

void LaneChart::paintInstant(QPainter &painter) const
{
    const QRectF top = plot(*m_lanes.front());
    if (m_hover < top.left() || m_hover > top.right() || m_dragFrom >= 0)
        return;
    const Tokens &t = tokens(this);
    const core::Instant at = m_range.from
        + static_cast<std::int64_t>((m_hover - top.left()) / top.width() * static_cast<double>(m_range.length()));
    painter.setPen(t.text2);
    painter.drawLine(QPointF(m_hover + 0.5, top.top()), QPointF(m_hover + 0.5, plot(*m_lanes.back()).bottom()));
    QStringList lines{text::dateTime(at)};
    for (const auto &lane : m_lanes)
        for (const ChartLine &line : lane->content.lines) {
            const auto next = std::lower_bound(line.series.t.begin(), line.series.t.end(), at.ms);
            if (next == line.series.t.begin())
                continue;
            const auto i = static_cast<std::size_t>(next - line.series.t.begin()) - 1;
            lines << (line.name.isEmpty() ? lane->content.title : line.name) + QStringLiteral("  ")
                    + text::quantity(line.series.v[i], lane->content.unit);
        }
    for (const ChartMark &mark : m_marks)
        if (std::abs(xOf(mark.at) - m_hover) < 6)
            lines << mark.tip;
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

void LaneChart::resizeEvent(QResizeEvent *)
{
    layoutLanes();
}

void LaneChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        layoutLanes();
    QWidget::changeEvent(event);
}

void LaneChart::mouseMoveEvent(QMouseEvent *event)
{
    const int x = static_cast<int>(event->position().x());
    if (m_dragFrom >= 0 && !m_lanes.empty()) {
        const double perPixel = static_cast<double>(m_range.length()) / plot(*m_lanes.front()).width();
        const auto shift = static_cast<std::int64_t>((m_dragFrom - x) * perPixel);
        setRange({m_range.from + shift, m_range.to + shift});
        m_dragFrom = x;
    }
    m_hover = x;
    update();
}

void LaneChart::mousePressEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    for (const ChartMark &mark : m_marks)
        if (!m_lanes.empty() && std::abs(xOf(mark.at) - at.x()) < 8 && at.y() > plot(*m_lanes.back()).bottom() + 20
            && !mark.link.isEmpty()) {
            Q_EMIT linkRequested(mark.link);
            return;
        }
    m_dragFrom = static_cast<int>(at.x());
}

void LaneChart::mouseReleaseEvent(QMouseEvent *)
{
    m_dragFrom = -1;
    update();
}

void LaneChart::leaveEvent(QEvent *)
{
    m_hover = -1;
    m_dragFrom = -1;
    update();
}

void LaneChart::wheelEvent(QWheelEvent *event)
{
    if (m_lanes.empty() || !m_range.valid())
        return;
    const QRectF area = plot(*m_lanes.front());
    const double at = std::clamp((event->position().x() - area.left()) / area.width(), 0.0, 1.0);
    const double factor = event->angleDelta().y() > 0 ? 0.8 : 1.25;
    const auto length = std::clamp(static_cast<std::int64_t>(static_cast<double>(m_range.length()) * factor),
                                   core::kMinute, m_loaded.length());
    const auto from = m_range.from + static_cast<std::int64_t>(at * static_cast<double>(m_range.length() - length));
    setRange({from, from + length});
}

void LaneChart::mouseDoubleClickEvent(QMouseEvent *)
{
    m_dragFrom = -1;
    setRange(m_loaded);
}

} // namespace andon::ui
