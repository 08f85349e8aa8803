// diff, hooks: what changed, and what the gates said of it.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "text/plain.h"
#include "text/times.h"
#include "versions/refexpression.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

const char *changeWord(versions::DiffType type)
{
    static constexpr const char *kWords[] = {"added", "removed", "changed", "conflict", "prefix_changed"};
    return kWords[static_cast<int>(type)];
}

std::vector<text::FilterField> diffFields()
{
    return {text::wordField("path"),
            {.name = QStringLiteral("change"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("added"), QStringLiteral("removed"), QStringLiteral("changed"),
                        QStringLiteral("conflict"), QStringLiteral("prefix_changed")}},
            text::numberField("size", "B")};
}

std::vector<ListValue> diffValues(const versions::DiffEntry &entry)
{
    return {{entry.path},
            {changeWord(entry.type)},
            entry.sizeBytes ? numberValue(static_cast<double>(*entry.sizeBytes)) : ListValue{}};
}

int runDiff(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    core::CommitId ends[2];
    for (const int i : {0, 1}) {
        const auto row = versions::resolveRef(parser.positionalArguments().at(1 + i).toStdString(),
                                              plainRefs(snapshot->value), *snapshot->value.graph);
        if (!row)
            return session.fail(row.error());
        ends[i] = snapshot->value.graph->oid(*row).id();
    }
    const auto mode =
        parser.isSet(QStringLiteral("two-dot")) ? versions::DiffMode::TwoDot : versions::DiffMode::ThreeDot;
    const int limit = limitOf(parser, INT_MAX);
    std::vector<versions::DiffEntry> entries;
    std::string after;
    do {
        auto page = session.site(exit)->versions().diff(repoOf(parser), ends[0], ends[1], mode,
                                                        parser.value(QStringLiteral("prefix")).toStdString(), after,
                                                        session.access(), session.cancel());
        if (!page)
            return session.fail(page.error());
        entries.insert(entries.end(), page->entries.begin(), page->entries.end());
        after = page->next;
    } while (!after.empty() && (isFiltered(parser) || static_cast<int>(entries.size()) < limit));
    auto left = filtered(parser, diffFields(), std::move(entries), diffValues);
    if (!left)
        return session.fail(left.error());
    entries = std::move(*left);
    if (static_cast<int>(entries.size()) > limit)
        entries.resize(static_cast<std::size_t>(limit));
    if (session.json()) {
        Json list = Json::array();
        for (const versions::DiffEntry &entry : entries)
            list.push_back({{"type", changeWord(entry.type)},
                            {"path", entry.path},
                            {"path_type", entry.isPrefix ? "common_prefix" : "object"},
                            {"size_bytes", entry.sizeBytes ? Json(*entry.sizeBytes) : Json()}});
        printJson({{"left", ends[0].value}, {"right", ends[1].value}, {"complete", after.empty()}, {"entries", list}});
    } else {
        Table table({"Change", "Bytes", "Path"}, {Align::Left, Align::Right});
        for (const versions::DiffEntry &entry : entries)
            table.row({changeWord(entry.type), entry.sizeBytes ? std::to_string(*entry.sizeBytes) : "—", entry.path});
        print(table.text());
        if (!after.empty())
            note("There is more: raise --limit.");
    }
    // Between two commits nothing can be out of date, but a ref may have moved.
    return session.finish(snapshot->freshness);
}

int printOutput(Session &session, const QCommandLineParser &parser, const core::Freshness &freshness)
{
    int exit = Ok;
    const std::string id = parser.value(QStringLiteral("output")).toStdString();
    const auto runs = session.site(exit)->versions().runs(repoOf(parser), {}, INT_MAX);
    if (!runs)
        return session.fail(runs.error());
    const auto run = std::find_if(runs->begin(), runs->end(), [&](const auto &one) { return one.id == id; });
    if (run == runs->end())
        return session.fail({.kind = core::ErrorKind::NotFound,
                             .where = "lakefs hooks",
                             .detail = "there is no run " + id + " in " + repoOf(parser).value});
    Json list = Json::array();
    for (const versions::HookRun &hook : run->hooks) {
        const auto output = session.site(exit)->versions().hookOutput(repoOf(parser), run->id, hook.id,
                                                                      session.access(), session.cancel());
        if (!output)
            return session.fail(output.error());
        list.push_back({{"id", hook.id},
                        {"action", hook.action},
                        {"hook", hook.hook},
                        {"status", word(hook.status)},
                        {"output", *output}});
        if (session.json())
            continue;
        printLine("== " + text::visible(hook.action + " / " + hook.hook).toStdString() + ": " + word(hook.status));
        printLine(text::visibleLines(*output).toStdString());
    }
    if (session.json())
        printJson({{"run", run->id}, {"freshness", toJson(freshness)}, {"hooks", std::move(list)}});
    return session.finish(freshness);
}

