// What two sides are, and a diff that is read, goes on after a failure and is kept.
#include "factory/compareservice.h"
#include "factory/objectservice.h"
#include "factory/versionservice.h"
#include "models/diffrows.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

#include <random>

using namespace andon;
using factory::Access;
using factory::SameTree;
using versions::DiffEntry;
using versions::DiffType;

namespace
{

const core::RepositoryId kData("data");

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n + 1);
    return core::CommitId(text);
}

/// 0 – 1 – 2 – 5 – 6 (main), 2 – 3 – 4 (dev). 6 has the tree of 2.
void tell(test::FakeVersionSource &source)
{
    const std::vector<std::vector<int>> parents{{}, {0}, {1}, {2}, {3}, {2}, {5}};
    for (int i = 0; i < 7; ++i) {
        versions::Commit commit{.id = idOf(i), .created = 1'700'000'000 + i * 3600LL, .generation = i + 1};
        commit.metaRangeId = i == 0 ? "" : idOf(100 + (i == 6 ? 2 : i)).value;
        for (const int parent : parents[static_cast<std::size_t>(i)])
            commit.parents.push_back(idOf(parent));
        source.commits[commit.id] = commit;
    }
    source.branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(6)},
                       {versions::RefKind::Branch, core::RefName("dev"), idOf(4)},
                       {versions::RefKind::Tag, core::RefName("v1"), idOf(1)}};
}

struct Bench {
    Bench()
        : board(clock)
        , pin(clock)
    {
        file = std::move(*store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(),
                                                    store::cacheSchema()));
        auto made = std::make_unique<test::FakeVersionSource>();
        source = made.get();
        tell(*source);
        const factory::SiteParts parts{core::SiteName("ams"), clock, *file, board, pin};
        const core::Later<roles::VersionSource> shared(std::move(made));
        versions = std::make_unique<factory::VersionService>(parts, core::SourceName("lakefs"), shared);
        objects = std::make_unique<factory::ObjectService>(parts, core::SourceName("lakefs"), shared, *versions);
        service = std::make_unique<factory::CompareService>(*versions, *objects);
        (void)versions->sync({}, {});
    }
    core::Result<core::Snapshot<factory::Comparison>> resolve(const char *left, const char *right,
                                                              versions::DiffMode mode = versions::DiffMode::ThreeDot)
    {
        return service->resolve({kData, {core::RefName(left)}, {core::RefName(right)}, mode}, Access::CacheOnly, {});
    }
    /// Serves these, a page at a time.
    void serve(std::vector<DiffEntry> entries, int perPage)
    {
        source->onDiff = [entries = std::move(entries), perPage](const std::string &after, int) {
            versions::DiffPage page;
            for (const DiffEntry &entry : entries)
                if (entry.path > after && static_cast<int>(page.entries.size()) <= perPage)
                    page.entries.push_back(entry);
            if (static_cast<int>(page.entries.size()) > perPage) {
                page.entries.pop_back();
                page.next = page.entries.back().path;
            }
            return core::Result<versions::DiffPage>(page);
        };
    }

    QTemporaryDir folder;
    core::SystemClock clock;
    factory::SourceBoard board;
    factory::Pin pin;
    std::unique_ptr<store::DatabaseFile> file;
    test::FakeVersionSource *source = nullptr;
    std::unique_ptr<factory::VersionService> versions;
    std::unique_ptr<factory::ObjectService> objects;
    std::unique_ptr<factory::CompareService> service;
};

std::vector<DiffEntry> entries(int count)
{
    std::mt19937 random(7);
    std::vector<DiffEntry> all;
    for (int i = 0; i < count; ++i) {
        char path[64];
        std::snprintf(path, sizeof path, "t%d/m%02d/part-%05d", i / 1000, i / 100 % 10, i);
        DiffEntry entry{.type = static_cast<DiffType>(random() % 4), .path = path};
        if (random() % 11 != 0)
            entry.sizeBytes = static_cast<std::int64_t>(random() % 1'000'000);
        all.push_back(entry);
    }
    return all;
}

} // namespace

class CompareTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whoChangedAnObjectLast()
    {
        Bench bench;
        for (const int n : {1, 3, 5})
            bench.source->touched[idOf(n)] = "x";
        bench.source->touched[idOf(2)] = "y"; // the merge base itself
        const auto three = bench.resolve("main", "dev");
        const auto two = bench.resolve("main", "dev", versions::DiffMode::TwoDot);
        const auto last = [&](const auto &comparison, DiffType type, const char *path, Access access) {
            return bench.service->changedLast(comparison->value, {.type = type, .path = path}, access, {});
        };
        QCOMPARE(last(three, DiffType::Changed, "x", Access::CacheOnly).error().kind, core::ErrorKind::Offline);
        const auto changed = last(three, DiffType::Changed, "x", Access::Refresh);
        ANDON_VERIFY_RESULT(changed);
        QVERIFY(!changed->left); // beside it stands the merge base
        QVERIFY(changed->right->id == idOf(3));
        const auto conflict = last(three, DiffType::Conflict, "x", Access::Refresh);
        QVERIFY(conflict->left->id == idOf(5) && conflict->right->id == idOf(3));
        QVERIFY(last(two, DiffType::Changed, "x", Access::Refresh)->left->id == idOf(5));
        const int asked = bench.source->requests;
        QVERIFY(last(two, DiffType::Changed, "x", Access::CacheOnly)->right->id == idOf(3)); // kept
        QCOMPARE(bench.source->requests, asked);
        const auto before = last(two, DiffType::Changed, "y", Access::Refresh);
        QVERIFY(!before->left && !before->right);
        const auto none = last(two, DiffType::Changed, "z", Access::Refresh);
        QVERIFY(!none->left && !none->right);
        QVERIFY(!last(two, DiffType::Changed, "z", Access::CacheOnly)->left); // that nobody did is kept, too
    }

    void whatAComparisonSaysOfOnePath()
    {
        Bench bench;
        bench.serve({{.type = DiffType::Changed, .path = "a/b"}, {.type = DiffType::Added, .path = "a/b.csv"}}, 10);
        const auto comparison = bench.resolve("v1", "dev");
        const auto entry = [&](const char *path) {
            return *bench.service->entry(comparison->value, path, Access::Refresh, {});
        };
        QVERIFY(entry("a/b")->type == DiffType::Changed);
        QVERIFY(!entry("a/"));
    }

    void sidesAndTheirMergeBase()
    {
        Bench bench;
        const auto found = bench.resolve("dev", "main");
        ANDON_VERIFY_RESULT(found);
        QCOMPARE(found->value.left.commit.id, idOf(4));
        QCOMPARE(found->value.right.commit.id, idOf(6));
        QVERIFY(found->value.base.has_value());
        QCOMPARE(found->value.base->id, idOf(2));
        QCOMPARE(found->value.left.commits, 2LL);
        QCOMPARE(found->value.right.commits, 2LL);
        QCOMPARE(found->value.left.kind.value(), versions::RefKind::Branch);
        QVERIFY(!bench.resolve("nothing", "main"));
    }

    void aDateIsTheNewestCommitOfTheBranchThen()
    {
        Bench bench;
        const auto at = core::Instant::fromSeconds(1'700'000'000 + 5 * 3600 + 60);
        const auto found = bench.service->resolve({kData, {core::RefName("main"), at}, {core::RefName("main")}},
                                                  Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(found);
        QCOMPARE(found->value.left.commit.id, idOf(5));
        const auto before = bench.service->resolve(
            {kData, {core::RefName("main"), core::Instant::fromSeconds(1)}, {core::RefName("main")}}, Access::CacheOnly,
            {});
        QCOMPARE(before.error().kind, core::ErrorKind::NotFound);
    }

    void sameTreesAreNotRead()
    {
        Bench bench;
        QCOMPARE(bench.resolve("main", "main")->value.same, SameTree::SameCommit);
        QCOMPARE(bench.resolve("dev", "main")->value.same, SameTree::NothingSinceBase); // 6 is a revert to 2
        QCOMPARE(bench.resolve("main", "dev")->value.same, SameTree::No);
        QCOMPARE(bench.resolve("main", "v1")->value.same, SameTree::NothingSinceBase);
        const auto two = bench.resolve("main~2", "main", versions::DiffMode::TwoDot);
        QCOMPARE(two->value.same, SameTree::SameData);
        QCOMPARE(bench.resolve("dev", "main", versions::DiffMode::TwoDot)->value.same, SameTree::No);
        const auto read = bench.service->read(two->value, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(read);
        QVERIFY(read->complete);
        QCOMPARE(bench.source->diffPages, 0);
        // Two commits without a tree id are not known to be the same.
        bench.source->commits[idOf(0)].metaRangeId.clear();
        QCOMPARE(bench.resolve("main~3", "main", versions::DiffMode::TwoDot)->value.same, SameTree::No);
    }

    void proposesTheNewestTagAgainstTheDefaultBranch()
    {
        Bench bench;
        const auto ask = bench.service->proposal({}, {});
        ANDON_VERIFY_RESULT(ask);
        QCOMPARE(ask->left.ref.value, std::string("v1"));
        QCOMPARE(ask->right.ref.value, std::string("main"));
        QVERIFY(!bench.service->proposal(core::RepositoryId("nope"), {}));
    }

    void readsAllAndKeepsIt()
    {
        Bench bench;
        const auto all = entries(4500);
        bench.serve(all, 1000);
        const auto comparison = bench.resolve("main", "dev")->value;
        const auto read = bench.service->read(comparison, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(read);
        QVERIFY(read->complete && !read->error);
        QCOMPARE(read->pages, 5);
        versions::DiffSum sum;
        for (const DiffEntry &entry : all)
            sum.add(entry);
        QCOMPARE(read->rollup.total(), sum);
        QCOMPARE(read->index.size(), 4500LL);
        for (const std::int64_t row : {0LL, 999LL, 1000LL, 4499LL}) {
            QCOMPARE(read->index.type(row), all[static_cast<std::size_t>(row)].type);
            QCOMPARE(read->index.bytes(row), all[static_cast<std::size_t>(row)].sizeBytes.value_or(-1));
        }
        // Between two commits nothing changes: the second time nobody is asked.
        const int asked = bench.source->diffPages;
        const auto again = bench.service->read(comparison, Access::CacheOnly, {}, {});
        ANDON_VERIFY_RESULT(again);
        QCOMPARE(again->rollup.total(), sum);
        QCOMPARE(bench.source->diffPages, asked);
    }

    void goesOnWhereItFailed()
    {
        Bench bench;
        const auto all = entries(3000);
        bench.serve(all, 1000);
        const auto whole = bench.source->onDiff;
        int left = 2;
        bench.source->onDiff = [&](const std::string &after, int amount) {
            return left-- > 0 ? whole(after, amount) : core::fail(core::ErrorKind::Timeout, "fake", "went away");
        };
        const auto comparison = bench.resolve("main", "dev")->value;
        const auto part = bench.service->read(comparison, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(part);
        QVERIFY(!part->complete);
        QCOMPARE(part->error->kind, core::ErrorKind::Timeout);
        QCOMPARE(part->rollup.total().objects(), 2000LL);
        bench.source->onDiff = whole;
        bench.source->diffPages = 0;
        const auto rest = bench.service->read(comparison, Access::Refresh, {}, {});
        QVERIFY(rest && rest->complete);
        QCOMPARE(bench.source->diffPages, 1); // the two that came are kept
        QCOMPARE(rest->rollup.total().objects(), 3000LL);
    }

    void aListThatGoesBackIsRefused()
    {
        Bench bench;
        bench.source->onDiff = [](const std::string &, int) {
            return core::Result<versions::DiffPage>(versions::DiffPage{{{.type = DiffType::Added, .path = "a"}}, "a"});
        };
        const auto read = bench.service->read(bench.resolve("main", "dev")->value, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(read);
        QCOMPARE(read->error->kind, core::ErrorKind::Protocol);
        QCOMPARE(read->rollup.total().objects(), 1LL);
    }

    void sizesBeforeOfAFolder()
    {
        Bench bench;
        const auto all = entries(300);
        bench.serve(all, 1000);
        std::int64_t expected = 0;
        std::int64_t wanted = 0;
        for (const DiffEntry &entry : all) {
            bench.source->tree[entry.path] = {.path = entry.path, .sizeBytes = 1000};
            if (entry.path.starts_with("t0/m01/")
                && (entry.type == DiffType::Changed || entry.type == DiffType::Conflict))
                ++wanted;
        }
        expected = wanted * 1000;
        const auto read = bench.service->read(bench.resolve("main", "dev")->value, Access::Refresh, {}, {});
        const std::int32_t folder = read->rollup.find("t0/m01/");
        QVERIFY(folder > 0);
        const auto &one = read->rollup.folders()[static_cast<std::size_t>(folder)];
        const auto sizes =
            bench.service->sizesBefore(*read, "t0/m01/", one.firstRow, one.sum.objects(), Access::Refresh, {});
        ANDON_VERIFY_RESULT(sizes);
        QVERIFY(wanted > 24); // listed
        QVERIFY(sizes->whole);
        QCOMPARE(sizes->wanted, wanted);
        QCOMPARE(sizes->bytes, expected);
        for (const auto &[row, bytes] : sizes->sizes)
            QVERIFY(all[static_cast<std::size_t>(row)].type != DiffType::Added && bytes == 1000);
    }

    void rowsByFilterAndOrder()
    {
        Bench bench;
        const auto all = entries(2500);
        bench.serve(all, 1000);
        const auto read = bench.service->read(bench.resolve("main", "dev")->value, Access::Refresh, {}, {});
        const auto pageOf = [&](const std::string &after) {
            return bench.service->page(read->comparison, after, Access::CacheOnly, {});
        };
        models::DiffQuery query{.first = 1000, .count = 1200};
        query.filter = *text::filterOf(QStringLiteral("m03"), {.fields = models::diffFields()});
        const auto rows = models::diffRows(read->index, query, pageOf, {});
        ANDON_VERIFY_RESULT(rows);
        QCOMPARE(rows->size(), std::size_t(100)); // t1/m03; t2/m03 is beyond the folder
        for (const std::uint32_t row : *rows)
            QVERIFY(all[row].path.starts_with("t1/m03/"));
        query = {.first = 0,
                 .count = 2500,
                 .kind = DiffType::Removed,
                 .order = models::DiffQuery::Order::Size,
                 .descending = true};
        const auto sorted = models::diffRows(read->index, query, pageOf, {});
        ANDON_VERIFY_RESULT(sorted);
        std::int64_t last = INT64_MAX;
        for (const std::uint32_t row : *sorted) {
            QCOMPARE(all[row].type, DiffType::Removed);
            const std::int64_t size = all[row].sizeBytes.value_or(-1);
            QVERIFY(size <= last);
            last = size;
        }
        QCOMPARE(static_cast<std::int64_t>(sorted->size()), read->rollup.total().removed);
        core::Cancel stopped;
        stopped.cancel();
        QCOMPARE(models::diffRows(read->index, query, pageOf, stopped).error().kind, core::ErrorKind::Cancelled);
    }
};

ANDON_SUITE(CompareTest)
#include "compare_test.moc"
