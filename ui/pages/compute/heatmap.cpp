#include "ui/pages/compute/heatmap.h"

#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kLeft = 70;
constexpr int kNow = 42;
constexpr int kWorkload = 150;
constexpr int kTop = 18;
constexpr int kBottom = 20;
constexpr int kLeastRow = 3;

QString idOf(const factory::GpuRow &gpu)
{
    return gpu.pod.empty() ? QString() : text::visible(gpu.nameSpace + "/" + gpu.pod);
}

} // namespace

HeatMap::HeatMap(QWidget *parent)
    : TimeChart(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Every GPU over time"));
}

void HeatMap::set(std::vector<factory::GpuRow> gpus, core::TimeRange range, std::int64_t stepMs, core::Instant since)
{
    m_gpus = std::move(gpus);
    m_range = range;
    m_step = std::max(stepMs, core::kSecond);
    m_since = since;
    layoutRows();
    moveTo(m_column, m_row);
    update();
}

void HeatMap::setHighlight(const QString &id)
{
    m_highlight = id;
    m_image = {};
    update();
}

void HeatMap::layoutColumns(int width)
{
    // Whole pixels and round times: the finest step that leaves little room unused.
    static constexpr std::int64_t kNice[] = {1,   2,   5,   10,  15,   20,   30,   60,   120,  180,
                                             240, 360, 480, 720, 1440, 2880, 4320, 7200, 14400}; // half minutes
    int best = 0;
    for (const std::int64_t nice : kNice) {
        const std::int64_t step = nice * 30 * core::kSecond;
        if (step < m_step)
            continue;
        const auto columns = static_cast<int>((m_range.length() + step - 1) / step);
        const int cell = columns > 0 ? width / columns : 0;
        if (cell < 2 || cell * columns <= best + width / 16)
            continue;
        best = cell * columns;
        m_cell = std::min(cell, width);
        m_cellMs = step;
        m_columns = columns;
    }
    if (best == 0) { // more time than pixels
        m_columns = std::max(1, width / 2);
        m_cell = 2;
        m_cellMs = std::max(m_step, (m_range.length() + m_columns - 1) / m_columns);
    }
}

void HeatMap::layoutRows()
{
    m_rows.clear();
    m_nodes.clear();
    m_workloads.clear();
    m_image = {};
    m_gutter = width() > 560 ? kNow + kWorkload : kNow;
    const QRect area = rect().adjusted(kLeft, kTop, -m_gutter, -kBottom);
    if (m_gpus.empty() || !m_range.valid() || area.width() < 20 || area.height() < 20) {
        m_plot = {};
        return;
    }
    layoutColumns(area.width());
    int nodes = 0;
    for (std::size_t i = 0; i < m_gpus.size(); ++i)
        nodes += i == 0 || m_gpus[i].node != m_gpus[i - 1].node ? 1 : 0;
    m_byNode = area.height() - nodes < kLeastRow * static_cast<int>(m_gpus.size());
    const int count = m_byNode ? nodes : static_cast<int>(m_gpus.size());
    const int height = std::max(1, (area.height() - (m_byNode ? 0 : 2 * nodes)) / std::max(1, count));
    const int gap =
        m_byNode ? (height > 4 ? 1 : 0) : std::clamp((area.height() - height * count) / std::max(1, nodes), 1, 10);
    int y = area.top();
    for (std::size_t i = 0; i < m_gpus.size(); ++i) {
        const factory::GpuRow &gpu = m_gpus[i];
        const bool begins = i == 0 || gpu.node != m_gpus[i - 1].node;
        if (begins && i > 0 && !m_byNode)
            y += gap;
        if (begins || !m_byNode) {
            m_rows.push_back({.top = y, .height = height - (m_byNode ? gap : 0)});
            y += height;
        }
        m_rows.back().gpus.push_back(&gpu);
        const int row = static_cast<int>(m_rows.size()) - 1;
        if (begins)
            m_nodes.push_back({.label = text::visible(gpu.node), .id = text::visible(gpu.node), .first = row});
        m_nodes.back().last = row;
        const QString id = idOf(gpu);
        if (m_workloads.empty() || m_workloads.back().id != id)
            m_workloads.push_back({.label = text::visible(gpu.pod), .id = id, .first = row});
        m_workloads.back().last = row;
        m_workloads.back().waiting |= gpu.waiting;
        m_workloads.back().idle |= gpu.idle;
    }
    m_plot = QRect(area.left(), area.top(), m_cell * m_columns, y - area.top());
}

std::vector<HeatMap::Cell> HeatMap::cellsOf(const Row &row) const
{
    std::vector<Cell> cells(static_cast<std::size_t>(m_columns));
    const auto cell = [&](std::int64_t t) -> Cell * {
        // A sample stands for the step before it.
        const std::int64_t at = (t - 1 - m_range.from.ms) / std::max<std::int64_t>(1, m_cellMs);
        return t < m_range.from.ms || at >= m_columns ? nullptr : &cells[static_cast<std::size_t>(at)];
    };
    for (const factory::GpuRow *gpu : row.gpus) {
        for (std::size_t i = 0; i < gpu->held.t.size(); ++i)
            if (Cell *one = cell(gpu->held.t[i])) {
                one->sum += gpu->held.v[i];
                ++one->held;
            }
        for (const std::int64_t t : gpu->free)
            if (Cell *one = cell(t))
                ++one->free;
    }
    return cells;
}

