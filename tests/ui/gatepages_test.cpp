// Quality gates, Branches and tags, Pull requests as pages: what they list, choose, say, ask for and open.
#include "models/celltable.h"
#include "tests/factory/gatedsite.h"
#include "tests/support/suite.h"
#include "ui/pages/gates/gatespage.h"
#include "ui/pages/pulls/pullspage.h"
#include "ui/pages/refs/refspage.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;

namespace
{

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

QStringList list(std::initializer_list<const char *> words)
{
    QStringList all;
    for (const char *word : words)
        all << QString::fromUtf8(word);
    return all;
}

Table *tableOf(const QWidget &page, const char *name)
{
    return page.findChild<Table *>(s(name));
}

QStringList column(const QWidget &page, const char *name, int column)
{
    QStringList all;
    const auto *model = tableOf(page, name)->model();
    for (int row = 0; row < model->rowCount(); ++row)
        all << model->index(row, column).data().toString();
    return all;
}

QString facts(const QWidget &page)
{
    return page.findChild<FactSheet *>()->text();
}

QString linkOf(const QWidget &page, const char *words)
{
    for (const Fact &fact : page.findChild<FactSheet *>()->facts())
        if (fact.value == s(words))
            return fact.link;
    return {};
}

bool says(const QWidget &page, const char *words)
{
    for (const Label *label : page.findChildren<Label *>())
        if (label->isVisible() && label->text().contains(s(words)))
            return true;
    return false;
}

template <typename Page> bool read(Page &page)
{
    page.resize(1376, 768);
    page.QWidget::show();
    page.refresh(true);
    return QTest::qWaitFor([&] { return page.settled(); }, 20'000);
}

/// No face without words, none that shows another's.
template <typename Page> void checkFaces(Page &page, const char *title)
{
    using State = core::FreshnessState;
    const core::Error refused{.kind = core::ErrorKind::Refused, .where = "lakefs", .server = "http://127.0.0.1:1"};
    page.pretend({.state = State::Stale, .at = {1000}, .error = refused}, true);
    QVERIFY(says(page, "http://127.0.0.1:1"));
    page.pretend({.state = State::Loading}, false);
    QVERIFY(says(page, "Loading"));
    page.pretend({.state = State::Unavailable, .error = refused}, false);
    QVERIFY(says(page, "http://127.0.0.1:1"));
    page.pretend({.state = State::Forbidden, .error = refused}, false);
    QVERIFY(says(page, "does not show this to your account"));
    page.pretend({.state = State::NotConfigured}, false);
    QVERIFY(says(page, "No source"));
    page.pretend({.state = State::Live, .at = {1000}}, false);
    QVERIFY(says(page, title));
}

} // namespace

class GatesPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whatFailsIsChosenAndItsOutputRead()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        const QAbstractItemModelTester tester(tableOf(page, "hooks")->model());
        QVERIFY(read(page));
        QCOMPARE(column(page, "hooks", 0), list({"Failed", "Skipped", "Passed", "Passed"}));
        QCOMPARE(column(page, "hooks", 1), list({"rows", "schema", "rows", "schema"}));
        QCOMPARE(page.selection(), s("gate:data@rows/pre-commit"));
        QVERIFY2(facts(page).contains(s("r3/0 wrote this")), qPrintable(facts(page)));
        QVERIFY(facts(page).contains(s("it was refused before there was one")));
        QVERIFY(linkOf(page, "Show the commit").isEmpty());
    }

    void theMergePastAGateStandsOnTop()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(read(page));
        QCOMPARE(column(page, "findings", 1), list({"schema did not run before: Commit 5"}));
        QCOMPARE(column(page, "findings", 5), list({"kim"}));
        QSignalSpy opened(&page, &Page::linkRequested);
        Table *findings = tableOf(page, "findings");
        Q_EMIT findings->doubleClicked(findings->model()->index(0, 0));
        const QString id = QString::fromStdString(test::GatedSite::id(5).value);
        QCOMPARE(opened.at(0).at(0).toString(), s("commit:data@") + id);
        findings->setCurrentIndex(findings->model()->index(0, 0));
        QTRY_VERIFY(page.settled());
        QCOMPARE(linkOf(page, "Compare with the commit before"), QStringLiteral("compare:data@%1~1...%1").arg(id));
        QVERIFY(facts(page).contains(s("Skipped")));
    }

    void aDatasetSaysItsRules()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(read(page));
        QCOMPARE(column(page, "datasets", 3), list({"2 d"}));
        QCOMPARE(column(page, "datasets", 4), list({"Merged past a gate · 2 of 2 ran"}));
        QCOMPARE(column(page, "datasets", 6), list({"Schema changed · v2 for 9 d"}));
        Table *datasets = tableOf(page, "datasets");
        datasets->setCurrentIndex(datasets->model()->index(0, 0));
        QVERIFY(facts(page).contains(s("changed along the default branch in the last 14 days")));
        QVERIFY(facts(page).contains(s("v2, before v1")));
    }

    void aLinkChoosesAHook()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(page.open(s("gate:data@schema")));
        QVERIFY(!page.open(s("commit:data@1")));
        QVERIFY(read(page));
        QCOMPARE(page.selection(), s("gate:data@schema/pre-commit"));
        page.setFilter(s("hook:rows"));
        QVERIFY(page.open(s("gate:data@schema/pre-merge")));
        QVERIFY(page.filter().isEmpty()); // what is asked for by a link is shown
        QCOMPARE(page.selection(), s("gate:data@schema/pre-merge"));
        QCOMPARE(column(page, "runs", 0), list({"Passed", "Skipped", "Failed"}));
        QSignalSpy said(&page, &Page::notice);
        QVERIFY(page.open(s("gate:data@none")));
        QCOMPARE(said.count(), 1);
    }

    void theWallIsFiltered()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(read(page));
        page.setFilter(s("month:>0 event:pre-commit"));
        QVERIFY(!page.filterBar()->problem());
        QCOMPARE(column(page, "hooks", 1), list({"rows"}));
        page.setFilter(s("zzz"));
        QVERIFY(says(page, "Nothing matches the filter"));
    }

    void anotherSitesHooksOpenNoCommitHere()
    {
        test::GatedSite gated(false);
        const auto west = gated.add("west", true);
        QVERIFY(west->gates().wall(factory::Access::Refresh, {}));
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(read(page));
        QCOMPARE(column(page, "hooks", 4).first(), s("west"));
        QVERIFY(page.open(s("gate:data@rows/pre-merge")));
        QTRY_VERIFY(page.settled());
        QVERIFY2(facts(page).contains(s("open the site west")), qPrintable(facts(page)));
        QVERIFY(linkOf(page, "Show the commit").isEmpty());
    }

    void everyFaceHasItsWords()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        GatesPage page(gated.site->gates(), worker, gated.clock);
        QVERIFY(read(page));
        checkFaces(page, "No repositories yet");
    }
};

class RefsPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void branchesAndTagsAreOneTable()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        const QAbstractItemModelTester tester(tableOf(page, "refs")->model());
        QVERIFY(read(page));
        QTRY_VERIFY(page.settled());
        QCOMPARE(column(page, "refs", 0), list({"Branches", "main", "wip", "dev", "old", "Tags", "v1.0"}));
        QCOMPARE(column(page, "refs", 1), list({"4", "Default", "", "Merged", "Stale", "1", ""}));
        QCOMPARE(page.selection(), s("refs:data@main"));
        page.setFilter(s("kind:branch ahead:>0"));
        QVERIFY(!page.filterBar()->problem());
        QCOMPARE(column(page, "refs", 0), list({"Branches", "wip", "old"}));
        page.setColumns({"refs.name", "refs.behind:90:down"});
        QVERIFY(std::find(page.columns().begin(), page.columns().end(), "refs.behind:90:down") != page.columns().end());
    }

    void whatIsNotCommittedIsAsked()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        QVERIFY(page.open(s("refs:data@wip")));
        QVERIFY(read(page));
        QTRY_COMPARE(page.selection(), s("refs:data@wip"));
        QTRY_VERIFY(facts(page).contains(s("when it is asked")));
        QCOMPARE(column(page, "refs", 8).at(2), s("—")); // not known is not clean
        for (QPushButton *button : page.findChildren<QPushButton *>())
            if (button->text() == u"Ask if uncommitted")
                button->click();
        QTRY_COMPARE(column(page, "refs", 8).at(2), s("Dirty"));
        QCOMPARE(column(page, "refs", 8).at(3), s("—"));
    }

    void whereItIsCanBeCopiedAndCompared()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        QVERIFY(page.open(s("refs:data@old")));
        QVERIFY(read(page));
        QTRY_VERIFY(facts(page).contains(s("Stale")));
        QCOMPARE(linkOf(page, "Compare with main"), s("compare:data@main...old"));
        const auto copied = [&page](const char *button) {
            for (QPushButton *one : page.findChildren<QPushButton *>())
                if (one->text() == s(button))
                    one->click();
            return QGuiApplication::clipboard()->text();
        };
        QCOMPARE(copied("Copy lakefs://"), s("lakefs://data/old/"));
        QCOMPARE(copied("Copy s3://"), s("s3://data/old/"));
        QCOMPARE(copied("Copy commit id"), QString::fromStdString(test::GatedSite::id(3).value));
    }

    void rowsThatGoChooseNothingMeanwhile()
    {
        const test::GatedSite gated;
        gated.source->listed.push_back({.id = core::RepositoryId("other"), .defaultBranch = core::RefName("main")});
        gated.source->listed.push_back({.id = core::RepositoryId("third"), .defaultBranch = core::RefName("main")});
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        QVERIFY(page.open(s("refs:third")));
        QVERIFY(read(page));
        QCOMPARE(column(page, "repositories", 0), list({"data", "other", "third"}));
        page.pretend({.state = core::FreshnessState::Loading}, false);
        QVERIFY(column(page, "repositories", 0).isEmpty());
        QCOMPARE(page.selection().section(u'@', 0, 0), s("refs:third"));
    }

    void aRepositoryThatIsNotThereIsLeft()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        QVERIFY(read(page));
        QSignalSpy said(&page, &Page::notice);
        QVERIFY(page.open(s("refs:none")));
        QTRY_COMPARE(said.count(), 1);
        QTRY_COMPARE(page.selection(), s("refs:data@main"));
    }

    void everyFaceHasItsWords()
    {
        const test::GatedSite gated;
        factory::Worker worker;
        RefsPage page(gated.site->refs(), worker, gated.clock);
        QVERIFY(read(page));
        QTRY_VERIFY(page.settled());
        checkFaces(page, "No repositories yet");
    }
};

class PullsPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void openOnesComeFirst()
    {
        const test::GatedSite gated;
        QVERIFY(gated.site->versions().sync({}, {}));
        factory::Worker worker;
        PullsPage page(gated.site->pulls(), worker, gated.clock);
        const QAbstractItemModelTester tester(tableOf(page, "pulls")->model());
        QVERIFY(read(page));
        QTRY_VERIFY(page.settled());
        QCOMPARE(column(page, "pulls", 0), list({"Open", "Merged"}));
        QCOMPARE(page.selection(), s("pull:data@p1"));
        QVERIFY2(facts(page).contains(s("Why\nnot")), qPrintable(facts(page)));
        QVERIFY(facts(page).contains(s("Commit 7")));
        QCOMPARE(linkOf(page, "Compare what it changes"),
                 QStringLiteral("compare:data@%1...%2")
                     .arg(QString::fromStdString(test::GatedSite::id(6).value),
                          QString::fromStdString(test::GatedSite::id(7).value)));
        page.setFilter(s("state:Merged"));
        QVERIFY(!page.filterBar()->problem());
        QCOMPARE(column(page, "pulls", 1), list({"Bring dev"}));
    }

    void aLinkShowsOne()
    {
        const test::GatedSite gated;
        QVERIFY(gated.site->versions().sync({}, {}));
        factory::Worker worker;
        PullsPage page(gated.site->pulls(), worker, gated.clock);
        QVERIFY(page.open(s("pull:data@p2")));
        QVERIFY(read(page));
        QTRY_VERIFY(facts(page).contains(s("Bring dev")));
        QCOMPARE(linkOf(page, "Show the merge"),
                 s("commit:data@") + QString::fromStdString(test::GatedSite::id(5).value));
        QSignalSpy said(&page, &Page::notice);
        QVERIFY(page.open(s("pull:data@p9")));
        QTRY_COMPARE(said.count(), 1);
    }

    void aServerWithoutThemSaysSo()
    {
        const test::GatedSite gated;
        gated.source->capabilities = {};
        QVERIFY(gated.site->versions().sync({}, {}));
        factory::Worker worker;
        PullsPage page(gated.site->pulls(), worker, gated.clock);
        QVERIFY(read(page));
        QVERIFY(says(page, "This server has no pull requests"));
        QVERIFY(says(page, "lakeFS has them since 1.35"));
    }

    void everyFaceHasItsWords()
    {
        const test::GatedSite gated;
        QVERIFY(gated.site->versions().sync({}, {}));
        factory::Worker worker;
        PullsPage page(gated.site->pulls(), worker, gated.clock);
        QVERIFY(read(page));
        QTRY_VERIFY(page.settled());
        checkFaces(page, "No pull requests yet");
    }
};

ANDON_SUITE(GatesPageTest)
ANDON_SUITE(RefsPageTest)
ANDON_SUITE(PullsPageTest)
#include "gatepages_test.moc"
