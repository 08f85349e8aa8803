// ack, unack, acks: who is on what the Floor says.
#include "app/andonctl/session.h"
#include "factory/subject.h"
#include "store/acknowledgementstore.h"
#include "text/timegrammar.h"
#include "text/times.h"

#include <QCommandLineParser>

#include <pwd.h>
#include <unistd.h>

namespace andon::ctl
{

namespace
{

core::Error invalid(const std::string &sentence)
{
    return {.kind = core::ErrorKind::Invalid, .where = "ack", .detail = sentence};
}

/// --as, else the name in the settings, else that of the account.
std::string nameOf(const Session &session, const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("as")))
        return parser.value(QStringLiteral("as")).trimmed().toStdString();
    const auto profile = session.profile();
    const std::string person =
        profile ? profile::readSettings(profile->settingsFile(), core::SystemClock().now()).settings.person : "";
    const passwd *account = person.empty() ? ::getpwuid(::getuid()) : nullptr;
    return account ? account->pw_name : person;
}

/// The subject as the Floor knows it now; prints what there is when it is not found.
core::Result<factory::Subject> subjectNow(Session &session, factory::Site &site, const std::string &words)
{
    const auto floor = site.machines().floor(site.machines().range(core::kDay), session.access(), session.cancel());
    if (!floor)
        return core::fail(floor.error());
    if (const auto found = factory::findSubject(floor->value, words))
        return *found;
    std::string known;
    for (const factory::Subject &subject : factory::subjects(floor->value))
        known += "\n    " + subject.id();
    return core::fail(invalid("\"" + words + "\" is not one thing that needs somebody now. These are:"
                              + (known.empty() ? "\n    none" : known)));
}

core::Result<core::Instant> untilOf(const QCommandLineParser &parser)
{
    if (!parser.isSet(QStringLiteral("until")))
        return core::Instant{};
    const core::Instant now = core::SystemClock().now();
    const auto until = text::moment(parser.value(QStringLiteral("until")), now, QTimeZone::utc(), text::RangeEnd::To);
    if (until && *until <= now)
        return core::fail(invalid("--until is not in the past."));
    return until;
}

int runAck(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto until = untilOf(parser);
    const auto subject = until ? subjectNow(session, *site, parser.positionalArguments().first().toStdString())
                               : core::fail(until.error());
    if (!subject)
        return session.fail(subject.error());
    const std::string who = nameOf(session, parser);
    const auto saved = session.write({.command = "ack.add",
                                      .arguments = {{"site", site->name().value},
                                                    {"kind", subject->kind},
                                                    {"subject", subject->key},
                                                    {"state", subject->state},
                                                    {"who", who},
                                                    {"note", parser.value(QStringLiteral("note")).toStdString()},
                                                    {"until", std::to_string(until->ms)}}},
                                     {});
    if (!saved)
        return session.fail(saved.error());
    if (session.json())
        printJson({{"id", std::stoll(*saved)}, {"subject", subject->id()}, {"who", who}});
    else
        printLine(who + " is on " + subject->id() + ".");
    return Ok;
}

/// The key that is meant among those that are acknowledged; the words themselves when none is.
std::pair<std::string, std::string> standingOne(app::House &house, const core::SiteName &site, const std::string &words)
{
    store::DatabaseFile *records = house.records();
    const auto all = records ? store::AcknowledgementStore(*records).standing(site, core::SystemClock().now())
                             : core::Result<std::vector<store::Acknowledgement>>();
    for (const store::Acknowledgement &one : all.value_or(std::vector<store::Acknowledgement>{}))
        for (const std::string &name : {one.subject, one.subject.substr(0, one.subject.find_first_of("{/"))})
            if (words == name || words == one.kind + ":" + name)
                return {one.kind, one.subject};
    const std::size_t colon = words.find(':');
    return colon == std::string::npos ? std::pair(std::string("station"), words)
                                      : std::pair(words.substr(0, colon), words.substr(colon + 1));
}

