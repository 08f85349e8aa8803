// sync, once or for as long as it runs.
#include "app/andonctl/session.h"
#include "app/andonctl/watch.h"
#include "profile/errorjson.h"
#include "text/errortext.h"
#include "text/units.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

std::string countOf(const Json &part, const char *key)
{
    return text::count(part.value(key, std::int64_t{0})).toStdString();
}

std::string lineOf(const std::string &source, const Json &part)
{
    if (source == "lakefs")
        return countOf(part, "repositories") + " repositories, " + countOf(part, "new_commits") + " new commits, "
            + countOf(part, "new_runs") + " new hook runs";
    if (source == "mlflow")
        return countOf(part, "models") + " models, " + countOf(part, "versions") + " versions, "
            + countOf(part, "runs_read") + " runs read";
    return countOf(part, "queries") + " queries kept";
}

} // namespace

int printOutcome(const Session &session, const std::string &outcome)
{
    Json json = Json::parse(outcome, nullptr, false);
    if (!json.is_object())
        return session.fail({.kind = core::ErrorKind::Protocol, .where = "sync", .detail = outcome.substr(0, 200)});
    int exit = Ok;
    double seconds = 0;
    for (auto &[source, part] : json.items()) {
        if (source == "seconds") {
            seconds = part.get<double>();
        } else if (source == "cache") {
            note("cache: " + text::bytes(part.value("before_bytes", 0LL) - part.value("after_bytes", 0LL)).toStdString()
                 + " of the oldest went, to stay below the cap");
        } else if (part.contains("error")) {
            const core::Error error = profile::errorFrom(part["error"]);
            note(source + ": " + text::paragraph(error).toStdString());
            exit = error.kind == core::ErrorKind::Cancelled || error.kind == core::ErrorKind::Storage
                ? std::max<int>(exit, Failed)
                : Unreachable;
        } else if (!session.json()) {
            printLine(source + ": " + lineOf(source, part));
        }
    }
    if (!session.json())
        printLine("in " + text::number(seconds, 1).toStdString() + " s");
    return exit;
}

namespace
{

int runSync(Session &session, const QCommandLineParser &parser)
{
    if (session.offline())
        return session.fail(
            {.kind = core::ErrorKind::Invalid, .detail = "sync asks the sources: leave --offline away."});
    if (parser.isSet(QStringLiteral("every")) && !parser.isSet(QStringLiteral("watch")))
        return session.fail({.kind = core::ErrorKind::Invalid, .detail = "--every goes with --watch."});
    if (parser.isSet(QStringLiteral("watch")))
        return runWatch(session, parser);
    const auto config = session.siteConfig();
    if (!config)
        return session.fail(config.error());
    std::optional<Progress> progress(std::in_place);
    const auto outcome = session.write(
        {.command = "sync", .arguments = {{"site", config->name.value}}}, [&](const profile::WriteStep &step) {
            progress->show(step.part, step.what + " " + text::count(step.done).toStdString());
        });
    progress.reset(); // before anything is printed
    if (!outcome)
        return session.fail(outcome.error());
    if (session.json())
        printJson(Json::parse(*outcome, nullptr, false));
    return printOutcome(session, *outcome);
}

} // namespace

std::vector<Command> syncCommands()
{
    return {
        {.name = QStringLiteral("sync"),
         .summary = QStringLiteral("Bring the cache of a site up to date."),
         .details = QStringLiteral(
             "Asks every source only for what is new. May be stopped at any time (Ctrl-C) and goes on where it\n"
             "stopped. Beside an open desktop it is done by that. With --watch it goes on until it is stopped, for\n"
             "every site unless --site names one, and takes the writes of other commands meanwhile. Examples:\n"
             "    andonctl sync --site ams-1\n"
             "    andonctl sync --watch --every 300"),
         .options = {{QStringLiteral("watch"), {}, QStringLiteral("again and again, until it is stopped")},
                     {QStringLiteral("every"), QStringLiteral("SECONDS"),
                      QStringLiteral("with --watch: from one beginning to the next (60)")}},
         .run = runSync}};
}

} // namespace andon::ctl
