// site add: a site from options, from JSON or from what a person answers.
#include "app/andonctl/session.h"
#include "net/url.h"
#include "text/errortext.h"

#include <QCommandLineParser>

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace andon::ctl
{

namespace
{

/// Options of site add that are values of the site file.
constexpr std::pair<const char *, const char *> kValueOptions[] = {
    {"colour", "colour"}, {"refresh-seconds", "refresh_seconds"}, {"access", "access"}};
constexpr const char *kKinds[] = {"lakefs", "mlflow", "prometheus"};

/// A source as it was given, with the secret that is stored elsewhere.
struct Given {
    profile::SourceConfig config = {};
    std::string user = {};
    std::string secret = {};
};

core::Error invalid(const std::string &sentence)
{
    return {.kind = core::ErrorKind::Invalid, .where = "site add", .detail = sentence};
}

std::string textOf(const nlohmann::json &object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys)
        if (object.contains(key) && object[key].is_string())
            return object[key].get_ref<const std::string &>();
    return {};
}

/// {"lakefs":{"url","access_key_id","secret_access_key"},"mlflow":{"url","user","password"},"prometheus":{"url","token"}}
core::Result<std::vector<Given>> fromJson(const std::string &text)
{
    const nlohmann::json root = nlohmann::json::parse(text, nullptr, false);
    if (!root.is_object())
        return core::fail(invalid("What was read is no JSON object with the sources of a site."));
    std::vector<Given> all;
    for (const char *kind : kKinds) {
        if (!root.contains(kind) || !root[kind].is_object())
            continue;
        const nlohmann::json &object = root[kind];
        Given given;
        given.config.kind = kind;
        given.config.name = core::SourceName(kind);
        given.config.url = textOf(object, {"url"});
        given.user = textOf(object, {"access_key_id", "user"});
        given.secret = textOf(object, {"secret_access_key", "password", "token"});
        if (!given.secret.empty())
            given.config.auth =
                given.user.empty() ? profile::SourceConfig::Auth::Bearer : profile::SourceConfig::Auth::Basic;
        all.push_back(std::move(given));
    }
    if (all.empty())
        return core::fail(invalid("There is no source of a known kind (lakefs, mlflow, prometheus) in it."));
    return all;
}

core::Result<std::string> readAll(const std::string &file)
{
    if (file != "-")
        return profile::readFile(file);
    std::string text;
    std::string line;
    // The demo factory prints one line and goes on serving: one complete object is enough.
    while (std::getline(std::cin, line)) {
        text += line + "\n";
        if (nlohmann::json::accept(text))
            break;
    }
    return text;
}

/// Asks a person, who may give up with Ctrl-C: then every further answer is empty.
class Dialog
{
public:
    explicit Dialog(const core::Cancel &cancel)
        : m_cancel(cancel)
    {
    }
    std::string ask(const std::string &question, bool hidden = false)
    {
        termios before = {};
        const bool quiet = hidden && ::tcgetattr(STDIN_FILENO, &before) == 0;
        if (quiet) {
            termios silent = before;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        }
        std::fputs(question.c_str(), stderr); // only now: a fast answer must not be echoed
        std::string answer;
        char key = 0;
        while (!m_cancel.cancelled() && ::read(STDIN_FILENO, &key, 1) == 1 && key != '\n')
            answer += key;
        if (quiet) {
            ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
            std::fputc('\n', stderr);
        }
        return m_cancel.cancelled() ? std::string() : answer;
    }

private:
    const core::Cancel &m_cancel;
};

core::Result<std::vector<Given>> fromTerminal(const core::Cancel &cancel)
{
    std::vector<Given> all;
    Dialog dialog(cancel);
    note("Leave an address empty to go without that source.");
    for (const char *kind : kKinds) {
        Given given;
        given.config.kind = kind;
        given.config.name = core::SourceName(kind);
        given.config.url = dialog.ask(std::string(kind) + " address (https://…): ");
        if (given.config.url.empty())
            continue;
        given.user = dialog.ask("  user or access key id (empty: none): ");
        given.secret = dialog.ask("  password, secret key or token (empty: none): ", true);
        if (!given.secret.empty())
            given.config.auth =
                given.user.empty() ? profile::SourceConfig::Auth::Bearer : profile::SourceConfig::Auth::Basic;
        if (given.config.url.starts_with("http://") && !net::isLoopback(given.config.url))
            given.config.allowPlainHttp =
                dialog.ask("  This address is not encrypted: whoever is in between reads the data. Use it? [y/N] ")
                == "y";
        all.push_back(std::move(given));
    }
    if (cancel.cancelled())
        return core::fail(core::ErrorKind::Cancelled, "site add", {});
    return all;
}

core::Result<std::vector<Given>> fromOptions(const QCommandLineParser &parser)
{
    std::vector<Given> all;
    for (const QString &pair : parser.values(QStringLiteral("source"))) {
        const QString kind = pair.section(u'=', 0, 0);
        Given given;
        given.config.kind = kind.toStdString();
        given.config.name = core::SourceName(given.config.kind);
        given.config.url = pair.section(u'=', 1).toStdString();
        all.push_back(std::move(given));
    }
    const auto find = [&](const QString &pair) -> Given * {
        for (Given &given : all)
            if (given.config.kind == pair.section(u'=', 0, 0).toStdString())
                return &given;
        return nullptr;
    };
    const auto each = [&](const char *option, auto set) -> core::Result<void> {
        for (const QString &pair : parser.values(QString::fromLatin1(option))) {
            Given *given = find(pair);
            if (!given)
                return core::fail(invalid(std::string("--") + option + " " + pair.toStdString()
                                          + " names a source that --source does not."));
            set(*given, pair.section(u'=', 1).toStdString());
        }
        return {};
    };
    const auto auth = each("auth", [](Given &given, const std::string &value) {
        given.config.auth = value == "bearer" ? profile::SourceConfig::Auth::Bearer
            : value == "basic"                ? profile::SourceConfig::Auth::Basic
                                              : profile::SourceConfig::Auth::None;
    });
    const auto ca = each("ca-file", [](Given &given, const std::string &value) { given.config.caFile = value; });
    const auto crl = each("crl-file", [](Given &given, const std::string &value) { given.config.crlFile = value; });
    const auto header = each("header", [](Given &given, const std::string &value) {
        const auto colon = value.find(':');
        if (colon != std::string::npos)
            given.config.headers.emplace_back(
                value.substr(0, colon), value.substr(std::min(value.find_first_not_of(' ', colon + 1), value.size())));
    });
    const auto host = each("host-header", [](Given &g, const std::string &value) { g.config.hostHeader = value; });
    const auto proxy = each("proxy", [](Given &g, const std::string &value) { g.config.proxy = value; });
    const auto cert = each("client-cert", [](Given &g, const std::string &value) { g.config.clientCert = value; });
    const auto keyFile = each("client-key", [](Given &g, const std::string &value) { g.config.clientKey = value; });
    const auto selector = each("selector", [](Given &g, const std::string &value) { g.config.selector = value; });
    if (const auto error = core::firstError(auth, ca, crl, header, host, proxy, cert, keyFile, selector))
        return core::fail(*error);
    for (Given &given : all)
        given.config.allowPlainHttp = parser.isSet(QStringLiteral("allow-plain-http"));
    return all;
}

/// Keeps the secrets where the profile keeps them and says what to do where it cannot.
void keepSecrets(profile::Secrets &secrets, const core::SiteName &site, const std::vector<Given> &all)
{
    for (const Given &given : all) {
        if (given.config.auth == profile::SourceConfig::Auth::None)
            continue;
        const bool bearer = given.config.auth == profile::SourceConfig::Auth::Bearer;
        const std::string names = bearer ? profile::variableName(site, given.config.name, "TOKEN")
                                         : profile::variableName(site, given.config.name, "USER") + " and "
                + profile::variableName(site, given.config.name, "SECRET");
        if (given.secret.empty()) {
            note(given.config.name.value + ": its credentials are read from " + names + ".");
            continue;
        }
        const auto kept = secrets.keep(site, given.config.name, given.user, given.secret);
        if (kept)
            note(given.config.name.value + ": credentials kept in the " + *kept + ".");
        else if (kept.error().hint == "no-keychain")
            note(given.config.name.value + ": there is no keychain here, so the credentials were not kept. Set " + names
                 + ", or add the site again with --secrets-file FILE.");
        else
            note("andonctl: " + text::paragraph(kept.error()).toStdString());
    }
}

int runAdd(Session &session, const QCommandLineParser &parser)
{
    profile::SiteConfig site{.name = core::SiteName(parser.positionalArguments().first().toStdString())};
    site.title = parser.value(QStringLiteral("title")).toStdString();
    site.priceBook = parser.value(QStringLiteral("price-book")).toStdString();
    for (const auto &[option, key] : kValueOptions)
        if (parser.isSet(QString::fromLatin1(option)))
            if (auto set = profile::setSiteValue(site, key, parser.value(QString::fromLatin1(option)).toStdString());
                !set)
                return session.fail(set.error());
    site.isProtected = parser.isSet(QStringLiteral("protected"));
    core::Result<std::vector<Given>> all =
        core::fail(invalid("Say which sources: --source KIND=URL, --from FILE, or run it on a terminal to be asked."));
    if (parser.isSet(QStringLiteral("from"))) {
        const auto text = readAll(parser.value(QStringLiteral("from")).toStdString());
        if (!text)
            return session.fail(text.error());
        all = fromJson(*text);
    } else if (parser.isSet(QStringLiteral("source"))) {
        all = fromOptions(parser);
    } else if (::isatty(STDIN_FILENO) == 1) {
        all = fromTerminal(session.cancel());
    }
    if (!all)
        return session.fail(all.error());
    for (const Given &given : *all)
        site.sources.push_back(given.config);
    if (const auto valid = profile::validate(site, "site add"); !valid)
        return session.fail(valid.error());
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    const bool replace = parser.isSet(QStringLiteral("replace"));
    if (profile->site(site.name) && !replace)
        return session.fail(invalid("There is a site \"" + site.name.value + "\" already; --replace writes over it."));
    // Secrets first, and by this process: whoever holds the profile finds them and never saw them on the way.
    profile::Secrets secrets(parser.value(QStringLiteral("secrets-file")).toStdString());
    keepSecrets(secrets, site.name, *all);
    const auto saved = session.write({.command = "site.save",
                                      .arguments = {{"site", site.name.value},
                                                    {"yaml", profile::writeSite(site)},
                                                    {"replace", replace ? "yes" : ""}}},
                                     {});
    if (!saved)
        return session.fail(saved.error());
    if (session.json())
        printJson({{"site", site.name.value}, {"sources", site.sources.size()}});
    else
        printLine("Added " + site.name.value + ". Next: andonctl site check --site " + site.name.value
                  + ", then andonctl sync --site " + site.name.value);
    return Ok;
}

} // namespace

