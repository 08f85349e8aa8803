// The filter of the commit log over a cache: reads texts once, answers the last words, streams an expression.
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"
#include "ui/pages/versions/commitfilter.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace andon;
using ui::CommitFilter;

namespace
{

const core::RepositoryId kData("data");
constexpr int kCommits = 5000;

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n * 2654435761U);
    return core::CommitId(text);
}

/// A cache that has read a repository of one line.
struct Cache {
    Cache()
        : board(clock)
    {
        auto opened =
            store::DatabaseFile::open(dir.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        if (!opened)
            return;
        file = std::move(*opened);
        auto made = std::make_unique<test::FakeVersionSource>();
        source = made.get();
        service = std::make_unique<factory::VersionService>(
            factory::SiteParts{core::SiteName("ams"), clock, *file, board, pin}, core::SourceName("lakefs"),
            std::move(made));
        grow(kCommits);
    }
    void grow(int n)
    {
        for (int i = static_cast<int>(source->commits.size()); i < n; ++i) {
            versions::Commit commit{.id = idOf(i),
                                    .committer = i % 2 ? "ann" : "kim",
                                    .message = "Ingest batch " + std::to_string(i),
                                    .created = 1'700'000'000 + i * 60LL,
                                    .metadata = {{"rows", std::to_string(i)}},
                                    .generation = i + 1};
            if (i > 0)
                commit.parents = {idOf(i - 1)};
            source->commits[commit.id] = commit;
        }
        source->branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(n - 1)}};
        (void)service->sync({}, {});
    }
    [[nodiscard]] factory::RepositoryView view() const
    {
        const auto read = service->repository(kData, factory::Access::CacheOnly, {});
        return read ? read->value : factory::RepositoryView{};
    }
    core::ManualClock clock{core::Instant::fromSeconds(1'800'000'000)};
    QTemporaryDir dir;
    factory::Pin pin{clock};
    factory::SourceBoard board;
    std::unique_ptr<store::DatabaseFile> file;
    test::FakeVersionSource *source = nullptr;
    std::unique_ptr<factory::VersionService> service;
};

/// What was told last, and whether it was the end.
struct Told {
    std::vector<std::int32_t> rows;
    bool complete = false;
    int ends = 0;
    std::size_t first = 0; ///< rows that were told before anything was complete
    explicit Told(CommitFilter &filter)
    {
        QObject::connect(&filter, &CommitFilter::matched, &filter,
                         [this](const std::vector<std::int32_t> &found, bool whole) {
                             first = !whole && ends == 0 ? found.size() : first;
                             rows = found;
                             complete = whole;
                             ends += whole ? 1 : 0;
                         });
    }
};

} // namespace

class CommitFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void answersTheLastWords()
    {
        Cache cache;
        factory::Worker worker;
        CommitFilter filter(*cache.service, worker);
        Told told(filter);
        QSignalSpy fields(&filter, &CommitFilter::fieldsChanged);
        filter.setRepository(kData, cache.view());
        QVERIFY(!parsed(filter, "rows:>5")); // no text was read yet
        filter.apply(*parsed(filter, "batch"));
        filter.apply(*parsed(filter, "\"batch 12\""));
        QTRY_VERIFY(told.complete);
        QCOMPARE(fields.count(), 1);
        QCOMPARE(told.rows.size(), std::size_t(111)); // 12, 120 … 129, 1200 … 1299
        QVERIFY(std::is_sorted(told.rows.begin(), told.rows.end()));
        told.complete = false;
        filter.apply(*parsed(filter, "\"batch 12\" author:kim rows:<100"));
        QTRY_VERIFY(told.complete);
        QCOMPARE(told.rows.size(), std::size_t(1));
        QCOMPARE(cache.view().graph->oid(told.rows.front()).id(), idOf(12));
        told.complete = false;
        filter.apply(*parsed(filter, "message:/batch [0-9]7$/"));
        QTRY_VERIFY(told.complete);
        QCOMPARE(told.rows.size(), std::size_t(9)); // 17 … 97
    }

    void theIndexAnswersWhileTextsAreRead()
    {
        Cache cache;
        factory::Worker worker;
        std::size_t first = 0;
        for (int i = 0; i < 50 && first == 0; ++i) { // the texts may be there before it
            CommitFilter filter(*cache.service, worker);
            Told told(filter);
            filter.setRepository(kData, cache.view());
            filter.apply(*parsed(filter, "ingest batch"));
            QTRY_VERIFY(told.complete);
            QCOMPARE(told.rows.size(), std::size_t(kCommits));
            first = told.first;
        }
        QCOMPARE(first, std::size_t(100));
    }

    void nothingIsToldOfNoFilter()
    {
        Cache cache;
        factory::Worker worker;
        CommitFilter filter(*cache.service, worker);
        Told told(filter);
        filter.setRepository(kData, cache.view());
        filter.apply(*parsed(filter, "batch"));
        filter.apply({}); // while it reads
        QTRY_VERIFY(parsed(filter, "rows:>5").has_value()); // what was read stays
        QVERIFY(!filter.running());
        QCOMPARE(told.ends, 0);
    }

    void newCommitsAreReadToo()
    {
        Cache cache;
        factory::Worker worker;
        CommitFilter filter(*cache.service, worker);
        Told told(filter);
        filter.setRepository(kData, cache.view());
        filter.apply(*parsed(filter, "batch"));
        QTRY_VERIFY(told.complete);
        QCOMPARE(told.rows.size(), std::size_t(kCommits));
        told.complete = false;
        cache.grow(kCommits + 10);
        filter.setRepository(kData, cache.view());
        QTRY_VERIFY(told.complete);
        QCOMPARE(told.rows.size(), std::size_t(kCommits + 10));
        told.complete = false;
        filter.setRepository(kData, cache.view()); // the same history: nothing is asked again
        QVERIFY(!filter.running());
    }

    void aPathIsAskedOfTheServerWhenThePersonStopsTyping()
    {
        Cache cache;
        for (int i = 1; i < kCommits; ++i)
            cache.source->touched[idOf(i)] = i % 100 == 7 ? "claims/2026/a" : "images/b";
        factory::Worker worker;
        CommitFilter filter(*cache.service, worker);
        Told told(filter);
        filter.setRepository(kData, cache.view());
        filter.apply(*parsed(filter, "author:ann"));
        QTRY_VERIFY(told.complete);
        told.complete = false;
        const int before = cache.source->requests;
        for (const char *words : {"path:c", "path:cl", "path:claims/"}) {
            filter.apply(*parsed(filter, words));
            QVERIFY(filter.asking());
        }
        QTRY_VERIFY(told.complete);
        QVERIFY(!filter.asking());
        QCOMPARE(told.rows.size(), std::size_t(kCommits / 100));
        QCOMPARE(cache.source->requests - before, 5); // one walk of the fake's log: nothing for what was half typed
        QSignalSpy failed(&filter, &CommitFilter::failed);
        cache.source->failAfter = 0;
        filter.apply(*parsed(filter, "path:gone/"));
        QTRY_COMPARE(failed.count(), 1);
        told.complete = false;
        filter.apply(*parsed(filter, "path:claims/ author:ann")); // known
        QTRY_VERIFY(told.complete);
        QCOMPARE(told.rows.size(), std::size_t(kCommits / 100));
    }

private:
    static std::optional<text::Filter> parsed(const CommitFilter &filter, const char *words)
    {
        const auto read = text::parseFilter(QString::fromLatin1(words), {.fields = filter.fields()});
        return read.problem ? std::nullopt : std::optional(read.filter);
    }
};

ANDON_SUITE(CommitFilterTest)
#include "commitfilter_test.moc"
