#include "ui/charts/lanechart.h"

#include "ui/charts/lane.h"
#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

using namespace chart;

LaneChart::LaneChart(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
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
    for (ChartLane &content : lanes)
        m_lanes.push_back(std::make_unique<Lane>(std::move(content)));
    layoutLanes();
    describe();
    updateGeometry();
    update();
}

std::vector<ChartLane> LaneChart::lanes() const
{
    std::vector<ChartLane> lanes;
    for (const auto &lane : m_lanes)
        lanes.push_back(lane->content);
    return lanes;
}

void LaneChart::setBand(std::optional<ChartBand> band)
{
    m_band = std::move(band);
    update();
}

void LaneChart::setGutter(int width)
{
    m_gutter = width;
    layoutLanes();
    update();
}

void LaneChart::describe()
{
    QStringList words;
    for (const auto &lane : m_lanes)
        words << lane->content.title + QStringLiteral(": ") + lane->content.note;
    for (const ChartMark &mark : m_marks)
        words << mark.tip;
    setAccessibleDescription(words.join(QStringLiteral(". ")));
}

QStringList LaneChart::instant() const
{
    if (m_hover < 0 || m_lanes.empty())
        return {};
    const QRectF area = m_lanes.front()->plot();
    return instantLines(
        m_range.from
        + static_cast<std::int64_t>((m_hover - area.left()) / area.width() * static_cast<double>(m_range.length())));
}

const ChartMark *LaneChart::markAt(double x) const
{
    const ChartMark *nearest = nullptr;
    for (const ChartMark &mark : m_marks)
        if (const double away = std::abs(xOf(mark.at) - x);
            away < 9 && (!nearest || away < std::abs(xOf(nearest->at) - x)))
            nearest = &mark;
    return nearest;
}

void LaneChart::setRange(core::TimeRange range)
{
    m_range = range;
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
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        m_lanes[i]->rect = QRectF(0, each * static_cast<int>(i), width(), each);
        m_lanes[i]->right = m_gutter > 0 ? m_gutter : kRight;
    }
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
    if (m_axes && (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange))
        m_axes->style(tokens(this));
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
    if (!m_lanes.empty() && std::abs(markY() - at.y()) < 10)
        if (const ChartMark *mark = markAt(at.x()); mark && !mark->link.isEmpty()) {
            Q_EMIT linkRequested(mark->link);
            return;
        }
    m_dragFrom = static_cast<int>(at.x());
}

void LaneChart::mouseReleaseEvent(QMouseEvent *)
{
    m_dragFrom = -1;
    update();
}

void LaneChart::jump(bool forward)
{
    double best = -1;
    for (const ChartMark &mark : m_marks) {
        const double x = std::round(xOf(mark.at));
        const bool beyond = m_hover < 0 || (forward ? x > m_hover : x < m_hover);
        if (beyond && (best < 0 || (forward ? x < best : x > best)))
            best = x;
    }
    if (best >= 0)
        m_hover = static_cast<int>(best);
}

void LaneChart::keyPressEvent(QKeyEvent *event)
{
    if (m_lanes.empty())
        return QWidget::keyPressEvent(event);
    const QRectF area = m_lanes.front()->plot();
    const int step = event->modifiers() & Qt::ShiftModifier ? 20 : 2;
    const auto left = static_cast<int>(std::ceil(area.left()));
    const auto right = static_cast<int>(area.right());
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forward = event->key() == Qt::Key_Right;
        if (event->modifiers() & Qt::ControlModifier)
            jump(forward);
        else
            m_hover = m_hover < 0 ? right : std::clamp(m_hover + (forward ? step : -step), left, right);
        setAccessibleDescription(instant().join(QStringLiteral(". ")));
        return update();
    }
    case Qt::Key_Return:
        if (const ChartMark *mark = m_hover < 0 ? nullptr : markAt(m_hover); mark && !mark->link.isEmpty())
            Q_EMIT linkRequested(mark->link);
        return;
    case Qt::Key_Escape:
        m_hover = -1;
        describe();
        return update();
    default:
        QWidget::keyPressEvent(event);
    }
}

void LaneChart::focusOutEvent(QFocusEvent *event)
{
    m_hover = -1;
    describe();
    QWidget::focusOutEvent(event);
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
