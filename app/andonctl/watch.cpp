#include "app/andonctl/watch.h"

#include "factory/worker.h"
#include "profile/handoverserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>

namespace andon::ctl
{

namespace
{

constexpr int kDefaultEvery = 60;
constexpr int kLookMs = 100; // a signal handler can only set a flag

struct Synced {
    core::SiteName site = {};
    core::Result<std::string> outcome = {};
};

class Watch final : public QObject
{
public:
    Watch(Session &session, profile::Profile profile, core::SiteName only, int everyMs)
        : m_session(session)
        , m_profile(std::move(profile))
        , m_only(std::move(only))
        , m_everyMs(everyMs)
        , m_writes(m_profile, [&session] { return session.openHouse(); })
        , m_server([this](const profile::Write &write, profile::OnStep onStep, const core::Cancel &cancel) {
            return m_worker.run<std::string>(cancel,
                                             [this, write, onStep = std::move(onStep)](const core::Cancel &stop) {
                                                 return m_writes.perform(write, onStep, stop);
                                             });
        })
    {
        connect(&m_look, &QTimer::timeout, this, [this] { lookForTheEnd(); });
        connect(&m_next, &QTimer::timeout, this, [this] { begin(); });
        connect(&m_server, &profile::HandOverServer::performed, this,
                [this](const profile::Write &write, bool succeeded) {
                    note(std::string(succeeded ? "Did " : "Could not do ") + write.command + " for another command.");
                    const auto site = write.arguments.find("site");
                    if (const auto house = m_session.openHouse(); house && site != write.arguments.end())
                        (*house)->secrets().lookAgain(core::SiteName(site->second));
                });
        m_next.setSingleShot(true);
    }

    core::Result<void> start(app::Holder &holder)
    {
        const std::string socket = m_profile.socketName();
        if (auto listening = m_server.listen(socket); !listening)
            return listening;
        holder.announce(socket);
        m_look.start(kLookMs);
        begin();
        return {};
    }

private:
    [[nodiscard]] std::vector<core::SiteName> sites() const
    {
        std::vector<core::SiteName> names;
        for (const auto &listed : m_profile.sites())
            if (m_only.empty() || listed.name == m_only)
                names.push_back(listed.name);
        return names;
    }

    void begin()
    {
        m_began = std::chrono::steady_clock::now();
        core::whenDone<std::vector<Synced>>(
            m_worker.run<std::vector<Synced>>(m_session.cancel(),
                                              [this](const core::Cancel &stop) -> core::Result<std::vector<Synced>> {
                                                  std::vector<Synced> all;
                                                  for (const core::SiteName &site : sites())
                                                      all.push_back(
                                                          {site,
                                                           m_writes.perform(
                                                               {.command = "sync", .arguments = {{"site", site.value}}},
                                                               {}, stop)});
                                                  return all;
                                              }),
            this, [this](const core::Result<std::vector<Synced>> &all) { done(*all); });
    }

    void done(const std::vector<Synced> &all)
    {
        for (const Synced &one : all) {
            if (m_session.json()) {
                Json line = {{"at", isoTime(core::SystemClock().now())}, {"site", one.site.value}};
                if (one.outcome)
                    line["outcome"] = Json::parse(*one.outcome, nullptr, false);
                else
                    line["error"] = toJson(one.outcome.error());
                printLine(line.dump(-1, ' ', false, Json::error_handler_t::replace));
                continue;
            }
            printLine(isoTime(core::SystemClock().now()) + " " + one.site.value);
            one.outcome ? printOutcome(m_session, *one.outcome) : m_session.fail(one.outcome.error());
        }
        if (all.empty())
            note("There is no site yet: waiting for one.");
        const auto took = std::chrono::steady_clock::now() - m_began;
        const auto left = m_everyMs - std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
        m_next.start(static_cast<int>(std::max<std::int64_t>(left, 0)));
    }

    void lookForTheEnd()
    {
        if (m_session.cancel().cancelled()) {
            m_next.stop();
            QCoreApplication::exit(Ok);
        }
    }

    Session &m_session;
    profile::Profile m_profile;
    core::SiteName m_only;
    int m_everyMs;
    app::Writes m_writes;
    factory::Worker m_worker; ///< waits for what uses the others
    profile::HandOverServer m_server; ///< dies first: it cancels what it was asked for
    QTimer m_look;
    QTimer m_next;
    std::chrono::steady_clock::time_point m_began;
};

} // namespace

int runWatch(Session &session, const QCommandLineParser &parser)
{
    bool number = true;
    const int every =
        parser.isSet(QStringLiteral("every")) ? parser.value(QStringLiteral("every")).toInt(&number) : kDefaultEvery;
    if (!number || every < 1 || every > 86'400)
        return session.fail({.kind = core::ErrorKind::Invalid, .detail = "--every takes 1 to 86400 seconds."});
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    const core::SiteName only(parser.value(QStringLiteral("site")).toStdString());
    if (const auto named = only.empty() ? core::Result<profile::SiteConfig>() : profile->site(only); !named)
        return session.fail(named.error());
    const auto holder = session.hold("andonctl sync --watch");
    if (!holder)
        return session.fail(holder.error());
    if (const auto house = session.openHouse(); !house)
        return session.fail(house.error());
    Watch watch(session, *profile, only, every * 1000);
    if (const auto started = watch.start(**holder); !started)
        return session.fail(started.error());
    return QCoreApplication::exec();
}

} // namespace andon::ctl
