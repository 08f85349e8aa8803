// settings, settings get, settings set: what a person prefers, whatever the site.
#include "app/andonctl/session.h"
#include "profile/settings.h"
#include "text/profiletext.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

/// The settings as they are read, after saying what is wrong with the file.
core::Result<profile::SettingsRead> readNow(const profile::Profile &profile)
{
    profile::SettingsRead read = profile::readSettings(profile.settingsFile(), core::SystemClock().now());
    for (const core::Error &problem : read.problems)
        note("andonctl: " + text::fileNotice(problem, read.setAside).toStdString());
    return read;
}

Json document(const std::string &file, const profile::SettingsRead &read)
{
    Json values = Json::object();
    for (const std::string &key : profile::settingKeys())
        values[key] = profile::settingText(read.settings, key).value_or(std::string());
    if (read.settings.requestsPerMinute >= 0)
        values["requests_per_minute"] = read.settings.requestsPerMinute;
    values["cache_cap_bytes"] = read.settings.cacheCapBytes;
    Json shortcuts = Json::object();
    for (const auto &[command, keys] : read.settings.shortcuts)
        shortcuts[command] = keys;
    Json problems = Json::array();
    for (const core::Error &problem : read.problems)
        problems.push_back(toJson(problem));
    return {{"file", file},
            {"settings", std::move(values)},
            {"shortcuts", std::move(shortcuts)},
            {"problems", std::move(problems)},
            {"set_aside", read.setAside}};
}

int runShow(Session &session, const QCommandLineParser &)
{
    const auto profile = session.profile();
    const auto read = profile ? readNow(*profile) : core::fail(profile.error());
    if (!read)
        return session.fail(read.error());
    if (session.json()) {
        printJson(document(profile->settingsFile(), *read));
        return Ok;
    }
    Table table({"Setting", "Value"});
    for (const std::string &key : profile::settingKeys())
        table.row({key, profile::settingText(read->settings, key).value_or(std::string())});
    for (const auto &[command, keys] : read->settings.shortcuts)
        table.row({"shortcuts." + command, keys.empty() ? "none" : keys});
    print(table.text());
    return Ok;
}

int runGet(Session &session, const QCommandLineParser &parser)
{
    const auto profile = session.profile();
    const auto read = profile ? readNow(*profile) : core::fail(profile.error());
    if (!read)
        return session.fail(read.error());
    const std::string key = parser.positionalArguments().first().toStdString();
    const auto value = profile::settingText(read->settings, key);
    if (!value)
        return session.fail(value.error());
    if (session.json())
        printJson({{"key", key}, {"value", *value}});
    else
        printLine(*value);
    return Ok;
}

int runSet(Session &session, const QCommandLineParser &parser)
{
    const std::string key = parser.positionalArguments().first().toStdString();
    const std::string value = parser.positionalArguments().last().toStdString();
    const auto profile = session.profile();
    const auto read = profile ? readNow(*profile) : core::fail(profile.error()); // says what is set aside
    if (!read)
        return session.fail(read.error());
    const auto saved = session.write({.command = "settings.set", .arguments = {{"key", key}, {"value", value}}}, {});
    if (!saved)
        return session.fail(saved.error());
    if (session.json())
        printJson({{"key", key}, {"value", *saved}});
    else
        printLine(key + " is now " + (saved->empty() ? "empty" : *saved) + ".");
    return Ok;
}

} // namespace

std::vector<Command> settingsCommands()
{
    return {
        {.name = QStringLiteral("settings"), .summary = QStringLiteral("Show the settings."), .run = runShow},
        {.name = QStringLiteral("settings get"),
         .summary = QStringLiteral("Print one setting."),
         .arguments = QStringLiteral("KEY"),
         .minArguments = 1,
         .maxArguments = 1,
         .run = runGet},
        {.name = QStringLiteral("settings set"),
         .summary = QStringLiteral("Change one setting; what else stands in the file stays."),
         .arguments = QStringLiteral("KEY VALUE"),
         .details = QStringLiteral("An empty value gives the default back. Examples:\n"
                                   "    andonctl settings set theme dark\n"
                                   "    andonctl settings set cache_cap '5 GiB'\n"
                                   "    andonctl settings set notifications all\n"
                                   "    andonctl settings set quiet_hours 22:00-06:30\n"
                                   "    andonctl settings set shortcuts.refresh F6\n"
                                   "notifications says what the open desktop is told of: off, critical (by default) or "
                                   "all. quiet_hours\nare local times in which it is told of nothing; "
                                   "`andonctl notifications` has everything.\n"
                                   "requests_per_minute is the budget of each source: 600 by default, none for one on "
                                   "this machine. What is\n"
                                   "over it waits its turn; -v shows for how long."),
         .minArguments = 2,
         .maxArguments = 2,
         .run = runSet},
    };
}

} // namespace andon::ctl
