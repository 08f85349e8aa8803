#pragma once
// Every GPU over time: one row each, cividis from 0 to 100 %. Free is the canvas, no data is hatched, neither is ever
// 0. Where the GPUs do not fit one by one, a row is a node. GUI thread.
#include "factory/machineviews.h"
#include "ui/charts/timechart.h"

#include <QImage>

class QPainter;

namespace andon::ui
{

class HeatMap final : public TimeChart
{
    Q_OBJECT
public:
    explicit HeatMap(QWidget *parent = nullptr);
    /// gpus: sorted by node and index. since: when GPUs began to wait, unknown when none do.
    void set(std::vector<factory::GpuRow> gpus, core::TimeRange range, std::int64_t stepMs, core::Instant since);
    /// "namespace/pod" or a node; everything else is dimmed. "" for all.
    void setHighlight(const QString &id);
    [[nodiscard]] QString highlight() const { return m_highlight; }
    /// Of the cell under the crosshair, line by line; "" when there is none.
    [[nodiscard]] QString readout() const { return m_readout.join(u'\n'); }
    [[nodiscard]] bool byNode() const { return m_byNode; } ///< a row is the mean of a node
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 160}; }
    [[nodiscard]] QSize sizeHint() const override { return {640, 340}; }

Q_SIGNALS:
    void chosen(const QString &id); ///< "namespace/pod" of a clicked row, "" when nobody holds it

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Row {
        std::vector<const factory::GpuRow *> gpus = {};
        int top = 0; ///< px
        int height = 0;
    };
    /// Rows that belong together: a node, or what one workload holds.
    struct Band {
        QString label = {};
        QString id = {};
        int first = 0; ///< row
        int last = 0;
        bool waiting = false;
        bool idle = false;
    };
    struct Cell {
        double sum = 0;
        int held = 0;
        int free = 0;
    };

    void layoutRows();
    void layoutColumns(int width);
    [[nodiscard]] std::vector<Cell> cellsOf(const Row &row) const;
    [[nodiscard]] bool isDimmed(const Row &row) const;
    [[nodiscard]] core::Instant timeOf(int column) const;
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int xOf(core::Instant at) const;
    void moveTo(int column, int row);
    void pointTo(int column, int row); ///< by the person: all charts follow
    void walk(int columns, int rows);
    void describe();
    void makeImage();
    void paintNodes(QPainter &painter) const;
    void paintWorkloads(QPainter &painter) const;
    void paintTimes(QPainter &painter) const;
    void paintSince(QPainter &painter) const;
    void paintInstant(QPainter &painter) const; ///< the window's, where it is not the cross itself
    void paintCross(QPainter &painter) const;

    std::vector<factory::GpuRow> m_gpus;
    core::TimeRange m_range;
    std::int64_t m_step = 0;
    core::Instant m_since;
    QString m_highlight;
    std::vector<Row> m_rows;
    std::vector<Band> m_nodes;
    std::vector<Band> m_workloads;
    bool m_byNode = false;
    QRect m_plot; ///< whole cells
    int m_gutter = 0; ///< px right of the plot
    int m_cell = 1; ///< px
    std::int64_t m_cellMs = 0;
    int m_columns = 0;
    QImage m_image;
    int m_column = -1; ///< of the crosshair
    int m_row = -1;
    QStringList m_readout;
};

/// The colour scale with its words: 0 … 100 %, no data, free.
class HeatLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit HeatLegend(QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// Cividis (Nuñez, Anderton, Renslow 2018) of a ratio.
[[nodiscard]] QRgb heatColour(double ratio);

} // namespace andon::ui
