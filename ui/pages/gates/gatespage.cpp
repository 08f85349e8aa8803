#include "ui/pages/gates/gatespage.h"

#include "text/plain.h"
#include "ui/pages/gates/gateids.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/gapsplitter.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

constexpr int kSide = 348;

std::vector<models::TableColumn> wallColumns()
{
    using text::numberField;
    using text::timeField;
    using text::wordField;
    return {{GatesPage::tr("Latest"), 84, false, 0, wordField("state")},
            {GatesPage::tr("Hook"), 0, false, 0, wordField("hook")},
            {GatesPage::tr("Event"), 116, false, 0, wordField("event")},
            {GatesPage::tr("Repository"), 92, false, 0, wordField("repository")},
            {GatesPage::tr("Site"), 84, false, 1180, wordField("site")},
            {GatesPage::tr("Latest runs, newest right"), 172, false, 0, {}},
            {GatesPage::tr("Failed"), 56, true, 0, numberField("failed")},
            {GatesPage::tr("Skipped"), 64, true, 900, numberField("skipped")},
            {GatesPage::tr("Runs"), 56, true, 1260, numberField("runs")},
            {GatesPage::tr("Fails, 7 d"), 68, true, 1080, numberField("week", "%")},
            {GatesPage::tr("Fails, 30 d"), 74, true, 0, numberField("month", "%")},
            {GatesPage::tr("Trend, pts"), 72, true, 0, numberField("trend")},
            {GatesPage::tr("Last failure"), 82, true, 0, timeField("failure")},
            {GatesPage::tr("Commit"), 108, false, 1320, wordField("commit")},
            {GatesPage::tr("By"), 80, false, 900, wordField("by")}};
}

} // namespace

