#pragma once
// One lane of a LaneChart: its data and its place, and the axes that all lanes of a chart share. GUI thread.
#include "ui/charts/lanechart.h"

#include <QGraphicsScene>

class QChart;
class QValueAxis;

namespace andon::ui
{

struct LaneChart::Lane {
    explicit Lane(ChartLane from);
    [[nodiscard]] QRectF plot() const; ///< where the data is, in the widget
    /// The value at an instant, nullopt in a gap.
    [[nodiscard]] std::optional<double> valueAt(std::size_t line, core::Instant at) const;

    ChartLane content;
    std::vector<telemetry::Pyramid> pyramids = {}; ///< per line
    std::vector<std::int64_t> gaps = {}; ///< per line: two samples further apart are not joined
    QRectF rect = {};
    double right = 0; ///< px for what stands beside the plot
    double top = 1; ///< of the value axis
};

/// A QChart in a scene of its own of which only the axes are used. Lanes are equally large and nothing is written at
/// their ticks, so that one draws them for all.
class LaneChart::Axes
{
public:
    explicit Axes(const Tokens &tokens);
    void style(const Tokens &tokens);
    /// The axes of a lane at its place. Lays out anew only when something has changed.
    void paint(QPainter &painter, const Lane &lane, core::TimeRange range);

private:
    void place(QSizeF size, const QRectF &plot, core::TimeRange range);

    QGraphicsScene m_scene;
    QChart *m_chart = nullptr; ///< the scene owns it, it owns its axes
    QValueAxis *m_time = nullptr; ///< of milliseconds
    QValueAxis *m_value = nullptr; ///< of shares of the lane's top
    QRectF m_plot = {};
    core::TimeRange m_range = {};
    std::int64_t m_step = 0; ///< ms between the ticks of the time axis
};

namespace chart
{
constexpr int kTitle = 20;
constexpr int kLeft = 66; ///< room for the labels of the value axis
constexpr int kRight = 14;
constexpr int kMarks = 22; ///< the row of marks, where there are any
constexpr int kTimes = 24; ///< the row of times
/// ms between the ticks of a time axis that is so wide.
[[nodiscard]] std::int64_t timeStep(core::TimeRange range, double width);
} // namespace chart

} // namespace andon::ui
