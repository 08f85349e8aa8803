// What a commit is and is about, as the cache of a site tells it.
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace andon;
using versions::CommitKind;
using versions::CommitNature;
using versions::KnownBy;

namespace
{

const core::RepositoryId kData("data");

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%08x%056x", 0xa0000000U + static_cast<unsigned>(n), n + 1);
    return core::CommitId(text);
}

/// 0 – 1 – 4 – 5 – 6 – 7 (main), 1 – 2 – 3 (dev), 1 – 8 (pick). 4 has the data of 3, 6 those of 4, 8 does what 2 did.
void tell(test::FakeVersionSource &source)
{
    const std::vector<std::vector<int>> parents{{}, {0}, {1}, {2}, {1}, {4}, {5}, {6}, {1}};
    const std::vector<int> trees{0, 1, 2, 3, 3, 5, 3, 7, 2};
    for (int i = 0; i < static_cast<int>(parents.size()); ++i) {
        versions::Commit commit{.id = idOf(i), .created = 1'700'000'000 + i * 3600LL};
        commit.metaRangeId = i == 0 ? "" : idOf(100 + trees[static_cast<std::size_t>(i)]).value;
        commit.generation = 1;
        for (const int parent : parents[static_cast<std::size_t>(i)]) {
            commit.parents.push_back(idOf(parent));
            commit.generation = source.commits.at(idOf(parent)).generation + 1;
        }
        source.commits[commit.id] = commit;
    }
    source.commits.at(idOf(7)).message = "Revert " + idOf(5).value.substr(0, 10);
    source.branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(7)},
                       {versions::RefKind::Branch, core::RefName("dev"), idOf(3)},
                       {versions::RefKind::Branch, core::RefName("pick"), idOf(8)}};
}

CommitNature byData(CommitKind kind, int about)
{
    return {kind, KnownBy::SameData, idOf(about), KnownBy::SameData};
}

} // namespace

class FactoryNatureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theCacheTellsWhatACommitIsAbout()
    {
        const QTemporaryDir folder;
        auto file =
            store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        ANDON_VERIFY_RESULT(file);
        const core::SystemClock clock;
        factory::SourceBoard board(clock);
        factory::Pin pin(clock);
        auto made = std::make_unique<test::FakeVersionSource>();
        test::FakeVersionSource &source = *made;
        tell(source);
        const factory::SiteParts parts{core::SiteName("ams"), clock, **file, board, pin};
        factory::VersionService service(parts, core::SourceName("lakefs"), std::move(made));
        ANDON_VERIFY_RESULT(service.sync({}, {}));

        const auto detail = [&](int n) { return *service.detail(kData, idOf(n), factory::Access::CacheOnly, {}); };
        QVERIFY(detail(4).nature == byData(CommitKind::Squash, 3));
        QVERIFY(detail(4).aboutCached);
        QVERIFY(detail(6).nature == byData(CommitKind::Revert, 5));
        QVERIFY(detail(8).nature == byData(CommitKind::CherryPick, 2));
        QVERIFY(detail(7).nature == (CommitNature{CommitKind::Revert, KnownBy::Message, idOf(5), KnownBy::Message}));
        QVERIFY(detail(2).nature == CommitNature{} && !detail(2).aboutCached);

        // A commit that no ref reaches, picked from one that the cache never saw.
        const std::string gone(64, 'd');
        versions::Commit lost{.id = core::CommitId(std::string(64, 'c')), .parents = {idOf(7)}, .generation = 9};
        lost.metadata = {{"cherry-pick-origin", gone}};
        source.commits[lost.id] = lost;
        const auto fetched = service.detail(kData, lost.id, factory::Access::Refresh, {});
        ANDON_VERIFY_RESULT(fetched);
        QVERIFY(fetched->nature
                == (CommitNature{CommitKind::CherryPick, KnownBy::Metadata, core::CommitId(gone), KnownBy::Metadata}));
        QVERIFY(!fetched->aboutCached);

        std::vector<core::CommitId> ids;
        for (int n = 0; n < 9; ++n)
            ids.push_back(idOf(n));
        const auto commits = service.commits(kData, ids);
        ANDON_VERIFY_RESULT(commits);
        const auto natures = service.natures(kData, *commits);
        ANDON_VERIFY_RESULT(natures);
        versions::KindsByData told; // what the pass over all of them finds
        for (int n = 0; n < 9; ++n) {
            const CommitNature &nature = (*natures)[static_cast<std::size_t>(n)];
            QVERIFY(nature == detail(n).nature);
            if (nature.by == KnownBy::SameData)
                told.emplace_back(idOf(n), nature.kind);
        }
        auto kinds = service.kindsByData(kData);
        ANDON_VERIFY_RESULT(kinds);
        std::sort(kinds->begin(), kinds->end());
        std::sort(told.begin(), told.end());
        QVERIFY(*kinds == told);
        QCOMPARE(told.size(), std::size_t{3});
    }
};

ANDON_SUITE(FactoryNatureTest)
#include "nature_test.moc"