int runUnack(Session &session, const QCommandLineParser &parser)
{
    const auto config = session.siteConfig();
    const auto house = config ? session.openHouse() : core::fail(config.error());
    if (!house)
        return session.fail(house.error());
    const auto [kind, key] = standingOne(**house, config->name, parser.positionalArguments().first().toStdString());
    const auto done = session.write({.command = "ack.withdraw",
                                     .arguments = {{"site", config->name.value},
                                                   {"kind", kind},
                                                   {"subject", key},
                                                   {"who", nameOf(session, parser)}}},
                                    {});
    if (!done)
        return session.fail(done.error());
    if (session.json())
        printJson({{"subject", kind + ":" + key}, {"withdrawn", std::stoll(*done)}});
    else
        printLine("Nobody is on " + kind + ":" + key + " any more.");
    return Ok;
}

Json toJson(const store::Acknowledgement &one)
{
    return {{"id", one.id},
            {"subject", one.kind + ":" + one.subject},
            {"state", one.state},
            {"who", one.who},
            {"note", one.note},
            {"at", isoTime(one.at)},
            {"until", isoTimeOrNull(one.until)},
            {"withdrawn", isoTimeOrNull(one.withdrawn)},
            {"withdrawn_by", one.withdrawnBy}};
}

int runList(Session &session, const QCommandLineParser &parser)
{
    const auto config = session.siteConfig();
    const auto house = config ? session.openHouse() : core::fail(config.error());
    if (!house)
        return session.fail(house.error());
    const core::Instant now = core::SystemClock().now();
    std::vector<store::Acknowledgement> all;
    if (store::DatabaseFile *records = (*house)->records()) {
        store::AcknowledgementStore store(*records);
        auto read =
            parser.isSet(QStringLiteral("history")) ? store.all(config->name) : store.standing(config->name, now);
        if (!read)
            return session.fail(read.error());
        all = std::move(*read);
    }
    if (session.json()) {
        Json list = Json::array();
        for (const store::Acknowledgement &one : all)
            list.push_back(toJson(one));
        printJson({{"acknowledgements", std::move(list)}});
        return Ok;
    }
    Table table({"Subject", "Who", "When", "Note", ""});
    for (const store::Acknowledgement &one : all)
        table.row({one.kind + ":" + one.subject, one.who, text::dateTime(one.at).toStdString(), one.note,
                   one.withdrawn.known()   ? "withdrawn by " + one.withdrawnBy
                       : one.until.known() ? "until " + text::dateTime(one.until).toStdString()
                                           : std::string()});
    print(table.text());
    return Ok;
}

} // namespace

std::vector<Command> ackCommands()
{
    const Option as{QStringLiteral("as"), QStringLiteral("NAME"),
                    QStringLiteral("who it is; else the setting \"person\", else the account")};
    return {
        {.name = QStringLiteral("ack"),
         .summary = QStringLiteral("Say that somebody is on an alert, a finding or the state of a station."),
         .arguments = QStringLiteral("SUBJECT"),
         .details = QStringLiteral(
             "SUBJECT as `andonctl floor` names it, or its beginning when that is only one. It holds for the state "
             "that\n"
             "is there now: when the station changes or the alert fires anew, nobody is on that. It is kept in the\n"
             "records. Examples:\n"
             "    andonctl ack storage --note 'array fb-ams-03 is being drained'\n"
             "    andonctl ack alert:ArrayReadSaturated --as Anna --until now+2h"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {{QStringLiteral("note"), QStringLiteral("TEXT"), QStringLiteral("what is being done")},
                     as,
                     {QStringLiteral("until"), QStringLiteral("TIME"),
                      QStringLiteral("when it ends, now+2h or a date; else with the state")}},
         .run = runAck},
        {.name = QStringLiteral("unack"),
         .summary = QStringLiteral("Say that nobody is on it any more."),
         .arguments = QStringLiteral("SUBJECT"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {as},
         .run = runUnack},
        {.name = QStringLiteral("acks"),
         .summary = QStringLiteral("List who is on what."),
         .options = {{QStringLiteral("history"), {}, QStringLiteral("with those that were withdrawn or are over")}},
         .run = runList},
    };
}

} // namespace andon::ctl
