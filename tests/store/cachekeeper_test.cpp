#include "store/cachekeeper.h"
#include "store/syncstore.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;

namespace
{

const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400);
constexpr std::int64_t kMiB = 1 << 20;

std::string body(std::size_t size, char c)
{
    return std::string(size, c);
}

} // namespace

class CacheKeeperTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("cache.db"));
        auto file = DatabaseFile::open(m_path.toStdString(), cacheSchema());
        ANDON_VERIFY_RESULT(file);
        m_file = std::move(*file);
        const auto source = VersionStore(*m_file).source(core::SiteName("ams-1"), core::SourceName("prometheus"));
        ANDON_VERIFY_RESULT(source);
        m_source = *source;
    }
    void cleanup() { m_file.reset(); }

    void belowTheCapNothingGoes()
    {
        fill();
        const auto eviction = CacheKeeper(*m_file).trim(100 * kMiB, kNow, {});
        ANDON_VERIFY_RESULT(eviction);
        QVERIFY(eviction->gone.empty() && eviction->before == eviction->after);
        QCOMPARE(rows("matrix"), 2 * 60);
        QVERIFY(!CacheKeeper(*m_file).statistics()->last.at.known());
    }

    void theOldestSeriesGoFirst()
    {
        fill(); // 60 series of 100 KiB, 20 comparisons of 50 KiB, and small ones
        const auto eviction = CacheKeeper(*m_file).trim(5 * kMiB, kNow, {});
        ANDON_VERIFY_RESULT(eviction);
        QVERIFY2(eviction->after <= 5 * kMiB, std::to_string(eviction->after).c_str());
        QVERIFY(QFile(m_path).size() <= 5 * kMiB);
        QCOMPARE(eviction->gone.size(), std::size_t{1});
        QCOMPARE(eviction->gone[0].name, std::string("series"));
        QCOMPARE(rows("diff"), 20); // series were enough
        const int left = rows("matrix");
        QVERIFY(left > 2 && left < 120);
        QCOMPARE(left % 2, 0); // each with what is known about it
        QVERIFY(has("matrix", "series 59") && has("matrix", "series 59|meta"));
        QVERIFY(!has("matrix", "series 0") && !has("matrix", "series 0|meta"));
        QVERIFY(has("matrix", "series " + std::to_string(60 - left / 2))); // by age, none in between
        QCOMPARE(eviction->gone[0].rows, 120 - left);
    }

    void underATinyCapTheNewestStays()
    {
        fill();
        const auto eviction = CacheKeeper(*m_file).trim(1, kNow, {});
        ANDON_VERIFY_RESULT(eviction);
        QVERIFY(eviction->after > 1 && eviction->after < eviction->before); // it says that it could not
        QVERIFY(has("matrix", "series 59") && has("matrix", "series 58"));
        QVERIFY(has("diff", "diff 19") && !has("diff", "diff 0"));
        for (const char *kind : {"alerts", "model", "version"})
            QCOMPARE(rows(kind), 1);
        const auto commits =
            m_file->get<std::int64_t>([](Database &db) { return db.number("SELECT count(*) FROM commits"); });
        QCOMPARE(commits.value_or(0), std::int64_t{1});
        const auto outputs = m_file->get<std::int64_t>(
            [](Database &db) { return db.number("SELECT count(*) FROM hook WHERE output IS NOT NULL"); });
        QCOMPARE(outputs.value_or(0), std::int64_t{1}); // of the newest run
        QCOMPARE(eviction->gone.size(), std::size_t{3});
        const auto statistics = CacheKeeper(*m_file).statistics();
        ANDON_VERIFY_RESULT(statistics);
        QVERIFY(statistics->last == *eviction);
        QCOMPARE(statistics->freeBytes, std::int64_t{0});
    }

    void itSaysWhatTheCacheHolds()
    {
        fill();
        const auto statistics = CacheKeeper(*m_file).statistics();
        ANDON_VERIFY_RESULT(statistics);
        QCOMPARE(statistics->kinds.front().name, std::string("series")); // the largest first
        QCOMPARE(statistics->kinds.front().rows, std::int64_t{120});
        QVERIFY(statistics->kinds.front().bytes > 60 * 100 * 1024);
        std::int64_t sum = 0;
        QStringList names;
        for (const CacheKind &kind : statistics->kinds) {
            sum += kind.bytes;
            names << QString::fromStdString(kind.name);
        }
        names.sort();
        QCOMPARE(names.join(u','),
                 QStringLiteral("commits,comparisons,hook outputs,hook runs,other answers,refs,registry,series"));
        QVERIFY(sum < statistics->fileBytes && sum > statistics->fileBytes / 2);
    }

    void aCacheOfAnEarlierVersionShrinksToo()
    {
        ANDON_VERIFY_RESULT(m_file->alone([](Database &db) { return db.rewrite(false); }));
        fill();
        ANDON_VERIFY_RESULT(CacheKeeper(*m_file).trim(2 * kMiB, kNow, {}));
        QVERIFY2(QFile(m_path).size() < 3 * kMiB, std::to_string(QFile(m_path).size()).c_str());
        const auto mode = m_file->get<std::int64_t>([](Database &db) { return db.number("PRAGMA auto_vacuum"); });
        QCOMPARE(mode.value_or(0), std::int64_t{2});
    }

    void cancelledItKeepsWhatIsLeft()
    {
        fill();
        core::Cancel cancel;
        cancel.cancel();
        const auto eviction = CacheKeeper(*m_file).trim(1, kNow, cancel);
        ANDON_VERIFY_RESULT(eviction);
        QCOMPARE(rows("matrix"), 120);
    }