Command siteAddCommand()
{
    const QString pair = QStringLiteral("KIND=VALUE");
    return {
        .name = QStringLiteral("site add"),
        .summary = QStringLiteral("Add a site: a name and its sources."),
        .arguments = QStringLiteral("NAME"),
        .details = QStringLiteral(
            "On a terminal it asks step by step. Secrets are never given as options: they are asked for, read with\n"
            "--from, or found in the variables that it names. Examples:\n"
            "    andonctl site add ams-1\n"
            "    andonctl demo-factory | andonctl site add demo --from - --secrets-file ~/demo.secrets\n"
            "    andonctl site add ams-1 --source lakefs=https://data.example --auth lakefs=basic"),
        .minArguments = 1,
        .maxArguments = 1,
        .options = {{QStringLiteral("from"), QStringLiteral("FILE"),
                     QStringLiteral("read sources and credentials as JSON from FILE, or - for standard input")},
                    {QStringLiteral("source"), QStringLiteral("KIND=URL"),
                     QStringLiteral("a source: lakefs, mlflow or prometheus; may be repeated")},
                    {QStringLiteral("auth"), pair, QStringLiteral("none, basic or bearer")},
                    {QStringLiteral("header"), pair, QStringLiteral("KIND=Name: value, sent with every request")},
                    {QStringLiteral("host-header"), pair, QStringLiteral("the Host to send instead of the address's")},
                    {QStringLiteral("ca-file"), pair, QStringLiteral("PEM file of your own authority")},
                    {QStringLiteral("crl-file"), pair, QStringLiteral("PEM file of revoked certificates")},
                    {QStringLiteral("client-cert"), pair, QStringLiteral("PEM file of the client certificate")},
                    {QStringLiteral("client-key"), pair, QStringLiteral("PEM file of its key")},
                    {QStringLiteral("proxy"), pair, QStringLiteral("proxy to use; none is used otherwise")},
                    {QStringLiteral("selector"), pair, QStringLiteral("matchers added to every PromQL selector")},
                    {QStringLiteral("allow-plain-http"), {}, QStringLiteral("agree to unencrypted addresses")},
                    {QStringLiteral("title"), QStringLiteral("TEXT"), QStringLiteral("what people call the site")},
                    {QStringLiteral("price-book"), QStringLiteral("FILE"), QStringLiteral("price book (YAML)")},
                    {QStringLiteral("colour"), QStringLiteral("S1…S8"), QStringLiteral("its colour among the sites")},
                    {QStringLiteral("refresh-seconds"), QStringLiteral("N"),
                     QStringLiteral("how often an open page asks; 15 otherwise")},
                    {QStringLiteral("access"), QStringLiteral("read-only|write"),
                     QStringLiteral("whether Andon may change something there; read-only otherwise")},
                    {QStringLiteral("protected"), {}, QStringLiteral("an action asks for the site's name to be typed")},
                    {QStringLiteral("replace"), {}, QStringLiteral("write over a site of that name")}},
        .run = runAdd};
}

} // namespace andon::ctl
