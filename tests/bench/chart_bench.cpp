// A pan over a million points, the whole frame: our chart with its axes beside a QChartView whose QLineSeries has the
// same points, axes and size. Offscreen; each frame is a new range and a repaint.
#include "tests/bench/ratio.h"
#include "ui/charts/lanechart.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QLineSeries>
#include <QTest>
#include <QValueAxis>

#include <random>

using namespace andon;

namespace
{

constexpr std::int64_t kFrom = 1'795'000'000'000;
constexpr std::int64_t kStep = 1000;

telemetry::Series walk(std::int64_t points)
{
    std::mt19937 random(5);
    std::uniform_real_distribution<double> by(-1, 1);
    telemetry::Series series;
    double value = 500;
    for (std::int64_t i = 0; i < points; ++i) {
        value = std::clamp(value + by(random), 0.0, 1000.0);
        series.t.push_back(kFrom + i * kStep);
        series.v.push_back(value);
    }
    return series;
}

/// The frame's range: 90 % of what is there, further to the right with each frame.
core::TimeRange frame(std::int64_t points, std::int64_t n)
{
    const std::int64_t all = points * kStep;
    const std::int64_t from = kFrom + n * 7 % 100 * (all / 1000);
    return {{from}, {from + all * 9 / 10}};
}

void show(benchmark::State &state, QWidget &widget)
{
    widget.resize(1600, 600);
    widget.show();
    if (!QTest::qWaitForWindowExposed(&widget))
        state.SkipWithError("no window");
}

void laneChart(benchmark::State &state)
{
    const std::int64_t points = state.range(0);
    ui::LaneChart chart;
    chart.set({{kFrom}, {kFrom + points * kStep}},
              {{.title = QStringLiteral("Walk"), .lines = {{.series = walk(points)}}, .top = 1000.0}});
    show(state, chart);
    std::int64_t n = 0;
    for (auto _ : state) {
        chart.setRange(frame(points, n++));
        chart.repaint();
    }
}

void lineSeries(benchmark::State &state)
{
    const std::int64_t points = state.range(0);
    auto *chart = new QChart;
    auto *line = new QLineSeries;
    QList<QPointF> all;
    const telemetry::Series series = walk(points);
    for (std::size_t i = 0; i < series.t.size(); ++i)
        all.append({static_cast<double>(series.t[i]), series.v[i]});
    line->replace(all);
    line->setPen(QPen(Qt::blue, 1)); // its fastest
    chart->addSeries(line);
    chart->legend()->hide();
    auto *time = new QDateTimeAxis;
    time->setTickCount(7);
    time->setFormat(QStringLiteral("HH:mm"));
    auto *value = new QValueAxis;
    value->setRange(0, 1000);
    value->setTickCount(3);
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(value, Qt::AlignLeft);
    line->attachAxis(time);
    line->attachAxis(value);
    QChartView view(chart);
    view.setRenderHint(QPainter::Antialiasing);
    show(state, view);
    std::int64_t n = 0;
    for (auto _ : state) {
        const core::TimeRange range = frame(points, n++);
        time->setRange(QDateTime::fromMSecsSinceEpoch(range.from.ms), QDateTime::fromMSecsSinceEpoch(range.to.ms));
        view.viewport()->repaint();
    }
}

} // namespace

BENCHMARK(laneChart)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->MinTime(0.2)->Repetitions(5);
BENCHMARK(lineSeries)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->Iterations(1)->Repetitions(3);

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    ui::applyTheme(app, ui::Theme::Dark);
    return bench::run(
        argc, argv,
        {{.name = "chart-pan-1m", .ours = "laneChart/1000000", .peer = "lineSeries/1000000", .atLeast = 200}});
}
