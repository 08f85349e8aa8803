#pragma once
// Lanes that share one time axis and never a value axis: QtCharts gives the axes, the data is painted by us as column
// spans. One instant is marked across all of them. GUI thread.
#include "telemetry/pyramid.h"
#include "telemetry/series.h"
#include "telemetry/signal.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QChart;
class QDateTimeAxis;
class QValueAxis;

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
    std::optional<double> top = {}; ///< of the value axis; else what the data needs
};

struct ChartMark {
    core::Instant at = {};
    QString letter = {};
    QString tip = {};
    int status = -1;
    QString link = {};
};

class LaneChart final : public QWidget
{
    Q_OBJECT
public:
    explicit LaneChart(QWidget *parent = nullptr);
    ~LaneChart() override;
    void set(core::TimeRange range, std::vector<ChartLane> lanes, std::vector<ChartMark> marks = {});
    [[nodiscard]] core::TimeRange range() const;
    void setRange(core::TimeRange range); ///< pans or zooms what is loaded
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

private:
    struct Lane;
    void layoutLanes();
    void style(Lane &lane);
    void paintLane(QPainter &painter, const Lane &lane) const;
    void paintMarks(QPainter &painter) const;
    void paintInstant(QPainter &painter) const;
    [[nodiscard]] QRectF plot(const Lane &lane) const;
    [[nodiscard]] double xOf(core::Instant at) const;

    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::vector<ChartMark> m_marks;
    core::TimeRange m_range = {};
    core::TimeRange m_loaded = {};
    int m_hover = -1; ///< x of the mouse
    int m_dragFrom = -1;
};

} // namespace andon::ui
