// Which branches a squash merge took.
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
    std::snprintf(text, sizeof text, "%064x", n + 1);
    return core::CommitId(text);
}

} // namespace

class SquashedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    /// main 0 – 1 – 2 – 3; every branch has one commit on 0. 1 and 2 are squashes.
    void aSquashTakesTheBranchThatItNamesOrWhoseDataItHas()
    {
        auto made = std::make_unique<test::FakeVersionSource>();
        test::FakeVersionSource &source = *made;
        const auto commit = [&source](int n, int parent, int at, const char *data, const char *message = "") {
            versions::Commit one{.id = idOf(n), .message = message, .created = 1'700'000'000 + at, .generation = n + 1};
            one.metaRangeId = data;
            if (parent >= 0)
                one.parents = {idOf(parent)};
            source.commits[one.id] = one;
        };
        const auto branch = [&source](const char *name, int head) {
            source.branches.push_back({versions::RefKind::Branch, core::RefName(name), idOf(head)});
        };
        commit(0, -1, 0, "a");
        commit(1, 0, 100, "b", "Merge 'named' into 'main'");
        commit(2, 1, 200, "c", "take it");
        commit(3, 2, 300, "d");
        for (const int n : {1, 2})
            source.commits[idOf(n)].metadata = {{".lakefs.merge.strategy", "default"}};
        commit(4, 0, 50, "x");
        commit(5, 1, 150, "c"); // the data of 2
        commit(6, 0, 150, "y"); // after the squash that names it
        commit(7, 0, 50, "z");
        branch("main", 3);
        branch("named", 4);
        branch("alike", 5);
        branch("other", 7);

        const QTemporaryDir folder;
        auto file =
            store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        ANDON_VERIFY_RESULT(file);
        const core::SystemClock clock;
        factory::SourceBoard board(clock);
        factory::Pin pin(clock);
        const factory::SiteParts parts{core::SiteName("ams"), clock, **file, board, pin};
        factory::VersionService service(parts, core::SourceName("lakefs"), std::move(made));
        const auto squashed = [&](const char *name) -> std::optional<core::CommitId> {
            if (!service.sync({}, {}))
                return core::CommitId("no sync");
            const auto view = service.repository(kData, factory::Access::CacheOnly, {});
            for (const factory::RefRow &row : view->value.refs)
                if (row.ref.name == core::RefName(name))
                    return row.squashed;
            return core::CommitId("no such branch");
        };
        QVERIFY(squashed("named") == idOf(1));
        QVERIFY(squashed("alike") == idOf(2));
        QVERIFY(!squashed("other"));
        QVERIFY(!squashed("main"));
        source.branches[1].commit = idOf(6); // went on
        QVERIFY(!squashed("named"));
    }
};

ANDON_SUITE(SquashedTest)
#include "squashed_test.moc"
