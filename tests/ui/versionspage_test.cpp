// What the page of versions shows as its cache grows.
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"
#include "ui/pages/versions/versionspage.h"

#include <QListView>
#include <QTemporaryDir>

using namespace andon;

class VersionsPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aRepositoryThatCameLaterIsListed()
    {
        const QTemporaryDir dir;
        auto cache =
            store::DatabaseFile::open(dir.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        QVERIFY(cache);
        const core::SystemClock clock;
        factory::SourceBoard board(clock);
        factory::Pin pin(clock);
        auto made = std::make_unique<test::FakeVersionSource>();
        test::FakeVersionSource &source = *made;
        const versions::Commit first{
            .id = core::CommitId(std::string(64, 'a')), .created = 1'700'000'000, .generation = 1};
        source.commits[first.id] = first;
        source.branches = {{versions::RefKind::Branch, core::RefName("main"), first.id}};
        factory::VersionService service(factory::SiteParts{core::SiteName("ams"), clock, **cache, board, pin},
                                        core::SourceName("lakefs"), std::move(made));
        QVERIFY(service.sync({}, {}));

        factory::Worker worker;
        ui::VersionsPage page(service, worker, clock);
        const auto shows = [&page](const char *name) {
            for (const QListView *list : page.findChildren<QListView *>())
                for (int row = 0; list->model() && row < list->model()->rowCount(); ++row)
                    if (list->model()->index(row, 0).data().toString().contains(QLatin1String(name)))
                        return true;
            return false;
        };
        page.refresh(false);
        QTRY_VERIFY(shows("data"));
        QVERIFY(!shows("later"));
        source.listed.push_back({.id = core::RepositoryId("later"), .defaultBranch = core::RefName("main")});
        QVERIFY(service.sync({}, {})); // as `andonctl sync` does beside the window
        page.refresh(false);
        QTRY_VERIFY(shows("later"));
        QTRY_VERIFY(page.settled());
        QCOMPARE(page.selection(), QStringLiteral("commit:data@") + QString(64, u'a'));
    }
};

ANDON_SUITE(VersionsPageTest)
#include "versionspage_test.moc"
