#include "app/andonctl/session.h"
#include "text/units.h"

#include <QCommandLineParser>

#include <chrono>

namespace andon::ctl
{

namespace
{

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
    const auto lock = profile::Lock::take(paths->paths());
    if (!lock)
        return session.fail(lock.error());
    if (!*lock)
        return session.fail({.kind = core::ErrorKind::Storage,
                             .where = "profile",
                             .detail = "another Andon holds this profile's lock",
                             .hint = "busy"});
    const auto start = std::chrono::steady_clock::now();
    Progress progress;
    const auto stats = site->versions().sync(
        [&](const factory::SyncProgress &now) {
            progress.show(now.source + "  " + now.what + "  " + std::to_string(now.done));
        },
        session.cancel());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!stats)
        return session.fail(stats.error());
    if (session.json())
        printJson({{"lakefs",
                    {{"repositories", stats->repositories},
                     {"new_commits", stats->commits},
                     {"new_runs", stats->runs},
                     {"log_requests", stats->requests}}},
                   {"seconds", seconds}});
    else
        printLine("lakefs: " + std::to_string(stats->repositories) + " repositories, " + std::to_string(stats->commits)
                  + " new commits, " + std::to_string(stats->runs) + " new hook runs in "
                  + text::number(seconds, 1).toStdString() + " s");
    return Ok;
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
