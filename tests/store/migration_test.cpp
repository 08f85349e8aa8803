// Who may change a database file, how it is brought up to date, and what is never done to it.
#include "store/databasefile.h"
#include "store/syncstore.h"
#include "store/versionstore.h"
#include "tests/support/suite.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;

namespace
{

constexpr std::uint32_t kId = 0x416e6454;

Schema versionOf(std::size_t steps, bool durable)
{
    static const std::vector<std::string> all{
        "CREATE TABLE note(text TEXT NOT NULL); INSERT INTO note VALUES('first');",
        "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody';",
        "CREATE INDEX note_by_author ON note(author);",
    };
    return {.applicationId = kId,
            .steps = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(steps)},
            .disposable = !durable,
            .durable = durable};
}

std::int64_t number(const std::string &path, const std::string &sql)
{
    auto db = Database::open(path, Database::Mode::Reader);
    return db ? db->number(sql).value_or(-1) : -1;
}

std::string hintOf(const core::Result<std::unique_ptr<DatabaseFile>> &opened)
{
    return opened ? "opened" : opened.error().hint;
}

QByteArray bytesOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class MigrationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = path("records.db");
    }

    void aNewFileHasOurIdAndVersion()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(3, true))), std::string("opened"));
        QCOMPARE(number(m_path, "PRAGMA application_id"), std::int64_t{kId});
        QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{3});
        QCOMPARE(number(m_path, "SELECT count(*) FROM note"), std::int64_t{1});
        QVERIFY(!QFile::exists(QString::fromStdString(m_path + ".new")));
    }

    void recordsAreBackedUpBeforeAMigration()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, true))), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(2, true))), std::string("opened"));
        QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{2});
        QCOMPARE(number(m_path, "SELECT count(*) FROM note WHERE author = 'nobody'"), std::int64_t{1});
        const std::string backup = m_path + ".before-2";
        QCOMPARE(number(backup, "PRAGMA user_version"), std::int64_t{1});
        QCOMPARE(number(backup, "PRAGMA application_id"), std::int64_t{kId});
        QCOMPARE(number(backup, "SELECT count(*) FROM note WHERE text = 'first'"), std::int64_t{1});
        QCOMPARE(hintOf(DatabaseFile::open(backup, versionOf(1, true))), std::string("opened")); // it is a whole one
    }

    void aCacheIsMigratedWithoutABackup()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false))), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(3, false))), std::string("opened"));
        QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{3});
        QVERIFY(!QFile::exists(QString::fromStdString(m_path + ".before-2")));
    }

    void aStepThatFailsLeavesTheOldVersionAndMayBeTriedAgain()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, true))), std::string("opened"));
        Schema broken = versionOf(3, true);
        broken.steps[2] = "CREATE TABLE nonsense(";
        for (int attempt = 0; attempt < 2; ++attempt) { // the backup of the first is no obstacle to the second
            QVERIFY(!DatabaseFile::open(m_path, broken));
            QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{1});
            QCOMPARE(number(m_path, "SELECT count(*) FROM pragma_table_info('note') WHERE name = 'author'"),
                     std::int64_t{0});
        }
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(3, true))), std::string("opened"));
        QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{3});
    }

    void newerRecordsAreRefusedAndNotTouched()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(3, true))), std::string("opened"));
        const QByteArray before = bytesOf(m_path);
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(2, true))), std::string("newer"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(2, true), Rights::Guest)), std::string("newer"));
        QVERIFY(bytesOf(m_path) == before);
    }

    void anotherProgramsRecordsAreRefusedAndNotTouched()
    {
        {
            auto db = Database::open(m_path, Database::Mode::Writer);
            ANDON_VERIFY_RESULT(db);
            ANDON_VERIFY_RESULT(
                db->run("PRAGMA journal_mode=DELETE; PRAGMA application_id=42; CREATE TABLE theirs(x)"));
        }
        const QByteArray before = bytesOf(m_path);
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, true))), std::string("foreign"));
        QVERIFY(bytesOf(m_path) == before); // not even its journal mode
    }

    void cutRecordsAreRefusedAndKept_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 50, 5000})
            QTest::addRow("%d bytes", size) << size;
    }
    void cutRecordsAreRefusedAndKept()
    {
        QFETCH(int, size);
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, true))), std::string("opened"));
        QVERIFY(QFile::resize(QString::fromStdString(m_path), size));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, true))), std::string("corrupt"));
        QCOMPARE(QFile(QString::fromStdString(m_path)).size(), qint64{size});
        QVERIFY(!QDir(QString::fromStdString(path("quarantine"))).exists());
    }

    void aGuestMakesAndChangesNothing()
    {
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false), Rights::Guest)), std::string("absent"));
        QVERIFY(!QFile::exists(QString::fromStdString(m_path)));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false))), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false), Rights::Guest)), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(2, false), Rights::Guest)), std::string("older"));
        QCOMPARE(number(m_path, "PRAGMA user_version"), std::int64_t{1});
        QVERIFY(QFile::resize(QString::fromStdString(m_path), 700));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false), Rights::Guest)), std::string("corrupt"));
        QCOMPARE(QFile(QString::fromStdString(m_path)).size(), qint64{700});
    }

    void aCutCacheIsQuarantined_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 99, 512, 4096, 4097, 20'000})
            QTest::addRow("%d bytes", size) << size;
    }
    void aCutCacheIsQuarantined()
    {
        QFETCH(int, size);
        {
            auto file = DatabaseFile::open(m_path, versionOf(1, false));
            ANDON_VERIFY_RESULT(file);
            for (int i = 0; i < 40; ++i)
                ANDON_VERIFY_RESULT((*file)->write(
                    [](Database &db) { return db.run("INSERT INTO note SELECT hex(randomblob(400))"); }));
        }
        QVERIFY(QFile(QString::fromStdString(m_path)).size() > size);
        QVERIFY(QFile::resize(QString::fromStdString(m_path), size));
        const QByteArray left = bytesOf(m_path);
        auto file = DatabaseFile::open(m_path, versionOf(1, false));
        ANDON_VERIFY_RESULT(file);
        QVERIFY(!(*file)->quarantined().empty());
        QVERIFY(bytesOf((*file)->quarantined() + "/records.db") == left); // moved, nothing deleted
        QCOMPARE(number(m_path, "SELECT count(*) FROM note"), std::int64_t{1});
    }

    void aCacheFoundBrokenLaterIsBegunAnewAtTheNextStart()
    {
        {
            auto file = DatabaseFile::open(m_path, versionOf(1, false));
            ANDON_VERIFY_RESULT(file);
            const auto read = (*file)->get<std::int64_t>([](Database &) -> core::Result<std::int64_t> {
                return core::fail(core::Error{.kind = core::ErrorKind::Storage, .hint = "corrupt"});
            });
            QVERIFY(!read);
            QCOMPARE(read.error().hint, std::string("broken-cache"));
        }
        QCOMPARE(hintOf(DatabaseFile::open(m_path, versionOf(1, false), Rights::Guest)), std::string("corrupt"));
        auto again = DatabaseFile::open(m_path, versionOf(1, false));
        ANDON_VERIFY_RESULT(again);
        QVERIFY(!(*again)->quarantined().empty());
        auto third = DatabaseFile::open(m_path, versionOf(1, false));
        ANDON_VERIFY_RESULT(third);
        QVERIFY((*third)->quarantined().empty()); // once is enough
    }

    void theRealSchemasOpen()
    {
        QCOMPARE(hintOf(DatabaseFile::open(path("cache.db"), cacheSchema())), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, recordsSchema())), std::string("opened"));
        QCOMPARE(hintOf(DatabaseFile::open(m_path, cacheSchema())), std::string("opened")); // records are no cache:
        QVERIFY(QDir(QString::fromStdString(path("quarantine"))).exists()); // moved aside, never written into
    }

    void answersAreKeptWhenTheirTableChanges()
    {
        const std::string file = path("cache.db");
        Schema before = cacheSchema();
        before.steps.resize(2);
        core::Result<SourceKey> source;
        {
            auto cache = DatabaseFile::open(file, before);
            ANDON_VERIFY_RESULT(cache);
            source = VersionStore(**cache).source(core::SiteName("ams"), core::SourceName("lakefs"));
            ANDON_VERIFY_RESULT(source);
            ANDON_VERIFY_RESULT(
                SyncStore(**cache).saveAnswer(*source, "order", "ml-data", {{7}, std::string(9'000, 'x')}));
        }
        auto cache = DatabaseFile::open(file, cacheSchema());
        ANDON_VERIFY_RESULT(cache);
        const auto kept = SyncStore(**cache).answer(*source, "order", "ml-data");
        ANDON_VERIFY_RESULT(kept);
        QVERIFY(kept->has_value());
        QCOMPARE((*kept)->at.ms, std::int64_t{7});
        QCOMPARE((*kept)->body, std::string(9'000, 'x'));
        ANDON_VERIFY_RESULT(SyncStore(**cache).saveAnswer(*source, "order", "ml-data", {{8}, "y"})); // still one row
        QCOMPARE(number(file, "SELECT count(*) FROM answer"), std::int64_t{1});
    }

private:
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_dir->filePath(QString::fromLatin1(name)).toStdString();
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_path;
};

ANDON_SUITE(MigrationTest)
#include "migration_test.moc"
