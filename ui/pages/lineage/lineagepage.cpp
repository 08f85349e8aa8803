#include "ui/pages/lineage/lineagepage.h"

#include "text/floortext.h"
#include "text/lineagetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/lineage/lineagefacts.h"
#include "ui/pages/lineage/roles.h"
#include "ui/theme/shapes.h"
#include "ui/theme/statusof.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/gapsplitter.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QResizeEvent>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kNewest = 6; // of a model's versions; whatever has a name is shown too

/// Scrolls upright when the chains need more height than there is.
class ChainScroll final : public QScrollArea
{
public:
    ChainScroll(ChainView *view, QWidget *parent)
        : QScrollArea(parent)
        , m_view(view)
    {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(view);
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        m_view->setViewHeight(viewport()->height());
        QScrollArea::resizeEvent(event);
    }

private:
    ChainView *m_view;
};

factory::Live<factory::LineageView>::Ask nothingYet()
{
    return [](factory::Access, const core::Cancel &) -> core::Result<core::Snapshot<factory::LineageView>> {
        return core::fail(core::ErrorKind::Cancelled, {}, {});
    };
}

constexpr const char *kSeverities[] = {"info", "warning", "major", "critical"};

QString aliasesOf(const lineage::ModelVersion &version)
{
    QStringList names;
    for (const std::string &alias : version.aliases)
        names << text::visible(alias);
    return names.join(QStringLiteral(", "));
}

QString nameOf(const lineage::ModelVersion &version)
{
    return text::visible(version.model.value + "@" + version.version.value);
}

} // namespace

