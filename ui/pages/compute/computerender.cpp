// How a ComputePage draws its snapshot.
#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/compute/computepage.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/pages/compute/histogram.h"
#include "ui/theme/shapes.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/tile.h"

namespace andon::ui
{

namespace
{

using telemetry::Unit;

std::optional<double> percent(std::optional<double> ratio)
{
    return ratio ? std::optional(*ratio * 100) : std::nullopt;
}

models::Cell share(std::optional<double> value)
{
    return {.text = text::quantity(value, Unit::Ratio), .bar = value, .value = percent(value)};
}

struct TileLook {
    QString note = {};
    int status = -1;
    std::optional<double> bar = {};
    std::optional<double> tick = {};
    int barStatus = -1;
};

TileLook lookOf(const factory::Figure &figure, const factory::ComputeView &view)
{
    const auto of = [](double part, double whole) { return whole > 0 ? std::optional(part / whole) : std::nullopt; };
    const auto whole = [](std::optional<double> value) { return static_cast<int>(value.value_or(0) * 100 + 0.5); };
    const bool some = figure.value.value_or(0) > 0;
    TileLook look{.note = figure.missing.empty() ? QString() : text::figureMissing(figure.missing)};
    if (!figure.value)
        return look;
    if (figure.key == "compute.quota") {
        look = {.note = ComputePage::tr("%n node(s)", nullptr, static_cast<int>(view.nodes.size())), .bar = 1};
    } else if (figure.key == "compute.allocated") {
        look.bar = of(view.allocated, view.quota);
        look.note = ComputePage::tr("%1 % of quota · %2 free").arg(whole(look.bar)).arg(view.quota - view.allocated);
    } else if (figure.key == "compute.computing") {
        look = {.note = ComputePage::tr("of all GPUs, SM active"), .bar = figure.value, .tick = figure.normal};
        if (figure.normal)
            look.note = ComputePage::tr("of all GPUs · normal %1").arg(text::quantity(figure.normal, Unit::Ratio));
    } else if (figure.key == "compute.starved") {
        look.bar = of(view.starved, view.allocated);
        look.barStatus = static_cast<int>(Status::Major);
        look.status = some ? static_cast<int>(Status::Major) : -1;
        look.note = some ? ComputePage::tr("busy, SM active below 40 %") : ComputePage::tr("no GPU waits");
    } else if (figure.key == "compute.idle") {
        look.bar = of(view.idle, view.allocated);
        look.barStatus = static_cast<int>(Status::Warning);
        look.status = some ? static_cast<int>(Status::Warning) : -1;
        look.note = some ? ComputePage::tr("held, nothing in 30 min") : ComputePage::tr("every held GPU works");
    } else if (figure.key == "compute.power" && view.allocated > 0) {
        look.note = figure.normal ? ComputePage::tr("normal %1").arg(text::quantity(figure.normal, Unit::Watts))
                                  : ComputePage::tr("no normal yet");
        if (figure.normal && *figure.normal > 0) {
            look.bar = *figure.value / (*figure.normal * 1.5);
            look.tick = 1 / 1.5;
        }
    } else if (figure.key == "compute.xid") {
        look.status = some ? static_cast<int>(Status::Warning) : -1;
        look.bar = of(*figure.value, view.quota);
        look.barStatus = static_cast<int>(Status::Warning);
        look.note = some ? ComputePage::tr("GPUs, XID not cleared") : ComputePage::tr("no GPU reports one");
    }
    return look;
}

} // namespace

void ComputePage::render(const core::Snapshot<factory::ComputeView> &snapshot)
{
    const factory::ComputeView &view = snapshot.value;
    m_panel->show(snapshot.freshness, now(), !view.heat.empty());
    renderTiles(view);
    renderHeat(view);
    renderLanes(view);
    renderWorkloads(view);
    renderNodes(view);
    choose();
}

void ComputePage::renderTiles(const factory::ComputeView &view)
{
    for (std::size_t i = 0; i < m_tiles.size() && i < view.figures.size(); ++i) {
        const factory::Figure &figure = view.figures[i];
        const text::Quantity parts = text::splitQuantity(figure.value, figure.unit);
        const TileLook look = lookOf(figure, view);
        m_tiles[i]->set(text::figureName(figure.key), parts.digits, parts.unit, look.note, look.status);
        m_tiles[i]->setBar(look.bar, look.tick, look.barStatus);
    }
}

void ComputePage::renderHeat(const factory::ComputeView &view)
{
    core::Instant since;
    for (const factory::WorkloadRow &row : view.workloads)
        if (row.starved && row.since.known() && (!since.known() || row.since < since))
            since = row.since;
    if (since.known() && since <= view.range.from + view.heatStep)
        since = {}; // it began before the picture
    m_heat->set(view.heat, view.range, view.heatStep, since);
    const bool active = view.heatSignal == "gpu.sm_active";
    QString why = tr("GPU busy: SM activity is not exported here, so a GPU that waits for data looks busy. "
                     "dcgm-exporter gives DCGM_FI_PROF_SM_ACTIVE.");
    if (active)
        why = view.waitingBusy
            ? tr("Why SM active: it counts time with work on the cores. GPU busy only says that a kernel is resident, "
                 "and reads %1 on the GPUs that wait.")
                  .arg(text::quantity(view.waitingBusy, Unit::Ratio))
            : tr("Why SM active: it counts time with work on the cores. GPU busy only says that a kernel is resident.");
    m_why->setText(why);
    m_why->setToolTip(tipOf(why));
    const auto reporting = std::count_if(view.heat.begin(), view.heat.end(),
                                         [](const factory::GpuRow &gpu) { return gpu.now.has_value(); });
    m_reports->setText(tr("%1 of %2 GPUs report").arg(reporting).arg(view.heat.size()));
    m_heatCard->setNote(m_heat->byNode() ? tr("a row is the mean of a node") : tr("a row is a GPU"));
    std::vector<double> ratios;
    for (const factory::GpuRow &gpu : view.heat)
        if (gpu.now && !gpu.pod.empty())
            ratios.push_back(*gpu.now);
    m_histogram->set(ratios);
    m_nowCard->setTitle(active ? tr("SM active now") : tr("GPU busy now"));
    m_nowCard->setNote(tr("%1 allocated GPUs").arg(ratios.size()));
}

void ComputePage::renderLanes(const factory::ComputeView &view)
{
    std::vector<ChartLane> lanes;
    for (const factory::Lane &lane : view.lanes) {
        QString note = tr("now %1").arg(text::quantity(telemetry::last(lane.series), lane.unit));
        if (lane.normal)
            note += tr(" · normal %1").arg(text::quantity(lane.normal, lane.unit));
        lanes.push_back({.title = text::figureName(lane.key),
                         .note = note,
                         .unit = lane.unit,
                         .lines = {{{}, lane.series, lane.key == "gpu.power" ? 1 : 0}},
                         .top = lane.unit == Unit::Ratio ? std::optional(1.0) : std::nullopt});
    }
    m_chart->set(view.range, std::move(lanes));
}

void ComputePage::renderWorkloads(const factory::ComputeView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::WorkloadRow &w : view.workloads) {
        const Status status = w.starved ? Status::Major : w.idle ? Status::Warning : Status::Ok;
        const QString word = w.starved ? tr("Waits for data") : w.idle ? tr("Held idle") : tr("Computing");
        models::Cell waited = share(w.waitingShare);
        if (w.waitingShare.value_or(0) > 0) {
            waited.status = static_cast<int>(Status::Major);
            waited.toned = true;
        }
        const bool before = w.since.known() && w.since <= view.range.from + view.heatStep;
        QString since = w.since.known() ? text::age(w.since, view.range.to) : QString();
        if (before)
            since.prepend(QStringLiteral("> "));
        rows.push_back({text::visible(w.nameSpace + "/" + w.pod),
                        {{.text = word, .status = static_cast<int>(status), .strong = w.starved},
                         {.text = text::visible(w.pod), .strong = w.starved, .tip = text::visible(w.pod)},
                         {.text = text::visible(w.nameSpace), .muted = true},
                         {.text = QString::number(w.gpus)},
                         share(w.smActive ? w.smActive : w.busy),
                         waited,
                         {.text = w.waitingGpus ? tr("%n GPU(s)", nullptr, w.waitingGpus) : QStringLiteral("0"),
                          .muted = w.waitingGpus == 0,
                          .value = w.waitingGpus},
                         {.text = text::quantity(w.memory, Unit::Ratio), .value = percent(w.memory)},
                         {.text = text::quantity(w.watts, Unit::Watts), .value = w.watts},
                         {.text = since,
                          .muted = !w.starved,
                          .tip = text::dateTime(w.since),
                          .value = models::timeValue(w.since)}},
                        w.starved ? QStringLiteral("page:storage") : QString()});
    }
    m_workloads.setRows(std::move(rows));
}

void ComputePage::renderNodes(const factory::ComputeView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::NodeRow &node : view.nodes)
        rows.push_back({text::visible(node.node),
                        {{.text = text::visible(node.node)},
                         {.text = QString::number(node.gpus)},
                         share(node.smActive),
                         share(node.busy),
                         share(node.memory),
                         {.text = text::quantity(node.watts, Unit::Watts), .value = node.watts},
                         {.text = text::quantity(node.celsius, Unit::Celsius), .value = node.celsius}}});
    m_nodes.setRows(std::move(rows));
}

} // namespace andon::ui
