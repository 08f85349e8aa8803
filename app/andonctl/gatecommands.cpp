// gates, gate-log, readiness: hooks over all repositories and sites, and how ready the data is.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "factory/gateservice.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::GateRow;
using factory::GateView;

std::string percentText(const std::optional<double> &share)
{
    if (!share)
        return "—";
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", *share * 100);
    return text;
}

Json orNull(const std::optional<double> &value)
{
    return value ? Json(*value) : Json();
}

std::string committerOf(const GateView &view, const core::CommitId &commit)
{
    const auto found = view.committers.find(commit);
    return found == view.committers.end() ? std::string() : found->second;
}

Json resultJson(const GateView &view, const versions::GateResult &result)
{
    return {{"status", word(result.status)},
            {"run", result.run},
            {"hook_run", result.hookRun},
            {"started", isoTimeOrNull(result.started)},
            {"branch", result.branch.value},
            {"commit", result.commit.value},
            {"committer", committerOf(view, result.commit)}};
}

Json rowJson(const GateView &view, const GateRow &row)
{
    Json latest = Json::array();
    for (const versions::GateResult &result : row.line.latest)
        latest.push_back(resultJson(view, result));
    return {{"site", row.site.value},
            {"repository", row.repository.value},
            {"hook", row.line.hook},
            {"event", row.line.event},
            {"action", row.line.action},
            {"results", gatesJson(row.line.all)},
            {"results_7d", gatesJson(row.line.week)},
            {"results_30d", gatesJson(row.line.month)},
            {"failure_rate_7d", orNull(versions::failureRate(row.line.week))},
            {"failure_rate_30d", orNull(versions::failureRate(row.line.month))},
            {"trend", orNull(versions::failureTrend(row.line))},
            {"last_failure", row.line.lastFailure ? resultJson(view, *row.line.lastFailure) : Json()},
            {"latest", std::move(latest)}};
}

Json findingJson(const factory::PastSkipped &finding)
{
    return {{"site", finding.site.value},
            {"repository", finding.repository.value},
            {"hook", finding.result.hook},
            {"run", finding.result.run},
            {"at", isoTimeOrNull(finding.result.started)},
            {"commit", finding.merge.id.value},
            {"committer", finding.merge.committer},
            {"message", finding.merge.message},
            {"refused_before", finding.refused ? Json(finding.refused->value) : Json()}};
}

std::vector<text::FilterField> gateFields()
{
    return {{.name = QStringLiteral("state"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("completed"), QStringLiteral("failed"), QStringLiteral("skipped")}},
            text::wordField("hook"),
            text::wordField("event"),
            text::wordField("repository"),
            text::wordField("site"),
            text::numberField("failed"),
            text::numberField("skipped"),
            text::numberField("week", "%"),
            text::numberField("month", "%"),
            text::timeField("failure"),
            text::wordField("by")};
}

std::vector<ListValue> gateValues(const GateView &view, const GateRow &row)
{
    const versions::GateLine &line = row.line;
    const auto &failure = line.lastFailure;
    return {{line.latest.empty() ? "" : word(line.latest.front().status)},
            {line.hook},
            {line.event},
            {row.repository.value},
            {row.site.value},
            numberValue(static_cast<double>(line.month.failed)),
            numberValue(static_cast<double>(line.month.skipped)),
            numberValue(versions::failureRate(line.week), 100),
            numberValue(versions::failureRate(line.month), 100),
            failure ? timeValue(failure->started) : ListValue{},
            {failure ? committerOf(view, failure->commit) : ""}};
}

void printWall(const GateView &view, const std::vector<GateRow> &rows, core::Instant now)
{
    for (const factory::PastSkipped &finding : view.findings)
        printLine(text::visible("Merged past " + finding.result.hook
                                + ", which did not run: " + finding.repository.value + " "
                                + finding.merge.id.value.substr(0, 12) + " by " + finding.merge.committer
                                + (finding.refused ? ", which it had refused as " + finding.refused->value.substr(0, 12)
                                                   : std::string()))
                      .toStdString()
                  + ", " + text::ago(finding.result.started, now).toStdString());
    Table table({"Latest", "Hook", "Event", "Repository", "Site", "30 d", "Fails, 7 d", "30 d", "Last failure", "By"},
                {Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Right,
                 Align::Right, Align::Right});
    for (const GateRow &row : rows) {
        const auto &failure = row.line.lastFailure;
        table.row({row.line.latest.empty() ? "" : word(row.line.latest.front().status), row.line.hook, row.line.event,
                   row.repository.value, row.site.value, gatesText(row.line.month),
                   percentText(versions::failureRate(row.line.week)),
                   percentText(versions::failureRate(row.line.month)),
                   failure ? text::age(failure->started, now).toStdString() : "—",
                   failure ? committerOf(view, failure->commit) : ""});
    }
    print(table.text());
}

