// open, views, view save, view remove: what the desktop shows, as a link and by name.
#include "app/andonctl/session.h"
#include "profile/view.h"
#include "text/profiletext.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

int runOpen(Session &session, const QCommandLineParser &parser)
{
    const QStringList links = parser.positionalArguments();
    const std::string link = links.isEmpty() ? std::string() : links.first().toStdString();
    if (const auto view = profile::viewOfLink(link); !link.empty() && !view)
        return session.fail(view.error());
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    const auto holder = profile::Lock::holder(profile->paths());
    const core::Error none{.kind = core::ErrorKind::NotFound,
                           .where = "open",
                           .detail = "No desktop has this profile open. Start it with: andon"
                               + (link.empty() ? std::string() : " '" + link + "'")};
    if (!holder || holder->program != "andon" || holder->socket.empty())
        return session.fail(none);
    const auto shown =
        profile::handOver(*holder, {.command = "window.open", .arguments = {{"link", link}}}, {}, session.cancel());
    if (!shown) // it ended without tidying up
        return session.fail(shown.error().hint == "no-holder" ? none : shown.error());
    if (session.json())
        printJson({{"link", *shown}});
    else
        printLine(*shown);
    return Ok;
}

int runViews(Session &session, const QCommandLineParser &)
{
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    Json all = Json::array();
    Table table({"View", "Link"});
    for (const auto &listed : profile::Views(profile->viewsFolder()).all()) {
        if (!listed.view) {
            note("andonctl: " + text::fileNotice(listed.view.error(), {}).toStdString());
            all.push_back({{"file", listed.file}, {"error", toJson(listed.view.error())}});
            continue;
        }
        const std::string link = profile::linkOf(listed.view->view);
        all.push_back({{"name", listed.view->name}, {"link", link}, {"file", listed.file}});
        table.row({listed.view->name, link});
    }
    if (session.json())
        printJson(all);
    else if (all.empty())
        printLine("There is no view yet. Save one in the desktop with Ctrl+S, or: andonctl view save NAME LINK");
    else
        print(table.text());
    return Ok;
}

int runSave(Session &session, const QCommandLineParser &parser)
{
    const std::string name = parser.positionalArguments().first().toStdString();
    const auto view = profile::viewOfLink(parser.positionalArguments().last().toStdString());
    if (!view)
        return session.fail(view.error());
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    if (const auto saved = profile::Views(profile->viewsFolder()).save(name, *view); !saved)
        return session.fail(saved.error());
    if (session.json())
        printJson({{"name", name}, {"link", profile::linkOf(*view)}});
    else
        printLine("Saved the view \"" + name + "\".");
    return Ok;
}

int runRemove(Session &session, const QCommandLineParser &parser)
{
    const std::string name = parser.positionalArguments().first().toStdString();
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    if (const auto removed = profile::Views(profile->viewsFolder()).remove(name); !removed)
        return session.fail(removed.error());
    if (session.json())
        printJson({{"removed", name}});
    else
        printLine("Removed the view \"" + name + "\".");
    return Ok;
}

} // namespace

std::vector<Command> viewCommands()
{
    return {
        {.name = QStringLiteral("open"),
         .summary = QStringLiteral("Show a link in the desktop that is open, or say what it shows."),
         .arguments = QStringLiteral("[LINK]"),
         .details = QStringLiteral("Prints the link of what is shown afterwards; without LINK the window only comes\n"
                                   "forward. Examples:\n"
                                   "    andonctl open 'andon://ams-1/versions?select=repository%3Aml-data'\n"
                                   "    andonctl view save \"Tonight\" \"$(andonctl open)\""),
         .maxArguments = 1,
         .run = runOpen},
        {.name = QStringLiteral("views"), .summary = QStringLiteral("List the saved views."), .run = runViews},
        {.name = QStringLiteral("view save"),
         .summary = QStringLiteral("Save a link under a name; a view of that name is replaced."),
         .arguments = QStringLiteral("NAME LINK"),
         .minArguments = 2,
         .maxArguments = 2,
         .run = runSave},
        {.name = QStringLiteral("view remove"),
         .summary = QStringLiteral("Delete a saved view."),
         .arguments = QStringLiteral("NAME"),
         .minArguments = 1,
         .maxArguments = 1,
         .run = runRemove},
    };
}

} // namespace andon::ctl
