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
