#include "ui/pages/compute/computepage.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/pages/compute/histogram.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

constexpr int kTiles = 7;

} // namespace

ComputePage::ComputePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.compute(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
    , m_nodes({{tr("Node"), 0, false, 0, text::wordField("node")},
               {tr("GPUs"), 56, true, 0, text::numberField("gpus")},
               {tr("Computing"), 150, false, 0, text::numberField("computing", "%")},
               {tr("Busy"), 150, false, 0, text::numberField("busy", "%")},
               {tr("Memory"), 150, false, 0, text::numberField("memory", "%")},
               {tr("Power"), 90, true, 0, text::numberField("power", "W")},
               {tr("Hottest"), 80, true, 0, text::numberField("hottest", "°C")}})
    , m_workloads({{tr("State"), 140, false, 0, text::wordField("state")},
                   {tr("Workload"), 0, false, 0, text::wordField("workload")},
                   {tr("Namespace"), 110, false, 1000, text::wordField("namespace")},
                   {tr("GPUs"), 56, true, 0, text::numberField("gpus")},
                   {tr("Computing"), 160, false, 0, text::numberField("computing", "%")},
                   {tr("Waited in range"), 160, false, 0, text::numberField("waited", "%")},
                   {tr("Waiting now"), 96, true, 0, text::numberField("waiting")},
                   {tr("Memory"), 74, true, 900, text::numberField("memory", "%")},
                   {tr("Power"), 84, true, 0, text::numberField("power", "W")},
                   {tr("State for"), 84, true, 0, text::timeField("since")}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    build(body);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No GPU series"),
                          tr("The server has none of the metrics that the GPU packs know. Run dcgm-exporter and let "
                             "Prometheus scrape it."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void ComputePage::build(QWidget *body)
{
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < kTiles; ++i) {
        m_tiles.push_back(new Tile(body));
        tiles->addWidget(m_tiles.back());
    }
    m_tiles[3]->setOpens(tr("Show the first workload that waits"));
    m_tiles[4]->setOpens(tr("Show the first workload that idles"));
    connect(m_tiles[3], &Tile::clicked, this, [this] { open(QStringLiteral("compute:waiting")); });
    connect(m_tiles[4], &Tile::clicked, this, [this] { open(QStringLiteral("compute:idle")); });
    column->addLayout(tiles);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(heatCard(body), 5);
    middle->addWidget(sideCards(body), 2);
    column->addLayout(middle, 3);
    column->addWidget(tableCard(body), 2);
}

QWidget *ComputePage::heatCard(QWidget *parent)
{
    m_heatCard = new Card(tr("Every GPU over time"), parent);
    m_heatCard->header()->addWidget(new HeatLegend(m_heatCard));
    m_heat = new HeatMap(m_heatCard);
    connect(m_heat, &HeatMap::chosen, this, [this](const QString &id) {
        m_wanted = id;
        id.isEmpty() ? m_heat->setHighlight({}) : choose();
    });
    auto *foot = new QHBoxLayout;
    m_why = new Label({}, Tone::Muted, 11, m_heatCard);
    m_why->setElided(true);
    m_reports = new Label({}, Tone::Muted, 11, m_heatCard);
    foot->addWidget(m_why, 1);
    foot->addWidget(m_reports);
    m_heatCard->body()->setContentsMargins(8, 4, 10, 6);
    m_heatCard->body()->addWidget(m_heat, 1);
    m_heatCard->body()->addLayout(foot);
    return m_heatCard;
}

QWidget *ComputePage::sideCards(QWidget *parent)
{
    auto *side = new QWidget(parent);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_nowCard = new Card(tr("Computing now"), side);
    m_histogram = new Histogram(m_nowCard);
    m_nowCard->body()->setContentsMargins(6, 6, 6, 4);
    m_nowCard->body()->addWidget(m_histogram);
    column->addWidget(m_nowCard, 2);
    auto *fleet = new Card(tr("All GPUs together"), side);
    m_chart = new LaneChart(fleet);
    fleet->body()->setContentsMargins(6, 6, 6, 6);
    fleet->body()->addWidget(m_chart);
    column->addWidget(fleet, 3);
    return side;
}

QWidget *ComputePage::tableCard(QWidget *parent)
{
    m_tableCard = new Card(tr("Workloads"), parent);
    m_tables = new QStackedWidget(m_tableCard);
    m_workloadTable = new Table(m_workloads, m_tables);
    m_nodeTable = new Table(m_nodes, m_tables);
    m_workloadTable->setObjectName(QStringLiteral("workloads"));
    m_nodeTable->setObjectName(QStringLiteral("nodes"));
    m_workloadTable->setAccessibleName(tr("Workloads"));
    m_nodeTable->setAccessibleName(tr("Nodes"));
    const auto add = [this](Table *table, models::CellTable &model, const QString &name) {
        FilterBar *bar = filterBarOf(model, clock(), name, m_tableCard);
        m_tables->addWidget(new FilteredView(table, model, bar, m_tables));
        m_tableCard->header()->addWidget(bar, 3);
        m_filters.push_back(bar);
        follow(table);
    };
    add(m_workloadTable, m_workloads, tr("Filter workloads"));
    add(m_nodeTable, m_nodes, tr("Filter nodes"));
    int index = 0;
    for (const QString &words : {tr("Workloads"), tr("Nodes")}) {
        auto *button = new QPushButton(words, m_tableCard);
        button->setCheckable(true);
        button->setFixedHeight(20);
        button->setFont(ui::font(11));
        button->setAccessibleName(tr("Show %1").arg(words));
        connect(button, &QPushButton::clicked, this, [this, index] { showTable(index); });
        m_groups.push_back(button);
        m_tableCard->header()->addWidget(button);
        ++index;
    }
    m_tableCard->body()->addWidget(m_tables);
    showTable(0);
    return m_tableCard;
}

void ComputePage::follow(Table *table)
{
    connect(table, &Table::linkRequested, this, &Page::linkRequested);
    connect(table, &Table::rowSelected, this, [this](const QString &id) {
        m_selected = true;
        m_heat->setHighlight(id);
    });
    connect(table, &QTableView::clicked, this, [this, table](const QModelIndex &) {
        if (!m_selected) { // the chosen row again: all GPUs are shown
            table->clearSelection();
            table->setCurrentIndex({});
            m_heat->setHighlight({});
        }
        m_selected = false;
    });
}

void ComputePage::showTable(int index)
{
    m_tables->setCurrentIndex(index);
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        m_groups[i]->setChecked(static_cast<int>(i) == index);
    for (std::size_t i = 0; i < m_filters.size(); ++i)
        m_filters[i]->setVisible(static_cast<int>(i) == index);
    m_tableCard->setTitle(index == 0 ? tr("Workloads") : tr("Nodes"));
    m_tableCard->setNote(index == 0 ? tr("what holds GPUs, the worst first · a click finds them above")
                                    : tr("a click finds it above"));
}

bool ComputePage::open(const QString &link)
{
    if (link.startsWith(QStringLiteral("compute:"))) {
        m_wanted = link.mid(8);
        m_filters.front()->clear(); // it may hide what is asked for
        choose();
        return true;
    }
    return link == u"page:compute";
}

std::vector<std::string> ComputePage::expanded() const
{
    return m_tables->currentIndex() == 0 ? std::vector<std::string>{} : std::vector<std::string>{"nodes"};
}

void ComputePage::setExpanded(const std::vector<std::string> &expanded)
{
    showTable(expanded == std::vector<std::string>{"nodes"} ? 1 : 0);
}

FilterBar *ComputePage::filterBar() const
{
    return m_filters[static_cast<std::size_t>(std::max(0, m_tables->currentIndex()))];
}

void ComputePage::choose()
{
    if (m_wanted.isEmpty())
        return;
    if (m_workloads.has(m_wanted) && m_workloads.rowOf(m_wanted) < 0) { // the filter hides its row
        m_heat->setHighlight(m_wanted);
        return m_wanted.clear();
    }
    const auto state = m_wanted == u"waiting" ? Status::Major : m_wanted == u"idle" ? Status::Warning : Status::Ok;
    for (int row = 0; row < m_workloads.rowCount(); ++row) {
        const QModelIndex index = m_workloads.index(row, 0);
        const bool found = state == Status::Ok
            ? index.data(models::CellTable::IdRole).toString() == m_wanted
            : index.data(models::CellTable::StatusRole).toInt() == static_cast<int>(state);
        if (!found)
            continue;
        showTable(0);
        m_workloadTable->setCurrentIndex(index);
        m_heat->setHighlight(index.data(models::CellTable::IdRole).toString());
        m_selected = false;
        m_wanted.clear();
        return;
    }
}

} // namespace andon::ui
