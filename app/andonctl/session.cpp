#include "app/andonctl/session.h"

#include "factory/commitasof.h"
#include "text/errortext.h"
#include "text/profiletext.h"
#include "text/timegrammar.h"
#include "text/times.h"

#include <QCommandLineParser>

#include <csignal>
#include <poll.h>

namespace andon::ctl
{

namespace
{

constexpr int kMostAttempts = 40;
constexpr int kPauseMs = 50;
constexpr QLatin1String kCommit("commit:");

// The only global of the program: a signal handler can reach nothing else. Set once, before the handler.
core::Cancel *interrupted = nullptr;

void onInterrupt(int)
{
    if (interrupted)
        interrupted->cancel();
    std::signal(SIGINT, SIG_DFL); // a second Ctrl-C ends at once
}

int exitOf(const core::Error &error)
{
    if (error.kind == core::ErrorKind::Invalid)
        return Usage;
    if (error.kind == core::ErrorKind::NotFound || error.kind == core::ErrorKind::Storage
        || error.kind == core::ErrorKind::Cancelled)
        return Failed;
    return Unreachable;
}

} // namespace

Session::Session(const QCommandLineParser &parser)
    : m_profileDir(parser.value(QStringLiteral("profile")).toStdString())
    , m_siteName(parser.value(QStringLiteral("site")).toStdString())
    , m_secretsFile(parser.value(QStringLiteral("secrets-file")).toStdString())
    , m_json(parser.isSet(QStringLiteral("json")))
    , m_offline(parser.isSet(QStringLiteral("offline")))
{
    if (parser.optionNames().contains(QStringLiteral("as-of"))) // not every command has it
        m_asOf = parser.value(QStringLiteral("as-of"));
    interrupted = &m_cancel;
    struct sigaction action = {};
    action.sa_handler = onInterrupt; // and no SA_RESTART: what waits for a key gives up
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

Session::~Session()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    interrupted = nullptr;
}

core::Result<profile::Profile> Session::profile() const
{
    auto paths = profile::resolvePaths(m_profileDir);
    if (!paths)
        return core::fail(paths.error());
    return profile::Profile(std::move(*paths));
}

core::Result<app::House *> Session::openHouse()
{
    if (m_house)
        return m_house.get();
    auto paths = profile::resolvePaths(m_profileDir);
    auto opened =
        paths ? app::House::open(std::move(*paths), m_secretsFile, m_holder.get()) : core::fail(paths.error());
    if (!opened)
        return core::fail(opened.error());
    m_house = std::move(*opened);
    if (const std::string &folder = m_house->cache().quarantined(); !folder.empty())
        note("andonctl: " + text::quarantined(folder).toStdString());
    return m_house.get();
}

app::House *Session::house(int &exit)
{
    const auto opened = openHouse();
    if (opened)
        return *opened;
    exit = fail(opened.error());
    return nullptr;
}

core::Result<app::Holder *> Session::hold(const std::string &program)
{
    if (m_holder)
        return m_holder.get();
    const auto profile = this->profile();
    auto held = profile ? app::Holder::open(*profile, program) : core::fail(profile.error());
    if (!held)
        return core::fail(held.error());
    m_holder = std::move(*held);
    return m_holder.get();
}

core::Result<std::string> Session::write(const profile::Write &write, const profile::OnStep &onStep)
{
    const auto profile = this->profile();
    if (!profile)
        return core::fail(profile.error());
    for (int attempt = 0;; ++attempt) {
        const auto held = hold("andonctl " + write.command);
        if (held)
            return app::Writes(*profile, [this] { return openHouse(); }).perform(write, onStep, m_cancel);
        const auto holder = profile::Lock::holder(profile->paths());
        if (held.error().hint != "held" || !holder || holder->socket.empty())
            return core::fail(held.error());
        auto answer = profile::handOver(*holder, write, onStep, m_cancel);
        const bool gone = !answer && answer.error().hint == "no-holder"; // it ended, or just begins
        if (!gone || attempt == kMostAttempts) {
            if (!m_json && answer)
                note("Done by " + holder->text() + ", which has this profile open.");
            return answer;
        }
        ::poll(nullptr, 0, kPauseMs);
    }
}

core::Result<profile::SiteConfig> Session::siteConfig() const
{
    const auto profile = this->profile();
    if (!profile)
        return core::fail(profile.error());
    if (!m_siteName.empty())
        return profile->site(core::SiteName(m_siteName));
    const auto all = profile->sites();
    if (all.size() == 1)
        return all.front().site;
    std::string names;
    for (const auto &listed : all)
        names += (names.empty() ? "" : ", ") + listed.name.value;
    return core::fail(core::ErrorKind::Invalid, "site",
                      all.empty() ? "There is no site yet. Add one with andonctl site add."
                                  : "Say which site is meant with --site: " + names + ".");
}

factory::Site *Session::site(int &exit)
{
    if (m_site)
        return m_site.get();
    const auto config = siteConfig();
    if (!config) {
        exit = fail(config.error());
        return nullptr;
    }
    app::House *opened = house(exit);
    if (!opened)
        return nullptr;
    auto site = opened->site(*config, m_offline);
    if (!site) {
        exit = fail(site.error());
        return nullptr;
    }
    if (const auto pinned = m_asOf.isEmpty() ? core::Result<void>() : pin(**site); !pinned) {
        exit = fail(pinned.error());
        return nullptr;
    }
    m_site = std::move(*site);
    return m_site.get();
}

core::Result<void> Session::pin(factory::Site &site) const
{
    const core::Instant now = site.clock().now();
    core::Result<factory::AsOf> asOf = factory::AsOf{};
    if (m_asOf.startsWith(kCommit)) {
        asOf = factory::commitAsOf(site.versions(),
                                   core::RepositoryId(m_asOf.mid(kCommit.size()).section(u'@', 0, 0).toStdString()),
                                   core::CommitId(m_asOf.section(u'@', 1).toStdString()), access(), m_cancel);
    } else {
        const auto at = text::moment(m_asOf, now, QTimeZone::utc());
        if (!at)
            return core::fail(at.error());
        if (*at > now)
            return core::fail(core::ErrorKind::Invalid, "--as-of",
                              m_asOf.toStdString() + " is still to come: a site can be pinned to what was.");
        asOf->at = *at;
    }
    if (!asOf)
        return core::fail(asOf.error());
    if (!m_json)
        note("As of " + text::dateTime(asOf->at).toStdString() + ", " + text::ago(asOf->at, now).toStdString() + ".");
    site.pin().set(*asOf);
    return {};
}

int Session::fail(const core::Error &error) const
{
    if (m_json)
        printJson({{"error", toJson(error)}});
    if (m_offline && error.kind == core::ErrorKind::Offline) // nobody looked whether there is a network
        note("andonctl: " + error.detail + ", and --offline asks no source.\nLeave --offline away to ask it.");
    else
        note("andonctl: " + text::paragraph(error).toStdString());
    return exitOf(error);
}

int Session::finish(const core::Freshness &freshness) const
{
    const bool partial = freshness.state == core::FreshnessState::Partial;
    if (partial && !m_asOf.isEmpty() && !m_json && !freshness.notes.empty()) // what cannot be known of then
        note(text::freshnessLine(freshness, core::SystemClock().now()).toStdString());
    if (freshness.state == core::FreshnessState::Live || partial)
        return Ok;
    if (!m_json)
        note(text::freshnessLine(freshness, core::SystemClock().now()).toStdString());
    if (freshness.error && !m_offline)
        note("andonctl: " + text::paragraph(*freshness.error).toStdString());
    return freshness.at.known() ? CacheOnly : Unreachable;
}

void Session::printRequestLog() const
{
    if (!m_house)
        return;
    for (const net::LogEntry &entry : m_house->requestLog().entries()) {
        std::string line = isoTime(entry.at) + " " + entry.source.value + " " + entry.line + " "
            + (entry.error.empty() ? std::to_string(entry.status) : entry.error) + " " + std::to_string(entry.bytes)
            + " B " + std::to_string(entry.elapsedMs) + " ms";
        if (entry.waitedMs > 0)
            line += " waited " + std::to_string(entry.waitedMs) + " ms";
        if (entry.attempt > 1)
            line += " try " + std::to_string(entry.attempt);
        if (!entry.requestId.empty())
            line += " id " + entry.requestId;
        if (!entry.headers.empty())
            line += " [" + entry.headers + "]";
        note(line);
    }
}

} // namespace andon::ctl
