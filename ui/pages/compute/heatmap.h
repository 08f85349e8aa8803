#pragma once
// Every GPU over time: one row each, cividis from 0 to 100 %. No data is hatched, never 0. GUI thread.
#include "telemetry/series.h"

#include <QImage>
#include <QWidget>

namespace andon::ui
{

class HeatMap final : public QWidget
{
    Q_OBJECT
public:
    explicit HeatMap(QWidget *parent = nullptr);
    /// rows: labels node and gpu, sorted; values are ratios.
    void set(telemetry::Matrix matrix, core::TimeRange range, const QString &caption);
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 160}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRect area() const;
    [[nodiscard]] QImage picture(const QSize &size) const;
    telemetry::Matrix m_matrix;
    core::TimeRange m_range;
    QString m_caption;
    mutable QImage m_image; ///< of the last size
    QPoint m_mouse = {-1, -1};
};

} // namespace andon::ui
