// models, trace: from a model version down to the data.
#include "app/andonctl/commitparts.h"
#include "app/andonctl/listfilter.h"
#include "app/andonctl/session.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

const char *word(lineage::NodeKind kind)
{
    static constexpr const char *kWords[] = {"source", "data_commit", "dataset", "run", "model_version", "deployment"};
    return kWords[static_cast<int>(kind)];
}

const char *word(lineage::RunStatus status)
{
    static constexpr const char *kWords[] = {"running", "scheduled", "finished", "failed", "killed", "unknown"};
    return kWords[static_cast<int>(status)];
}

Json pairs(const lineage::KeyValues &values)
{
    Json object = Json::object();
    for (const auto &[key, value] : values)
        object[key] = value;
    return object;
}

Json findingsJson(const std::vector<lineage::Finding> &findings)
{
    static constexpr const char *kSeverities[] = {"info", "warning", "major", "critical"};
    Json list = Json::array();
    for (const lineage::Finding &finding : findings)
        list.push_back({{"key", finding.key},
                        {"severity", kSeverities[static_cast<int>(finding.severity)]},
                        {"values", pairs(finding.values)}});
    return list;
}

Json chainJson(const lineage::Chain &chain)
{
    Json nodes = Json::array();
    for (const lineage::Node &node : chain.nodes)
        nodes.push_back({{"id", node.id},
                         {"kind", word(node.kind)},
                         {"title", node.title},
                         {"at", isoTimeOrNull(node.at)},
                         {"facts", pairs(node.facts)}});
    Json edges = Json::array();
    for (const lineage::Edge &edge : chain.edges) {
        Json rules = Json::array();
        for (const lineage::RuleOutcome &rule : edge.rules)
            rules.push_back({{"rule", rule.rule}, {"verdict", rule.verdict}, {"detail", rule.detail}});
        Json evidence = Json::array();
        for (const core::Evidence &e : edge.evidence)
            evidence.push_back(
                {{"source", e.source.value}, {"request", e.request}, {"at", isoTime(e.at)}, {"sha256", e.sha256}});
        edges.push_back({{"from", edge.from},
                         {"to", edge.to},
                         {"method", methodWord(edge.method)},
                         {"rules", rules},
                         {"findings", findingsJson(edge.findings)},
                         {"evidence", evidence}});
    }
    return {{"nodes", nodes}, {"edges", edges}, {"findings", findingsJson(chain.findings)}};
}

void printChain(const lineage::Chain &chain)
{
    Table table({"What", "Name", "When", "Known by", "Findings"});
    for (const lineage::Node &node : chain.nodes) {
        std::string method;
        std::string findings;
        for (const lineage::Edge &edge : chain.edges)
            if (edge.from == node.id) { // the edge that leads to what was made of it
                method = methodWord(edge.method);
                for (const lineage::Finding &finding : edge.findings)
                    findings += (findings.empty() ? "" : ", ") + finding.key;
            }
        table.row({word(node.kind), node.title, node.at.known() ? text::dateTime(node.at).toStdString() : "", method,
                   findings});
    }
    print(table.text());
    for (const lineage::Finding &finding : chain.findings)
        printLine("finding: " + finding.key);
}

int runTrace(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const QString what = parser.positionalArguments().first();
    const core::ModelName model(what.section(u'@', 0, 0).toStdString());
    const core::ModelVersionNumber version(what.section(u'@', 1).toStdString());
    auto traced = site->registry().trace(model, version, session.access(), session.cancel());
    if (!traced && traced.error().kind == core::ErrorKind::NotFound && !session.offline()) {
        if (const auto synced = site->registry().sync({}, session.cancel()); !synced)
            return session.fail(synced.error());
        traced = site->registry().trace(model, version, session.access(), session.cancel());
    }
    if (!traced)
        return session.fail(traced.error());
    if (session.json()) {
        Json json = chainJson(traced->value.chain);
        json["model"] = traced->value.model.value;
        json["version"] = traced->value.version.value;
        json["freshness"] = toJson(traced->freshness);
        printJson(json);
    } else {
        printChain(traced->value.chain);
    }
    return session.finish(traced->freshness);
}

std::vector<text::FilterField> modelFields()
{
    return {text::wordField("model"), text::numberField("versions"), text::timeField("made"), text::wordField("alias")};
}

std::vector<ListValue> modelValues(const factory::ModelRow &row)
{
    std::string aliases;
    for (const lineage::Alias &alias : row.aliases)
        aliases += (aliases.empty() ? "" : ", ") + alias.name;
    return {{row.model.value},
            numberValue(static_cast<double>(row.versions.size())),
            timeValue(row.versions.empty() ? core::Instant{} : row.versions.front().created),
            {aliases}};
}

int runModels(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto models = site->registry().models(session.access(), session.cancel());
    if (!models)
        return session.fail(models.error());
    const auto rows = filtered(parser, modelFields(), models->value, modelValues);
    if (!rows)
        return session.fail(rows.error());
    const auto counts = site->registry().counts();
    Json list = Json::array();
    Table table({"Model", "Versions", "Newest", "Aliases"}, {Align::Left, Align::Right, Align::Right});
    const core::Instant now = core::SystemClock().now();
    for (const factory::ModelRow &row : *rows) {
        Json aliases = Json::object();
        std::string words;
        for (const lineage::Alias &alias : row.aliases) {
            aliases[alias.name] = alias.version.value;
            words += (words.empty() ? "" : ", ") + alias.name + " → " + alias.version.value;
        }
        list.push_back({{"name", row.model.value}, {"versions", row.versions.size()}, {"aliases", aliases}});
        table.row({row.model.value, std::to_string(row.versions.size()),
                   row.versions.empty() ? "" : text::age(row.versions.front().created, now).toStdString(), words});
    }
    Json byStatus = Json::object();
    for (const auto &[status, count] : counts ? counts->byStatus : std::map<lineage::RunStatus, std::int64_t>{})
        byStatus[word(status)] = count;
    if (session.json())
        printJson({{"freshness", toJson(models->freshness)},
                   {"experiments", counts ? counts->experiments : 0},
                   {"runs", counts ? counts->runs : 0},
                   {"runs_by_status", std::move(byStatus)},
                   {"deleted_runs", counts ? counts->deletedRuns : 0},
                   {"versions", counts ? counts->versions : 0},
                   {"models", std::move(list)}});
    else
        print(table.text());
    return session.finish(models->freshness);
}

} // namespace

std::vector<Command> lineageCommands()
{
    return {{.name = QStringLiteral("models"),
             .summary = QStringLiteral("List registered models with versions and aliases."),
             .filter = modelFields(),
             .run = runModels},
            {.name = QStringLiteral("trace"),
             .summary = QStringLiteral("Follow a model version down to the data it was trained on."),
             .arguments = QStringLiteral("MODEL[@VERSION]"),
             .details = QStringLiteral("Each step says how it is known: declared, label, uri_equal, name_matched, "
                                       "inferred.\nExample:\n    andonctl trace fraud-llm@14"),
             .minArguments = 1,
             .maxArguments = 1,
             .pins = true,
             .run = runTrace}};
}

} // namespace andon::ctl
