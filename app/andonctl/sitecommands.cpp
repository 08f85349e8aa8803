// site add, list, check, set, remove.
#include "app/andonctl/session.h"
#include "net/fingerprint.h"
#include "text/errortext.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

std::string accessText(const profile::SiteConfig &site)
{
    return std::string(site.readOnly ? "read-only" : "write") + (site.isProtected ? ", protected" : "");
}

int runList(Session &session, const QCommandLineParser &)
{
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    Json list = Json::array();
    Table table({"Site", "Sources", "Access", ""});
    for (const auto &listed : profile->sites()) {
        Json sources = Json::array();
        std::string kinds;
        for (const auto &source : listed.site ? listed.site->sources : std::vector<profile::SourceConfig>{}) {
            sources.push_back({{"name", source.name.value}, {"kind", source.kind}, {"url", source.url}});
            kinds += (kinds.empty() ? "" : ", ") + source.kind;
        }
        Json entry = {{"name", listed.name.value}, {"sources", sources}};
        if (listed.site)
            entry.update({{"title", listed.site->title},
                          {"colour", listed.site->colour},
                          {"refresh_seconds", listed.site->refreshSeconds},
                          {"access", listed.site->readOnly ? "read-only" : "write"},
                          {"protected", listed.site->isProtected}});
        if (!listed.site)
            entry["error"] = toJson(listed.site.error());
        list.push_back(std::move(entry));
        table.row({listed.name.value, kinds, listed.site ? accessText(*listed.site) : "",
                   listed.site ? "" : listed.site.error().detail});
    }
    if (session.json())
        printJson({{"sites", std::move(list)}});
    else
        print(table.text());
    return Ok;
}

int runCheck(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    if (session.offline())
        return session.fail(
            {.kind = core::ErrorKind::Invalid, .detail = "site check asks the sources: leave --offline away."});
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto config = session.siteConfig();
    if (!config)
        return session.fail(config.error());
    Json list = Json::array();
    for (const profile::SourceConfig &source : config->sources) {
        const auto product = site->probe(source.kind, session.cancel());
        const auto secret = session.house(exit)->secrets().find(config->name, source.name);
        const std::string from = secret && secret->found() ? secret->from : "none";
        Json entry = {{"source", source.name.value}, {"url", source.url}, {"credentials", from}};
        // What a person compares with what the authority's owner says, before trusting it.
        const auto print = source.caFile.empty() ? core::Result<std::string>() : net::fingerprintOf(source.caFile);
        if (print && !print->empty())
            entry["authority_sha256"] = *print;
        if (product) {
            entry["product"] = *product;
            if (!session.json())
                printLine(source.name.value + ": ok, " + *product + " (credentials: " + from + ")"
                          + (print && !print->empty() ? "\n    own authority, SHA-256 " + *print : ""));
        } else {
            entry["error"] = toJson(product.error());
            note(source.name.value + ": " + text::paragraph(product.error()).toStdString());
            exit = Unreachable;
        }
        list.push_back(std::move(entry));
    }
    if (session.json())
        printJson({{"sources", std::move(list)}});
    return exit;
}

int runRemove(Session &session, const QCommandLineParser &parser)
{
    const core::SiteName name(parser.positionalArguments().first().toStdString());
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    const auto config = profile->site(name);
    const auto removed = session.write({.command = "site.remove", .arguments = {{"site", name.value}}}, {});
    if (!removed)
        return session.fail(removed.error());
    profile::Secrets secrets(parser.value(QStringLiteral("secrets-file")).toStdString());
    for (const auto &source : config ? config->sources : std::vector<profile::SourceConfig>{})
        secrets.forget(name, source.name);
    if (session.json())
        printJson({{"removed", name.value}});
    else
        printLine("Removed " + name.value + " and what was cached of it.");
    return Ok;
}

int runSet(Session &session, const QCommandLineParser &parser)
{
    const QStringList given = parser.positionalArguments();
    profile::Write write{.command = "site.set", .arguments = {{"site", given.first().toStdString()}}};
    for (const QString &pair : given.mid(1)) {
        const std::string key = pair.section(u'=', 0, 0).toStdString();
        if (!pair.contains(u'=') || key.empty() || key == "site")
            return session.fail({.kind = core::ErrorKind::Invalid,
                                 .where = "site set",
                                 .detail = "\"" + pair.toStdString() + "\" is not KEY=VALUE."});
        write.arguments[key] = pair.section(u'=', 1).toStdString();
    }
    const auto saved = session.write(write, {});
    if (!saved)
        return session.fail(saved.error());
    if (session.json())
        printJson({{"site", *saved}});
    else
        printLine("Changed " + *saved + ".");
    return Ok;
}

} // namespace

std::vector<Command> siteCommands()
{
    return {
        siteAddCommand(),
        {.name = QStringLiteral("site list"), .summary = QStringLiteral("List the sites."), .run = runList},
        {.name = QStringLiteral("site check"),
         .summary = QStringLiteral("Ask every source who it is, with the credentials that would be used."),
         .run = runCheck},
        {.name = QStringLiteral("site set"),
         .summary = QStringLiteral("Change values of a site."),
         .arguments = QStringLiteral("NAME KEY=VALUE…"),
         .details = QStringLiteral("Keys: title, price_book, colour (S1 to S8), refresh_seconds, access (read-only or "
                                   "write), protected (true\n"
                                   "or false). An empty value gives the default back. Examples:\n"
                                   "    andonctl site set ams-1 access=write protected=true\n"
                                   "    andonctl site set ams-1 colour="),
         .minArguments = 2,
         .maxArguments = 16,
         .run = runSet},
        {.name = QStringLiteral("site remove"),
         .summary = QStringLiteral("Remove a site and what was cached of it."),
         .arguments = QStringLiteral("NAME"),
         .minArguments = 1,
         .maxArguments = 1,
         .run = runRemove},
    };
}

} // namespace andon::ctl
