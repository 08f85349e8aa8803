// A sync that ends anywhere, and several at once over one cache: the next one makes it whole.
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace andon;

namespace
{

const core::RepositoryId kData("data");

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n * 2654435761U);
    return core::CommitId(text);
}

/// Commits 0 … n-1 in one line; main is the last.
void tell(test::FakeVersionSource &source, int n)
{
    for (int i = static_cast<int>(source.commits.size()); i < n; ++i) {
        versions::Commit commit{.id = idOf(i), .created = 1'700'000'000 + i * 60LL, .generation = i + 1};
        if (i > 0)
            commit.parents = {idOf(i - 1)};
        source.commits[commit.id] = commit;
    }
    source.branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(n - 1)}};
}

/// Runs 0 … n-1, one a minute.
void runUntil(test::FakeVersionSource &source, int n)
{
    source.actionRuns.clear();
    for (int i = n - 1; i >= 0; --i)
        source.actionRuns.push_back({.id = "run-" + std::to_string(i),
                                     .branch = core::RefName("main"),
                                     .commit = idOf(0),
                                     .started = core::Instant::fromSeconds(1'700'000'000 + i * 60LL)});
}

/// One process: its own connections to the cache, its own source.
struct Process {
    Process(const std::string &path, const core::Clock &clock)
        : board(clock)
        , pin(clock)
    {
        auto opened = store::DatabaseFile::open(path, store::cacheSchema());
        if (!opened)
            return;
        file = std::move(*opened);
        auto made = std::make_unique<test::FakeVersionSource>();
        source = made.get();
        service = std::make_unique<factory::VersionService>(
            factory::SiteParts{core::SiteName("ams"), clock, *file, board, pin}, core::SourceName("lakefs"),
            std::move(made));
    }
    factory::SourceBoard board;
    factory::Pin pin;
    std::unique_ptr<store::DatabaseFile> file;
    test::FakeVersionSource *source = nullptr;
    std::unique_ptr<factory::VersionService> service;

    bool sync() { return service->sync({}, {}).has_value(); }
    /// Commits that the cache can show, -1 when history is cut off somewhere.
    int commits()
    {
        const auto view = service->repository(kData, factory::Access::CacheOnly, {});
        return view && view->value.graph->cut() == 0 ? view->value.graph->size() : -1;
    }
    int runs()
    {
        const auto all = service->runs(kData, {}, 1'000'000);
        return all ? static_cast<int>(all->size()) : -1;
    }
};

} // namespace

class VersionSyncTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("cache.db")).toStdString();
    }

    void endedAfterAnyRequestItGoesOn()
    {
        for (int requests = 0; requests < 8; ++requests) {
            QTemporaryDir dir;
            Process one(dir.filePath(QStringLiteral("cache.db")).toStdString(), m_clock);
            tell(*one.source, 3);
            QVERIFY(one.sync());
            tell(*one.source, 900);
            one.source->requests = 0;
            one.source->failAfter = requests;
            const bool whole = one.sync();
            one.source->failAfter = -1;
            QVERIFY(one.sync());
            QCOMPARE(one.commits(), 900);
            QVERIFY(whole || requests < 7); // the series reaches to the end
        }
    }

    void whatTouchedAPathIsAskedOnce()
    {
        Process one(m_path, m_clock);
        tell(*one.source, 3000);
        QVERIFY(one.sync());
        const core::CommitId head = one.source->branches.front().commit;
        std::vector<core::CommitId> expected;
        for (auto &[id, commit] : one.source->commits) {
            one.source->touched[id] = commit.created / 60 % 2 ? "claims/a" : "images/a";
            if (commit.created / 60 % 2 && commit.parents.size() == 1)
                expected.push_back(id);
        }
        const auto ask = [&](const char *prefix, factory::Access access) {
            return one.service->touching(kData, head, prefix, access, {});
        };
        QCOMPARE(ask("claims/", factory::Access::CacheOnly).error().kind, core::ErrorKind::Offline);
        auto found = ask("claims/", factory::Access::Refresh);
        QVERIFY(found);
        QVERIFY(found->size() > 1000); // more than a page
        std::sort(found->begin(), found->end());
        QVERIFY(*found == expected);
        const int requests = one.source->requests;
        QCOMPARE(ask("claims/", factory::Access::CacheOnly)->size(), expected.size());
        QCOMPARE(one.source->requests, requests);
        QVERIFY(ask("nothing/", factory::Access::Refresh)->empty());
        QVERIFY(ask("nothing/", factory::Access::CacheOnly)->empty());
        one.source->failAfter = 0;
        QCOMPARE(ask("other/", factory::Access::Refresh).error().kind, core::ErrorKind::Timeout);
    }

    /// The order of the rows is kept in the cache: with it, without it and damaged the graph is the same.
    void theOrderThatIsKeptIsThatOfTheCommits()
    {
        Process one(m_path, m_clock);
        const auto orderOf = [&](Process &process) {
            const auto view = process.service->repository(kData, factory::Access::CacheOnly, {});
            return view ? view->value.graph->order() : versions::CommitOrder{};
        };
        const auto kept = [&] {
            return store::SyncStore(*one.file).answer({1}, "graph", kData.value).value_or(std::nullopt);
        };
        const auto expected = [&] {
            std::vector<versions::GraphCommit> all;
            for (const auto &[id, commit] : one.source->commits) {
                versions::GraphCommit node{.id = *versions::Oid::fromHex(id.value),
                                           .created = commit.created,
                                           .generation = commit.generation};
                if (commit.parents.empty())
                    node.kind = versions::CommitKind::Initial;
                else
                    node.first = versions::Oid::fromHex(commit.parents.front().value);
                all.push_back(node);
            }
            return versions::orderOf(all);
        };
        tell(*one.source, 6000);
        QVERIFY(one.sync());
        QVERIFY(orderOf(one).ids == expected().ids);
        QVERIFY(kept());
        const std::string first = kept()->body;
        tell(*one.source, 6010);
        QVERIFY(one.sync());
        Process again(m_path, m_clock); // reads what is kept and adds ten
        QVERIFY(orderOf(again).ids == expected().ids);
        QVERIFY(kept()->body == first);
        tell(*one.source, 9000);
        QVERIFY(one.sync());
        Process later(m_path, m_clock);
        QVERIFY(orderOf(later).ids == expected().ids);
        QVERIFY(kept()->body != first); // a third is new: it is kept anew
        for (const std::string &damaged :
             {std::string(), first, kept()->body.substr(0, 1000), std::string(1000, 'x')}) {
            QVERIFY(store::SyncStore(*one.file).saveAnswer({1}, "graph", kData.value, {m_clock.now(), damaged}));
            Process mended(m_path, m_clock);
            QVERIFY(orderOf(mended).ids == expected().ids);
        }
    }

    void anotherWalkThatIsKilledLeavesNoHole_data()
    {
        QTest::addColumn<int>("pages");
        for (const int pages : {1, 2, 3})
            QTest::addRow("after %d pages", pages) << pages;
    }
    void anotherWalkThatIsKilledLeavesNoHole()
    {
        QFETCH(int, pages);
        Process first(m_path, m_clock);
        tell(*first.source, 10);
        QVERIFY(first.sync());
        tell(*first.source, 2000); // one server: who knows an id may ask for it
        tell(*first.source, 400);
        Process second(m_path, m_clock); // sees a newer head, and dies in the middle
        tell(*second.source, 2000);
        second.source->failAfter = pages;
        first.source->onLog = [&] {
            first.source->onLog = {};
            QVERIFY(!second.sync());
        };
        QVERIFY(first.sync());
        Process third(m_path, m_clock);
        tell(*third.source, 2000);
        QVERIFY(third.sync());
        QCOMPARE(third.commits(), 2000);
    }

    void anotherWalkThatBeginsLateIsNotSaidToBeDone()
    {
        Process first(m_path, m_clock);
        tell(*first.source, 10);
        QVERIFY(first.sync());
        tell(*first.source, 2000);
        Process second(m_path, m_clock);
        tell(*second.source, 2000);
        second.source->failAfter = 2;
        second.source->onLog = [&] {
            if (second.source->requests == 1) { // it has begun, and the first one does all it knows of meanwhile
                tell(*first.source, 20);
                QVERIFY(first.sync());
            }
        };
        QVERIFY(!second.sync());
        second.source->onLog = {};
        second.source->failAfter = -1;
        QVERIFY(second.sync());
        QCOMPARE(second.commits(), 2000);
    }

    void runsThatWereCutOffAreReadAgain()
    {
        for (int pages = 0; pages < 4; ++pages) {
            QTemporaryDir dir;
            Process one(dir.filePath(QStringLiteral("cache.db")).toStdString(), m_clock);
            tell(*one.source, 1);
            runUntil(*one.source, 40);
            QVERIFY(one.sync());
            QCOMPARE(one.runs(), 40);
            runUntil(*one.source, 2400);
            one.source->failRunsAfter = pages;
            QVERIFY(!one.sync());
            one.source->failRunsAfter = -1;
            QVERIFY(one.sync());
            QCOMPARE(one.runs(), 2400);
        }
    }

    void theFirstReadingOfRunsMayBeCutOffToo()
    {
        Process one(m_path, m_clock);
        tell(*one.source, 1);
        runUntil(*one.source, 2400);
        one.source->failRunsAfter = 1;
        QVERIFY(!one.sync());
        one.source->failRunsAfter = -1;
        QVERIFY(one.sync());
        QCOMPARE(one.runs(), 2400);
    }

    /// A merge that its gate refused, of a branch that is deleted since.
    static void refuse(test::FakeVersionSource &source)
    {
        for (const auto &[n, parents] : {std::pair(20, std::vector{3}), {21, {20}}, {22, {9, 21}}}) {
            versions::Commit commit{.id = idOf(n), .created = 1'700'000'900 + n, .generation = n};
            for (const int parent : parents)
                commit.parents.push_back(idOf(parent));
            source.commits[commit.id] = commit;
        }
        source.actionRuns = {{.id = "run-refused",
                              .branch = core::RefName("main"),
                              .commit = idOf(22),
                              .event = "pre-merge",
                              .status = versions::HookStatus::Failed,
                              .started = core::Instant::fromSeconds(1'700'001'000)}};
    }

    void whatOnlyARunNamesIsReadToo()
    {
        Process one(m_path, m_clock);
        tell(*one.source, 10);
        refuse(*one.source);
        QVERIFY(one.sync());
        QCOMPARE(one.commits(), 13); // the merge, and what only it reaches
        QCOMPARE(one.runs(), 1);
        const auto again = one.service->sync({}, {});
        ANDON_VERIFY_RESULT(again);
        QCOMPARE(again->commits, 0);
        QCOMPARE(again->requests, 0);
    }

    void whatARunNamesAndTheServerLetGoOfIsLeftOut()
    {
        Process one(m_path, m_clock);
        tell(*one.source, 10);
        refuse(*one.source);
        one.source->commits.erase(idOf(22));
        QVERIFY(one.sync());
        QCOMPARE(one.commits(), 10);
        QCOMPARE(one.runs(), 1);
    }

    void whatARunNamesIsReadAgainWhenTheReadingWasCutOff()
    {
        Process one(m_path, m_clock);
        tell(*one.source, 10);
        QVERIFY(one.sync());
        refuse(*one.source);
        one.source->failAfter = one.source->requests; // the log of the branch that is deleted
        QVERIFY(!one.sync());
        one.source->failAfter = -1;
        QVERIFY(one.sync());
        QCOMPARE(one.commits(), 13);
        QCOMPARE(one.runs(), 1);
    }

    void anotherReadingOfRunsThatIsKilledLeavesNoGap()
    {
        Process first(m_path, m_clock);
        tell(*first.source, 1);
        runUntil(*first.source, 40);
        QVERIFY(first.sync());
        runUntil(*first.source, 100);
        Process second(m_path, m_clock);
        tell(*second.source, 1);
        runUntil(*second.source, 2400);
        second.source->failRunsAfter = 1; // saves the newest page and dies
        first.source->onRuns = [&] {
            first.source->onRuns = {};
            QVERIFY(!second.sync());
        };
        QVERIFY(first.sync());
        Process third(m_path, m_clock);
        tell(*third.source, 1);
        runUntil(*third.source, 2400);
        QVERIFY(third.sync());
        QCOMPARE(third.runs(), 2400);
    }

private:
    core::ManualClock m_clock{core::Instant::fromSeconds(1'800'000'000)};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_path;
};

ANDON_SUITE(VersionSyncTest)
#include "versionsync_test.moc"
