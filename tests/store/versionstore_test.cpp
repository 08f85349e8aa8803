#include "store/rows.h"
#include "store/syncstore.h"
#include "store/versionstore.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;
using versions::Commit;

namespace
{
CommitId id(int n)
{
    char hex[65];
    std::snprintf(hex, sizeof hex, "%064x", n);
    return CommitId(hex);
}
Commit commit(int n, std::initializer_list<int> parents, const std::string &message = "m")
{
    Commit c{.id = id(n), .committer = "kim", .message = message, .created = 1000 + n, .metaRangeId = "r"};
    for (const int p : parents)
        c.parents.push_back(id(p));
    c.metadata = {{"a:b", "1\n2"}, {"run", "fraud-812"}};
    c.generation = n;
    return c;
}
} // namespace

class VersionStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        auto file = DatabaseFile::open(m_dir->filePath(QStringLiteral("cache.db")).toStdString(), cacheSchema());
        ANDON_VERIFY_RESULT(file);
        m_file = std::move(*file);
        m_store = std::make_unique<VersionStore>(*m_file);
        const auto source = m_store->source(core::SiteName("ams"), core::SourceName("lakefs"));
        ANDON_VERIFY_RESULT(source);
        m_source = *source;
        ANDON_VERIFY_RESULT(m_store->saveRepositories(
            m_source, {{.id = RepositoryId("ml-data"), .created = {5000}, .defaultBranch = core::RefName("main")}}));
        const auto repo = m_store->repository(m_source, RepositoryId("ml-data"));
        ANDON_VERIFY_RESULT(repo);
        m_repo = *repo;
    }

    void naturesAreAskedOfTheIndex()
    {
        constexpr int kCommits = 20'000;
        std::vector<Commit> commits;
        for (int n = 1; n <= kCommits; ++n) {
            commits.push_back(n == 1 ? commit(n, {}) : commit(n, {n - 1}));
            commits.back().metaRangeId = std::to_string(1'000'000'000'000 + n) + "-tree";
        }
        commits[2'000].metaRangeId = commits[1'998].metaRangeId; // 2001 is as 1999: it undoes 2000
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, commits));
        QElapsedTimer took;
        took.start();
        const auto all = m_store->natures(m_repo, commits); // which are looked through at once
        ANDON_VERIFY_RESULT(all);
        commits.resize(4'000);
        const auto natures = m_store->natures(m_repo, commits);
        ANDON_VERIFY_RESULT(natures);
        QVERIFY2(took.elapsed() < 3'000, qPrintable(QString::number(took.elapsed()))); // a scan each takes minutes
        for (int n = 1; n <= 4'000; ++n)
            QCOMPARE((*natures)[static_cast<std::size_t>(n - 1)].kind,
                     n == 1          ? versions::CommitKind::Initial
                         : n == 2001 ? versions::CommitKind::Revert
                                     : versions::CommitKind::Ordinary);
        QCOMPARE((*natures)[2'000].about, id(2000));
        QVERIFY(std::equal(natures->begin(), natures->end(), all->begin()));
    }

    void commitsComeBackEqual()
    {
        const Commit c = commit(3, {2, 1}, "Merge 'a' into 'b'\nmore");
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, {c}));
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, {c})); // twice is once
        const auto back = m_store->commit(m_repo, id(3));
        ANDON_VERIFY_RESULT(back);
        QVERIFY(*back == c);
        QCOMPARE(m_store->counts(m_repo)->commits, std::int64_t{1});
        QVERIFY(m_store->commit(m_repo, id(9)).error().kind == core::ErrorKind::NotFound);
    }

    void aStrangeIdIsRefusedWhole()
    {
        Commit bad = commit(4, {});
        bad.id = CommitId("nonsense");
        QVERIFY(!m_store->saveCommits(m_repo, {commit(3, {}), bad}));
        QCOMPARE(m_store->counts(m_repo)->commits, std::int64_t{0});
    }

    void missingParentsAreWhereSyncGoesOn()
    {
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, {commit(5, {4, 3}), commit(4, {2})}));
        auto missing = m_store->missingParents(m_repo);
        ANDON_VERIFY_RESULT(missing);
        std::sort(missing->begin(), missing->end());
        QVERIFY(*missing == (std::vector<CommitId>{id(2), id(3)}));
        const auto known = m_store->known(m_repo, {id(5), id(3), id(4)});
        QVERIFY(*known == (std::vector<bool>{true, false, true}));
    }

    void searchFindsWordsAnywhere()
    {
        ANDON_VERIFY_RESULT(
            m_store->saveCommits(m_repo, {commit(1, {}, "Ingest payments"), commit(2, {1}, "Add \"quoted\" labels")}));
        const auto find = [&](const char *words) { return m_store->search(m_repo, words, 10)->size(); };
        QCOMPARE(find("paym"), std::size_t{1});
        QCOMPARE(find("fraud-812"), std::size_t{2});
        QCOMPARE(find("kim ingest"), std::size_t{1});
        QCOMPARE(find("\"quoted\" OR"), std::size_t{0});
        QCOMPARE(find("NEAR("), std::size_t{0});
        QCOMPARE(find("  "), std::size_t{0});
    }

    void searchTakesPhrasesAsTheyStand()
    {
        ANDON_VERIFY_RESULT(
            m_store->saveCommits(m_repo,
                                 {commit(1, {}, "Read the amount as text"), commit(2, {1}, "Text: the amount read"),
                                  commit(3, {2}, "Über-Änderung, naïve—plain")}));
        const auto find = [&](const char *words) {
            return m_store->search(m_repo, words, 10).value_or(std::vector<CommitId>{});
        };
        QVERIFY(find("amount text") == (std::vector<CommitId>{id(2), id(1)}));
        QVERIFY(find("\"amount as\"") == (std::vector<CommitId>{id(1)}));
        QVERIFY(find("\"the amount re\"") == (std::vector<CommitId>{id(2)})); // the last word may be unfinished
        QVERIFY(find("\"he amount\"").empty());
        QVERIFY(find("uber-anderung") == (std::vector<CommitId>{id(3)}));
        QVERIFY(find("naïve—plain") == (std::vector<CommitId>{id(3)}));
        QVERIFY(find("812-fraud").empty());
        QCOMPARE(find("run=fraud-812").size(), std::size_t{3});
    }

    void searchGivesTheNewestWhateverCameFirst()
    {
        // More than are read at once, saved in an order that dates do not follow, between those of another repository.
        constexpr int kMany = 6000;
        ANDON_VERIFY_RESULT(
            m_store->saveRepositories(m_source, {{.id = RepositoryId("ml-data")}, {.id = RepositoryId("other")}}));
        const auto other = m_store->repository(m_source, RepositoryId("other"));
        ANDON_VERIFY_RESULT(other);
        std::vector<int> numbers;
        for (int i = 1; i <= kMany; ++i)
            numbers.push_back(1 + (i * 4099) % kMany);
        for (std::size_t at = 0; at < numbers.size(); at += 500) {
            std::vector<Commit> page;
            for (std::size_t i = at; i < at + 500; ++i)
                page.push_back(commit(numbers[i], {}, numbers[i] % 3 == 0 ? "Ingestion" : "Ingest"));
            ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, page));
            ANDON_VERIFY_RESULT(m_store->saveCommits(*other, page));
        }
        const auto expect = [](int step, int from, std::size_t count) {
            std::vector<CommitId> all;
            for (int n = from; all.size() < count; n -= step)
                if (step == 3 || n % 3 != 0)
                    all.push_back(id(n));
            return all;
        };
        QVERIFY(m_store->search(m_repo, "ingest", 100).value_or(std::vector<CommitId>{}) == expect(1, kMany, 100));
        QVERIFY(m_store->search(m_repo, "ingestion", 100).value_or(std::vector<CommitId>{}) == expect(3, kMany, 100));
        QVERIFY(m_store->search(*other, "ingestion", 7).value_or(std::vector<CommitId>{}) == expect(3, kMany, 7));
        QCOMPARE(m_store->search(m_repo, "ing", 100'000).value_or(std::vector<CommitId>{}).size(), std::size_t{kMany});
        QVERIFY(m_store->search(m_repo, "ing", 3).value_or(std::vector<CommitId>{})
                == (std::vector{id(kMany), id(kMany - 1), id(kMany - 2)}));
    }

    void prefixesFindIds()
    {
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, {commit(1, {}), commit(2, {1})}));
        QCOMPARE(m_store->withPrefix(m_repo, "0000", 10)->size(), std::size_t{2});
        QCOMPARE(m_store->withPrefix(m_repo, id(1).value, 10)->size(), std::size_t{1});
        QCOMPARE(m_store->withPrefix(m_repo, "00", 10)->size(), std::size_t{0});
        QCOMPARE(m_store->withPrefix(m_repo, "xyz!", 10)->size(), std::size_t{0});
    }

    void commitsWithTheSameDataKnowEachOther()
    {
        std::vector<versions::Commit> commits;
        for (const int n : {1, 2, 3, 4, 5}) {
            commits.push_back(commit(n, {}));
            commits.back().created = 1'700'000'000 + n;
            commits.back().metaRangeId = n % 2 == 1 ? "0123456789abcdef-odd" : "0123456789abcdef-even"; // begin alike
        }
        commits.push_back(commit(6, {}));
        commits.back().metaRangeId.clear(); // a first commit has none
        commits.push_back(commit(7, {}));
        commits.back().metaRangeId.clear();
        ANDON_VERIFY_RESULT(m_store->saveCommits(m_repo, commits));
        QCOMPARE(*m_store->sameData(m_repo, id(1), 10), (std::vector{id(5), id(3)}));
        QCOMPARE(*m_store->sameData(m_repo, id(1), 1), std::vector{id(5)});
        QCOMPARE(*m_store->sameData(m_repo, id(4), 10), std::vector{id(2)});
        QVERIFY(m_store->sameData(m_repo, id(6), 10)->empty());
        QVERIFY(m_store->sameData(m_repo, id(99), 10)->empty());
    }

    void refsAreReplacedWhole()
    {
        using versions::Ref;
        using versions::RefKind;
        ANDON_VERIFY_RESULT(m_store->saveRefs(m_repo,
                                              {{RefKind::Branch, core::RefName("main"), id(1)},
                                               {RefKind::Branch, core::RefName("old"), id(2)},
                                               {RefKind::Tag, core::RefName("main"), id(3)}},
                                              {{"main"}}));
        ANDON_VERIFY_RESULT(m_store->saveRefs(
            m_repo, {{RefKind::Branch, core::RefName("main"), id(4)}, {RefKind::Tag, core::RefName("main"), id(3)}},
            {}));
        const auto refs = m_store->refs(m_repo);
        QCOMPARE(refs->size(), std::size_t{2});
        QVERIFY(refs->at(0).commit == id(4));
        QVERIFY(m_store->protection(m_repo)->empty());
    }

    void runsKeepTheirHooksAndOutput()
    {
        using versions::HookStatus;
        versions::ActionRun run{.id = "r1", .branch = core::RefName("main"), .commit = id(1), .event = "pre-merge"};
        run.status = HookStatus::Failed;
        run.started = {1000};
        run.ended = {2000};
        run.hooks = {{"0_0", "quality", "schema-check", HookStatus::Skipped, {}, {}},
                     {"0_1", "quality", "rows", HookStatus::Failed, {1100}, {1200}}};
        versions::ActionRun loose{.id = "r2", .event = "pre-commit"};
        loose.started = {3000};
        ANDON_VERIFY_RESULT(m_store->saveRuns(m_repo, {run, loose}));
        const auto back = m_store->runsOf(m_repo, id(1));
        QCOMPARE(back->size(), std::size_t{1});
        QVERIFY(back->front() == run);
        QVERIFY(m_store->runs(m_repo, {}, 10)->front().id == "r2");
        QVERIFY(m_store->newestRun(m_repo)->ms == 3000);
        QVERIFY(*m_store->knownRuns(m_repo, {"r2", "r3"}) == (std::vector<bool>{true, false}));
        QVERIFY(m_store->gatesSince(m_repo, {500}) == (versions::GateSummary{0, 1, 1}));
        QVERIFY(m_store->gates(m_repo)->begin()->second == (versions::GateSummary{0, 1, 1}));
        QVERIFY(!m_store->hookOutput(m_repo, "r1", "0_0")->has_value());
        ANDON_VERIFY_RESULT(m_store->saveHookOutput(m_repo, "r1", "0_0", ""));
        QVERIFY(m_store->hookOutput(m_repo, "r1", "0_0")->has_value());
    }

    void aRepositoryThatVanishesIsKeptButNotListed()
    {
        ANDON_VERIFY_RESULT(m_store->saveRepositories(m_source, {}));
        QVERIFY(m_store->repositories(m_source)->empty());
        QVERIFY(!m_store->repository(m_source, RepositoryId("ml-data")));
    }

    void syncStateAndAnswers()
    {
        SyncStore sync(*m_file);
        QVERIFY(!sync.state(m_source, "x")->at.known());
        ANDON_VERIFY_RESULT(sync.mark(m_source, "x", {7}, "v"));
        QCOMPARE(sync.state(m_source, "x")->value, std::string("v"));
        ANDON_VERIFY_RESULT(sync.saveAnswer(m_source, "k", "one", {{9}, std::string("a\0b", 3)}));
        QCOMPARE((*sync.answer(m_source, "k", "one"))->body.size(), std::size_t{3});
        ANDON_VERIFY_RESULT(sync.replaceAnswers(m_source, "k", {10}, {{"two", "2"}}));
        QCOMPARE(sync.answers(m_source, "k")->size(), std::size_t{1});
        QVERIFY(!sync.answer(m_source, "k", "one")->has_value());
        ANDON_VERIFY_RESULT(m_store->forget(core::SiteName("ams")));
        QVERIFY(sync.answers(m_source, "k")->empty());
    }

    void pairsSurviveAnyBytes()
    {
        const std::vector<std::pair<std::string, std::string>> pairs{{"", ""}, {"3:x", std::string("\0:", 2)}};
        QVERIFY(unpackPairs(packPairs(pairs)) == pairs);
        QVERIFY(unpackPairs("99:x").empty());
        QVERIFY(unpackPairs("1:a1").empty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DatabaseFile> m_file;
    std::unique_ptr<VersionStore> m_store;
    SourceKey m_source;
    RepositoryKey m_repo;
};

ANDON_SUITE(VersionStoreTest)
#include "versionstore_test.moc"