int runGates(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto wall = site->gates().wall(session.access(), session.cancel());
    if (!wall)
        return session.fail(wall.error());
    const GateView &view = wall->value;
    const auto rows =
        filtered(parser, gateFields(), view.rows, [&](const GateRow &row) { return gateValues(view, row); });
    if (!rows)
        return session.fail(rows.error());
    if (session.json()) {
        Json hooks = Json::array();
        for (const GateRow &row : *rows)
            hooks.push_back(rowJson(view, row));
        Json findings = Json::array();
        for (const factory::PastSkipped &finding : view.findings)
            findings.push_back(findingJson(finding));
        printJson({{"freshness", toJson(wall->freshness)},
                   {"results", view.results},
                   {"findings", std::move(findings)},
                   {"hooks", std::move(hooks)}});
    } else {
        printWall(view, *rows, site->pin().now());
    }
    return session.finish(wall->freshness);
}

int runGateLog(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const QStringList names = parser.positionalArguments();
    const versions::GateResult result{.run = names.value(1).toStdString(), .hookRun = names.value(2).toStdString()};
    const auto output = site->gates().output(site->name(), repoOf(parser), result, session.access(), session.cancel());
    if (!output)
        return session.fail(output.error());
    const auto known = site->versions().repositories(factory::Access::CacheOnly, session.cancel());
    if (!known)
        return session.fail(known.error());
    if (session.json())
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(known->freshness)},
                   {"run", result.run},
                   {"hook_run", result.hookRun},
                   {"output", *output}});
    else
        print(text::visibleLines(*output).toStdString());
    return session.offline() ? session.finish(known->freshness) : Ok; // what a hook wrote never changes
}

const char *word(versions::Readiness level)
{
    static constexpr const char *kWords[] = {"ready", "warning", "not-ready", "unknown"};
    return kWords[static_cast<int>(level)];
}

Json datasetJson(const factory::DatasetRow &row)
{
    Json aspects = Json::object();
    for (const versions::Aspect aspect : versions::kAspects) {
        const versions::AspectState &state = row.states[static_cast<std::size_t>(aspect)];
        aspects[versions::nameOf(aspect)] = {
            {"level", word(state.level)}, {"rule", state.rule}, {"word", state.word}, {"texts", state.texts}};
    }
    return {{"site", row.site.value},
            {"repository", row.repository.value},
            {"branch", row.branch.value},
            {"aspects", std::move(aspects)},
            {"figures", row.figures},
            {"head", row.head ? row.head->id.value : std::string()},
            {"gated", row.gated ? row.gated->commit.value : std::string()},
            {"schema", row.schema.schema},
            {"schema_before", row.schema.before},
            {"schema_commit", row.schema.commit.id.value}};
}

int runReadiness(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto wall = site->gates().wall(session.access(), session.cancel());
    if (!wall)
        return session.fail(wall.error());
    if (session.json()) {
        Json list = Json::array();
        for (const factory::DatasetRow &row : wall->value.datasets)
            list.push_back(datasetJson(row));
        printJson({{"freshness", toJson(wall->freshness)}, {"datasets", std::move(list)}});
        return session.finish(wall->freshness);
    }
    Table table({"Dataset", "Branch", "Site", "Aspect", "Level", "Rule"});
    for (const factory::DatasetRow &row : wall->value.datasets)
        for (const versions::Aspect aspect : versions::kAspects) {
            const versions::AspectState &state = row.states[static_cast<std::size_t>(aspect)];
            const std::string rule = state.rule.empty() || state.texts.empty() ? std::string() : state.texts.front();
            table.row({row.repository.value, row.branch.value, row.site.value, versions::nameOf(aspect),
                       word(state.level), rule});
        }
    print(table.text());
    return session.finish(wall->freshness);
}

} // namespace

std::vector<Command> gateCommands()
{
    return {
        {.name = QStringLiteral("gates"),
         .summary = QStringLiteral("List hooks with their latest results, and merges that went past one."),
         .details = QStringLiteral("Hooks of all repositories of the site, and of the other sites as the cache has "
                                   "them.\nExamples:\n    andonctl gates --filter 'state:failed repository:ml-data'\n"
                                   "    andonctl gates --json | jq '.findings'"),
         .filter = gateFields(),
         .pins = true,
         .run = runGates},
        {.name = QStringLiteral("gate-log"),
         .summary = QStringLiteral("Print what a hook wrote."),
         .arguments = QStringLiteral("REPOSITORY RUN HOOK_RUN"),
         .details = QStringLiteral("RUN and HOOK_RUN are those of \"gates --json\". What was read once is kept."),
         .minArguments = 3,
         .maxArguments = 3,
         .run = runGateLog},
        {.name = QStringLiteral("readiness"),
         .summary = QStringLiteral("Say how ready each dataset is, and by which rule."),
         .details = QStringLiteral("Freshness, completeness, quality and consistency of the default branch of each "
                                   "repository. With --json the figures that the rules read, too."),
         .pins = true,
         .run = runReadiness},
    };
}

} // namespace andon::ctl
