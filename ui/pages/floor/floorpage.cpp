#include "ui/pages/floor/floorpage.h"

#include "text/floortext.h"
#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/pages/floor/needslist.h"
#include "ui/pages/floor/stationcard.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

constexpr const char *kLinks[] = {"page:storage", "page:compute", "page:lineage", "page:economics"};
constexpr int kTiles = 5;

} // namespace

FloorPage::FloorPage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                     QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.floor(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
{
    live().beginWithRemembered();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    build(body);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("Nothing is known of this site yet"), tr("Refresh (F5) to ask its sources."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void FloorPage::build(QWidget *body)
{
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    auto *stations = new QHBoxLayout;
    stations->setSpacing(0);
    for (const char *link : kLinks) {
        Q_UNUSED(link)
        if (!m_stations.empty()) {
            m_arrows.push_back(new FlowArrow(body));
            stations->addWidget(m_arrows.back());
        }
        m_stations.push_back(new StationCard(body));
        stations->addWidget(m_stations.back(), 1);
        connect(m_stations.back(), &StationCard::linkRequested, this, &Page::linkRequested);
        connect(m_stations.back(), &StationCard::acknowledgeRequested, this, &FloorPage::toggle);
    }
    column->addLayout(stations);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < kTiles; ++i) {
        auto *tile = new Tile(body);
        tile->setAsked(true);
        m_tiles.push_back(tile);
        tiles->addWidget(tile);
        connect(tile, &Tile::clicked, this, [this] { Q_EMIT linkRequested(QStringLiteral("page:economics")); });
    }
    column->addLayout(tiles);
    auto *low = new QHBoxLayout;
    low->setSpacing(12);
    low->addWidget(lineCard(body), 2);
    low->addWidget(needsCard(body), 1);
    column->addLayout(low, 1);
}

QWidget *FloorPage::lineCard(QWidget *parent)
{
    m_line = new Card(tr("The line"), parent);
    m_chart = new LaneChart(m_line);
    m_chart->setGutter(112);
    m_chart->setMinimumHeight(160); // in a low window the stations keep their sentences
    m_line->body()->setContentsMargins(6, 6, 6, 4);
    m_line->body()->addWidget(m_chart);
    connect(m_chart, &LaneChart::linkRequested, this, &Page::linkRequested);
    return m_line;
}

QWidget *FloorPage::needsCard(QWidget *parent)
{
    m_needsCard = new Card(tr("Needs you"), parent);
    m_needs = new NeedsList(m_needsCard);
    connect(m_needs, &NeedsList::linkRequested, this, &Page::linkRequested);
    connect(m_needs, &NeedsList::acknowledgeRequested, this, &FloorPage::toggle);
    m_filter = filterBarOf(m_needs->rows(), clock(), tr("Filter what needs you"), m_needsCard);
    m_needsCard->header()->addWidget(m_filter, 3);
    m_needsCard->body()->addWidget(new FilteredView(m_needs, m_needs->rows(), m_filter, m_needsCard), 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 2, 12, 4);
    m_order = new Label(tr("the worst first, of equals the dearest"), Tone::Muted, 11, m_needsCard);
    m_order->setElided(true);
    auto *all = new QPushButton(tr("All sites"), m_needsCard);
    all->setFixedHeight(20);
    all->setFont(ui::font(11));
    all->setToolTip(tr("Show what needs somebody at any site"));
    connect(all, &QPushButton::clicked, this, [this] { Q_EMIT commandRequested(QStringLiteral("sites.all")); });
    foot->addWidget(m_order, 1);
    foot->addWidget(all);
    m_needsCard->body()->addLayout(foot);
    return m_needsCard;
}

void FloorPage::render(const core::Snapshot<factory::FloorView> &snapshot)
{
    const factory::FloorView &view = snapshot.value;
    const bool any = std::any_of(view.stations.begin(), view.stations.end(),
                                 [](const factory::StationView &s) { return s.headline.value.has_value(); });
    m_panel->show(snapshot.freshness, now(), any);
    renderStations(view);
    renderTiles(view);
    renderLine(view);
    m_needs->set(view, now());
    const auto taken = std::count_if(view.attention.begin(), view.attention.end(),
                                     [](const factory::Attention &one) { return one.ack.has_value(); });
    const int open = m_needs->count() - static_cast<int>(taken);
    m_needsCard->setNote(!m_needs->count() ? QString()
                             : taken > 0   ? tr("%1 open, %2 acknowledged").arg(open).arg(taken)
                                           : tr("%1 open").arg(open));
}

void FloorPage::renderStations(const factory::FloorView &view)
{
    for (std::size_t i = 0; i < m_stations.size() && i < view.stations.size(); ++i)
        m_stations[i]->set(view.stations[i], QString::fromLatin1(kLinks[i]), now());
    for (std::size_t i = 0; i < m_arrows.size() && i + 1 < view.stations.size(); ++i)
        m_arrows[i]->set(view.stations[i], view.stations[i + 1]);
}

void FloorPage::renderTiles(const factory::FloorView &view)
{
    const auto tile = [&](std::size_t i, const QString &title, const economics::Kpi *kpi, const QString &basis) {
        if (!kpi)
            return m_tiles[i]->set(title, QStringLiteral("—"), {}, tr("this site has no price book"));
        if (!kpi->value)
            return m_tiles[i]->set(title, QStringLiteral("—"), {}, text::kpiMissing(*kpi));
        const auto gap = text::kpiTarget(*kpi);
        const QString note = !gap ? basis
            : gap->gap.isEmpty()  ? tr("target %1").arg(gap->target)
                                  : tr("%1 target %2").arg(gap->gap, gap->target);
        m_tiles[i]->set(title, text::kpiValue(*kpi), gap ? basis : QString(), note,
                        gap && !gap->met ? static_cast<int>(Status::Warning) : -1);
    };
    const economics::KpiReport *kpi = view.kpi ? &*view.kpi : nullptr;
    tile(0, tr("Cost per 1 M tokens"), kpi ? &kpi->totals.costPerMtok : nullptr, tr("allocation, 24 h"));
    tile(1, tr("Revenue per 1 M tokens"), kpi ? &kpi->totals.revenuePerMtok : nullptr, tr("24 h"));
    tile(2, tr("Gross margin"), kpi ? &kpi->totals.grossMargin : nullptr, tr("24 h"));
    tile(3, tr("Time to monetization"), kpi ? &kpi->timeToMonetization : nullptr, tr("last release"));
    tile(4, tr("GPUs that do not compute"), kpi ? &kpi->tax.total : nullptr, tr("24 h"));
    if (!kpi && !view.notComputing.v.empty()) // without a price they are still counted
        m_tiles[4]->set(tr("GPUs that do not compute"), text::count(std::llround(view.notComputing.v.back())),
                        tr("GPUs now"), tr("no price book: no cost"));
    else if (kpi && kpi->tax.total.value && kpi->tax.budget) {
        const core::Money *spent = kpi->tax.total.money();
        const bool over = spent && spent->micro > kpi->tax.budget->micro;
        m_tiles[4]->set(tr("GPUs that do not compute"), text::kpiValue(kpi->tax.total), tr("24 h"),
                        (over ? tr("over the budget of %1") : tr("budget %1")).arg(text::money(*kpi->tax.budget, 0)),
                        over ? static_cast<int>(Status::Warning) : -1);
    }
    m_tiles[4]->setTrend(view.notComputing);
}

void FloorPage::renderLine(const factory::FloorView &view)
{
    static constexpr int kColours[] = {0, 3, 1};
    std::vector<ChartLane> lanes;
    for (const factory::Lane &lane : view.lanes) {
        QString note = tr("now %1").arg(text::quantity(telemetry::last(lane.series), lane.unit));
        if (lane.normal)
            note += tr(" · normal %1").arg(text::quantity(lane.normal, lane.unit));
        lanes.push_back({.title = text::figureName(lane.key),
                         .note = note,
                         .unit = lane.unit,
                         .lines = {{{}, lane.series, kColours[lanes.size() % 3]}},
                         .normal = lane.normal,
                         .top = lane.unit == telemetry::Unit::Ratio ? std::optional(1.0) : std::nullopt});
    }
    std::vector<ChartMark> marks;
    for (const factory::EventMark &event : view.events) {
        const int status = event.kind == factory::EventKind::Alert ? static_cast<int>(Status::Critical)
            : event.kind == factory::EventKind::GateSkipped || event.kind == factory::EventKind::GateFailed
            ? static_cast<int>(Status::Warning)
            : -1;
        marks.push_back({.at = event.at,
                         .letter = eventLetter(event.kind),
                         .tip = text::compactTime(event.at, view.range.to) + u' ' + eventWords(event),
                         .status = status,
                         .link = QString::fromStdString(event.link)});
    }
    const QString legend = eventLegend(view.events);
    m_line->setNote(legend.isEmpty() ? tr("what the machines did; nothing happened beside it")
                                     : tr("what the machines did, and beside it: %1").arg(legend));
    m_chart->setBand(view.waitingSince.known() ? std::optional(ChartBand{
                         {view.waitingSince, view.range.to},
                         tr("Storage-bound since %1").arg(text::compactTime(view.waitingSince, view.range.to)),
                         static_cast<int>(Status::Critical)})
                                               : std::nullopt);
    m_chart->set(view.range, std::move(lanes), std::move(marks));
}

} // namespace andon::ui