LineagePage::LineagePage(factory::RegistryService &registry, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : Page(parent)
    , m_registry(registry)
    , m_clock(clock)
    , m_models({{tr("Version"), 0, false, 0, text::wordField("version")},
                {tr("State"), 150, false, 0, text::wordField("state")},
                {tr("Made"), 60, true, 0, text::timeField("made")}})
    , m_findings({{tr("Finding"), 160, false, 0, text::wordField("finding")},
                  {tr("What"), 0, false, 0, text::wordField("what")},
                  {tr("Where"), 190, false, 0, text::wordField("where")}})
    , m_list(
          worker,
          [&registry](factory::Access access, const core::Cancel &cancel) { return registry.models(access, cancel); },
          nullptr)
    , m_trace(worker, nothingYet(), nullptr)
    , m_other(worker, nothingYet(), nullptr)
{
    m_models.setMoreFields({text::wordField("model"), text::wordField("alias")});
    m_findings.setMoreFields({{.name = QStringLiteral("severity"),
                               .kind = text::FieldKind::Choice,
                               .values = {QStringLiteral("info"), QStringLiteral("warning"), QStringLiteral("major"),
                                          QStringLiteral("critical")}}});
    build();
    connect(&m_list, &factory::LiveBase::changed, this, &LineagePage::renderModels);
    connect(&m_trace, &factory::LiveBase::changed, this, &LineagePage::renderChain);
    connect(&m_other, &factory::LiveBase::changed, this, &LineagePage::renderChain);
}

void LineagePage::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    auto *centre = new QWidget(splitter);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(12, 12, 12, 12);
    auto *halves = new GapSplitter(Qt::Vertical, centre);
    halves->addWidget(makeChain());
    halves->addWidget(makeTables());
    halves->setSizes({470, 290});
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    column->addWidget(halves);
    splitter->addWidget(centre);
    splitter->addWidget(makeInspector());
    splitter->setSizes({1072, 304});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No models yet"), tr("The registry has no registered model, or was not asked yet (F5)."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

QWidget *LineagePage::makeChain()
{
    m_title = new Card(tr("Chain"), this);
    m_title->setNote(tr("from its data to what serves it; choose a card or an edge"));
    m_chainPanel = new Panel(m_title);
    m_chain = new ChainView(m_chainPanel);
    m_chainPanel->setContent(new ChainScroll(m_chain, m_chainPanel));
    m_chainPanel->setEmptyText(tr("Nothing is known of this version"), tr("Its run is not in the registry."));
    connect(m_chainPanel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(m_chain, &ChainView::chosen, this, &LineagePage::renderChoice);
    m_title->body()->addWidget(m_chainPanel);
    return m_title;
}

QWidget *LineagePage::makeTables()
{
    auto *row = new GapSplitter(Qt::Horizontal, this);
    auto *models = new Card(tr("Models"), row);
    models->setNote(tr("by registry, newest versions first"));
    m_modelTable = new Table(m_models, models);
    m_filter = filterBarOf(m_models, m_clock, tr("Filter models"), models);
    models->header()->addWidget(m_filter, 3);
    models->body()->addWidget(new FilteredView(m_modelTable, m_models, m_filter, models));
    connect(m_filter, &FilterBar::filterChanged, this, &LineagePage::renderModels); // of all versions, not the newest
    connect(m_modelTable, &Table::rowSelected, this, [this](const QString &id) {
        if (id == m_chosen)
            return;
        choose(id, true);
        Q_EMIT chosen();
    });
    auto *findings = new Card(tr("Findings"), row);
    findings->setNote(tr("what an auditor must know of these chains, worst first"));
    auto *table = new Table(m_findings, findings);
    table->setWraps(true);
    auto *which = filterBarOf(m_findings, m_clock, tr("Filter findings"), findings);
    findings->header()->addWidget(which, 3);
    findings->body()->addWidget(new FilteredView(table, m_findings, which, findings));
    connect(table, &Table::rowSelected, this, [this](const QString &id) { // "band/edge/n", as renderFindings() made it
        if (id.section(u'/', 1, 1) != u"-")
            m_chain->choose({id.section(u'/', 0, 0).toUInt(), true, id.section(u'/', 1, 1).toUInt()});
    });
    row->addWidget(models);
    row->addWidget(findings);
    row->setSizes({390, 650});
    row->setStretchFactor(0, 2);
    row->setStretchFactor(1, 3);
    return row;
}

QWidget *LineagePage::makeInspector()
{
    m_inspector = new Card(tr("Selected"), this);
    m_inspector->setFlat(true);
    m_inspector->setAutoFillBackground(true);
    m_inspector->setBackgroundRole(QPalette::Base);
    m_inspector->setMinimumWidth(240);
    m_facts = new FactPane(m_inspector);
    connect(m_facts->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    m_inspector->body()->addWidget(m_facts);
    return m_inspector;
}

core::Freshness LineagePage::freshness() const
{
    return m_chosen.isEmpty() ? m_list.snapshot().freshness : m_trace.snapshot().freshness;
}

bool LineagePage::settled() const
{
    return !m_list.refreshing() && !m_trace.refreshing() && !m_other.refreshing();
}

void LineagePage::refresh(bool network)
{
    m_network = network;
    m_list.refresh(network);
    if (!m_chosen.isEmpty())
        m_trace.refresh(network);
    if (!m_beside.isEmpty())
        m_other.refresh(network);
}

bool LineagePage::open(const QString &link)
{
    if (link == u"page:lineage")
        return true;
    if (!link.startsWith(u"model:"))
        return false;
    choose(link.mid(6), true);
    return true;
}

const factory::ModelRow *LineagePage::modelOf(const QString &version) const
{
    for (const factory::ModelRow &model : m_list.snapshot().value)
        for (const lineage::ModelVersion &one : model.versions)
            if (nameOf(one) == version)
                return &model;
    return nullptr;
}

void LineagePage::renderModels()
{
    const auto &snapshot = m_list.snapshot();
    m_panel->show(snapshot.freshness, m_clock.now(), !snapshot.value.empty());
    std::vector<models::TableRow> rows;
    const lineage::ModelVersion *newest = nullptr; // of those in service: what people ask about first
    for (const factory::ModelRow &model : snapshot.value) {
        const std::size_t at = rows.size();
        int shown = 0;
        for (std::size_t i = 0; i < model.versions.size(); ++i) {
            const lineage::ModelVersion &version = model.versions[i];
            const VersionRole role = roleOf(version, model);
            if (role == VersionRole::Serving && (!newest || newest->created < version.created))
                newest = &version;
            if (i >= kNewest && role == VersionRole::Other && nameOf(version) != m_chosen && m_filter->filter().empty())
                continue;
            ++shown;
            const bool serving = role == VersionRole::Serving;
            rows.push_back({nameOf(version),
                            {{.text = u'@' + text::visible(version.version.value), .strong = serving},
                             {.text = roleWords(version, model),
                              .status = serving ? static_cast<int>(Status::Info) : -1,
                              .muted = role == VersionRole::Other},
                             {.text = text::age(version.created, m_clock.now()),
                              .muted = true,
                              .tip = text::dateTime(version.created),
                              .value = models::timeValue(version.created)}},
                            {},
                            false,
                            false,
                            {text::visible(model.model.value), aliasesOf(version)}});
        }
        const auto all = static_cast<int>(model.versions.size());
        rows.insert(
            rows.begin() + static_cast<std::ptrdiff_t>(at),
            {QStringLiteral("model ") + text::visible(model.model.value),
             {{.text = text::visible(model.model.value)},
              {.text = shown < all ? tr("%1 of %2").arg(shown).arg(all) : tr("%1 versions").arg(all), .muted = true},
              {}},
             {},
             true});
    }
    m_models.setRows(std::move(rows));
    if (m_chosen.isEmpty() && newest)
        choose(nameOf(*newest), m_network);
    else if (const QString beside = besides(m_chosen); beside != m_beside) {
        m_beside = beside;
        trace(m_other, beside, m_network);
    }
    m_modelTable->choose(m_chosen);
    Q_EMIT changed();
}

QString LineagePage::besides(const QString &version) const
{
    const factory::ModelRow *model = modelOf(version);
    if (!model)
        return {};
    const lineage::ModelVersion *other =
        versionBeside(*model, core::ModelVersionNumber(version.section(u'@', -1).toStdString()));
    return other ? nameOf(*other) : QString();
}

void LineagePage::trace(factory::Live<factory::LineageView> &live, const QString &version, bool network)
{
    if (version.isEmpty())
        return live.ask(nothingYet(), false);
    const core::ModelName model(version.section(u'@', 0, -2).toStdString());
    const core::ModelVersionNumber number(version.section(u'@', -1).toStdString());
    live.ask(
        [&registry = m_registry, model, number](factory::Access access, const core::Cancel &cancel) {
            return registry.trace(model, number, access, cancel);
        },
        network);
}

void LineagePage::choose(const QString &version, bool network)
{
    m_chosen = version;
    m_beside = besides(version);
    m_modelTable->choose(version);
    trace(m_trace, m_chosen, network);
    trace(m_other, m_beside, network);
}

ChainBand LineagePage::bandOf(const QString &version, const lineage::Chain &chain) const
{
    ChainBand band{.title = tr("Chosen"), .note = version, .chain = chain};
    const factory::ModelRow *model = modelOf(version);
    for (const lineage::ModelVersion &one : model ? model->versions : std::vector<lineage::ModelVersion>{}) {
        if (nameOf(one) != version)
            continue;
        band.title = bandTitle(one, *model);
        band.note += QStringLiteral(" · ") + tr("registered %1").arg(text::ago(one.created, m_clock.now()));
        for (const std::string &alias : one.aliases)
            band.note += QStringLiteral(" · ") + tr("alias %1").arg(text::visible(alias));
    }
    return band;
}

void LineagePage::renderChain()
{
    const auto &error = m_trace.snapshot().freshness.error;
    if (!m_trace.refreshing() && error && error->kind == core::ErrorKind::NotFound && !m_list.snapshot().value.empty()
        && !modelOf(m_chosen)) {
        Q_EMIT notice(tr("There is no model version %1: the newest that serves is shown.").arg(m_chosen));
        m_chosen.clear();
        QMetaObject::invokeMethod(this, &LineagePage::renderModels, Qt::QueuedConnection);
        return;
    }
    const auto &view = m_trace.snapshot().value;
    const bool same = text::visible(view.model.value + "@" + view.version.value) == m_chosen;
    std::vector<ChainBand> bands;
    if (same && !view.chain.nodes.empty())
        bands.push_back(bandOf(m_chosen, view.chain));
    const auto &other = m_other.snapshot().value;
    if (!bands.empty() && !other.chain.nodes.empty()
        && text::visible(other.model.value + "@" + other.version.value) == m_beside) {
        bands.push_back(bandOf(m_beside, other.chain));
        bands.back().dashed = true;
        bands.back().note += QStringLiteral(" · ")
            + (dataOf(view.chain) == dataOf(other.chain) ? tr("same data") : tr("trained on other data"));
    }
    m_title->setTitle(m_chosen.isEmpty() ? tr("Chain") : tr("Chain of %1").arg(m_chosen));
    m_chainPanel->show(bands.empty() ? m_trace.snapshot().freshness
                                     : core::Freshness{.state = core::FreshnessState::Live},
                       m_clock.now(), !bands.empty());
    renderFindings(bands);
    m_chain->set(std::move(bands), m_clock.now());
    renderChoice();
    Q_EMIT changed();
}

void LineagePage::renderFindings(const std::vector<ChainBand> &bands)
{
    std::vector<models::TableRow> rows;
    const auto add = [&](const QString &id, const lineage::Finding &finding, const QString &where) {
        rows.push_back({id + u'/' + QString::number(rows.size()),
                        {{.text = text::findingTitle(finding),
                          .status = static_cast<int>(statusOf(finding.severity)),
                          .strong = true},
                         {.text = text::findingDetail(finding), .tip = text::findingDetail(finding)},
                         {.text = where, .muted = true}},
                        {},
                        false,
                        false,
                        {QString::fromLatin1(kSeverities[static_cast<int>(finding.severity)])}});
    };
    for (std::size_t band = 0; band < bands.size(); ++band) {
        const lineage::Chain &chain = bands[band].chain;
        const QString version = band == 0 ? m_chosen : m_beside;
        for (const lineage::Finding &finding : chain.findings)
            add(QStringLiteral("%1/-").arg(band), finding, version);
        for (std::size_t i = 0; i < chain.edges.size(); ++i)
            for (const lineage::Finding &finding : chain.edges[i].findings) {
                const lineage::Node *from = chain.node(chain.edges[i].from);
                add(QStringLiteral("%1/%2").arg(band).arg(i), finding,
                    version + QStringLiteral(" · ") + (from ? text::nodeTitle(*from) : QString()));
            }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto &a, const auto &b) { return a.cells[0].status < b.cells[0].status; });
    m_findings.setRows(std::move(rows));
}

void LineagePage::renderChoice()
{
    const auto choice = m_chain->choice();
    const auto &bands = m_chain->bands();
    if (!choice || choice->band >= bands.size())
        return m_facts->set({});
    m_inspector->setTitle(choice->edge ? tr("Edge") : tr("Card"));
    m_inspector->setNote(bands[choice->band].title);
    m_facts->set(chainFacts(bands[choice->band], *choice, m_clock.now()));
}

} // namespace andon::ui
