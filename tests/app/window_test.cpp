// The desktop as a process: links and settings reach the window that is open, and it is found as it was left.
#include "store/noticestore.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QFile>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

class AppWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.open(), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void aLinkReachesTheWindowThatIsOpen()
    {
        const QString profile = QStringLiteral("linked");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(m_desk.run(profile, {QStringLiteral("open")}).exit, 1); // there is no window
        Program window;
        startWindow(window, profile, {});
        QVERIFY2(shown(profile).startsWith(QStringLiteral("andon://demo/floor?from=now-24h")),
                 qPrintable(shown(profile)));
        QVERIFY2(window.errors().find("were both given") == std::string::npos, "two commands were given the same keys");
        const Ran opened =
            m_desk.run(profile, {QStringLiteral("open"), QStringLiteral("andon://demo/compute?from=now-6h&to=now")});
        QCOMPARE(QString::fromStdString(opened.out).trimmed(),
                 QStringLiteral("andon://demo/compute?from=now-6h&to=now"));
        const Ran bad =
            m_desk.run(profile, {QStringLiteral("open"), QStringLiteral("andon://demo/compute?colour=red")});
        QVERIFY(bad.exit == 2 && bad.error.find("does not know") != std::string::npos);

        const Ran second = runWindow(profile, {QStringLiteral("andon://demo/storage")});
        QCOMPARE(second.exit, 0);
        QVERIFY(shown(profile).startsWith(QStringLiteral("andon://demo/storage?")));
        QVERIFY(window.running());
    }

    void aLinkToWhatIsGoneShowsTheNearest()
    {
        const QString profile = QStringLiteral("gone");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(m_desk.run(profile, {QStringLiteral("sync")}).exit, 0);
        Program window;
        startWindow(window, profile, {});
        (void)m_desk.run(
            profile, {QStringLiteral("open"), QStringLiteral("andon://other/versions?select=commit%3Aml-data%40dead")});
        QTRY_VERIFY_WITH_TIMEOUT(
            shown(profile).startsWith(QStringLiteral("andon://demo/versions?select=commit%3Aml-data%40")), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!shown(profile).contains(QStringLiteral("dead")), 20'000);
        (void)m_desk.run(profile,
                         {QStringLiteral("open"), QStringLiteral("andon://demo/versions?select=repository%3Agone")});
        QTRY_VERIFY_WITH_TIMEOUT(
            shown(profile).startsWith(QStringLiteral("andon://demo/versions?select=commit%3Aml-data%40")), 20'000);
        (void)m_desk.run(profile,
                         {QStringLiteral("open"), QStringLiteral("andon://demo/lineage?select=model%3Agone%4099")});
        QTRY_VERIFY_WITH_TIMEOUT(!shown(profile).contains(QStringLiteral("gone")), 20'000);
    }

    void itIsPinnedToACommitAndToAMoment()
    {
        const QString profile = QStringLiteral("pinned");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(m_desk.run(profile, {QStringLiteral("sync")}).exit, 0);
        Program window;
        startWindow(window, profile, {QStringLiteral("--page"), QStringLiteral("versions")});
        const auto open = [&](const QString &link) { (void)m_desk.run(profile, {QStringLiteral("open"), link}); };
        QTRY_VERIFY_WITH_TIMEOUT(shown(profile).contains(QStringLiteral("commit%3Aml-data%40")), 20'000);
        const QString newest = shown(profile);
        open(QStringLiteral("andon://demo/versions?asof=now-30d"));
        QTRY_VERIFY_WITH_TIMEOUT(shown(profile).contains(QStringLiteral("asof=2")), 20'000); // it is absolute
        open(QStringLiteral("andon://demo/versions?asof=commit%3Aml-data%40dead"));
        QVERIFY2(shown(profile).contains(QStringLiteral("asof=2")), "what cannot be found changes nothing");
        open(QStringLiteral("andon://demo/versions"));
        QTRY_VERIFY_WITH_TIMEOUT(!shown(profile).contains(QStringLiteral("asof")), 20'000);
        QString commit = newest.section(QStringLiteral("select="), 1).section(u'&', 0, 0);
        open(QStringLiteral("andon://demo/lineage?asof=") + commit);
        QTRY_VERIFY_WITH_TIMEOUT(shown(profile).contains(QStringLiteral("asof=") + commit), 20'000);
    }

    void itIsFoundAsItWasLeft()
    {
        const QString profile = QStringLiteral("left");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program window;
        startWindow(window, profile, {QStringLiteral("--page"), QStringLiteral("lineage")});
        window.end();
        startWindow(window, profile, {});
        QVERIFY2(shown(profile).startsWith(QStringLiteral("andon://demo/lineage?")), qPrintable(shown(profile)));
        window.end();
        QFile state(m_desk.folder(profile) + QStringLiteral("/window.ini"));
        QVERIFY(state.open(QIODevice::WriteOnly | QIODevice::Truncate));
        state.write("\x7f\x45\x4c\x46 no ini");
        state.close();
        startWindow(window, profile, {});
        QVERIFY(shown(profile).startsWith(QStringLiteral("andon://demo/floor?")));
    }

    void theSiteThatWasOpenIsOpenedAgain()
    {
        const QString profile = QStringLiteral("two");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QFile first(m_desk.folder(profile) + QStringLiteral("/sites/demo.yaml"));
        QVERIFY(first.open(QIODevice::ReadOnly));
        QFile second(m_desk.folder(profile) + QStringLiteral("/sites/a-second.yaml")); // before "demo"
        QVERIFY(second.open(QIODevice::WriteOnly));
        second.write(first.readAll().replace("name: demo", "name: a-second"));
        second.close();
        Program window;
        startWindow(window, profile, {QStringLiteral("--site"), QStringLiteral("demo")});
        window.end();
        startWindow(window, profile, {});
        QVERIFY2(shown(profile).startsWith(QStringLiteral("andon://demo/")), qPrintable(shown(profile)));
    }

    void whatWasNoticedIsListedBesideTheWindow()
    {
        const QString profile = QStringLiteral("noticed");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(notifications(profile, {}).size(), std::size_t{0});
        {
            auto records = store::DatabaseFile::open(
                (m_desk.folder(profile) + QStringLiteral("/records.db")).toStdString(), store::recordsSchema());
            ANDON_VERIFY_RESULT(records);
            const core::Instant at = core::Instant::fromSeconds(1'764'416'400);
            ANDON_VERIFY_RESULT(store::NoticeStore(**records).add({{.site = core::SiteName("demo"),
                                                                    .at = at,
                                                                    .subject = "storage",
                                                                    .name = "storage",
                                                                    .from = "Running",
                                                                    .to = "Saturated",
                                                                    .after = telemetry::Level::Critical,
                                                                    .link = "andon://demo/storage"},
                                                                   {.site = core::SiteName("demo"),
                                                                    .at = at + core::kMinute,
                                                                    .kind = telemetry::NoticeKind::Alert,
                                                                    .subject = "Hot{gpu=0}",
                                                                    .name = "Hot",
                                                                    .from = "firing",
                                                                    .before = telemetry::Level::Major,
                                                                    .link = "andon://demo/compute",
                                                                    .seen = true}}));
        }
        Program window;
        startWindow(window, profile, {});
        const json all = notifications(profile, {});
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].value("name", ""), std::string("Hot"));
        QVERIFY(all[0].value("better", false) && all[0].value("read", false));
        QCOMPARE(all[1].value("level_to", ""), std::string("critical"));
        QCOMPARE(all[1].value("at", ""), std::string("2025-11-29T11:40:00Z"));
        QCOMPARE(notifications(profile, {QStringLiteral("--unread")}).size(), std::size_t{1});
        const Ran table = m_desk.run(profile, {QStringLiteral("notifications")});
        QVERIFY2(table.out.find("Alert Hot  firing, major  resolved") != std::string::npos, table.out.c_str());
    }

    void itStartsWithTheViewOfTheSettings()
    {
        const QString profile = QStringLiteral("start");
        QCOMPARE(m_desk.addSite(profile), std::string());
        const QStringList save{QStringLiteral("view"), QStringLiteral("save"), QStringLiteral("Tonight"),
                               QStringLiteral("andon://demo/economics?from=now-12h&to=now")};
        QCOMPARE(m_desk.run(profile, save).exit, 0);
        const json views = json::parse(m_desk.run(profile, {QStringLiteral("views"), QStringLiteral("--json")}).out);
        QCOMPARE(views.at(0).value("name", std::string()), std::string("Tonight"));
        QCOMPARE(m_desk
                     .run(profile,
                          {QStringLiteral("settings"), QStringLiteral("set"), QStringLiteral("start_view"),
                           QStringLiteral("Tonight")})
                     .exit,
                 0);
        Program window;
        startWindow(window, profile, {});
        QCOMPARE(shown(profile), QStringLiteral("andon://demo/economics?from=now-12h&to=now"));
    }

    void itSpeaksAnotherLanguageWithoutARestart()
    {
        const QString profile = QStringLiteral("spoken");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program window;
        startWindow(window, profile, {});
        const QString compute = QStringLiteral("andon://demo/compute?from=now-6h&to=now");
        (void)m_desk.run(profile, {QStringLiteral("open"), compute});
        for (const char *language : {"en-XA", "ar-XB", "en"}) {
            const Ran set = m_desk.run(profile, words("settings set language") << QString::fromLatin1(language));
            QVERIFY2(set.exit == 0, set.error.c_str());
            QTRY_COMPARE_WITH_TIMEOUT(shown(profile), compute, 20'000); // the window is a new one, at the same place
            QVERIFY(window.running());
        }
    }

private:
    [[nodiscard]] QStringList line(const QString &profile, const QStringList &more) const
    {
        return QStringList{QStringLiteral("--profile"), m_desk.folder(profile)} + more;
    }
    void startWindow(Program &window, const QString &profile, const QStringList &more)
    {
        window.start(builtProgram("andon"), line(profile, more), m_desk.environment());
        QTRY_VERIFY_WITH_TIMEOUT(!shown(profile).isEmpty(), 20'000);
    }
    [[nodiscard]] Ran runWindow(const QString &profile, const QStringList &more) const
    {
        return runProgram(builtProgram("andon"), line(profile, more), m_desk.environment());
    }
    [[nodiscard]] json notifications(const QString &profile, const QStringList &more) const
    {
        const Ran ran =
            m_desk.run(profile, QStringList{QStringLiteral("notifications"), QStringLiteral("--json")} + more);
        return json::parse(ran.out, nullptr, false).value("notifications", json());
    }
    /// The link of what the window shows; "" when there is none.
    [[nodiscard]] QString shown(const QString &profile) const
    {
        const Ran ran = m_desk.run(profile, {QStringLiteral("open")});
        return ran.exit == 0 ? QString::fromStdString(ran.out).trimmed() : QString();
    }

    Desk m_desk;
};

ANDON_SUITE(AppWindowTest)
#include "window_test.moc"
