#pragma once
// The table twin of a chart: the same values as rows, for who cannot see the lines or wants the numbers. GUI thread.
#include <QDialog>

namespace andon::ui
{

class LaneChart;

/// One row per instant that has a sample in the chart's range, one column per line; what has none there is left empty.
class ChartTable final : public QDialog
{
    Q_OBJECT
public:
    ChartTable(const LaneChart &chart, QWidget *parent);
};

} // namespace andon::ui
