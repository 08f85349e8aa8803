#include "ui/charts/lane.h"

#include "ui/theme/style.h"

#include <QChart>
#include <QGraphicsLayout>
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

LaneChart::Lane::Lane(ChartLane from)
    : content(std::move(from))
    , chart(new QChart)
    , time(new QValueAxis)
    , value(new QValueAxis)
{
    double high = content.limit.value_or(0);
    for (const ChartLine &line : content.lines) {
        pyramids.emplace_back(line.series.v);
        gaps.push_back(gapOf(line.series));
        if (!line.series.v.empty())
            high = std::max(high, pyramids.back().of(line.series.v, 0, line.series.v.size()).high);
    }
    top = content.top.value_or(niceAbove(high * 1.02));
    scene.addItem(chart);
    chart->legend()->hide();
    chart->setMargins(QMargins(0, 0, 0, 0));
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    value->setRange(0, top);
    value->setTickCount(3);
    // Written by us: values with their unit; times in UTC, at round ones, where QDateTimeAxis writes local ones at any.
    value->setLabelsVisible(false);
    time->setLabelsVisible(false);
    time->setTickInterval(1);
    time->setTickType(QValueAxis::TicksDynamic);
    time->setGridLineVisible(false);
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(value, Qt::AlignLeft);
}

void LaneChart::Lane::place(const QRectF &at, double below, double right, core::TimeRange range)
{
    rect = at;
    const QSizeF size(at.width(), at.height() + below);
    chart->setPlotArea(QRectF(chart::kLeft, chart::kTitle + 2, std::max(10.0, at.width() - chart::kLeft - right),
                              std::max(10.0, at.height() - chart::kTitle - 10)));
    setRange(range);
    chart->resize(size);
    chart->layout()->invalidate(); // else the axes stay where they were
    chart->layout()->activate();
    scene.setSceneRect(QRectF(QPointF(0, 0), size));
}

void LaneChart::Lane::setRange(core::TimeRange range)
{
    if (!range.valid())
        return;
    const std::int64_t step = roundStep(range.length(), std::max(1, static_cast<int>(chart->plotArea().width() / 80)));
    const auto apply = [&] { time->setRange(static_cast<double>(range.from.ms), static_cast<double>(range.to.ms)); };
    if (step < timeStep) // never many ticks between the two calls
        apply();
    time->setTickInterval(static_cast<double>(step));
    timeStep = step;
    apply();
}

void LaneChart::Lane::style(const Tokens &t)
{
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(time), static_cast<QAbstractAxis *>(value)}) {
        axis->setGridLinePen(QPen(t.borderSubtle, 1));
        axis->setLinePen(QPen(t.borderSubtle, 1));
    }
}

QRectF LaneChart::Lane::plot() const
{
    return chart->plotArea().translated(rect.topLeft());
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

} // namespace andon::ui
