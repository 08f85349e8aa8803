// What is left after a sync was killed, a cache file was broken, or a newer Andon was here.
#include "profile/lock.h"
#include "store/sqlite.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <csignal>
#include <unistd.h>

using namespace andon;
using namespace andon::test;

namespace
{

const QString kSync = QStringLiteral("sync");
const QStringList kLog{QStringLiteral("log"), QStringLiteral("ml-data"), QStringLiteral("--limit"),
                       QStringLiteral("1")};

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

bool overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

bool says(const Ran &ran, const char *words)
{
    return ran.error.find(words) != std::string::npos;
}

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_desk.open(), std::string());
        QCOMPARE(m_desk.addSite(QStringLiteral("clean")), std::string());
        const Ran ran = m_desk.run(QStringLiteral("clean"), {kSync});
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        m_syncMs = static_cast<int>(ran.seconds * 1000);
        m_clean = m_desk.cached(QStringLiteral("clean"));
        QVERIFY(m_clean.size() > 900);
    }
    void init() { test::failOnAnyWarning(); }

    void theFirstRunMakesRecordsAndJournal()
    {
        const QString folder = m_desk.folder(QStringLiteral("clean"));
        auto records = store::Database::open((folder + QStringLiteral("/records.db")).toStdString(),
                                             store::Database::Mode::Reader);
        ANDON_VERIFY_RESULT(records);
        QCOMPARE(records->number("SELECT count(*) FROM report_history").value_or(-1), std::int64_t{0});
        QVERIFY(!QDir(folder + QStringLiteral("/journal")).isEmpty());
    }

    void killedAtAnyMomentTheNextSyncIsWhole_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {2, 6, 10, 15, 20, 27, 35, 45, 55, 70, 85, 100})
            QTest::addRow("%d percent", percent) << percent;
    }
    void killedAtAnyMomentTheNextSyncIsWhole()
    {
        QFETCH(int, percent);
        const QString profile = QStringLiteral("killed-%1").arg(percent);
        QCOMPARE(m_desk.addSite(profile), std::string());
        kill(profile, percent);
        const Ran again = m_desk.run(profile, {kSync});
        QVERIFY2(again.exit == 0 && !says(again, "broken"), again.error.c_str());
        QCOMPARE(firstDifference(m_clean, m_desk.cached(profile)), std::string());
    }

    void killedAgainAndAgainItComesToTheEnd()
    {
        const QString profile = QStringLiteral("killed-often");
        QCOMPARE(m_desk.addSite(profile), std::string());
        for (int i = 1; i <= 12; ++i)
            kill(profile, 7 * i);
        const Ran again = m_desk.run(profile, {kSync});
        QVERIFY2(again.exit == 0, again.error.c_str());
        QCOMPARE(firstDifference(m_clean, m_desk.cached(profile)), std::string());
    }

    void ctrlCSaysSoAndKeepsWhatIsThere()
    {
        const QString profile = QStringLiteral("stopped");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Program sync;
        sync.start(builtProgram("andonctl"), m_desk.line(profile, {kSync}), m_desk.environment());
        ::usleep(static_cast<useconds_t>(m_syncMs) * 300); // about a third of the way
        ::kill(static_cast<pid_t>(sync.pid()), SIGINT);
        QTRY_VERIFY_WITH_TIMEOUT(!sync.running(), 15'000);
        const std::string errors = sync.errors();
        QVERIFY2(errors.find("Stopped before it was finished") != std::string::npos, errors.c_str());
        const Ran again = m_desk.run(profile, {kSync});
        QVERIFY2(again.exit == 0, again.error.c_str());
        QCOMPARE(firstDifference(m_clean, m_desk.cached(profile)), std::string());
    }

    void aBrokenCacheIsPutAsideWithASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray sound = bytesOf(m_desk.folder(QStringLiteral("clean/cache.db")));
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("garbage") << QByteArray(100'000, '\x5a');
        QTest::newRow("text") << QByteArray("<html>no database</html>");
        QTest::newRow("first half") << sound.left(sound.size() / 2);
        QTest::newRow("all but the end") << sound.left(sound.size() - 1000);
        QTest::newRow("a page overwritten") << QByteArray(sound).replace(8192, 4096, QByteArray(4096, '\xff'));
    }
    void aBrokenCacheIsPutAsideWithASentence()
    {
        QFETCH(QByteArray, bytes);
        const QString profile = QStringLiteral("broken-%1").arg(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(m_desk.addSite(profile), std::string());
        const QString cache = m_desk.folder(profile) + QStringLiteral("/cache.db");
        QVERIFY(overwrite(cache, bytes));
        const Ran first = m_desk.run(profile, kLog);
        QVERIFY2(first.exit == 0 && says(first, "The cache was broken and is begun anew"),
                 (std::to_string(first.exit) + first.error).c_str());
        const QDir quarantine(m_desk.folder(profile) + QStringLiteral("/quarantine"));
        const QStringList kept = quarantine.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(kept.size(), 1);
        QVERIFY(bytesOf(quarantine.filePath(kept.first() + QStringLiteral("/cache.db"))) == bytes);
        QVERIFY2(says(first, kept.first().toStdString().c_str()), first.error.c_str());
        const Ran second = m_desk.run(profile, {kSync});
        QVERIFY2(second.exit == 0 && !says(second, "broken"), second.error.c_str());
        QCOMPARE(firstDifference(m_clean, m_desk.cached(profile)), std::string());
    }

    void besideItsHolderABrokenCacheIsLeftAlone()
    {
        const QString profile = QStringLiteral("held");
        QCOMPARE(m_desk.addSite(profile), std::string());
        const QString cache = m_desk.folder(profile) + QStringLiteral("/cache.db");
        QVERIFY(overwrite(cache, QByteArray(5000, 'x')));
        const auto paths = profile::resolvePaths(m_desk.folder(profile).toStdString());
        ANDON_VERIFY_RESULT(paths);
        const auto lock = profile::Lock::take(*paths, "the holder");
        ANDON_VERIFY_RESULT(lock);
        const Ran ran = m_desk.run(profile, kLog);
        QCOMPARE(ran.exit, 1);
        QVERIFY2(says(ran, "open in the holder (process "), ran.error.c_str());
        QCOMPARE(bytesOf(cache), QByteArray(5000, 'x'));
        QVERIFY(!QFile::exists(m_desk.folder(profile) + QStringLiteral("/quarantine")));
    }

    void aNewerCacheIsRefusedByEveryCommandThatNeedsIt()
    {
        const QString profile = QStringLiteral("newer");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(m_desk.run(profile, kLog).exit, 0);
        const QString cache = m_desk.folder(profile) + QStringLiteral("/cache.db");
        makeNewer(cache);
        const QByteArray before = bytesOf(cache);
        for (const QStringList &line : {kLog, QStringList{kSync}, QStringList{QStringLiteral("kpi")},
                                        QStringList{QStringLiteral("models"), QStringLiteral("--offline")},
                                        QStringList{QStringLiteral("site"), QStringLiteral("check")}}) {
            const Ran ran = m_desk.run(profile, line);
            QCOMPARE(ran.exit, 1);
            QVERIFY2(says(ran, "made by a newer Andon") && says(ran, "Nothing was changed"), ran.error.c_str());
            QVERIFY(bytesOf(cache) == before);
        }
        QCOMPARE(m_desk.run(profile, {QStringLiteral("site"), QStringLiteral("list")}).exit, 0);
    }

    void newerOrBrokenRecordsStopOnlyWhatWrites_data()
    {
        QTest::addColumn<bool>("newer");
        QTest::newRow("newer") << true;
        QTest::newRow("broken") << false;
    }
    void newerOrBrokenRecordsStopOnlyWhatWrites()
    {
        QFETCH(bool, newer);
        const QString profile = QStringLiteral("records-%1").arg(newer);
        QCOMPARE(m_desk.addSite(profile), std::string());
        const QString records = m_desk.folder(profile) + QStringLiteral("/records.db");
        if (newer)
            makeNewer(records);
        else
            QVERIFY(overwrite(records, QByteArray(20'000, 'x')));
        const QByteArray before = bytesOf(records);
        const Ran sync = m_desk.run(profile, {kSync});
        QCOMPARE(sync.exit, 1);
        QVERIFY2(says(sync, "records.db") && says(sync, newer ? "made by a newer Andon" : "Restore it from a backup"),
                 sync.error.c_str());
        const Ran log = m_desk.run(profile, kLog);
        QVERIFY2(log.exit == 0, log.error.c_str());
        QVERIFY(bytesOf(records) == before);
    }

    void manyFirstStartsAtOnceHarmNothing()
    {
        const QString profile = QStringLiteral("racing");
        QCOMPARE(m_desk.addSite(profile), std::string());
        std::vector<std::unique_ptr<Program>> all;
        for (int i = 0; i < 6; ++i) {
            all.push_back(std::make_unique<Program>());
            all.back()->start(builtProgram("andonctl"), m_desk.line(profile, i == 0 ? QStringList{kSync} : kLog),
                              m_desk.environment());
        }
        for (const auto &one : all)
            QTRY_VERIFY_WITH_TIMEOUT(!one->running(), 60'000);
        for (const auto &one : all) {
            const std::string errors = one->errors();
            QVERIFY2(errors.find("broken") == std::string::npos && errors.find("locked") == std::string::npos,
                     errors.c_str());
        }
        QCOMPARE(m_desk.run(profile, {kSync}).exit, 0);
        QCOMPARE(firstDifference(m_clean, m_desk.cached(profile)), std::string());
    }

private:
    /// Begins a sync and kills it after this share of the time that a whole one takes.
    void kill(const QString &profile, int percent)
    {
        Program sync;
        sync.start(builtProgram("andonctl"), m_desk.line(profile, {kSync}), m_desk.environment());
        ::usleep(static_cast<useconds_t>(m_syncMs) * 10 * static_cast<useconds_t>(percent));
        sync.kill();
    }

    static void makeNewer(const QString &path)
    {
        auto db = store::Database::open(path.toStdString(), store::Database::Mode::Writer);
        ANDON_VERIFY_RESULT(db);
        ANDON_VERIFY_RESULT(db->run("PRAGMA user_version=999; PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    Desk m_desk;
    std::vector<std::string> m_clean;
    int m_syncMs = 0;
};

ANDON_SUITE(RecoveryTest)
#include "recovery_test.moc"
