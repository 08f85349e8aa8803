#pragma once
// One lane of a LaneChart: its data, and a QChart in a scene of its own of which only the axes are used. GUI thread.
#include "ui/charts/lanechart.h"

#include <QGraphicsScene>

class QChart;
class QValueAxis;

namespace andon::ui
{

struct LaneChart::Lane {
    explicit Lane(ChartLane from);
    /// below: room for the time axis; right: for what stands beside the plot.
    void place(const QRectF &at, double below, double right, core::TimeRange range);
    void setRange(core::TimeRange range);
    void style(const Tokens &tokens);
    [[nodiscard]] QRectF plot() const; ///< where the data is, in the widget
    /// The value at an instant, nullopt in a gap.
    [[nodiscard]] std::optional<double> valueAt(std::size_t line, core::Instant at) const;

    ChartLane content;
    std::vector<telemetry::Pyramid> pyramids = {}; ///< per line
    std::vector<std::int64_t> gaps = {}; ///< per line: two samples further apart are not joined
    QRectF rect = {};
    double top = 1; ///< of the value axis
    std::int64_t timeStep = 0; ///< ms between the ticks of the time axis
    QGraphicsScene scene = {};
    QChart *chart = nullptr; ///< the scene owns it, it owns its axes
    QValueAxis *time = nullptr; ///< of milliseconds
    QValueAxis *value = nullptr;
};

namespace chart
{
constexpr int kTitle = 20;
constexpr int kLeft = 66; ///< room for the labels of the value axis
constexpr int kRight = 14;
constexpr int kMarks = 22; ///< the row of marks, where there are any
constexpr int kTimes = 24; ///< the row of times
} // namespace chart

} // namespace andon::ui