private:
    void fill()
    {
        SyncStore store(*m_file);
        for (int i = 0; i < 60; ++i) // one an hour, the last two within the newest one
            ANDON_VERIFY_RESULT(store.addAnswers(m_source, "matrix", kNow - (60 - i) * core::kHour + (i == 58 ? 1 : 0),
                                                 {{"series " + std::to_string(i), body(100 * 1024, 'm')},
                                                  {"series " + std::to_string(i) + "|meta", "{}"}}));
        for (int i = 0; i < 20; ++i)
            ANDON_VERIFY_RESULT(store.saveAnswer(m_source, "diff", "diff " + std::to_string(i),
                                                 {kNow - (20 - i) * core::kHour, body(50 * 1024, 'd')}));
        for (const char *kind : {"alerts", "model", "version"})
            ANDON_VERIFY_RESULT(store.saveAnswer(m_source, kind, "", {kNow - 90 * core::kDay, "x"}));
        ANDON_VERIFY_RESULT(m_file->write([&](Database &db) -> core::Result<void> {
            Statement repo(db,
                           "INSERT INTO repository(source, name, created, default_branch, namespace, read_only) "
                           "VALUES(?, 'ml-data', 0, 'main', 's3://x', 0)");
            if (auto done = repo.bind(m_source.row).execute(); !done)
                return done;
            return db.run("INSERT INTO commits(repository, id, committer, message, created, meta_range, metadata, "
                          "generation, version, kind) VALUES(1, x'00', 'a', 'm', 0, '', '', 1, 1, 0);"
                          "INSERT INTO ref VALUES(1, 0, 'main', x'00');"
                          "INSERT INTO run VALUES(1, 'r', 'main', NULL, 'e', 0, 0, 0);"
                          "INSERT INTO hook SELECT 1, 'r', 'h' || value, 'a', 'h', 0, value * 86400000, 0, "
                          "printf('%.*c', 40000, 'o') FROM (SELECT 1 AS value UNION SELECT 2 UNION SELECT 4)");
        }));
    }
    int rows(const std::string &kind) const
    {
        return static_cast<int>(SyncStore(*m_file).answers(m_source, kind)->size());
    }
    bool has(const std::string &kind, const std::string &key) const
    {
        return SyncStore(*m_file).answer(m_source, kind, key)->has_value();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<DatabaseFile> m_file;
    SourceKey m_source;
};

ANDON_SUITE(CacheKeeperTest)
#include "cachekeeper_test.moc"