std::vector<text::FilterField> hookFields()
{
    return {text::wordField("run"),
            text::wordField("event"),
            text::wordField("branch"),
            text::wordField("commit"),
            {.name = QStringLiteral("status"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("completed"), QStringLiteral("failed"), QStringLiteral("skipped"),
                        QStringLiteral("unknown")}},
            text::timeField("time"),
            text::wordField("hook")};
}

std::vector<ListValue> hookValues(const versions::ActionRun &run)
{
    std::string hooks;
    for (const versions::HookRun &hook : run.hooks)
        hooks += (hooks.empty() ? "" : ", ") + hook.action + "/" + hook.hook;
    return {{run.id}, {run.event}, {run.branch.value}, {run.commit.value}, {word(run.status)}, timeValue(run.started),
            {hooks}};
}

int runHooks(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    if (parser.isSet(QStringLiteral("output")))
        return printOutput(session, parser, snapshot->freshness);
    const int limit = limitOf(parser, 50);
    auto all = session.site(exit)->versions().runs(repoOf(parser), {}, isFiltered(parser) ? INT_MAX : limit);
    auto runs = all ? filtered(parser, hookFields(), std::move(*all), hookValues) : core::fail(all.error());
    if (!runs)
        return session.fail(runs.error());
    runs->resize(std::min(runs->size(), static_cast<std::size_t>(limit)));
    if (session.json()) {
        Json list = Json::array();
        for (const versions::ActionRun &run : *runs) {
            Json hooks = Json::array();
            for (const versions::HookRun &hook : run.hooks)
                hooks.push_back({{"id", hook.id},
                                 {"action", hook.action},
                                 {"hook", hook.hook},
                                 {"status", word(hook.status)},
                                 {"started", isoTimeOrNull(hook.started)},
                                 {"ended", isoTimeOrNull(hook.ended)}});
            list.push_back({{"id", run.id},
                            {"event", run.event},
                            {"branch", run.branch.value},
                            {"commit", run.commit.value},
                            {"status", word(run.status)},
                            {"started", isoTimeOrNull(run.started)},
                            {"ended", isoTimeOrNull(run.ended)},
                            {"hooks", std::move(hooks)}});
        }
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"runs", std::move(list)}});
    } else {
        Table table({"Run", "Started", "Event", "Branch", "Commit", "Status", "Hooks"});
        for (const versions::ActionRun &run : *runs)
            table.row({run.id, text::dateTime(run.started).toStdString(), run.event, run.branch.value,
                       text::shortId(run.commit.value).toStdString(), word(run.status),
                       gatesText(versions::summarize({run}))});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

} // namespace

std::vector<Command> changeCommands()
{
    const Option limit{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows")};
    return {
        {.name = QStringLiteral("diff"),
         .summary = QStringLiteral("List what changed between two refs."),
         .arguments = QStringLiteral("REPOSITORY LEFT RIGHT"),
         .details = QStringLiteral("What RIGHT has against the merge base of both, or against LEFT itself with "
                                   "--two-dot.\nExample:\n    andonctl diff ml-data main ingest-42"),
         .minArguments = 3,
         .maxArguments = 3,
         .options = {{QStringLiteral("two-dot"), {}, QStringLiteral("compare with LEFT itself")},
                     {QStringLiteral("prefix"), QStringLiteral("P"), QStringLiteral("only paths that begin with P")},
                     limit},
         .filter = diffFields(),
         .run = runDiff},
        {.name = QStringLiteral("hooks"),
         .summary = QStringLiteral("List runs of quality gates, newest first."),
         .arguments = QStringLiteral("REPOSITORY"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {limit,
                     {QStringLiteral("output"), QStringLiteral("RUN"),
                      QStringLiteral("print what the hooks of RUN wrote")}},
         .filter = hookFields(),
         .run = runHooks},
    };
}

} // namespace andon::ctl
