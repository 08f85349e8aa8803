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

namespace
{
constexpr int kClick = 3; ///< px; a press that moves further pans
} // namespace

LaneChart::LaneChart(QWidget *parent)
    : TimeChart(parent)
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
    return marks() ? instantLines(crosshair().at) : QStringList();
}

bool LaneChart::marks() const
{
    const core::Instant at = crosshair().at;
    return at.known() && !m_lanes.empty() && m_range.from <= at && at <= m_range.to;
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

core::Instant LaneChart::instantOf(double x) const
{
    if (m_lanes.empty() || !m_range.valid())
        return {};
    const QRectF area = m_lanes.front()->plot();
    if (x < area.left() || x > area.right())
        return {};
    return m_range.from
        + static_cast<std::int64_t>((x - area.left()) / area.width() * static_cast<double>(m_range.length()));
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
    TimeChart::changeEvent(event);
}

void LaneChart::mouseMoveEvent(QMouseEvent *event)
{
    const auto x = static_cast<int>(event->position().x());
    if (m_pressed >= 0 && m_dragFrom < 0 && std::abs(x - m_pressed) > kClick)
        m_dragFrom = m_pressed;
    if (m_dragFrom >= 0 && !m_lanes.empty()) {
        const double perPixel = static_cast<double>(m_range.length()) / m_lanes.front()->plot().width();
        const auto shift = static_cast<std::int64_t>((m_dragFrom - x) * perPixel);
        setRange({m_range.from + shift, m_range.to + shift});
        m_dragFrom = x;
    }
    point(instantOf(x));
}

void LaneChart::mousePressEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (!m_lanes.empty() && std::abs(markY() - at.y()) < 10)
        if (const ChartMark *mark = markAt(at.x()); mark && !mark->link.isEmpty()) {
            Q_EMIT linkRequested(mark->link);
            return;
        }
    if (event->button() == Qt::LeftButton)
        m_pressed = static_cast<int>(at.x());
}

void LaneChart::mouseReleaseEvent(QMouseEvent *event)
{
    const core::Instant at = instantOf(event->position().x());
    if (m_pressed >= 0 && m_dragFrom < 0 && at.known())
        toggle(at);
    m_pressed = m_dragFrom = -1;
    update();
}

core::Instant LaneChart::nextMark(bool forward) const
{
    core::Instant best;
    for (const ChartMark &mark : m_marks) {
        if (mark.at < m_range.from || mark.at > m_range.to)
            continue;
        const bool beyond = !marks() || (forward ? mark.at > crosshair().at : mark.at < crosshair().at);
        if (beyond && (!best.known() || (forward ? mark.at < best : mark.at > best)))
            best = mark.at;
    }
    return best;
}

core::Instant LaneChart::nextSample(bool forward, int steps) const
{
    std::vector<std::int64_t> times; // of all lanes, in the range
    for (const auto &lane : m_lanes)
        for (const ChartLine &line : lane->content.lines) {
            const auto &t = line.series.t;
            times.insert(times.end(), std::lower_bound(t.begin(), t.end(), m_range.from.ms),
                         std::upper_bound(t.begin(), t.end(), m_range.to.ms));
        }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    if (times.empty())
        return {};
    if (!marks())
        return {times.back()};
    const std::int64_t from = crosshair().at.ms;
    const auto at = forward ? std::upper_bound(times.begin(), times.end(), from) - times.begin() + steps - 1
                            : std::lower_bound(times.begin(), times.end(), from) - times.begin() - steps;
    return {times[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, std::ssize(times) - 1))]};
}

void LaneChart::walk(const QKeyEvent &event)
{
    constexpr int kMany = 10; // samples, with Shift
    const bool forward = event.key() == Qt::Key_Right;
    const core::Instant to = event.modifiers() & Qt::ControlModifier
        ? nextMark(forward)
        : nextSample(forward, event.modifiers() & Qt::ShiftModifier ? kMany : 1);
    if (to.known())
        mark({to, crosshair().held});
    setAccessibleDescription(instant().join(QStringLiteral(". ")));
}

void LaneChart::keyPressEvent(QKeyEvent *event)
{
    if (m_lanes.empty())
        return TimeChart::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        return walk(*event);
    case Qt::Key_Space:
        if (const core::Instant at = marks() ? crosshair().at : nextSample(true, 1); at.known())
            toggle(at);
        return;
    case Qt::Key_Return:
        if (const ChartMark *mark = marks() ? markAt(xOf(crosshair().at)) : nullptr; mark && !mark->link.isEmpty())
            Q_EMIT linkRequested(mark->link);
        return;
    case Qt::Key_Escape:
        if (!crosshair().at.known()) // what is left of it is another's
            return TimeChart::keyPressEvent(event);
        mark({});
        return describe();
    default:
        TimeChart::keyPressEvent(event);
    }
}

void LaneChart::focusOutEvent(QFocusEvent *event)
{
    point({});
    describe();
    TimeChart::focusOutEvent(event);
}

void LaneChart::leaveEvent(QEvent *)
{
    point({});
    m_pressed = m_dragFrom = -1;
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

void LaneChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_pressed = m_dragFrom = -1;
    mark({instantOf(event->position().x()), false}); // its first click held it
    setRange(m_loaded);
}

} // namespace andon::ui
