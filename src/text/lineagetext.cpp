#include "text/lineagetext.h"

#include "lineage/datasource.h"
#include "text/floortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "text/usetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace andon::text
{

namespace
{

using lineage::NodeKind;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Lineage", source, comment, n);
}

QString fact(const lineage::Node &node, const char *key)
{
    const std::string *value = lineage::find(node.facts, key);
    return value ? visible(*value) : QString();
}

/// Whom a finding on an edge concerns: the commit at its beginning, or the dataset at its end.
bool aboutCommit(const lineage::Finding &finding)
{
    return finding.key == "gate-skipped" || finding.key == "gate-failed" || finding.key == "commit-unknown";
}

bool aboutNode(const lineage::Chain &chain, const lineage::Edge &edge, const lineage::Finding &finding,
               const lineage::Node &node)
{
    const lineage::Node *from = chain.node(edge.from);
    const bool begins = from && (from->kind == NodeKind::DataCommit ? aboutCommit(finding) : true);
    return node.id == (begins ? edge.from : edge.to);
}

QString gates(const lineage::Node &node)
{
    const auto count = [&](const char *key) { return fact(node, key).toInt(); };
    QStringList parts;
    if (const int passed = count("gates_completed"))
        parts << tr("%1 passed").arg(passed);
    if (const int failed = count("gates_failed"))
        parts << tr("%1 failed").arg(failed);
    if (const int skipped = count("gates_skipped"))
        parts << tr("%1 skipped").arg(skipped);
    return parts.join(QStringLiteral(", "));
}

/// For a card: what went wrong, else what went right.
QString worstGates(const lineage::Node &node)
{
    if (const int failed = fact(node, "gates_failed").toInt())
        return tr("%1 failed").arg(failed);
    if (const int skipped = fact(node, "gates_skipped").toInt())
        return tr("%1 skipped").arg(skipped);
    return gates(node);
}

QStringList aliases(const lineage::Node &node)
{
    QStringList names;
    for (const auto &[key, value] : node.facts)
        if (key == "alias")
            names << visible(value);
    return names;
}

QString normalWords(const lineage::Node &node)
{
    switch (node.kind) {
    case NodeKind::Source:
        return tr("Merged");
    case NodeKind::DataCommit: {
        const int passed = fact(node, "gates_completed").toInt();
        return passed > 0 ? tr("%n gate(s) passed", nullptr, static_cast<int>(passed)) : tr("No gate known");
    }
    case NodeKind::Dataset:
        return fact(node, "context").isEmpty() ? tr("Read") : tr("Read for %1").arg(fact(node, "context"));
    case NodeKind::Run:
        return runStatus(fact(node, "status"));
    case NodeKind::ModelVersion: {
        const QStringList names = aliases(node);
        const QString stage = fact(node, "stage");
        return !names.isEmpty()                   ? tr("Alias %1").arg(names.join(QStringLiteral(", ")))
            : stage.isEmpty() || stage == u"None" ? tr("Registered")
                                                  : tr("Stage %1").arg(stage);
    }
    case NodeKind::Deployment:
        return fact(node, "alias").isEmpty() ? tr("In service") : tr("Points here");
    }
    return {};
}

/// Of a dataset's source: where in which repository, without the id that stands elsewhere.
void addSource(std::vector<NamedValue> &out, const lineage::Node &node, bool whole)
{
    const std::string *text = lineage::find(node.facts, "source");
    if (!text || text->empty())
        return;
    const lineage::DataSource source = lineage::parseDataSource(*text);
    if (!source.path.empty())
        out.push_back({tr("Path"), visible(source.path), true});
    if (whole)
        out.push_back({tr("Source"), visible(source.uri.empty() ? *text : source.uri), true});
}

struct Known {
    const char *key;
    const char *name;
    bool code;
};

constexpr Known kFacts[] = {{"repository", QT_TRANSLATE_NOOP("Lineage", "Repository"), false},
                            {"message", QT_TRANSLATE_NOOP("Lineage", "Message"), false},
                            {"committer", QT_TRANSLATE_NOOP("Lineage", "By"), false},
                            {"user", QT_TRANSLATE_NOOP("Lineage", "By"), false},
                            {"status", QT_TRANSLATE_NOOP("Lineage", "State"), false},
                            {"alias", QT_TRANSLATE_NOOP("Lineage", "Alias"), false},
                            {"stage", QT_TRANSLATE_NOOP("Lineage", "Stage"), false},
                            {"context", QT_TRANSLATE_NOOP("Lineage", "Read for"), false},
                            {"digest", QT_TRANSLATE_NOOP("Lineage", "Digest"), true},
                            {"source_type", QT_TRANSLATE_NOOP("Lineage", "Source type"), false},
                            {"commit", QT_TRANSLATE_NOOP("Lineage", "Commit"), true},
                            {"head", QT_TRANSLATE_NOOP("Lineage", "Head"), true},
                            {"code_commit", QT_TRANSLATE_NOOP("Lineage", "Code commit"), true},
                            {"base_model", QT_TRANSLATE_NOOP("Lineage", "Base model"), true},
                            {"logged_model", QT_TRANSLATE_NOOP("Lineage", "Logged model"), true}};

QString timeName(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Source:
        return tr("Merged");
    case NodeKind::DataCommit:
        return tr("Made");
    case NodeKind::Dataset:
        return tr("Read");
    case NodeKind::Run:
        return tr("Ended");
    case NodeKind::ModelVersion:
        return tr("Registered");
    case NodeKind::Deployment:
        return tr("Since");
    }
    return {};
}

