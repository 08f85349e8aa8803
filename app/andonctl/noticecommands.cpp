// notifications: what changed while a desktop watched.
#include "app/andonctl/session.h"
#include "store/noticestore.h"
#include "text/noticetext.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using telemetry::Notice;

core::Result<std::vector<Notice>> noticesOf(Session &session)
{
    const auto house = session.openHouse();
    if (!house)
        return core::fail(house.error());
    store::DatabaseFile *records = (*house)->records();
    return records ? store::NoticeStore(*records).all() : std::vector<Notice>{};
}

std::string levelKey(telemetry::Level level)
{
    return text::levelWord(level).toLower().toStdString();
}

Json toJson(const Notice &one)
{
    return {{"id", one.id},
            {"at", isoTime(one.at)},
            {"site", one.site.value},
            {"kind", one.kind == telemetry::NoticeKind::Station ? "station" : "alert"},
            {"subject", one.subject},
            {"name", one.name},
            {"about", one.about},
            {"from", one.from},
            {"to", one.to},
            {"level_from", levelKey(one.before)},
            {"level_to", levelKey(one.after)},
            {"better", one.better()},
            {"link", one.link},
            {"read", one.seen}};
}

int runNotifications(Session &session, const QCommandLineParser &parser)
{
    auto all = noticesOf(session);
    if (!all)
        return session.fail(all.error());
    if (parser.isSet(QStringLiteral("unread")))
        std::erase_if(*all, [](const Notice &one) { return one.seen; });
    if (session.json()) {
        Json list = Json::array();
        for (const Notice &one : *all)
            list.push_back(toJson(one));
        printJson({{"notifications", std::move(list)}});
        return Ok;
    }
    Table table({"When", "Site", "What", "From", "To", "", "Link"});
    for (const Notice &one : *all)
        table.row({text::dateTime(one.at).toStdString(), one.site.value, text::noticeWhat(one).toStdString(),
                   text::noticeFrom(one).toStdString(), text::noticeTo(one).toStdString(),
                   one.seen ? std::string() : "unread", one.link});
    print(table.text());
    return Ok;
}

} // namespace

std::vector<Command> noticeCommands()
{
    return {{.name = QStringLiteral("notifications"),
             .summary = QStringLiteral("List what changed on the Floor while a desktop watched."),
             .details = QStringLiteral(
                 "Stations that got worse or recovered, alerts that began to fire or were resolved; the newest first,\n"
                 "of all sites. The newest 1,000 are kept. `andonctl open LINK` shows one in the window. Examples:\n"
                 "    andonctl notifications --unread\n"
                 "    andonctl notifications --json"),
             .options = {{QStringLiteral("unread"), {}, QStringLiteral("only those that nobody has marked as read")}},
             .run = runNotifications}};
}

} // namespace andon::ctl
