// The two tables of Lineage: the models with their versions, and what is wrong with the chains.
#include "text/lineagetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/lineage/lineagepage.h"
#include "ui/pages/lineage/roles.h"
#include "ui/theme/shapes.h"
#include "ui/theme/statusof.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/gapsplitter.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kNewest = 6; // of a model's versions; whatever has a name is shown too

constexpr const char *kSeverities[] = {"info", "warning", "major", "critical"};

QString aliasesOf(const lineage::ModelVersion &version)
{
    QStringList names;
    for (const std::string &alias : version.aliases)
        names << text::visible(alias);
    return names.join(QStringLiteral(", "));
}

} // namespace

QWidget *LineagePage::makeTables()
{
    auto *row = new GapSplitter(Qt::Horizontal, this);
    auto *models = new Card(tr("Models"), row);
    models->setNote(tr("by registry, newest versions first"));
    m_modelTable = new Table(m_models, models);
    m_modelTable->setObjectName(QStringLiteral("models"));
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
    table->setObjectName(QStringLiteral("findings"));
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
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at),
                    {QStringLiteral("model ") + text::visible(model.model.value),
                     {{.text = text::visible(model.model.value)},
                      {.text = shown < all ? tr("%1 of %2").arg(shown).arg(all)
                                           : tr("%n version(s)", nullptr, static_cast<int>(all)),
                       .muted = true},
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

} // namespace andon::ui
