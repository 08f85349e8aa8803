#include "store/databasefile.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace andon;
using namespace andon::store;

namespace
{
core::Result<void> put(DatabaseFile &file, const std::string &name)
{
    return file.write([&](Database &db) {
        Statement insert(db, "INSERT INTO source(site, name) VALUES('s', ?)");
        return insert.bind(name).execute();
    });
}
std::int64_t countOf(DatabaseFile &file)
{
    const auto n = file.get<std::int64_t>([](Database &db) { return db.number("SELECT count(*) FROM source"); });
    return n.value_or(-1);
}
void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}
} // namespace

class DatabaseFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("cache.db")).toStdString();
    }

    void keepsWhatWasWritten()
    {
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            ANDON_VERIFY_RESULT(put(**file, "a"));
        }
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        QCOMPARE(countOf(**file), std::int64_t{1});
        QVERIFY((*file)->quarantined().empty());
    }

    void aFailedWriteLeavesNothing()
    {
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        const auto done = (*file)->write([&](Database &db) -> core::Result<void> {
            Statement insert(db, "INSERT INTO source(site, name) VALUES('s', 'x')");
            if (auto inserted = insert.execute(); !inserted)
                return inserted;
            return core::fail(core::ErrorKind::Invalid, "test", "no");
        });
        QVERIFY(!done);
        QCOMPARE(countOf(**file), std::int64_t{0});
        ANDON_VERIFY_RESULT(put(**file, "after"));
    }

    void readersCannotWrite()
    {
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        QVERIFY(!(*file)->read([](Database &db) { return db.run("DELETE FROM source"); }));
    }

    void aBrokenCacheIsQuarantined_data()
    {
        QTest::addColumn<int>("at");
        QTest::newRow("header") << 0;
        QTest::newRow("a page") << 4096;
    }
    void aBrokenCacheIsQuarantined()
    {
        QFETCH(int, at);
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            for (int i = 0; i < 500; ++i)
                ANDON_VERIFY_RESULT(put(**file, "row " + std::to_string(i)));
        }
        overwrite(QString::fromStdString(m_path), at, QByteArray(3000, '\x5a'));
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        QVERIFY(!(*file)->quarantined().empty());
        QVERIFY(QFile::exists(QString::fromStdString((*file)->quarantined()) + QStringLiteral("/cache.db")));
        QCOMPARE(countOf(**file), std::int64_t{0});
        ANDON_VERIFY_RESULT(put(**file, "again"));
    }

    void aFileThatIsAsItWasLeftIsNotReadWhole()
    {
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            for (int i = 0; i < 500; ++i)
                ANDON_VERIFY_RESULT(put(**file, "row " + std::to_string(i)));
        }
        struct stat left = {};
        QCOMPARE(::stat(m_path.c_str(), &left), 0);
        overwrite(QString::fromStdString(m_path), 2 * 4096, QByteArray(3000, '\x5a')); // the first table
        const timespec times[2] = {{0, UTIME_OMIT}, left.st_mtim}; // by nobody who leaves a trace
        QCOMPARE(::utimensat(AT_FDCWD, m_path.c_str(), times, 0), 0);
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            QVERIFY((*file)->quarantined().empty());
            const auto read = (*file)->read([](Database &db) { return db.run("SELECT * FROM source"); });
            QVERIFY(!read);
            QCOMPARE(read.error().hint, std::string("broken-cache")); // found when it is read
        }
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        QVERIFY(!(*file)->quarantined().empty());
    }

    void aNewerCacheIsRefusedAndLeftAlone()
    {
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            ANDON_VERIFY_RESULT(put(**file, "a"));
            auto db = Database::open(m_path, Database::Mode::Writer);
            ANDON_VERIFY_RESULT(db);
            ANDON_VERIFY_RESULT(db->run("PRAGMA user_version=999"));
        }
        const auto file = DatabaseFile::open(m_path, cacheSchema());
        QVERIFY(!file);
        QCOMPARE(file.error().hint, std::string("newer"));
        auto db = Database::open(m_path, Database::Mode::Writer);
        ANDON_VERIFY_RESULT(db);
        QCOMPARE(db->number("SELECT count(*) FROM source").value_or(-1), std::int64_t{1});
    }

    void brokenRecordsAreNeverThrownAway()
    {
        const std::string path = m_dir->filePath(QStringLiteral("records.db")).toStdString();
        ANDON_VERIFY_RESULT(DatabaseFile::open(path, recordsSchema()));
        overwrite(QString::fromStdString(path), 0, QByteArray(3000, '\x5a'));
        const auto file = DatabaseFile::open(path, recordsSchema());
        QVERIFY(!file);
        QCOMPARE(file.error().hint, std::string("corrupt"));
        QVERIFY(QFile::exists(QString::fromStdString(path)));
        QVERIFY(!QDir(m_dir->filePath(QStringLiteral("quarantine"))).exists());
    }

    void anotherProgramsFileIsNotOurs()
    {
        {
            auto db = Database::open(m_path, Database::Mode::Writer);
            ANDON_VERIFY_RESULT(db);
            ANDON_VERIFY_RESULT(db->run("CREATE TABLE theirs(x); PRAGMA application_id=42;"));
        }
        auto file = DatabaseFile::open(m_path, cacheSchema());
        ANDON_VERIFY_RESULT(file);
        QVERIFY(!(*file)->quarantined().empty()); // moved, not deleted
    }

    void killedInTheMiddleOfAWriteNothingIsLost()
    {
        {
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            ANDON_VERIFY_RESULT(put(**file, "acknowledged"));
        }
        for (int round = 0; round < 5; ++round) {
            const pid_t child = ::fork();
            if (child == 0) {
                auto file = DatabaseFile::open(m_path, cacheSchema());
                for (int i = 0; file && i < 100'000; ++i)
                    (void)put(**file, "r" + std::to_string(round) + "-" + std::to_string(i));
                ::_exit(0);
            }
            ::usleep(static_cast<useconds_t>(20'000 + round * 7'000));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            auto file = DatabaseFile::open(m_path, cacheSchema());
            ANDON_VERIFY_RESULT(file);
            QVERIFY((*file)->quarantined().empty());
            QVERIFY(countOf(**file) >= 1);
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_path;
};

ANDON_SUITE(DatabaseFileTest)
#include "databasefile_test.moc"
