#include "ui/pages/lineage/lineagepage.h"

#include "text/floortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/lineage/chainview.h"
#include "ui/theme/shapes.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

int statusOf(lineage::Severity severity)
{
    return severity == lineage::Severity::Critical ? static_cast<int>(Status::Critical)
        : severity == lineage::Severity::Major     ? static_cast<int>(Status::Major)
        : severity == lineage::Severity::Warning   ? static_cast<int>(Status::Warning)
                                                   : static_cast<int>(Status::Info);
}

} // namespace

LineagePage::LineagePage(factory::RegistryService &registry, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : Page(parent)
    , m_registry(registry)
    , m_clock(clock)
    , m_models({{tr("Model version"), 0}, {tr("Aliases"), 86}, {tr("Age"), 56, true}})
    , m_findings({{tr("Finding"), 0}, {tr("At"), 200}})
    , m_list(
          worker,
          [&registry](factory::Access access, const core::Cancel &cancel) { return registry.models(access, cancel); },
          nullptr)
    , m_trace(
          worker,
          [](factory::Access, const core::Cancel &) -> core::Result<core::Snapshot<factory::LineageView>> {
              return core::fail(core::ErrorKind::Cancelled, {}, {});
          },
          nullptr)
{
    build();
    connect(&m_list, &factory::LiveBase::changed, this, &LineagePage::renderModels);
    connect(&m_trace, &factory::LiveBase::changed, this, &LineagePage::renderChain);
}

void LineagePage::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    auto *models = new Card(tr("Models"), splitter);
    models->setFlat(true);
    models->setAutoFillBackground(true);
    models->setBackgroundRole(QPalette::Base);
    auto *table = new Table(m_models, models);
    models->body()->addWidget(table);
    connect(table, &Table::rowSelected, this, [this](const QString &id) {
        if (id != m_chosen)
            choose(id, true);
    });
    auto *centre = new QWidget(splitter);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    m_title = new Card(tr("Chain"), centre);
    m_title->setNote(tr("solid declared · long dashes URI equal · short dashes name matched · dots inferred"));
    m_chain = new ChainView(m_title);
    m_title->body()->addWidget(m_chain);
    column->addWidget(m_title, 3);
    auto *findings = new Card(tr("Findings"), centre);
    findings->setNote(tr("what an auditor must know"));
    findings->body()->addWidget(new Table(m_findings, findings));
    column->addWidget(findings, 1);
    auto *inspector = new Card(tr("Selected"), splitter);
    inspector->setFlat(true);
    inspector->setAutoFillBackground(true);
    inspector->setBackgroundRole(QPalette::Base);
    auto *scroll = new QScrollArea(inspector);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *inside = new QWidget(scroll);
    auto *lines = new QVBoxLayout(inside);
    lines->setContentsMargins(12, 8, 12, 8);
    m_nodeTitle = new Label({}, Tone::Strong, 15, inside);
    m_nodeTitle->setWordWrap(true);
    m_nodeBody = new Label({}, Tone::Second, 12, inside);
    m_nodeBody->setWordWrap(true);
    m_nodeBody->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    lines->addWidget(m_nodeTitle);
    lines->addWidget(m_nodeBody, 1);
    scroll->setWidget(inside);
    inspector->body()->addWidget(scroll);
    splitter->addWidget(models);
    splitter->addWidget(centre);
    splitter->addWidget(inspector);
    splitter->setSizes({270, 802, 304});
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(2, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No models yet"), tr("The registry has no registered model, or was not asked yet (F5)."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(m_chain, &ChainView::nodeSelected, this, &LineagePage::showNode);
}

core::Freshness LineagePage::freshness() const
{
    return m_chosen.isEmpty() ? m_list.snapshot().freshness : m_trace.snapshot().freshness;
}

bool LineagePage::settled() const
{
    return !m_list.refreshing() && !m_trace.refreshing();
}

void LineagePage::refresh(bool network)
{
    m_list.refresh(network);
    if (!m_chosen.isEmpty())
        m_trace.refresh(network);
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

void LineagePage::renderModels()
{
    const auto &snapshot = m_list.snapshot();
    m_panel->show(snapshot.freshness, m_clock.now(), !snapshot.value.empty());
    std::vector<models::TableRow> rows;
    QString serving;
    for (const factory::ModelRow &model : snapshot.value) {
        int shown = 0;
        for (const lineage::ModelVersion &version : model.versions) {
            QStringList aliases;
            for (const lineage::Alias &alias : model.aliases)
                if (alias.version == version.version)
                    aliases << text::visible(alias.name);
            if (shown++ >= 4 && aliases.isEmpty()) // the newest, and whatever has a name
                continue;
            const QString id = text::visible(version.model.value + "@" + version.version.value);
            rows.push_back({id,
                            {{.text = id, .strong = !aliases.isEmpty()},
                             {.text = aliases.join(QStringLiteral(", ")), .muted = true},
                             {.text = text::age(version.created, m_clock.now()), .muted = true}}});
            // What was put in service last is what people ask about first.
            if (aliases.contains(QStringLiteral("champion")) && (serving.isEmpty() || model.versions.size() > 12))
                serving = id;
        }
    }
    m_models.setRows(std::move(rows));
    if (m_chosen.isEmpty() && !serving.isEmpty())
        choose(serving, false);
    Q_EMIT changed();
}

void LineagePage::choose(const QString &version, bool network)
{
    m_chosen = version;
    const core::ModelName model(version.section(u'@', 0, 0).toStdString());
    const core::ModelVersionNumber number(version.section(u'@', 1).toStdString());
    m_trace.ask(
        [&registry = m_registry, model, number](factory::Access access, const core::Cancel &cancel) {
            return registry.trace(model, number, access, cancel);
        },
        network);
}

void LineagePage::renderChain()
{
    const auto &snapshot = m_trace.snapshot();
    const lineage::Chain &chain = snapshot.value.chain;
    if (chain.nodes.empty())
        return;
    m_title->setTitle(tr("Chain of %1").arg(m_chosen));
    m_chain->set(chain);
    std::vector<models::TableRow> rows;
    const auto add = [&](const lineage::Finding &finding, const QString &where) {
        const QString sentence = text::findingSentence(finding);
        rows.push_back({sentence + where,
                        {{.text = sentence, .status = statusOf(finding.severity), .tip = sentence},
                         {.text = where, .muted = true}}});
    };
    for (const lineage::Finding &finding : chain.findings)
        add(finding, tr("the chain"));
    for (const lineage::Edge &edge : chain.edges)
        for (const lineage::Finding &finding : edge.findings) {
            const lineage::Node *to = chain.node(edge.to);
            add(finding, to ? text::nodeKind(to->kind) + u' ' + text::visible(to->title) : QString());
        }
    std::sort(rows.begin(), rows.end(),
              [](const auto &a, const auto &b) { return a.cells[0].status < b.cells[0].status; });
    m_findings.setRows(std::move(rows));
    Q_EMIT changed();
}

void LineagePage::showNode(const QString &id)
{
    const lineage::Chain &chain = m_trace.snapshot().value.chain;
    const lineage::Node *node = chain.node(id.toStdString());
    if (!node)
        return;
    m_nodeTitle->setText(text::visible(node->title));
    QStringList lines{text::nodeKind(node->kind)};
    if (node->at.known())
        lines << text::dateTime(node->at) + QStringLiteral(" · ") + text::ago(node->at, m_clock.now());
    lines << QString();
    for (const auto &[key, value] : node->facts)
        if (!value.empty())
            lines << text::factName(key) + QStringLiteral(": ") + text::visible(value);
    for (const lineage::Edge &edge : chain.edges) {
        if (edge.from != node->id)
            continue;
        lines << QString()
              << tr("Known by: %1. %2").arg(text::edgeMethod(edge.method), text::edgeMethodMeaning(edge.method));
        for (const lineage::RuleOutcome &rule : edge.rules)
            lines << tr("rule %1 %2").arg(rule.rule).arg(text::visible(rule.verdict))
                    + (rule.detail.empty() ? QString() : QStringLiteral(": ") + text::visible(rule.detail));
        for (const lineage::Finding &finding : edge.findings)
            lines << QStringLiteral("▲ ") + text::findingSentence(finding);
        for (const core::Evidence &e : edge.evidence)
            lines << tr("answered %1, sha256 %2…")
                         .arg(text::dateTime(e.at), text::visible(std::string_view(e.sha256).substr(0, 16)));
    }
    m_nodeBody->setText(lines.join(u'\n'));
}

} // namespace andon::ui
