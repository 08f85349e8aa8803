#include "ui/pages/lineage/lineagefacts.h"

#include "text/comparelink.h"
#include "text/floortext.h"
#include "text/kpiexplain.h"
#include "text/lineagetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/theme/statusof.h"

#include <QCoreApplication>

#include <algorithm>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

QString tr(const char *source)
{
    return QCoreApplication::translate("LineageFacts", source);
}

QString named(const lineage::Node *node)
{
    return node ? text::nodeTitle(*node) : QStringLiteral("—");
}

void addFindings(std::vector<Fact> &facts, std::vector<lineage::Finding> findings)
{
    if (findings.empty())
        return;
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto &a, const auto &b) { return a.severity > b.severity; });
    facts.push_back({.kind = Kind::Section, .name = tr("Findings"), .note = QString::number(findings.size())});
    for (const lineage::Finding &finding : findings)
        facts.push_back(
            {.kind = Kind::Finding,
             .name = text::severityWord(finding.severity) + QStringLiteral(": ") + text::findingTitle(finding),
             .value = text::findingDetail(finding),
             .status = static_cast<int>(statusOf(finding.severity))});
}

void addEvidence(std::vector<Fact> &facts, const std::vector<core::Evidence> &evidence, core::Instant now)
{
    facts.push_back({.kind = Kind::Section, .name = tr("Evidence"), .note = tr("%1 raw answers").arg(evidence.size())});
    if (evidence.empty())
        facts.push_back(
            {.kind = Kind::Text,
             .value =
                 tr("No raw answer of this is kept: it was read in the last sync and only its content is stored.")});
    for (const core::Evidence &e : evidence) {
        facts.push_back({.name = tr("Request"), .value = text::visible(e.request), .code = true});
        facts.push_back({.name = tr("Source"), .value = text::visible(e.source.value)});
        QString answer = e.httpStatus > 0 ? QString::number(e.httpStatus) : QString();
        if (e.bytes > 0)
            answer += (answer.isEmpty() ? QString() : QStringLiteral(" · ")) + text::bytes(e.bytes);
        if (!answer.isEmpty())
            facts.push_back({.name = tr("Answer"), .value = answer});
        facts.push_back({.name = tr("Read"), .value = text::dateTime(e.at), .note = text::ago(e.at, now)});
        facts.push_back({.name = tr("SHA-256"), .value = text::visible(e.sha256), .code = true});
    }
}

std::vector<Fact> edgeFacts(const lineage::Chain &chain, const lineage::Edge &edge, core::Instant now)
{
    const lineage::Node *from = chain.node(edge.from);
    const lineage::Node *to = chain.node(edge.to);
    std::vector<Fact> facts;
    facts.push_back({.kind = Kind::Section,
                     .name = tr("%1 → %2").arg(named(from), named(to)),
                     .note = text::edgeMethod(edge.method)});
    for (const auto &[label, node] : {std::pair(tr("From"), from), std::pair(tr("To"), to)})
        facts.push_back(
            {.name = label, .value = named(node), .note = node ? text::nodeKind(node->kind) : QString(), .code = true});
    facts.push_back({.kind = Kind::Section,
                     .name = tr("How we know"),
                     .note = edge.rules.empty() ? QString() : tr("the first rule to fire wins")});
    facts.push_back({.kind = Kind::Text, .value = text::edgeReason(chain, edge)});
    for (const lineage::RuleOutcome &rule : edge.rules)
        facts.push_back({.kind = Kind::Rule,
                         .name = QString::number(rule.rule),
                         .value = text::ruleVerdict(rule),
                         .note = text::ruleName(rule.rule),
                         .strong = rule.verdict == "fired"});
    for (const lineage::RuleOutcome &rule : edge.rules)
        if (!rule.detail.empty() && rule.verdict != "not needed")
            facts.push_back({.name = tr("Rule %1").arg(rule.rule), .value = text::visible(rule.detail), .code = true});
    addFindings(facts, edge.findings);
    addEvidence(facts, edge.evidence, now);
    return facts;
}

std::vector<Fact> nodeFacts(const lineage::Chain &chain, const lineage::Node &node, core::Instant now)
{
    const text::NodeState state = text::nodeState(chain, node);
    std::vector<Fact> facts;
    facts.push_back({.kind = Kind::Section, .name = text::nodeTitle(node), .note = text::nodeKind(node.kind)});
    facts.push_back({.name = tr("State"),
                     .value = state.words,
                     .status = static_cast<int>(state.finding ? statusOf(*state.finding) : Status::Idle)});
    for (const text::NamedValue &fact : text::nodeFacts(node, now))
        facts.push_back({.name = fact.name, .value = fact.value, .code = fact.code});
    const std::string *repository = lineage::find(node.facts, "repository");
    const std::string *commit = lineage::find(node.facts, "commit");
    if (repository && commit)
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Open the commit in Versions"),
                         .link = text::commitLink(core::RepositoryId(*repository), core::CommitId(*commit))});
    std::vector<lineage::Finding> findings;
    std::vector<core::Evidence> evidence;
    facts.push_back({.kind = Kind::Section, .name = tr("How we know")});
    bool any = false;
    for (const lineage::Edge &edge : chain.edges) {
        if (edge.from != node.id && edge.to != node.id)
            continue;
        const bool made = edge.to == node.id;
        any = true;
        facts.push_back({.name = made ? tr("From") : tr("Into"),
                         .value = named(chain.node(made ? edge.from : edge.to)),
                         .note = text::edgeMethod(edge.method) + QStringLiteral(". ") + text::edgeReason(chain, edge),
                         .code = true});
        findings.insert(findings.end(), edge.findings.begin(), edge.findings.end());
        for (const core::Evidence &e : edge.evidence)
            if (std::find(evidence.begin(), evidence.end(), e) == evidence.end())
                evidence.push_back(e);
    }
    if (!any)
        facts.push_back({.kind = Kind::Text, .value = tr("Nothing leads to it or from it.")});
    addFindings(facts, findings);
    addEvidence(facts, evidence, now);
    return facts;
}

} // namespace

std::vector<Fact> chainFacts(const ChainBand &band, const ChainChoice &choice, core::Instant now)
{
    const lineage::Chain &chain = band.chain;
    if (choice.index >= (choice.edge ? chain.edges.size() : chain.nodes.size()))
        return {};
    return choice.edge ? edgeFacts(chain, chain.edges[choice.index], now)
                       : nodeFacts(chain, chain.nodes[choice.index], now);
}

} // namespace andon::ui