std::vector<NamedValue> measured(const lineage::Node &node)
{
    std::vector<NamedValue> out;
    for (const auto &[key, value] : node.facts) {
        bool number = false;
        const double measure = QString::fromStdString(value).toDouble(&number);
        if (key.starts_with("metric."))
            out.push_back({visible(key.substr(7)), number ? QString::number(measure, 'g', 4) : visible(value)});
    }
    return out;
}

QString took(const lineage::Node &node)
{
    const QString ms = fact(node, "took_ms");
    return ms.isEmpty() ? QString() : duration(ms.toLongLong());
}

} // namespace

QString nodeTitle(const lineage::Node &node)
{
    const QString commit = fact(node, "commit");
    if (node.kind == NodeKind::DataCommit && !commit.isEmpty())
        return shortId(commit.toStdString());
    const QString alias = fact(node, "alias");
    if (node.kind == NodeKind::Deployment && !alias.isEmpty())
        return tr("alias %1").arg(alias);
    return visible(node.title);
}

NodeState nodeState(const lineage::Chain &chain, const lineage::Node &node)
{
    NodeState state;
    const auto take = [&](const lineage::Finding &finding) {
        if (finding.severity > lineage::Severity::Info && (!state.finding || *state.finding < finding.severity)) {
            state.finding = finding.severity;
            state.words = findingTitle(finding);
        }
    };
    for (const lineage::Edge &edge : chain.edges)
        for (const lineage::Finding &finding : edge.findings)
            if (aboutNode(chain, edge, finding, node))
                take(finding);
    for (const lineage::Finding &finding : chain.findings) // of the whole chain: they speak of the run
        if (node.kind
            == (finding.key == "no-run" || finding.key == "missing-run" ? NodeKind::ModelVersion : NodeKind::Run))
            take(finding);
    if (!state.finding)
        state.words = normalWords(node);
    return state;
}

std::vector<NamedValue> nodeCard(const lineage::Node &node, core::Instant now, std::size_t most)
{
    std::vector<NamedValue> out;
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            out.push_back({name, value});
    };
    if (node.kind == NodeKind::DataCommit || node.kind == NodeKind::Source)
        add(tr("Repo"), fact(node, "repository"));
    add(tr("By"), fact(node, node.kind == NodeKind::DataCommit ? "committer" : "user"));
    add(node.kind == NodeKind::ModelVersion ? tr("Made") : timeName(node.kind), // there is little room
        node.at.known() ? compactTime(node.at, now) : QString());
    if (node.kind == NodeKind::DataCommit)
        add(tr("Gates"), worstGates(node));
    if (node.kind == NodeKind::Dataset)
        add(tr("Digest"), fact(node, "digest"));
    if (node.kind == NodeKind::Source && !fact(node, "head").startsWith(nodeTitle(node)))
        add(tr("Head"), shortId(fact(node, "head").toStdString()));
    add(tr("Took"), took(node));
    for (const NamedValue &one : measured(node))
        out.push_back(one);
    if (node.kind == NodeKind::Dataset) {
        add(tr("Type"), fact(node, "source_type"));
        addSource(out, node, false);
    }
    for (const auto &[key, value] : node.facts)
        if (key.starts_with("tag."))
            add(visible(key.substr(4)), visible(value));
    const QString stage = fact(node, "stage");
    if (stage != u"None")
        add(tr("Stage"), stage);
    if (node.kind == NodeKind::Deployment)
        add(tr("Alias"), fact(node, "alias"));
    out.resize(std::min(out.size(), most));
    return out;
}

