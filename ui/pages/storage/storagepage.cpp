#include "ui/pages/storage/storagepage.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/theme/shapes.h"
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

using telemetry::Unit;

int statusOf(telemetry::Level level)
{
    switch (level) {
    case telemetry::Level::Critical:
        return static_cast<int>(Status::Critical);
    case telemetry::Level::Major:
        return static_cast<int>(Status::Major);
    case telemetry::Level::Warning:
        return static_cast<int>(Status::Warning);
    case telemetry::Level::Ok:
    case telemetry::Level::Info:
        return static_cast<int>(Status::Ok);
    case telemetry::Level::Unknown:
        return static_cast<int>(Status::Idle);
    }
    return -1;
}

} // namespace

StoragePage::StoragePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.storage(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
    , m_arrays({{tr("Array"), 0},
                {tr("State"), 110},
                {tr("Read"), 180},
                {tr("Normal"), 90, true},
                {tr("Highest, 7 d"), 96, true},
                {tr("Write"), 90, true},
                {tr("Read latency"), 96, true},
                {tr("Normal"), 80, true},
                {tr("Operations"), 90, true},
                {tr("Space used"), 140}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    m_verdict = new Banner(body);
    column->addWidget(m_verdict);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < 4; ++i) {
        m_tiles.push_back(new Tile(body));
        tiles->addWidget(m_tiles.back());
    }
    column->addLayout(tiles);
    auto *lanes = new Card(tr("The busiest array, last 24 h"), body);
    m_chart = new LaneChart(lanes);
    lanes->body()->setContentsMargins(6, 6, 6, 6);
    lanes->body()->addWidget(m_chart);
    column->addWidget(lanes, 1);
    auto *arrays = new Card(tr("Arrays"), body);
    arrays->setNote(tr("the bar is against the highest rate of 7 days, the tick is normal"));
    auto *table = new Table(m_arrays, arrays);
    table->setFitsRows(true);
    arrays->body()->addWidget(table);
    column->addWidget(arrays);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No storage series"),
                          tr("The server has none of the metrics that the storage packs know. Scrape the array's "
                             "exporter with Prometheus."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void StoragePage::render(const core::Snapshot<factory::StorageView> &snapshot)
{
    const factory::StorageView &view = snapshot.value;
    m_panel->show(snapshot.freshness, now(), !view.arrays.empty());
    if (view.arrays.empty())
        return;
    const factory::ArrayRow &worst = view.arrays.front();
    const bool bad = worst.state.level >= telemetry::Level::Warning && worst.state.level != telemetry::Level::Unknown;
    if (bad)
        m_verdict->setText(
            statusOf(worst.state.level),
            tr("%1 is %2 since %3: %4 of reads at %5 latency (normal %6). %7 GPUs are busy but wait for data.")
                .arg(text::visible(worst.array), text::visible(worst.state.word).toLower(),
                     text::compactTime(worst.since, now()), text::quantity(worst.read, Unit::BytesPerSecond),
                     text::quantity(worst.readLatency, Unit::Seconds),
                     text::quantity(worst.latencyNormal, Unit::Seconds), text::count(view.starvedGpus)));
    else
        m_verdict->setText(static_cast<int>(Status::Ok), tr("No array is near its limit; nothing waits for storage."));
    m_verdict->setToolTip(text::visible(worst.state.text).toHtmlEscaped());
    for (std::size_t i = 0; i < m_tiles.size() && i < view.figures.size(); ++i) {
        const factory::Figure &figure = view.figures[i];
        const text::Quantity parts = text::splitQuantity(figure.value, figure.unit);
        m_tiles[i]->set(text::figureName(figure.key), parts.digits, parts.unit,
                        figure.key == "storage.read_latency" ? text::visible(worst.array) : tr("all arrays"));
    }
    std::vector<ChartLane> lanes;
    for (const factory::Lane &lane : view.lanes) {
        const auto normal = lane.key == "storage.read" ? worst.readNormal
            : lane.key == "storage.read_latency"       ? worst.latencyNormal
                                                       : std::nullopt;
        QString note =
            tr("%1 · now %2").arg(text::visible(worst.array), text::quantity(telemetry::last(lane.series), lane.unit));
        if (normal)
            note += tr(" · normal %1").arg(text::quantity(normal, lane.unit));
        lanes.push_back({.title = text::figureName(lane.key),
                         .note = note,
                         .unit = lane.unit,
                         .lines = {{{},
                                    lane.series,
                                    lane.key == "storage.read"        ? 3
                                        : lane.key == "storage.write" ? 0
                                                                      : 1}},
                         .limit = lane.limit});
    }
    m_chart->set(view.range, std::move(lanes));
    std::vector<models::TableRow> rows;
    for (const factory::ArrayRow &a : view.arrays) {
        const auto against = [&](std::optional<double> value) {
            return value && a.limit && *a.limit > 0 ? std::optional(*value / *a.limit) : std::nullopt;
        };
        rows.push_back({text::visible(a.array),
                        {{.text = text::visible(a.array), .strong = true},
                         {.text = text::visible(a.state.word),
                          .status = statusOf(a.state.level),
                          .tip = text::visible(a.state.text)},
                         {.text = text::quantity(a.read, Unit::BytesPerSecond),
                          .bar = against(a.read),
                          .tick = against(a.readNormal)},
                         {.text = text::quantity(a.readNormal, Unit::BytesPerSecond), .muted = true},
                         {.text = text::quantity(a.limit, Unit::BytesPerSecond), .muted = true},
                         {.text = text::quantity(a.write, Unit::BytesPerSecond)},
                         {.text = text::quantity(a.readLatency, Unit::Seconds)},
                         {.text = text::quantity(a.latencyNormal, Unit::Seconds), .muted = true},
                         {.text = text::quantity(a.iops, Unit::PerSecond)},
                         {.text = text::quantity(a.space, Unit::Ratio), .bar = a.space}}});
    }
    m_arrays.setRows(std::move(rows));
}

} // namespace andon::ui
