// support-bundle: what helps to find a fault, in one file.
#include "app/andonctl/session.h"
#include "app/common/supportbundle.h"
#include "text/units.h"

#include <QCommandLineParser>
#include <QDir>

namespace andon::ctl
{

namespace
{

/// The log of the Andon that has this profile open: it knows what was asked, this process has just begun.
std::string logOfTheHolder(const Session &session)
{
    const auto profile = session.profile();
    const auto holder = profile ? profile::Lock::holder(profile->paths()) : std::nullopt;
    if (!holder || holder->socket.empty())
        return {};
    return profile::handOver(*holder, {.command = "requests"}, {}, session.cancel(), 5'000).value_or(std::string());
}

int runBundle(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    app::House *house = session.house(exit);
    if (!house)
        return exit;
    const core::Instant now = core::SystemClock().now();
    const std::string file = parser.isSet(QStringLiteral("out"))
        ? parser.value(QStringLiteral("out")).toStdString()
        : QDir::current().filePath(QString::fromStdString(app::supportFileName(now))).toStdString();
    const auto parts = app::supportParts(*house, logOfTheHolder(session));
    if (const auto written = app::writeSupportBundle(file, parts, now); !written)
        return session.fail(written.error());
    if (session.json()) {
        Json list = Json::array();
        for (const app::SupportPart &part : parts)
            list.push_back({{"name", part.name}, {"about", part.about}, {"bytes", part.bytes.size()}});
        printJson({{"file", file}, {"sent", false}, {"contains", std::move(list)}});
        return Ok;
    }
    Table table({"Part", "Bytes", "What it holds"}, {Align::Left, Align::Right});
    for (const app::SupportPart &part : parts)
        table.row({part.name, text::bytes(static_cast<std::int64_t>(part.bytes.size())).toStdString(), part.about});
    print(table.text());
    printLine("\nWritten to " + file + ". Nothing was sent anywhere; look through it before you hand it on.");
    return Ok;
}

} // namespace

std::vector<Command> supportCommands()
{
    return {{.name = QStringLiteral("support-bundle"),
             .summary = QStringLiteral("Write what helps to find a fault into one file; nothing is sent."),
             .details = QStringLiteral(
                 "Versions, the redacted request log (of the running desktop when there is one), settings and sites\n"
                 "without secrets, cache statistics, the list of the profile's files. Examples:\n"
                 "    andonctl support-bundle\n"
                 "    andonctl support-bundle --out /tmp/andon.zip"),
             .options = {{QStringLiteral("out"), QStringLiteral("FILE"),
                          QStringLiteral("where to; .tar.gz or .zip (andon-support-TIME.tar.gz here)")}},
             .run = runBundle}};
}

} // namespace andon::ctl