bool HeatMap::isDimmed(const Row &row) const
{
    return !m_highlight.isEmpty() && std::none_of(row.gpus.begin(), row.gpus.end(), [this](const auto *gpu) {
        return idOf(*gpu) == m_highlight || text::visible(gpu->node) == m_highlight;
    });
}

core::Instant HeatMap::timeOf(int column) const
{
    return m_range.from + column * m_cellMs + m_cellMs / 2;
}

int HeatMap::xOf(core::Instant at) const
{
    return m_plot.left() + static_cast<int>((at - m_range.from) * m_cell / std::max<std::int64_t>(1, m_cellMs));
}

int HeatMap::rowAt(int y) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (y >= m_rows[i].top && y < m_rows[i].top + m_rows[i].height)
            return static_cast<int>(i);
    return -1;
}

void HeatMap::moveTo(int column, int row)
{
    const bool inside = column >= 0 && column < m_columns && row >= 0 && row < static_cast<int>(m_rows.size());
    m_column = inside ? column : -1;
    m_row = inside ? row : -1;
    describe();
    setAccessibleDescription(readout());
    update();
}

void HeatMap::describe()
{
    m_readout.clear();
    if (m_row < 0)
        return;
    const Row &row = m_rows[static_cast<std::size_t>(m_row)];
    const Cell cell = cellsOf(row)[static_cast<std::size_t>(m_column)];
    const factory::GpuRow &first = *row.gpus.front();
    m_readout << text::visible(first.node) + QStringLiteral(" · ")
            + (row.gpus.size() == 1 ? tr("GPU %1").arg(text::visible(first.gpu))
                                    : tr("mean of %n GPU(s)", nullptr, static_cast<int>(row.gpus.size())))
              << text::dateTime(timeOf(m_column));
    if (cell.held)
        m_readout << tr("%1 computing").arg(text::quantity(cell.sum / cell.held, telemetry::Unit::Ratio));
    else
        m_readout << (cell.free ? tr("free: nobody held it") : tr("no data"));
    QStringList holders;
    for (const factory::GpuRow *gpu : row.gpus)
        if (const QString id = idOf(*gpu); !id.isEmpty() && !holders.contains(id))
            holders << id;
    if (holders.isEmpty())
        m_readout << tr("free now");
    else
        m_readout << (holders.size() == 1 ? tr("now %1").arg(holders.first())
                                          : tr("now %1 and %2 more").arg(holders.first()).arg(holders.size() - 1));
    const auto waiting = std::count_if(row.gpus.begin(), row.gpus.end(), [](const auto *gpu) { return gpu->waiting; });
    if (waiting > 0)
        m_readout << (row.gpus.size() == 1 ? tr("waits for data")
                                           : tr("%n wait(s) for data", nullptr, static_cast<int>(waiting)));
}

void HeatMap::resizeEvent(QResizeEvent *)
{
    layoutRows();
}

void HeatMap::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        m_image = {};
    TimeChart::changeEvent(event);
}

void HeatMap::pointTo(int column, int row)
{
    moveTo(column, row);
    point(m_row < 0 ? core::Instant() : timeOf(m_column));
}

void HeatMap::walk(int columns, int rows)
{
    const int last = static_cast<int>(m_rows.size()) - 1;
    if (m_row < 0)
        moveTo(m_columns - 1, rows < 0 ? last : 0);
    else
        moveTo(std::clamp(m_column + columns, 0, m_columns - 1), std::clamp(m_row + rows, 0, last));
    if (m_row >= 0)
        mark({timeOf(m_column), crosshair().held});
}

void HeatMap::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    pointTo(m_plot.contains(at) ? (at.x() - m_plot.left()) / m_cell : -1, rowAt(at.y()));
}

void HeatMap::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    if (row >= 0 && !m_plot.isNull())
        Q_EMIT chosen(idOf(*m_rows[static_cast<std::size_t>(row)].gpus.front()));
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(-1, 0);
    case Qt::Key_Right:
        return walk(1, 0);
    case Qt::Key_Up:
        return walk(0, -1);
    case Qt::Key_Down:
        return walk(0, 1);
    case Qt::Key_Return:
        if (m_row >= 0)
            Q_EMIT chosen(idOf(*m_rows[static_cast<std::size_t>(m_row)].gpus.front()));
        return;
    case Qt::Key_Space: // a click chooses what the GPU computes, so that only this holds the instant
        if (m_row >= 0)
            toggle(timeOf(m_column));
        return;
    case Qt::Key_Escape:
        if (crosshair().held)
            return mark({});
        if (m_row < 0 && m_highlight.isEmpty()) // what is left of it is another's
            return TimeChart::keyPressEvent(event);
        Q_EMIT chosen(QString());
        return pointTo(-1, -1);
    default:
        TimeChart::keyPressEvent(event);
    }
}

void HeatMap::focusOutEvent(QFocusEvent *event)
{
    pointTo(-1, -1);
    TimeChart::focusOutEvent(event);
}

void HeatMap::leaveEvent(QEvent *)
{
    pointTo(-1, -1);
}

} // namespace andon::ui
