#include "ui/pages/compute/computepage.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

models::Cell share(std::optional<double> value)
{
    return {.text = text::quantity(value, telemetry::Unit::Ratio), .bar = value};
}

} // namespace

ComputePage::ComputePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.compute(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
    , m_nodes({{tr("Node"), 90},
               {tr("GPUs"), 50, true},
               {tr("Computing"), 0},
               {tr("Busy"), 0},
               {tr("Memory"), 0},
               {tr("Power"), 76, true},
               {tr("Hottest"), 66, true}})
    , m_workloads({{tr("Workload"), 0},
                   {tr("Namespace"), 84},
                   {tr("GPUs"), 50, true},
                   {tr("Computing"), 130},
                   {tr("State"), 126}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < 6; ++i) {
        m_tiles.push_back(new Tile(body));
        tiles->addWidget(m_tiles.back());
    }
    column->addLayout(tiles);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(12);
    auto *heat = new Card(tr("Every GPU, last 24 h"), body);
    m_heat = new HeatMap(heat);
    heat->body()->setContentsMargins(8, 8, 8, 4);
    heat->body()->addWidget(m_heat);
    middle->addWidget(heat, 3);
    auto *lanes = new Card(tr("Fleet"), body);
    m_chart = new LaneChart(lanes);
    lanes->body()->setContentsMargins(6, 6, 6, 6);
    lanes->body()->addWidget(m_chart);
    middle->addWidget(lanes, 2);
    column->addLayout(middle, 3);
    auto *low = new QHBoxLayout;
    low->setSpacing(12);
    auto *workloads = new Card(tr("Workloads"), body);
    workloads->setNote(tr("what holds GPUs, waiting ones first"));
    workloads->body()->addWidget(new Table(m_workloads, workloads));
    auto *nodes = new Card(tr("Nodes"), body);
    nodes->body()->addWidget(new Table(m_nodes, nodes));
    low->addWidget(workloads, 1);
    low->addWidget(nodes, 1);
    column->addLayout(low, 2);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No GPU series"),
                          tr("The server has none of the metrics that the GPU packs know. Run dcgm-exporter and let "
                             "Prometheus scrape it."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void ComputePage::render(const core::Snapshot<factory::ComputeView> &snapshot)
{
    const factory::ComputeView &view = snapshot.value;
    m_panel->show(snapshot.freshness, now(), !view.heat.series.empty());
    for (std::size_t i = 0; i < m_tiles.size() && i < view.figures.size(); ++i) {
        const factory::Figure &figure = view.figures[i];
        const text::Quantity parts = text::splitQuantity(figure.value, figure.unit);
        QString note;
        int status = -1;
        if (figure.key == "compute.starved" && figure.value.value_or(0) > 0) {
            status = static_cast<int>(Status::Major);
            note = tr("busy, but SM active below 40 %");
        } else if (figure.key == "compute.idle" && figure.value.value_or(0) > 0) {
            status = static_cast<int>(Status::Warning);
            note = tr("held without computing");
        } else if (figure.key == "compute.allocated" && view.quota > 0) {
            note = tr("%1 % of the quota").arg(100 * view.allocated / view.quota);
        } else if (!figure.missing.empty()) {
            note = text::figureMissing(figure.missing);
        }
        m_tiles[i]->set(text::figureName(figure.key), parts.digits, parts.unit, note, status);
    }
    m_heat->set(view.heat, view.range,
                view.heatSignal == "gpu.sm_active"
                    ? tr("SM active: what really computes. Hatched: no data.")
                    : tr("GPU busy: SM activity is not exported here. Hatched: no data."));
    std::vector<ChartLane> lanes;
    for (const factory::Lane &lane : view.lanes)
        lanes.push_back({.title = text::figureName(lane.key),
                         .note = tr("now %1").arg(text::quantity(telemetry::last(lane.series), lane.unit)),
                         .unit = lane.unit,
                         .lines = {{{}, lane.series, lane.key == "gpu.power" ? 1 : 0}},
                         .top = lane.unit == telemetry::Unit::Ratio ? std::optional(1.0) : std::nullopt});
    m_chart->set(view.range, std::move(lanes));
    std::vector<models::TableRow> rows;
    for (const factory::NodeRow &node : view.nodes)
        rows.push_back({text::visible(node.node),
                        {{.text = text::visible(node.node)},
                         {.text = QString::number(node.gpus)},
                         share(node.smActive),
                         share(node.busy),
                         share(node.memory),
                         {.text = text::quantity(node.watts, telemetry::Unit::Watts)},
                         {.text = text::quantity(node.celsius, telemetry::Unit::Celsius)}}});
    m_nodes.setRows(std::move(rows));
    rows.clear();
    for (const factory::WorkloadRow &w : view.workloads) {
        const int status = w.starved ? static_cast<int>(Status::Major)
            : w.idle                 ? static_cast<int>(Status::Warning)
                                     : -1;
        rows.push_back({text::visible(w.nameSpace + "/" + w.pod),
                        {{.text = text::visible(w.pod)},
                         {.text = text::visible(w.nameSpace), .muted = true},
                         {.text = QString::number(w.gpus)},
                         share(w.smActive),
                         {.text = w.starved ? tr("waits for data")
                              : w.idle      ? tr("idle")
                                            : tr("computing"),
                          .status = status,
                          .muted = status < 0}}});
    }
    m_workloads.setRows(std::move(rows));
}

} // namespace andon::ui
