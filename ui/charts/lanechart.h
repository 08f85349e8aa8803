#pragma once
// Lanes that share one time axis and never a value axis: QtCharts gives the axes, the data is painted by us as column
// spans. One instant is marked across all of them. GUI thread.
#include "painting/columns.h"
#include "telemetry/pyramid.h"
#include "telemetry/series.h"
#include "telemetry/signal.h"
#include "ui/charts/timechart.h"
#include "ui/theme/tokens.h"

#include <QImage>

#include <memory>
#include <optional>
#include <vector>

namespace andon::ui
{

struct ChartLine {
    QString name = {};
    telemetry::Series series = {};
    int colour = 0; ///< slot of the series palette
};

struct ChartLane {
    QString title = {};
    QString note = {}; ///< right of the title: "now 176 GB/s · normal 58"
    telemetry::Unit unit = telemetry::Unit::None;
    std::vector<ChartLine> lines = {};
    std::optional<double> limit = {}; ///< dashed, in a status colour once it is reached
    QString limitName = {}; ///< "limit" when empty
    std::optional<double> normal = {}; ///< dashed, muted
    std::optional<double> top = {}; ///< of the value axis; else what the data needs
};

/// A stretch of time that matters: shaded across all lanes.
struct ChartBand {
    core::TimeRange range = {};
    QString label = {};
    int status = 0;
};

struct ChartMark {
    core::Instant at = {};
    QString letter = {};
    QString tip = {};
    int status = -1;
    QString link = {};
};

class LaneChart final : public TimeChart
{
    Q_OBJECT
public:
    explicit LaneChart(QWidget *parent = nullptr);
    ~LaneChart() override;
    /// A range that a person has panned or zoomed to stays; a double click goes back to what is loaded.
    void set(core::TimeRange range, std::vector<ChartLane> lanes, std::vector<ChartMark> marks = {});
    [[nodiscard]] core::TimeRange range() const { return m_range; }
    [[nodiscard]] std::vector<ChartLane> lanes() const; ///< as they were set
    void setRange(core::TimeRange range); ///< pans or zooms what is loaded
    void setBand(std::optional<ChartBand> band);
    /// Room right of the plot, px, where notes and limits are written, so that the plot stays clean. 0: none.
    void setGutter(int width);
    /// What stands at the marked instant, line by line; empty when there is none.
    [[nodiscard]] QStringList instant() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Lane;
    class Axes;
    void layoutLanes();
    void describe();
    [[nodiscard]] core::Instant nextMark(bool forward) const;
    [[nodiscard]] core::Instant nextSample(bool forward, int steps) const;
    void walk(const QKeyEvent &event); ///< the crosshair by keys
    [[nodiscard]] const ChartMark *markAt(double x) const;
    void paintLane(QPainter &painter, const Lane &lane);
    void paintHead(QPainter &painter, const Lane &lane) const;
    void paintLines(QPainter &painter, const Lane &lane);
    void paintLimit(QPainter &painter, const Lane &lane) const;
    void paintLimitName(QPainter &painter, const Lane &lane, double y, const QColor &colour) const;
    void paintBand(QPainter &painter, bool label) const;
    void paintGutter(QPainter &painter, const Lane &lane) const;
    void paintTimes(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintInstant(QPainter &painter) const;
    [[nodiscard]] QStringList instantLines(core::Instant at) const;
    [[nodiscard]] double markY() const;
    [[nodiscard]] int below() const; ///< room under the last lane
    [[nodiscard]] double xOf(core::Instant at) const;
    [[nodiscard]] core::Instant instantOf(double x) const; ///< unknown beside the plot
    [[nodiscard]] bool marks() const; ///< the crosshair is in the range

    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::unique_ptr<Axes> m_axes; ///< once there is something to paint
    std::vector<ChartMark> m_marks;
    std::optional<ChartBand> m_band;
    int m_gutter = 0; ///< px
    core::TimeRange m_range = {};
    core::TimeRange m_loaded = {};
    QImage m_canvas; ///< the data of one lane; kept because a new one costs more than what is painted in it
    painting::Rows m_painted = {}; ///< rows of it that are not clear
    int m_pressed = -1; ///< x of the mouse when its button went down
    int m_dragFrom = -1; ///< x, once it was moved from there
};

} // namespace andon::ui
