#include "ui/charts/lane.h"

#include "text/times.h"
#include "ui/theme/style.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QPen>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

namespace
{

/// A round number at or above.
double niceAbove(double value)
{
    if (!(value > 0) || !std::isfinite(value))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (step * power >= value * 0.999)
            return step * power;
    return 10 * power;
}

/// One and a half of the usual distance between samples; 0 when there is none.
std::int64_t gapOf(const telemetry::Series &series)
{
    std::int64_t step = INT64_MAX;
    for (std::size_t i = 1; i < std::min<std::size_t>(series.t.size(), 64); ++i)
        step = std::min(step, series.t[i] - series.t[i - 1]);
    return step == INT64_MAX ? 0 : step + step / 2;
}

/// A round step that gives at most so many labels.
std::int64_t roundStep(std::int64_t length, int most)
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

} // namespace

std::int64_t chart::timeStep(core::TimeRange range, double width)
{
    return roundStep(range.length(), std::max(1, static_cast<int>(width / 80)));
}

LaneChart::Lane::Lane(ChartLane from)
    : content(std::move(from))
{
    double high = content.limit.value_or(0);
    for (const ChartLine &line : content.lines) {
        pyramids.emplace_back(line.series.v);
        gaps.push_back(gapOf(line.series));
        if (!line.series.v.empty())
            high = std::max(high, pyramids.back().of(line.series.v, 0, line.series.v.size()).high);
    }
    top = content.top.value_or(niceAbove(high * 1.02));
}

QRectF LaneChart::Lane::plot() const
{
    return {rect.left() + chart::kLeft, rect.top() + chart::kTitle + 2,
            std::max(10.0, rect.width() - chart::kLeft - right), std::max(10.0, rect.height() - chart::kTitle - 10)};
}

std::optional<double> LaneChart::Lane::valueAt(std::size_t line, core::Instant at) const
{
    const telemetry::Series &series = content.lines[line].series;
    const auto next = std::upper_bound(series.t.begin(), series.t.end(), at.ms);
    if (next == series.t.begin())
        return std::nullopt;
    const auto i = static_cast<std::size_t>(next - series.t.begin()) - 1;
    if (gaps[line] > 0 && at.ms - series.t[i] > gaps[line])
        return std::nullopt;
    return series.v[i];
}

LaneChart::Axes::Axes(const Tokens &tokens)
    : m_chart(new QChart)
    , m_time(new QValueAxis)
    , m_value(new QValueAxis)
{
    m_scene.addItem(m_chart);
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_value->setRange(0, 1);
    m_value->setTickCount(3);
    // Written by us: values with their unit; times at round ones, where QDateTimeAxis writes them at any.
    for (QValueAxis *axis : {m_time, m_value}) {
        axis->setLabelsVisible(false);
        axis->setLabelFormat(QStringLiteral(" ")); // hidden ones are measured too, a hundred times: they are empty
    }
    m_time->setTickInterval(1);
    m_time->setTickType(QValueAxis::TicksDynamic);
    m_time->setGridLineVisible(false);
    style(tokens);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_value, Qt::AlignLeft);
}

void LaneChart::Axes::style(const Tokens &t)
{
    for (QValueAxis *axis : {m_time, m_value}) {
        axis->setGridLinePen(QPen(t.borderSubtle, 1));
        axis->setLinePen(QPen(t.borderSubtle, 1));
    }
}

void LaneChart::Axes::place(QSizeF size, const QRectF &plot, core::TimeRange range)
{
    const std::int64_t step = chart::timeStep(range, plot.width());
    const auto apply = [&] { m_time->setRange(static_cast<double>(range.from.ms), static_cast<double>(range.to.ms)); };
    if (step < m_step) // never many ticks between the two calls
        apply();
    m_time->setTickAnchor(static_cast<double>(text::firstTick(range.from, step).ms));
    m_time->setTickInterval(static_cast<double>(step));
    m_step = step;
    apply();
    m_range = range;
    if (plot == m_plot && size == m_scene.sceneRect().size())
        return;
    m_plot = plot;
    m_chart->setPlotArea(plot);
    m_chart->resize(size);
    m_chart->layout()->invalidate(); // else the axes stay where they were
    m_chart->layout()->activate();
    m_scene.setSceneRect(QRectF(QPointF(0, 0), size));
}

void LaneChart::Axes::paint(QPainter &painter, const Lane &lane, core::TimeRange range)
{
    const QRectF plot = lane.plot().translated(-lane.rect.topLeft());
    if (range.valid() && (!(range == m_range) || plot != m_plot || lane.rect.size() != m_scene.sceneRect().size()))
        place(lane.rect.size(), plot, range);
    m_scene.render(&painter, lane.rect, m_scene.sceneRect());
}

} // namespace andon::ui
