#include "ui/charts/lanechart.h"

#include "ui/charts/lane.h"
#include "ui/theme/style.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

using namespace chart;

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
    return {320, static_cast<int>(m_lanes.size()) * 74 + below()};
}

void LaneChart::set(core::TimeRange range, std::vector<ChartLane> lanes, std::vector<ChartMark> marks)
{
    const bool moved = m_range.valid() && !(m_range == m_loaded);
    m_loaded = range;
    if (!moved)
        m_range = range;
    m_marks = std::move(marks);
    m_lanes.clear();
    for (ChartLane &content : lanes) {
        m_lanes.push_back(std::make_unique<Lane>(std::move(content)));
        m_lanes.back()->style(tokens(this));
    }
    layoutLanes();
    updateGeometry();
    update();
}

void LaneChart::setRange(core::TimeRange range)
{
    m_range = range;
    for (auto &lane : m_lanes)
        lane->setRange(range);
    update();
}

int LaneChart::below() const
{
    return kTimes + (m_marks.empty() ? 0 : kMarks);
}

void LaneChart::layoutLanes()
{
    if (m_lanes.empty())
        return;
    // Whole pixels: the data is painted without scaling.
    const int each = (height() - below()) / static_cast<int>(m_lanes.size());
    for (std::size_t i = 0; i < m_lanes.size(); ++i)
        m_lanes[i]->place(QRectF(0, each * static_cast<int>(i), width(), each), i + 1 == m_lanes.size() ? below() : 0,
                          m_range);
}

double LaneChart::xOf(core::Instant at) const
{
    const QRectF area = m_lanes.front()->plot();
    return area.left() + area.width() * static_cast<double>(at - m_range.from) / static_cast<double>(m_range.length());
}

double LaneChart::markY() const
{
    return m_lanes.back()->plot().bottom() + 14;
}

void LaneChart::resizeEvent(QResizeEvent *)
{
    layoutLanes();
}

void LaneChart::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        for (auto &lane : m_lanes)
            lane->style(tokens(this));
    QWidget::changeEvent(event);
}

void LaneChart::mouseMoveEvent(QMouseEvent *event)
{
    const int x = static_cast<int>(event->position().x());
    if (m_dragFrom >= 0 && !m_lanes.empty()) {
        const double perPixel = static_cast<double>(m_range.length()) / m_lanes.front()->plot().width();
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
        if (!m_lanes.empty() && !mark.link.isEmpty() && std::abs(xOf(mark.at) - at.x()) < 9
            && std::abs(markY() - at.y()) < 10) {
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
    const QRectF area = m_lanes.front()->plot();
    const double at = std::clamp((event->position().x() - area.left()) / area.width(), 0.0, 1.0);
    const double factor = event->angleDelta().y() > 0 ? 0.8 : 1.25;
    const auto length = std::clamp(static_cast<std::int64_t>(static_cast<double>(m_range.length()) * factor),
                                   core::kMinute, std::max(core::kMinute, m_loaded.length()));
    const auto from = m_range.from + static_cast<std::int64_t>(at * static_cast<double>(m_range.length() - length));
    setRange({from, from + length});
}

void LaneChart::mouseDoubleClickEvent(QMouseEvent *)
{
    m_dragFrom = -1;
    setRange(m_loaded);
}

} // namespace andon::ui
