// What the page of versions shows as its cache grows.
#include "factory/registryservice.h"
#include "tests/factory/gatedsite.h"
#include "tests/support/suite.h"
#include "ui/pages/versions/commitdetails.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/usedby.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/widgets/label.h"

#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace andon;

class VersionsPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    static QStringList texts(const QWidget &page)
    {
        QStringList all;
        for (const ui::Label *label : page.findChildren<ui::Label *>())
            if (label->isVisible())
                all << label->text();
        return all;
    }

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

        factory::RegistryService registry(factory::SiteParts{core::SiteName("ams"), clock, **cache, board, pin},
                                          core::SourceName("mlflow"), nullptr, service);
        factory::Worker worker;
        ui::VersionsPage page(service, registry, worker, clock);
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

    void aMergeThatNoRefTookWasRefusedByItsGate()
    {
        test::GatedSite gated;
        gated.commit(*gated.source, 99, {2, 4}, 40); // run r1 failed before it
        gated.commit(*gated.source, 98, {2, 4}, 41); // of a branch that was deleted: its hooks were content
        gated.run(*gated.source, "r98", "pre-merge", 98, 41, versions::HookStatus::Completed,
                  versions::HookStatus::Completed);
        factory::Site &site = *gated.site;
        QVERIFY(site.versions().sync({}, {}));
        factory::Worker worker;
        ui::VersionsPage page(site.versions(), site.registry(), worker, gated.clock);
        page.resize(1400, 800);
        page.show();
        const auto open = [&page](int n) {
            return page.open(QStringLiteral("commit:data@") + QString::fromStdString(test::GatedSite::id(n).value));
        };
        auto *log = page.findChild<ui::CommitLog *>();
        for (const auto &[n, refused, words] : {std::tuple(99, true, "no branch or tag: a gate refused it"),
                                                {98, false, "no branch or tag"},
                                                {6, false, "main, wip"}}) {
            QVERIFY(open(n));
            QTRY_VERIFY2(page.settled() && texts(page).contains(QLatin1String(words)),
                         qPrintable(texts(page).join(u'|')));
            QCOMPARE(log->isRefused(log->selected()), refused);
            const QStringList said = texts(page).filter(QRegularExpression(QStringLiteral("gate")));
            QVERIFY2(said.contains(QStringLiteral("Refused by a gate: schema")) == refused,
                     qPrintable(said.join(u'|')));
        }
    }

    void aCommitLeadsToItsChildren()
    {
        test::GatedSite gated;
        factory::Site &site = *gated.site;
        QVERIFY(site.versions().sync({}, {}));
        factory::Worker worker;
        ui::VersionsPage page(site.versions(), site.registry(), worker, gated.clock);
        page.resize(1400, 800);
        page.show();
        const auto link = [](int n) {
            return QStringLiteral("commit:data@") + QString::fromStdString(test::GatedSite::id(n).value);
        };
        QVERIFY(page.open(link(1)));
        QTRY_VERIFY(page.settled());
        QTRY_VERIFY(texts(page).contains(QStringLiteral("Children"))); // 2 and 3
        QVERIFY(page.open(link(6)));
        QTRY_VERIFY(page.settled() && texts(page).contains(QStringLiteral("Child"))); // 7
        QVERIFY(page.open(link(7)));
        QTRY_VERIFY(page.settled() && texts(page).filter(QStringLiteral("Child")).isEmpty());

        ui::CommitDetails details;
        QSignalSpy asked(&details, &ui::CommitDetails::commitRequested);
        factory::CommitDetail detail;
        detail.commit.id = core::CommitId(std::string(64, 'b'));
        const std::vector children{core::CommitId(std::string(64, 'c')), core::CommitId(std::string(64, 'd'))};
        details.setDetail(core::RepositoryId("data"), detail, {.children = children, .moreChildren = 5}, {});
        for (QPushButton *button : details.findChildren<QPushButton *>())
            if (button->text() == QString(12, u'd'))
                button->click();
        QCOMPARE(asked.value(0).value(0).toString(), QString(64, u'd'));
        const auto labels = details.findChildren<ui::Label *>();
        QVERIFY(
            std::any_of(labels.begin(), labels.end(), [](const ui::Label *l) { return l->text() == u"and 5 more"; }));
    }

    void theSelectedMatchSaysItsPlace()
    {
        test::GatedSite gated;
        factory::Site &site = *gated.site;
        QVERIFY(site.versions().sync({}, {}));
        factory::Worker worker;
        ui::VersionsPage page(site.versions(), site.registry(), worker, gated.clock);
        page.resize(1400, 800);
        page.show();
        page.refresh(false);
        QTRY_VERIFY(page.settled());
        page.setFilter(QStringLiteral("author:lee")); // commits 6, 4 and 2: the first is selected
        auto *log = page.findChild<ui::CommitLog *>();
        for (const auto *words : {"Match 1 of 3", "Match 2 of 3", "Match 3 of 3", "Match 1 of 3"}) {
            QTRY_VERIFY2(texts(page).contains(QLatin1String(words)), qPrintable(texts(page).join(u'|')));
            log->nextMatch(1);
        }
        page.open(QStringLiteral("commit:data@") + QString::fromStdString(test::GatedSite::id(5).value));
        QTRY_VERIFY(page.settled() && texts(page).filter(QStringLiteral("Match ")).isEmpty()); // none of them
    }

    void aCommitLeadsToItsComparisonAndItsObjects()
    {
        ui::CommitDetails details;
        QSignalSpy asked(&details, &ui::CommitDetails::linkRequested);
        const auto click = [&](const char *words) {
            for (QPushButton *button : details.findChildren<QPushButton *>())
                if (button->text() == QLatin1String(words) && !button->isHidden())
                    button->click();
        };
        factory::CommitDetail detail;
        detail.commit.id = core::CommitId(std::string(64, 'b'));
        details.setDetail(core::RepositoryId("data"), detail, {}, {});
        click("Compare");
        QCOMPARE(asked.size(), 0); // a first commit has nothing to compare with
        click("Objects");
        QCOMPARE(asked.takeFirst().front().toString(), QStringLiteral("objects:data@%1/").arg(QString(64, u'b')));
        detail.commit.parents = {core::CommitId(std::string(64, 'a'))};
        details.setDetail(core::RepositoryId("data"), detail, {}, {});
        click("Compare");
        QCOMPARE(asked.takeFirst().front().toString(),
                 QStringLiteral("compare:data@%1..%2").arg(QString(64, u'a'), QString(64, u'b')));
    }

    void aCommitSaysWhatItIsAndNamesTheOther()
    {
        using versions::CommitKind;
        using versions::KnownBy;
        ui::CommitDetails details;
        QSignalSpy asked(&details, &ui::CommitDetails::commitRequested);
        factory::CommitDetail detail;
        detail.commit.id = core::CommitId(std::string(64, 'b'));
        detail.commit.parents = {core::CommitId(std::string(64, 'a'))};
        const core::CommitId other(std::string(64, 'e'));
        const auto texts = [&] {
            details.setDetail(core::RepositoryId("data"), detail, {}, {});
            QStringList all;
            for (const ui::Label *label : details.findChildren<ui::Label *>())
                if (!label->isHidden())
                    all << label->text();
            return all;
        };
        detail.nature = {CommitKind::Squash, KnownBy::SameData, other, KnownBy::SameData};
        detail.aboutCached = true;
        QVERIFY(texts().contains(QStringLiteral("Squash merge, by same data")));
        QVERIFY(texts().contains(QStringLiteral("Squash of")));
        auto *button = details.findChild<QPushButton *>(QStringLiteral("about"));
        QVERIFY(button && button->text() == QString(12, u'e') && !button->toolTip().isEmpty());
        button->click();
        QCOMPARE(asked.takeFirst().front().toString(), QString(64, u'e'));
        detail.nature = {CommitKind::Squash, KnownBy::Metadata, other, KnownBy::SameData};
        QVERIFY(texts().contains(QStringLiteral("Squash merge, by its metadata")));
        QVERIFY(texts().contains(QStringLiteral("by same data"))); // the head is
        detail.nature = {CommitKind::CherryPick, KnownBy::Metadata, other, KnownBy::Metadata};
        detail.aboutCached = false; // a link would lead nowhere
        QVERIFY(texts().contains(QStringLiteral("Picked from")));
        const auto named = texts().filter(QString(12, u'e'));
        QVERIFY2(named.size() == 1 && named.front().contains(QStringLiteral("in no branch or tag")),
                 qPrintable(named.join(u'|')));
        detail.nature = {CommitKind::Revert, KnownBy::Message};
        QVERIFY(texts().contains(QStringLiteral("Revert, by its message")));
        QVERIFY(!texts().contains(QStringLiteral("Reverts"))); // nothing tells what
    }

    void aCommitSaysWhoUsedIt()
    {
        ui::UsedBy card;
        const core::Instant now = core::Instant::fromSeconds(1'800'000'000);
        card.set({}, now);
        QVERIFY(card.isHidden());
        lineage::Use use{
            .run = core::RunId("abcdef0123456789"), .name = "run-812", .status = lineage::RunStatus::Finished};
        use.started = now - core::kDay;
        use.method = lineage::EdgeMethod::Declared;
        use.dataset = "<b>claims</b>"; // a server's word
        use.made = {{core::ModelName("fraud-llm"), core::ModelVersionNumber("13")},
                    {core::ModelName("fraud-llm"), core::ModelVersionNumber("14")}};
        card.set({.uses = {use}}, now);
        QVERIFY(!card.isHidden());
        QSignalSpy asked(&card, &ui::UsedBy::linkRequested);
        const auto links = card.findChildren<QPushButton *>();
        QCOMPARE(links.size(), 2);
        links.back()->click();
        QCOMPARE(asked.front().front().toString(), QStringLiteral("model:fraud-llm@14"));
        QStringList texts;
        for (const ui::Label *label : card.findChildren<ui::Label *>())
            texts << label->text();
        QVERIFY2(texts.contains(QStringLiteral("read <b>claims</b>")), qPrintable(texts.join(u'|')));
        card.set({.usesError = core::Error{.kind = core::ErrorKind::Storage, .detail = "no such table"}}, now);
        QVERIFY(!card.isHidden());
        QVERIFY(card.findChildren<QPushButton *>().isEmpty()
                || !card.findChildren<QPushButton *>().front()->isVisibleTo(&card));
    }
};

ANDON_SUITE(VersionsPageTest)
#include "versionspage_test.moc"
