#include "app/andonctl/session.h"
#include "profile/lock.h"
#include "text/errortext.h"
#include "text/units.h"

#include <QCommandLineParser>

#include <chrono>
#include <map>
#include <mutex>

namespace andon::ctl
{

namespace
{

/// What each source brought; the exit code is the worst of the configured ones.
int report(Session &session, const factory::SiteSync &done, double seconds)
{
    Json json = Json::object();
    int exit = Ok;
    const auto part = [&](const char *source, const auto &result, Json values, const std::string &line) {
        if (!result && result.error().hint == "not-configured")
            return;
        if (!result) {
            json[source] = {{"error", toJson(result.error())}};
            note(std::string(source) + ": " + text::paragraph(result.error()).toStdString());
            exit = result.error().kind == core::ErrorKind::Cancelled ? Failed : Unreachable;
            return;
        }
        json[source] = std::move(values);
        if (!session.json())
            printLine(std::string(source) + ": " + line);
    };
    const auto versions = done.versions.value_or(factory::VersionSyncStats{});
    part("lakefs", done.versions,
         {{"repositories", versions.repositories},
          {"new_commits", versions.commits},
          {"new_runs", versions.runs},
          {"log_requests", versions.requests}},
         std::to_string(versions.repositories) + " repositories, " + std::to_string(versions.commits) + " new commits, "
             + std::to_string(versions.runs) + " new hook runs");
    const auto registry = done.registry.value_or(factory::RegistrySyncStats{});
    part("mlflow", done.registry,
         {{"experiments", registry.experiments},
          {"models", registry.models},
          {"versions", registry.versions},
          {"runs_read", registry.runs}},
         std::to_string(registry.models) + " models, " + std::to_string(registry.versions) + " versions, "
             + std::to_string(registry.runs) + " runs read");
    part("prometheus", done.series, {{"queries", done.series.value_or(0)}},
         std::to_string(done.series.value_or(0)) + " queries kept");
    json["seconds"] = seconds;
    if (session.json())
        printJson(json);
    else
        printLine("in " + text::number(seconds, 1).toStdString() + " s");
    return exit;
}

int runSync(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    if (session.offline())
        return session.fail(
            {.kind = core::ErrorKind::Invalid, .detail = "sync asks the sources: leave --offline away"});
    const auto paths = session.profile();
    if (!paths)
        return session.fail(paths.error());
    const auto lock = profile::Lock::take(paths->paths(), "andonctl sync");
    if (!lock)
        return session.fail(lock.error());
    if (!*lock)
        return session.fail({.kind = core::ErrorKind::Storage,
                             .where = "profile",
                             .detail = "another Andon holds this profile's lock",
                             .hint = "busy"});
    const auto start = std::chrono::steady_clock::now();
    Progress progress;
    std::mutex mutex;
    std::map<std::string, std::string> lines; // a source may be in several places; its last word counts
    const factory::SiteSync done = site->sync(
        [&](const factory::SyncProgress &now) {
            const std::scoped_lock guard(mutex);
            lines[now.source] = now.source + " " + now.what + " " + std::to_string(now.done);
            std::string all;
            for (const auto &[source, line] : lines)
                all += (all.empty() ? "" : "   ") + line;
            progress.show(all);
        },
        session.cancel());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report(session, done, seconds);
}

} // namespace

std::vector<Command> syncCommands()
{
    return {{.name = QStringLiteral("sync"),
             .summary = QStringLiteral("Bring the cache of a site up to date."),
             .details = QStringLiteral(
                 "Asks every source only for what is new. May be stopped at any time (Ctrl-C) and goes on where it\n"
                 "stopped. Example:\n    andonctl sync --site ams-1"),
             .run = runSync}};
}

} // namespace andon::ctl