std::vector<NamedValue> nodeFacts(const lineage::Node &node, core::Instant now)
{
    std::vector<NamedValue> out;
    if (node.at.known())
        out.push_back({timeName(node.kind), dateTime(node.at) + QStringLiteral(", ") + ago(node.at, now)});
    for (const Known &known : kFacts)
        for (const auto &[key, value] : node.facts)
            if (key == known.key && !value.empty() && !(key == "stage" && value == "None"))
                out.push_back(
                    {tr(known.name), key == "status" ? runStatus(visible(value)) : visible(value), known.code});
    if (const QString words = gates(node); !words.isEmpty())
        out.push_back({tr("Gates"), words});
    if (const QString words = took(node); !words.isEmpty())
        out.push_back({tr("Took"), words});
    for (NamedValue &one : measured(node))
        out.push_back(std::move(one));
    if (node.kind == NodeKind::Dataset)
        addSource(out, node, true);
    else if (const QString source = fact(node, "source"); !source.isEmpty())
        out.push_back({tr("Source"), source, true});
    for (const auto &[key, value] : node.facts)
        if (key.starts_with("tag.") || key.starts_with("param."))
            out.push_back({visible(key.substr(key.find('.') + 1)), visible(value)});
    return out;
}

QString ruleName(int rule)
{
    static constexpr const char *kNames[] = {QT_TRANSLATE_NOOP("Lineage", "Source names a commit"),
                                             QT_TRANSLATE_NOOP("Lineage", "Commit tag on the run"),
                                             QT_TRANSLATE_NOOP("Lineage", "Tag, as it was at the start"),
                                             QT_TRANSLATE_NOOP("Lineage", "Object addresses equal"),
                                             QT_TRANSLATE_NOOP("Lineage", "Name and digest registered"),
                                             QT_TRANSLATE_NOOP("Lineage", "Head of the branch at the start")};
    return rule >= 1 && rule <= 6 ? tr(kNames[rule - 1]) : tr("Rule %1").arg(rule);
}

QString ruleVerdict(const lineage::RuleOutcome &outcome)
{
    static const std::pair<const char *, const char *> kWords[] = {
        {"fired", QT_TRANSLATE_NOOP("Lineage", "fired")},
        {"agrees", QT_TRANSLATE_NOOP("Lineage", "agrees")},
        {"disagrees", QT_TRANSLATE_NOOP("Lineage", "disagrees")},
        {"not needed", QT_TRANSLATE_NOOP("Lineage", "not needed")},
        {"no", QT_TRANSLATE_NOOP("Lineage", "says nothing")}};
    for (const auto &[key, words] : kWords)
        if (outcome.verdict == key)
            return tr(words);
    return visible(outcome.verdict);
}

QString edgeReason(const lineage::Chain &chain, const lineage::Edge &edge)
{
    const lineage::Node *from = chain.node(edge.from);
    const lineage::Node *to = chain.node(edge.to);
    if (!from || !to || edge.method != lineage::EdgeMethod::Declared)
        return edgeMethodMeaning(edge.method);
    switch (to->kind) {
    case NodeKind::DataCommit:
        return tr("The merge commit has it as a parent.");
    case NodeKind::Run:
        return from->kind == NodeKind::Dataset ? tr("The run logged this dataset as an input.")
                                               : edgeMethodMeaning(edge.method);
    case NodeKind::ModelVersion:
        return tr("The registry says that this run made the version.");
    case NodeKind::Deployment:
        return tr("The registry's alias points to this version.");
    default:
        return edgeMethodMeaning(edge.method);
    }
}

QString edgeSign(lineage::EdgeMethod method)
{
    switch (method) {
    case lineage::EdgeMethod::UriEqual:
        return QStringLiteral("=");
    case lineage::EdgeMethod::NameMatched:
        return QStringLiteral("≈");
    case lineage::EdgeMethod::Inferred:
        return QStringLiteral("?");
    default:
        return {};
    }
}

} // namespace andon::text
