// hooks: what the gates said of what changed.
#include "app/andonctl/commitparts.h"
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

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
    // Pinned, the newest may not have been yet; without either, the cache has counted them.
    factory::Site &site = *session.site(exit);
    const bool every = isFiltered(parser) || site.pin().asOf();
    const auto counts = site.versions().counts(repoOf(parser));
    auto all = counts ? site.versions().runs(repoOf(parser), {}, every ? INT_MAX : limit) : core::fail(counts.error());
    auto runs = all ? filtered(parser, hookFields(), std::move(*all), hookValues) : core::fail(all.error());
    if (!runs)
        return session.fail(runs.error());
    const auto total = every ? static_cast<std::int64_t>(runs->size()) : counts->runs;
    runs->resize(std::min(runs->size(), static_cast<std::size_t>(limit)));
    if (session.json()) {
        Json list = Json::array();
        for (const versions::ActionRun &run : *runs)
            list.push_back(runJson(run));
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"total", total},
                   {"runs", std::move(list)}});
    } else {
        Table table({"Run", "Started", "Event", "Branch", "Commit", "Status", "Hooks"});
        for (const versions::ActionRun &run : *runs)
            table.row({run.id, text::dateTime(run.started).toStdString(), run.event, run.branch.value,
                       text::shortId(run.commit.value).toStdString(), word(run.status),
                       gatesText(versions::summarize({run}))});
        print(table.text());
        noteMore(runs->size(), total);
    }
    return session.finish(snapshot->freshness);
}

} // namespace

std::vector<Command> changeCommands()
{
    const Option limit{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows (50 otherwise)")};
    return {
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
