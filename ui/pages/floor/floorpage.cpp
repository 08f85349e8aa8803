#include "ui/pages/floor/floorpage.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/floor/stationcard.h"
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

int statusOf(lineage::Severity severity)
{
    switch (severity) {
    case lineage::Severity::Critical:
        return static_cast<int>(Status::Critical);
    case lineage::Severity::Major:
        return static_cast<int>(Status::Major);
    case lineage::Severity::Warning:
        return static_cast<int>(Status::Warning);
    case lineage::Severity::Info:
        return static_cast<int>(Status::Stale);
    }
    return -1;
}

QString letterOf(factory::EventKind kind)
{
    switch (kind) {
    case factory::EventKind::Merge:
    case factory::EventKind::Commit:
        return QStringLiteral("M");
    case factory::EventKind::GateFailed:
    case factory::EventKind::GateSkipped:
        return QStringLiteral("F");
    case factory::EventKind::RunStarted:
    case factory::EventKind::RunFinished:
        return QStringLiteral("T");
    case factory::EventKind::Deployed:
        return QStringLiteral("D");
    case factory::EventKind::Alert:
        return QStringLiteral("A");
    }
    return {};
}

} // namespace

FloorPage::FloorPage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                     QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.floor(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
    , m_attention({{tr("What"), 0}, {tr("Since"), 66, true}, {tr("Next"), 128}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    auto *stations = new QHBoxLayout;
    stations->setSpacing(12);
    static constexpr const char *kLinks[] = {"page:storage", "page:compute", "page:lineage", "page:economics"};
    for (int i = 0; i < 4; ++i) {
        auto *card = new StationCard(body);
        m_stations.push_back(card);
        stations->addWidget(card);
        connect(card, &StationCard::clicked, this,
                [this, link = QString::fromLatin1(kLinks[i])] { Q_EMIT linkRequested(link); });
    }
    column->addLayout(stations);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < 5; ++i) {
        auto *tile = new Tile(body);
        tile->setAsked(true);
        m_tiles.push_back(tile);
        tiles->addWidget(tile);
        connect(tile, &Tile::clicked, this, [this] { Q_EMIT linkRequested(QStringLiteral("page:economics")); });
    }
    column->addLayout(tiles);
    auto *low = new QHBoxLayout;
    low->setSpacing(12);
    auto *line = new Card(tr("The line, last 24 h"), body);
    line->setNote(tr("what the machines did, what happened beside it: M merge, T run, A alert"));
    m_chart = new LaneChart(line);
    line->body()->setContentsMargins(6, 6, 6, 4);
    line->body()->addWidget(m_chart);
    connect(m_chart, &LaneChart::linkRequested, this, &Page::linkRequested);
    low->addWidget(line, 2);
    auto *needs = new Card(tr("Needs you"), body);
    needs->setNote(tr("double-click opens it"));
    auto *table = new Table(m_attention, needs);
    connect(table, &Table::linkRequested, this, &Page::linkRequested);
    needs->body()->addWidget(table);
    low->addWidget(needs, 1);
    column->addLayout(low, 1);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("Nothing is known of this site yet"), tr("Refresh (F5) to ask its sources."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void FloorPage::render(const core::Snapshot<factory::FloorView> &snapshot)
{
    const factory::FloorView &view = snapshot.value;
    const bool any = std::any_of(view.stations.begin(), view.stations.end(),
                                 [](const factory::StationView &s) { return s.headline.value.has_value(); });
    m_panel->show(snapshot.freshness, now(), any);
    for (std::size_t i = 0; i < m_stations.size() && i < view.stations.size(); ++i)
        m_stations[i]->set(view.stations[i]);
    const auto tile = [&](std::size_t i, const QString &title, const economics::Kpi *kpi, const QString &unit) {
        if (!kpi)
            return m_tiles[i]->set(title, QStringLiteral("—"), {}, tr("no price book"));
        QString note = kpi->value ? unit : text::kpiMissing(*kpi);
        if (kpi->value && kpi->target)
            note = tr("target %1").arg(text::kpiValue(economics::Kpi{.unit = kpi->unit, .value = kpi->target}));
        m_tiles[i]->set(title, text::kpiValue(*kpi), {}, note);
    };
    const economics::KpiReport *kpi = view.kpi ? &*view.kpi : nullptr;
    tile(0, tr("Cost per 1 M tokens"), kpi ? &kpi->totals.costPerMtok : nullptr, tr("allocation basis, 24 h"));
    tile(1, tr("Revenue per 1 M tokens"), kpi ? &kpi->totals.revenuePerMtok : nullptr, tr("24 h"));
    tile(2, tr("Gross margin"), kpi ? &kpi->totals.grossMargin : nullptr, tr("24 h"));
    tile(3, tr("Time to monetization"), kpi ? &kpi->timeToMonetization : nullptr, tr("last release"));
    tile(4, tr("GPUs that do not compute"), kpi ? &kpi->tax.total : nullptr, tr("24 h"));
    renderLine(view);
    renderAttention(view);
}

void FloorPage::renderLine(const factory::FloorView &view)
{
    std::vector<ChartLane> lanes;
    int colour[] = {0, 3, 1};
    std::size_t i = 0;
    for (const factory::Lane &lane : view.lanes)
        lanes.push_back({.title = text::figureName(lane.key),
                         .note = tr("now %1").arg(text::quantity(telemetry::last(lane.series), lane.unit)),
                         .unit = lane.unit,
                         .lines = {{{}, lane.series, colour[i++ % 3]}},
                         .top = lane.unit == telemetry::Unit::Ratio ? std::optional(1.0) : std::nullopt});
    std::vector<ChartMark> marks;
    for (const factory::EventMark &event : view.events)
        marks.push_back({.at = event.at,
                         .letter = letterOf(event.kind),
                         .tip = text::visible(event.title),
                         .status = event.kind == factory::EventKind::Alert ? static_cast<int>(Status::Critical) : -1,
                         .link = QString::fromStdString(event.link)});
    m_chart->set(view.range, std::move(lanes), std::move(marks));
}

void FloorPage::renderAttention(const factory::FloorView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::Attention &one : view.attention) {
        const QString title = text::attentionTitle(one.key, one.values);
        rows.push_back({title,
                        {{.text = title, .status = statusOf(one.severity), .tip = title},
                         {.text = one.since.known() ? text::compactTime(one.since, now()) : QString(), .muted = true},
                         {.text = text::attentionNext(one.key), .muted = true}},
                        QString::fromStdString(one.link)});
    }
    m_attention.setRows(std::move(rows));
}

} // namespace andon::ui