GatesPage::GatesPage(factory::GateService &gates, factory::Worker &worker, const core::Clock &clock, QWidget *parent)
    : LivePage(
        worker, clock,
        [&gates](factory::Access access, const core::Cancel &cancel) { return gates.wall(access, cancel); }, parent)
    , m_gates(gates)
    , m_worker(worker)
    , m_findings({{tr("Finding"), 138, false, 0, text::wordField("finding")},
                  {tr("What"), 0, false, 0, text::wordField("what")},
                  {tr("Repository"), 96, false, 0, text::wordField("repository")},
                  {tr("Site"), 84, false, 1180, text::wordField("site")},
                  {tr("Commit"), 108, false, 0, text::wordField("commit")},
                  {tr("By"), 88, false, 0, text::wordField("by")},
                  {tr("Age"), 60, true, 0, text::timeField("time")}})
    , m_wall(wallColumns())
    , m_datasets({{tr("Dataset"), 0, false, 0, text::wordField("dataset")},
                  {tr("Branch"), 72, false, 900, text::wordField("branch")},
                  {tr("Site"), 84, false, 1180, text::wordField("site")},
                  {tr("Freshness"), 124, false, 0, text::wordField("freshness")},
                  {tr("Completeness"), 238, false, 0, text::wordField("completeness")},
                  {tr("Quality"), 150, false, 0, text::wordField("quality")},
                  {tr("Consistency"), 230, false, 0, text::wordField("consistency")}})
    , m_runs({{tr("Result"), 84, false, 0, text::wordField("state")},
              {tr("Age"), 56, true, 0, text::timeField("time")},
              {tr("Branch"), 0, false, 0, text::wordField("branch")},
              {tr("Commit"), 108, false, 0, text::wordField("commit")},
              {tr("By"), 84, false, 380, text::wordField("by")}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeWall(splitter));
    splitter->addWidget(makeSide(splitter));
    splitter->setSizes({1376 - kSide, kSide});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No repositories yet"),
                          tr("The sites of this profile have no repository in the cache, or were not asked yet (F5)."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

Card *GatesPage::makeFindings(QWidget *parent)
{
    m_findingCard = new Card(tr("Merged past a gate"), parent);
    m_findingTable = new Table(m_findings, m_findingCard);
    m_findingTable->setFitsRows(true);
    m_findingTable->setObjectName(QStringLiteral("findings"));
    m_findingCard->body()->addWidget(m_findingTable);
    connect(m_findingTable, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_findingTable, &Table::rowSelected, this, &GatesPage::chooseFinding);
    return m_findingCard;
}

Card *GatesPage::makeDatasets(QWidget *parent)
{
    m_datasetCard = new Card(tr("Data readiness"), parent);
    m_datasetCard->setNote(tr("default branch of each repository; the rule is in the tip of each cell, the limits are "
                              "in readiness.yaml"));
    m_datasetTable = new Table(m_datasets, m_datasetCard);
    m_datasetTable->setFitsRows(true);
    m_datasetTable->setObjectName(QStringLiteral("datasets"));
    m_datasetCard->body()->addWidget(m_datasetTable);
    connect(m_datasetTable, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_datasetTable, &Table::rowSelected, this, &GatesPage::chooseDataset);
    return m_datasetCard;
}

QWidget *GatesPage::makeWall(QWidget *parent)
{
    auto *centre = new QWidget(parent);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addWidget(makeFindings(centre));
    m_wallCard = new Card(tr("Hooks"), centre);
    m_wallTable = new Table(m_wall, m_wallCard);
    m_wallTable->setObjectName(QStringLiteral("hooks"));
    m_wallTable->setAccessibleName(tr("Hooks and their latest runs"));
    m_filter = filterBarOf(m_wall, clock(), tr("Filter hooks"), m_wallCard);
    m_wallCard->header()->addWidget(m_filter, 3);
    auto *view = new FilteredView(m_wallTable, m_wall, m_filter, m_wallCard);
    m_wallCard->body()->addWidget(view);
    connect(m_wallTable, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_wallTable, &Table::rowSelected, this, [this](const QString &id) {
        chooseHook(id);
        Q_EMIT chosen();
    });
    column->addWidget(m_wallCard, 1);
    column->addWidget(makeDatasets(centre));
    return centre;
}

QWidget *GatesPage::makeSide(QWidget *parent)
{
    auto *side = new QSplitter(Qt::Vertical, parent);
    side->setChildrenCollapsible(false);
    side->setMinimumWidth(300);
    m_runCard = new Card(tr("Runs"), side);
    m_runTable = new Table(m_runs, m_runCard);
    m_runTable->setObjectName(QStringLiteral("runs"));
    m_runTable->setAccessibleName(tr("Runs of the chosen hook"));
    m_runCard->body()->addWidget(m_runTable);
    connect(m_runTable, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_runTable, &Table::rowSelected, this, &GatesPage::chooseRun);
    auto *facts = new Card(tr("Selected"), side);
    facts->setMinimumHeight(120);
    m_facts = new FactPane(facts);
    facts->body()->addWidget(m_facts);
    connect(m_facts->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    for (Card *card : {m_runCard, facts}) {
        card->setFlat(true);
        card->setAutoFillBackground(true);
        card->setBackgroundRole(QPalette::Base);
        side->addWidget(card);
    }
    side->setSizes({240, 520});
    side->setStretchFactor(1, 1);
    return side;
}

bool GatesPage::settled() const
{
    return LivePage::settled() && !m_reading;
}

bool GatesPage::open(const QString &link)
{
    if (link == u"page:gates")
        return true;
    if (!link.startsWith(u"gate:"))
        return false;
    m_wanted = link.mid(5);
    chooseWanted(shown());
    return true;
}

QString GatesPage::selection() const
{
    if (!m_wanted.isEmpty())
        return QStringLiteral("gate:") + m_wanted;
    const factory::GateRow *row = hook();
    return row ? QStringLiteral("gate:") + gateName(*row) : QString();
}

void GatesPage::chooseWanted(const factory::GateView &view)
{
    if (m_wanted.isEmpty() || view.rows.empty())
        return;
    const auto named = [&](const auto &is) { return std::find_if(view.rows.begin(), view.rows.end(), is); };
    auto found = named([&](const factory::GateRow &row) { return gateName(row) == m_wanted; });
    if (found == view.rows.end()) // of any event, what fails first
        found = named([&](const factory::GateRow &row) { return gateName(row).startsWith(m_wanted + u'/'); });
    if (found == view.rows.end() && live().refreshing())
        return;
    if (found == view.rows.end())
        Q_EMIT notice(tr("There is no hook %1 in the cache.").arg(m_wanted));
    m_wanted.clear();
    if (found == view.rows.end())
        return;
    if (m_wall.has(gateId(*found)) && m_wall.rowOf(gateId(*found)) < 0)
        m_filter->clear(); // it hides what is asked for
    chooseHook(gateId(*found));
}

const factory::GateRow *GatesPage::hook() const
{
    for (const factory::GateRow &row : shown().rows)
        if (gateId(row) == m_hook)
            return &row;
    return nullptr;
}

void GatesPage::chooseHook(const QString &id)
{
    m_hook = id;
    m_wallTable->choose(id);
    renderRuns();
    const factory::GateRow *row = hook();
    if (!row || row->line.latest.empty())
        return;
    // What failed last is what a person comes for; without one, the newest.
    const versions::GateResult &first =
        row->line.lastFailure && row->line.latest.front().status != versions::HookStatus::Skipped
        ? *row->line.lastFailure
        : row->line.latest.front();
    m_runTable->choose(runId(first));
    show(row, first);
}

void GatesPage::chooseRun(const QString &id)
{
    const factory::GateRow *row = hook();
    for (const versions::GateResult &result : row ? row->line.latest : std::vector<versions::GateResult>{})
        if (runId(result) == id)
            return show(row, result);
    if (row && row->line.lastFailure && runId(*row->line.lastFailure) == id)
        show(row, *row->line.lastFailure);
}

void GatesPage::chooseFinding(const QString &id)
{
    for (const factory::PastSkipped &finding : shown().findings)
        if (findingId(finding) == id) {
            m_datasetTable->choose({});
            show({finding.site, finding.repository, finding.result, finding.merge.committer,
                  finding.site == m_gates.site()});
        }
}

void GatesPage::chooseDataset(const QString &id)
{
    m_dataset = id;
    m_choice.reset();
    m_findingTable->choose({});
    showFacts();
}

void GatesPage::show(const factory::GateRow *row, const versions::GateResult &result)
{
    const auto &committers = shown().committers;
    const auto by = committers.find(result.commit);
    m_findingTable->choose({});
    m_datasetTable->choose({});
    show({row->site, row->repository, result, by == committers.end() ? std::string() : by->second,
          row->site == m_gates.site()});
}

void GatesPage::show(GateChoice choice)
{
    m_dataset.clear();
    m_choice = std::move(choice);
    m_output.reset();
    m_outputError.reset();
    m_reading = true;
    const GateChoice &c = *m_choice;
    m_asking.start(m_worker.run<std::string>({},
                                             [&gates = m_gates, site = c.site, repo = c.repository,
                                              result = c.result](const core::Cancel &cancel) {
                                                 return gates.output(site, repo, result, factory::Access::Refresh,
                                                                     cancel);
                                             }),
                   this, [this](const core::Result<std::string> &output) {
                       m_reading = false;
                       if (output)
                           m_output = *output;
                       else
                           m_outputError = output.error();
                       showFacts();
                       Q_EMIT changed();
                   });
    showFacts();
}

void GatesPage::showFacts()
{
    if (m_choice)
        return m_facts->set(resultFacts(*m_choice, m_output, m_outputError, now()));
    for (const factory::DatasetRow &row : shown().datasets)
        if (datasetId(row) == m_dataset)
            return m_facts->set(datasetFacts(row, row.site == m_gates.site(), now()));
    m_facts->set({});
}

} // namespace andon::ui
