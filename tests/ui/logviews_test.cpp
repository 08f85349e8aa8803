// What of the log is folded and which branches are chosen: commands of the palette, steps of the history, and part of
// views and links.
#include "factory/registryservice.h"
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"
#include "tests/ui/plainhost.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/savedviews.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace andon;
using Words = std::vector<std::string>;

namespace
{

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n + 1);
    return core::CommitId(text);
}

/// 0 – 1 – 2 – 5 – 6 (main), 2 – 3 – 4 (dev), in two repositories.
void tell(test::FakeVersionSource &source)
{
    const std::vector<std::vector<int>> parents{{}, {0}, {1}, {2}, {3}, {2}, {5}};
    for (int i = 0; i < 7; ++i) {
        versions::Commit commit{.id = idOf(i), .created = 1'700'000'000 + i * 3600LL, .generation = i + 1};
        for (const int parent : parents[static_cast<std::size_t>(i)])
            commit.parents.push_back(idOf(parent));
        source.commits[commit.id] = commit;
    }
    source.branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(6)},
                       {versions::RefKind::Branch, core::RefName("dev"), idOf(4)},
                       {versions::RefKind::Tag, core::RefName("v1"), idOf(1)}};
    source.listed.push_back({.id = core::RepositoryId("other"), .defaultBranch = core::RefName("main")});
}

/// A window with the page of versions over a cache, and one more page.
struct Desk {
    QTemporaryDir folder;
    core::SystemClock clock;
    factory::SourceBoard board{clock};
    factory::Pin pin{clock};
    std::unique_ptr<store::DatabaseFile> cache;
    std::unique_ptr<factory::VersionService> service;
    std::unique_ptr<factory::RegistryService> registry;
    std::unique_ptr<test::PlainHost> host;
    std::unique_ptr<ui::MainWindow> window;

    Desk()
    {
        cache = std::move(*store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(),
                                                     store::cacheSchema()));
        auto made = std::make_unique<test::FakeVersionSource>();
        tell(*made);
        const factory::SiteParts parts{core::SiteName("ams"), clock, *cache, board, pin};
        service = std::make_unique<factory::VersionService>(parts, core::SourceName("lakefs"), std::move(made));
        registry = std::make_unique<factory::RegistryService>(parts, core::SourceName("mlflow"), nullptr, *service);
        (void)service->sync({}, {});
        host = std::make_unique<test::PlainHost>(folder.path().toStdString());
        const auto page = [this](ui::SiteHost &, QWidget *parent) {
            return static_cast<ui::Page *>(new ui::VersionsPage(*service, *registry, host->worker(), clock, parent));
        };
        window = std::make_unique<ui::MainWindow>(
            *host,
            std::vector<ui::MainWindow::PageEntry>{
                {.key = QStringLiteral("versions"), .title = QStringLiteral("Versions"), .make = page},
                {.key = QStringLiteral("again"), .title = QStringLiteral("Again"), .make = page}});
        window->QWidget::show();
    }
    void run(const char *command, const char *argument = "")
    {
        window->commands().run(QString::fromLatin1(command), QString::fromLatin1(argument));
    }
    [[nodiscard]] bool settled() const { return window->settled() && !window->currentPage()->selection().isEmpty(); }
    [[nodiscard]] Words showing() const { return window->view().shown; }
};

} // namespace

class LogViewsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // No failOnAnyWarning: the offscreen platform warns that it cannot raise or grab a popup.

    void aLinkToARepositoryMayFilterIt()
    {
        Desk desk;
        desk.window->openLink(QStringLiteral("repository:other?message:\"of other\""));
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.window->currentPage()->filter(), QStringLiteral("message:\"of other\""));
        QVERIFY(!desk.window->currentPage()->selection().contains(u'?'));
        QVERIFY(desk.window->currentPage()->selection().contains(u":other"));
    }

    void everyChoiceIsACommandAndPartOfALink()
    {
        Desk desk;
        desk.window->openView({.page = "versions", .selection = "repository:data"});
        QTRY_VERIFY(desk.settled());
        QVERIFY(desk.showing().empty());
        desk.run("log.structure");
        desk.run("log.merges");
        desk.run("log.only", "branch:dev");
        desk.run("log.only", "tag:v1");
        desk.run("log.matches");
        const Words all{"structure", "merges", "branch:dev", "tag:v1", "others"};
        QCOMPARE(desk.showing(), all);
        QTRY_VERIFY(desk.settled());
        const std::string link = profile::linkOf(desk.window->view());
        QVERIFY2(link.find("show=branch%3Adev") != std::string::npos, link.c_str());
        desk.run("log.only", "tag:v1"); // and back
        QCOMPARE(desk.showing(), (Words{"structure", "merges", "branch:dev", "others"}));
        desk.run("log.everywhere");
        QCOMPARE(desk.showing(), (Words{"structure", "merges", "others"}));
        desk.run("log.all");
        desk.run("log.matches");
        QVERIFY(desk.showing().empty());
        desk.run("log.runs");
        desk.window->openLink(QString::fromStdString(link));
        QCOMPARE(desk.showing(), all);
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.showing(), all);
        QCOMPARE(desk.window->findChild<QComboBox *>()->currentIndex(), 2);
        desk.window->openView({.page = "versions", .selection = "repository:data"});
        QVERIFY(desk.showing().empty()); // a view that says nothing shows all
    }

    void aStepBackUnfolds()
    {
        Desk desk;
        desk.window->openView({.page = "versions", .selection = "repository:data"});
        QTRY_VERIFY(desk.settled());
        desk.run("log.runs");
        QTRY_VERIFY(desk.settled());
        desk.run("log.only", "branch:dev");
        QTRY_VERIFY(desk.settled());
        for (auto *box : desk.window->currentPage()->findChildren<QCheckBox *>())
            if (box->text() == QStringLiteral("Only matches"))
                box->click(); // by the mouse it is a step too
        QCOMPARE(desk.showing(), (Words{"runs", "branch:dev", "others"}));
        desk.run("back");
        QCOMPARE(desk.showing(), (Words{"runs", "branch:dev"}));
        desk.run("back");
        QCOMPARE(desk.showing(), Words{"runs"});
        QTRY_VERIFY(desk.settled());
        desk.run("back");
        QVERIFY(desk.showing().empty());
        desk.run("forward");
        desk.run("forward");
        QTRY_VERIFY(desk.settled());
        QCOMPARE(desk.showing(), (Words{"runs", "branch:dev"}));
    }

    void aSavedViewBringsItBack()
    {
        Desk desk;
        desk.window->openView({.page = "versions", .selection = "repository:data"});
        QTRY_VERIFY(desk.settled());
        desk.run("log.structure");
        desk.run("log.only", "branch:dev");
        desk.run("view.save", "Dev");
        QTRY_VERIFY(desk.window->savedViews().find(QStringLiteral("Dev")));
        desk.window->openView({.page = "versions", .selection = "repository:other"});
        QTRY_VERIFY(desk.settled() && desk.window->currentPage()->selection().contains(QStringLiteral("other")));
        QVERIFY(desk.showing().empty());
        desk.run("view.open", "Dev"); // of a repository that must be read first
        QCOMPARE(desk.showing(), (Words{"structure", "branch:dev"}));
        QTRY_VERIFY(desk.settled() && desk.window->currentPage()->selection().contains(QStringLiteral("data")));
        QCOMPARE(desk.showing(), (Words{"structure", "branch:dev"}));
        desk.window->openView({.page = "versions", .selection = "repository:other", .shown = {"branch:gone", "runs"}});
        QTRY_VERIFY(desk.settled() && desk.window->currentPage()->selection().contains(QStringLiteral("other")));
        QCOMPARE(desk.showing(), Words{"runs"}); // what is not there is left out
    }

    void thePaletteAsksWhichBranch()
    {
        Desk desk;
        desk.window->openView({.page = "versions", .selection = "repository:data"});
        QTRY_VERIFY(desk.settled());
        desk.window->openPalette();
        auto *palette = desk.window->findChild<ui::CommandPalette *>();
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("Only a branch or tag"));
        QTest::keyClick(input, Qt::Key_Return);
        QTest::keyClicks(input, QStringLiteral("dev"));
        QCOMPARE(palette->shownCount(), 1);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(desk.showing(), Words{"branch:dev"});
    }
};

ANDON_SUITE(LogViewsTest)
#include "logviews_test.moc"
