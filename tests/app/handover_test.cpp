// A second andonctl beside the process that holds the profile: sync --watch, or one that this test plays itself.
#include "core/pending.h"
#include "profile/handoverserver.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QFile>

#include <csignal>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

const QString kSync = QStringLiteral("sync");
const QString kSite = QStringLiteral("site");

bool says(const Ran &ran, const char *words)
{
    return ran.error.find(words) != std::string::npos;
}

/// A holder in this process that does what it is told.
struct Playing {
    using Answer = core::Result<std::string>;
    std::unique_ptr<profile::Lock> lock;
    std::unique_ptr<profile::HandOverServer> server;
    std::vector<profile::Write> asked;
    QPromise<Answer> *running = nullptr;
    std::vector<std::unique_ptr<QPromise<Answer>>> promises;
    core::Cancel cancel;

    std::string start(const QString &folder)
    {
        const auto paths = profile::resolvePaths(folder.toStdString());
        if (!paths)
            return paths.error().detail;
        auto taken = profile::Lock::take(*paths, "the player");
        if (!taken || !*taken)
            return "the lock is taken";
        lock = std::move(*taken);
        server = std::make_unique<profile::HandOverServer>(
            [this](const profile::Write &write, const profile::OnStep &step, const core::Cancel &stop) {
                asked.push_back(write);
                cancel = stop;
                step({"lakefs", "played", 7});
                promises.push_back(std::make_unique<QPromise<Answer>>());
                running = promises.back().get();
                running->start();
                return running->future();
            });
        const std::string socket = profile::Profile(*paths).socketName();
        if (const auto listening = server->listen(socket); !listening)
            return listening.error().detail;
        return lock->announce(socket) ? "" : "cannot announce";
    }
    void answer(Answer with)
    {
        running->addResult(std::move(with));
        running->finish();
    }
};

} // namespace

class AppHandOverTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.open(), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void besideAWatchWritesAreDoneByIt()
    {
        const QString profile = QStringLiteral("watched");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program watch;
        startWatch(watch, profile, 3600);
        const Ran sync = m_desk.run(profile, {kSync, QStringLiteral("--json")});
        QVERIFY2(sync.exit == 0, sync.error.c_str());
        const json outcome = json::parse(sync.out, nullptr, false);
        QVERIFY2(outcome.value("/lakefs/repositories"_json_pointer, 0) == 3, sync.out.c_str());
        const Ran again = m_desk.run(profile, {kSync});
        QVERIFY2(says(again, "Done by andonctl sync --watch (process "), again.error.c_str());

        const Ran added = m_desk.run(profile, addTwo());
        QVERIFY2(added.exit == 0 && says(added, "Done by andonctl sync --watch"), added.error.c_str());
        QVERIFY(sites(profile).contains("two"));
        const Ran twice = m_desk.run(profile, addTwo());
        QCOMPARE(twice.exit, 2);
        const Ran removed = m_desk.run(profile, {kSite, QStringLiteral("remove"), QStringLiteral("two")});
        QVERIFY2(removed.exit == 0 && says(removed, "Done by andonctl sync --watch"), removed.error.c_str());
        QVERIFY(!sites(profile).contains("two"));

        watch.end();
        const Ran alone = m_desk.run(profile, {kSync});
        QVERIFY2(alone.exit == 0 && !says(alone, "Done by"), alone.error.c_str());
    }

    void aWatchSyncsAgainAndAgainUntilItIsStopped()
    {
        const QString profile = QStringLiteral("again");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QProcess watch;
        watch.setProcessEnvironment(m_desk.environment());
        watch.start(builtProgram("andonctl"),
                    m_desk.line(profile,
                                {kSync, QStringLiteral("--watch"), QStringLiteral("--every"), QStringLiteral("1"),
                                 QStringLiteral("--json")}));
        QTRY_VERIFY_WITH_TIMEOUT(watch.bytesAvailable() > 0 && watch.peek(1'000'000).count('\n') >= 3, 60'000);
        watch.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(watch.state(), QProcess::NotRunning, 15'000);
        QCOMPARE(watch.exitCode(), 0);
        for (const QByteArray &line : watch.readAllStandardOutput().trimmed().split('\n')) {
            const json one = json::parse(line.toStdString(), nullptr, false);
            QVERIFY2(one.is_object() && one.value("site", "") == "demo", line.constData());
            QVERIFY2(one.contains("outcome") || one.contains("error"), line.constData());
        }
    }

    void twoWatchesOfOneProfileAreOneTooMany()
    {
        const QString profile = QStringLiteral("watched-twice");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program watch;
        startWatch(watch, profile, 3600);
        const Ran second = m_desk.run(profile, {kSync, QStringLiteral("--watch")});
        QCOMPARE(second.exit, 1);
        QVERIFY2(says(second, "This profile is open in andonctl sync --watch (process "), second.error.c_str());
        QVERIFY(watch.running());
    }

    void readingNeedsNoLock()
    {
        const QString profile = QStringLiteral("read");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program watch;
        startWatch(watch, profile, 3600);
        for (const char *command : {"repos", "models", "alerts", "kpi"}) {
            const Ran ran = m_desk.run(profile, {QString::fromLatin1(command)});
            QVERIFY2(ran.exit == 0 && !says(ran, "Done by"), ran.error.c_str());
        }
    }

    void aHolderThatIsKilledIsNoticed()
    {
        const QString profile = QStringLiteral("killed");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program holder;
        startWatch(holder, profile, 3600);
        QCOMPARE(::kill(static_cast<pid_t>(holder.pid()), SIGSTOP), 0); // so that it cannot be done before
        Program sync;
        sync.start(builtProgram("andonctl"), m_desk.line(profile, {kSync}), m_desk.environment());
        QTRY_VERIFY(waits(m_desk.folder(profile)));
        holder.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!sync.running(), 15'000);
        const std::string errors = sync.errors();
        QVERIFY2(errors.find("ended before it was done") != std::string::npos
                     && errors.find("andonctl sync --watch (process ") != std::string::npos,
                 ("exit " + std::to_string(sync.exitCode()) + ": " + errors).c_str());
        const Ran again = m_desk.run(profile, {kSync});
        QVERIFY2(again.exit == 0 && !says(again, "Done by"), again.error.c_str());
    }

    void stepsAndErrorsOfTheHolderArePrinted()
    {
        const QString profile = QStringLiteral("played");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Playing player;
        QCOMPARE(player.start(m_desk.folder(profile)), std::string());
        Program sync;
        sync.start(builtProgram("andonctl"), m_desk.line(profile, {kSync}), m_desk.environment());
        QTRY_COMPARE(player.asked.size(), std::size_t{1});
        QVERIFY(player.asked.front() == (profile::Write{"sync", {{"site", "demo"}}}));
        player.answer(core::fail(core::Error{.kind = core::ErrorKind::Auth,
                                             .where = "lakefs logCommits",
                                             .detail = "no",
                                             .httpStatus = 401,
                                             .server = "https://data.example"}));
        QTRY_VERIFY(!sync.running());
        const std::string errors = sync.errors();
        QVERIFY2(errors.find("lakeFS at https://data.example refused the sign-in") != std::string::npos,
                 errors.c_str());
    }

    void ctrlCIsHandedOverToo()
    {
        const QString profile = QStringLiteral("cancelled");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Playing player;
        QCOMPARE(player.start(m_desk.folder(profile)), std::string());
        Program sync;
        sync.start(builtProgram("andonctl"), m_desk.line(profile, {kSync}), m_desk.environment());
        QTRY_COMPARE(player.asked.size(), std::size_t{1});
        ::kill(static_cast<pid_t>(sync.pid()), SIGINT);
        QTRY_VERIFY(player.cancel.cancelled());
        player.answer(core::fail(core::ErrorKind::Cancelled, "lakefs", ""));
        QTRY_VERIFY(!sync.running());
        const std::string errors = sync.errors();
        QVERIFY2(errors.find("Stopped before it was finished") != std::string::npos, errors.c_str());
    }

    void secretsAreNeverHandedOver()
    {
        const QString profile = QStringLiteral("secret");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Playing player;
        QCOMPARE(player.start(m_desk.folder(profile)), std::string());
        const QString file = m_desk.folder(QStringLiteral("secret.json"));
        QFile from(file);
        QVERIFY(from.open(QIODevice::WriteOnly));
        from.write("{\"lakefs\":{\"url\":\"https://data.example\",\"access_key_id\":\"canary-user\","
                   "\"secret_access_key\":\"canary-secret\"}}\n");
        from.close();
        Program add;
        add.start(
            builtProgram("andonctl"),
            m_desk.line(profile, {kSite, QStringLiteral("add"), QStringLiteral("new"), QStringLiteral("--from"), file}),
            m_desk.environment());
        QTRY_COMPARE(player.asked.size(), std::size_t{1});
        QCOMPARE(player.asked.front().command, std::string("site.save"));
        for (const auto &[name, value] : player.asked.front().arguments)
            QVERIFY2(value.find("canary") == std::string::npos, value.c_str());
        QVERIFY(player.asked.front().arguments.at("yaml").find("https://data.example") != std::string::npos);
        player.answer(std::string("new"));
        QTRY_VERIFY(!add.running());
        QFile kept(m_desk.folder(QStringLiteral("secrets"))); // the caller kept it, where it was told
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QVERIFY(kept.readAll().contains("ANDON_NEW_LAKEFS_SECRET=canary-secret"));
    }

    void aHolderThatTakesNothingIsNamed()
    {
        const QString profile = QStringLiteral("closed");
        QCOMPARE(m_desk.addSite(profile), std::string());
        const auto paths = profile::resolvePaths(m_desk.folder(profile).toStdString());
        ANDON_VERIFY_RESULT(paths);
        const auto lock = profile::Lock::take(*paths, "andonctl sync");
        ANDON_VERIFY_RESULT(lock);
        const Ran ran = m_desk.run(profile, {kSync, QStringLiteral("--json")});
        QCOMPARE(ran.exit, 1);
        QVERIFY2(says(ran, "This profile is open in andonctl sync (process "), ran.error.c_str());
        QVERIFY(json::parse(ran.out, nullptr, false).contains("error"));
    }

private:
    void startWatch(Program &watch, const QString &profile, int every)
    {
        watch.start(
            builtProgram("andonctl"),
            m_desk.line(profile, {kSync, QStringLiteral("--watch"), QStringLiteral("--every"), QString::number(every)}),
            m_desk.environment());
        QVERIFY(!watch.firstLine().empty()); // after its first sync
    }
    [[nodiscard]] static QStringList addTwo()
    {
        return {kSite, QStringLiteral("add"), QStringLiteral("two"), QStringLiteral("--source"),
                QStringLiteral("prometheus=http://127.0.0.1:9")};
    }
    [[nodiscard]] std::set<std::string> sites(const QString &profile) const
    {
        std::set<std::string> names;
        const json list = json::parse(
            m_desk.run(profile, {kSite, QStringLiteral("list"), QStringLiteral("--json")}).out, nullptr, false);
        for (const json &one : list.value("sites", json::array()))
            names.insert(one.value("name", ""));
        return names;
    }
    /// Somebody has connected to the holder of this profile: proc(5) lists the listening end and one for each
    /// connection.
    [[nodiscard]] static bool waits(const QString &folder)
    {
        QFile sockets(QStringLiteral("/proc/net/unix"));
        return sockets.open(QIODevice::ReadOnly) && sockets.readAll().count(' ' + folder.toUtf8() + '/') > 1;
    }
    Desk m_desk;
};

ANDON_SUITE(AppHandOverTest)
#include "handover_test.moc"
