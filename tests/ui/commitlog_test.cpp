// The commit log under keys and folds: what is shown, what stays in place, what is marked.
#include "tests/support/suite.h"
#include "text/plain.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/logbar.h"
#include "ui/theme/tokens.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace andon;
using namespace andon::versions;
using ui::CommitLog;

namespace
{

Oid oid(int n)
{
    Oid id;
    id.bytes[0] = static_cast<std::uint8_t>(n);
    id.bytes[1] = static_cast<std::uint8_t>(n >> 8);
    id.bytes[31] = 1;
    return id;
}

/// 1 – 2 – … – n on main; 3 – 7 – 8 – 9 – 10 on side, merged by 11.
std::vector<GraphCommit> history(int n)
{
    std::vector<GraphCommit> all;
    for (int i = 1; i <= n; ++i) {
        GraphCommit c{.id = oid(i), .created = 1'000'000 + i * 86'400, .generation = i};
        if (i > 1)
            c.first = oid(i == 7 ? 3 : i == 11 ? 6 : i - 1);
        if (i == 11)
            c.second = oid(10);
        all.push_back(c);
    }
    return all;
}

factory::RepositoryView viewOf(int n)
{
    factory::RepositoryView view;
    view.repository.repository = {.id = core::RepositoryId("data"), .defaultBranch = RefName("main")};
    view.refs = {{.ref = {RefKind::Branch, RefName("main"), oid(n).id()}, .isDefault = true}};
    view.graph =
        std::make_shared<const CommitGraph>(CommitGraph::build(history(n), {view.refs.front().ref}, RefName("main")));
    return view;
}

/// With a branch and a tag of one name.
factory::RepositoryView withOld(factory::RepositoryView view, int branch = 6, int tag = 3)
{
    view.refs.push_back({.ref = {RefKind::Branch, RefName("old"), oid(branch).id()}});
    view.refs.push_back({.ref = {RefKind::Tag, RefName("old"), oid(tag).id()}});
    return view;
}

/// A log of n commits with its bar, as the page holds them.
struct Shown {
    explicit Shown(int n, QSize size = {900, 600})
        : bar(log, worker)
    {
        log.resize(size);
        log.show();
        set(viewOf(n));
    }
    void set(const factory::RepositoryView &made)
    {
        view = made;
        std::vector<Ref> refs;
        for (const factory::RefRow &row : view.refs)
            refs.push_back(row.ref);
        log.setGraph(view.graph, refs, view.gates, core::Instant::fromSeconds(3'000'000));
        bar.setRepository(view);
    }
    void press(Qt::Key key) { QTest::keyClick(&log, key); }
    void select(int n) { log.select(view.graph->rowOf(oid(n))); }
    [[nodiscard]] int selected() const { return log.selected() < 0 ? -1 : view.graph->oid(log.selected()).bytes[0]; }
    factory::Worker worker;
    CommitLog log;
    ui::LogBar bar;
    factory::RepositoryView view;
};

} // namespace

class CommitLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void keysFollowTheHistory()
    {
        Shown shown(11);
        shown.select(11);
        shown.press(Qt::Key_Right);
        QCOMPARE(shown.selected(), 6); // the first parent
        shown.press(Qt::Key_Left);
        QCOMPARE(shown.selected(), 11);
        shown.select(10);
        shown.press(Qt::Key_Left);
        QCOMPARE(shown.selected(), 11); // it is a second parent alone
        shown.select(10);
        shown.log.goAlongBranch(1);
        QCOMPARE(shown.selected(), 9);
        shown.log.goAlongBranch(-1);
        QCOMPARE(shown.selected(), 10);
        shown.log.goAlongBranch(-1);
        QCOMPARE(shown.selected(), 10); // the newest of its line
    }

    void whatACommitIsStandsInItsRow()
    {
        Shown shown(11);
        const auto row = [&](int n) {
            const QPoint at(120, 24 * (shown.view.graph->rowOf(oid(n)) + 1) + 12); // below the header
            QTest::mouseMove(shown.log.viewport(), at);
            return std::pair(shown.log.tipAt(at), shown.log.grab(QRect(0, at.y() - 12, 60, 24)).toImage());
        };
        versions::Commit commit{.id = oid(9).id(), .message = "Take it back"};
        shown.log.addCommits({commit}, {});
        const auto before = row(9);
        QVERIFY2(!before.first.contains(u"reverts"), qPrintable(before.first));
        shown.log.addCommits({commit}, {{versions::CommitKind::Revert, versions::KnownBy::SameData, oid(8).id()}});
        const auto after = row(9);
        QVERIFY2(after.first.endsWith(QStringLiteral("reverts ") + text::shortId(oid(8).id().value)),
                 qPrintable(after.first));
        QVERIFY(before.second != after.second); // its shape among the lanes
    }

    void runsFoldAndUnfold()
    {
        Shown shown(11);
        QSignalSpy changed(&shown.bar, &ui::LogBar::changed);
        shown.select(11);
        shown.bar.setDetail(ShapeOptions::Detail::Runs);
        QTRY_COMPARE(changed.count(), 1);
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.selected(), 10); // 10 … 7 are one row
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.selected(), 6);
        shown.press(Qt::Key_Right); // from the oldest of the run
        QCOMPARE(shown.selected(), 3);
        shown.select(10);
        shown.press(Qt::Key_Return);
        QTRY_COMPARE(changed.count(), 2);
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.selected(), 9);
    }

    void whatIsHiddenIsShownWhenItIsWanted()
    {
        Shown shown(11);
        QSignalSpy changed(&shown.bar, &ui::LogBar::changed);
        shown.bar.setDetail(ShapeOptions::Detail::Runs);
        QTRY_COMPARE(changed.count(), 1);
        shown.select(5);
        QTRY_COMPARE(shown.selected(), 5);
        QCOMPARE(shown.bar.options().detail, ShapeOptions::Detail::Runs); // its run alone was unfolded
        shown.bar.setMergesFolded(true);
        QTRY_COMPARE(changed.count(), 3);
        shown.select(8);
        QTRY_COMPARE(shown.selected(), 8);
        QVERIFY(shown.bar.options().isWhole());
    }

    void onlyTheChosenBranches()
    {
        Shown shown(11);
        shown.set(withOld(shown.view));
        QSignalSpy changed(&shown.bar, &ui::LogBar::changed);
        shown.bar.toggleBranch(QString::fromStdString(oid(6).id().value), QStringLiteral("old"));
        QTRY_COMPARE(changed.count(), 1);
        shown.press(Qt::Key_Home);
        QCOMPARE(shown.selected(), 6);
        shown.bar.toggleBranch(QString::fromStdString(oid(6).id().value), QStringLiteral("old"));
        QTRY_COMPARE(changed.count(), 2);
        shown.press(Qt::Key_Home);
        QCOMPARE(shown.selected(), 11);
    }

    void whatIsChosenFollowsTheBranchAndEndsWithIt()
    {
        Shown shown(11);
        shown.set(withOld(shown.view));
        QSignalSpy edited(&shown.bar, &ui::LogBar::edited);
        QSignalSpy missing(&shown.bar, &ui::LogBar::missing);
        const core::RepositoryId data("data");
        shown.bar.setShown(data, {"structure", "odd", "merges", "branch:old", "tag:old", "branch:gone"});
        QCOMPARE(shown.bar.shown(data), (std::vector<std::string>{"structure", "merges", "branch:old", "tag:old"}));
        QCOMPARE(missing.takeFirst().front().toStringList(), QStringList{QStringLiteral("gone")});
        QVERIFY(shown.bar.options().heads == (std::vector{oid(6), oid(3)}));
        QCOMPARE(shown.bar.shown(core::RepositoryId("other")), (std::vector<std::string>{"structure", "merges"}));
        factory::RepositoryView moved = withOld(viewOf(12), 5);
        moved.refs.pop_back();
        shown.set(moved);
        QVERIFY(shown.bar.options().heads == std::vector{oid(5)});
        QCOMPARE(missing.size(), 1);
        QVERIFY(edited.isEmpty()); // nobody did that
        shown.bar.showAllRefs();
        QCOMPARE(shown.bar.shown(data), (std::vector<std::string>{"structure", "merges"}));
        QCOMPARE(edited.size(), 1);
    }

    void whatIsChosenWaitsForItsRepository()
    {
        Shown shown(11);
        const core::RepositoryId other("other");
        shown.bar.setShown(other, {"runs", "branch:old"});
        QVERIFY(shown.bar.options().isWhole());
        QCOMPARE(shown.bar.shown(other), (std::vector<std::string>{"runs", "branch:old"}));
        shown.set(shown.view); // the one that is left is read once more
        QVERIFY(shown.bar.options().isWhole());
        factory::RepositoryView view = withOld(viewOf(12));
        view.repository.repository.id = other;
        shown.set(view);
        QCOMPARE(shown.bar.shown(other), (std::vector<std::string>{"runs", "branch:old"}));
        QVERIFY(shown.bar.options().heads == std::vector{oid(6)});
    }

    void aViewHidesWhatItHid()
    {
        Shown shown(11);
        QSignalSpy changed(&shown.bar, &ui::LogBar::changed);
        const core::RepositoryId data("data");
        shown.bar.setShown(data, {"runs"});
        QTRY_COMPARE(changed.count(), 1);
        shown.select(9); // in a run: it would be unfolded, and then all is wanted as it was
        shown.bar.setShown(data, {"merges"});
        QTRY_COMPARE(changed.count(), 2);
        QCOMPARE(shown.selected(), 9);
        QCOMPARE(shown.bar.shown(data), std::vector<std::string>{"merges"});
    }

    void aMarkOnTheStripLeadsToItsCommit()
    {
        Shown shown(250, {900, 120});
        factory::RepositoryView view = withOld(shown.view, 6, 150);
        view.gates = std::make_shared<const std::map<Oid, GateSummary>>(
            std::map<Oid, GateSummary>{{oid(60), {.completed = 1, .failed = 2}}, {oid(61), {.skipped = 1}}});
        shown.set(view);
        QWidget &port = *shown.log.viewport();
        const auto strip = [&](int n, int x) {
            const int top = ui::metric::kRow;
            return QPoint(port.width() - ui::LogStrip::kWidth + x,
                          top + shown.view.graph->rowOf(oid(n)) * (port.height() - top - 4) / 250 + 1);
        };
        const auto seen = [&](int n) {
            const int first = shown.log.verticalScrollBar()->value();
            const std::int32_t row = shown.view.graph->rowOf(oid(n));
            return row >= first && row < first + shown.log.verticalScrollBar()->pageStep();
        };
        shown.select(250);
        QTest::mousePress(&port, Qt::LeftButton, {}, strip(60, 10));
        QCOMPARE(shown.selected(), 60);
        QVERIFY(seen(60));
        QVERIFY2(shown.log.tipAt(strip(60, 10)).startsWith(QStringLiteral("2 hooks failed\n")),
                 qPrintable(shown.log.tipAt(strip(60, 10))));
        QTest::mousePress(&port, Qt::LeftButton, {}, strip(60, 10)); // at the same place there is another
        QCOMPARE(shown.selected(), 61);
        QTest::mousePress(&port, Qt::LeftButton, {}, strip(150, 6));
        QCOMPARE(shown.selected(), 150);
        QVERIFY(seen(150));
        QVERIFY(shown.log.tipAt(strip(150, 6)).startsWith(QStringLiteral("Tag old\n")));
        shown.log.setMatches(true, {shown.view.graph->rowOf(oid(20))}, false);
        QTest::mousePress(&port, Qt::LeftButton, {}, strip(20, 2));
        QCOMPARE(shown.selected(), 20);
        QVERIFY(shown.log.tipAt(strip(20, 2)).startsWith(QStringLiteral("Match\n")));
        QTest::mousePress(&port, Qt::LeftButton, {}, strip(110, 2)); // no mark: it goes there and selects nothing
        QCOMPARE(shown.selected(), 20);
        QVERIFY(seen(110));
        QVERIFY(shown.log.tipAt(strip(110, 2)).isEmpty());
        shown.log.setMatches(true, {shown.view.graph->rowOf(oid(20))}, true);
        QVERIFY(shown.log.tipAt(strip(60, 10)).isEmpty()); // it is not shown, so it has no mark
    }

    void aMarkOfWhatIsFoldedUnfoldsIt()
    {
        Shown shown(11);
        shown.set(withOld(shown.view, 6, 9));
        QSignalSpy changed(&shown.bar, &ui::LogBar::changed);
        shown.bar.setMergesFolded(true);
        QTRY_COMPARE(changed.count(), 1);
        QWidget &port = *shown.log.viewport();
        const int top = ui::metric::kRow;
        const int y = top + shown.view.graph->rowOf(oid(9)) * (port.height() - top - 4) / 11 + 1;
        QTest::mousePress(&port, Qt::LeftButton, {}, {port.width() - ui::LogStrip::kWidth + 6, y});
        QTRY_COMPARE(shown.selected(), 9);
    }

    void twoAreMarked()
    {
        Shown shown(11);
        QSignalSpy marks(&shown.log, &CommitLog::marksChanged);
        shown.select(4);
        shown.log.mark(CommitLog::Mark::A);
        shown.select(9);
        shown.log.mark(CommitLog::Mark::B);
        QVERIFY(shown.log.marked(CommitLog::Mark::A) == oid(4));
        QVERIFY(shown.log.marked(CommitLog::Mark::B) == oid(9));
        shown.log.mark(CommitLog::Mark::B);
        QVERIFY(!shown.log.marked(CommitLog::Mark::B));
        QCOMPARE(marks.count(), 3);
    }

    void whatIsReadStaysWhenCommitsCome()
    {
        Shown shown(200, {900, 300});
        shown.log.verticalScrollBar()->setValue(50);
        shown.set(viewOf(207));
        QCOMPARE(shown.log.verticalScrollBar()->value(), 57);
        shown.log.verticalScrollBar()->setValue(0);
        shown.set(viewOf(210));
        QCOMPARE(shown.log.verticalScrollBar()->value(), 0); // at the top what is new is seen
    }
};

ANDON_SUITE(CommitLogTest)
#include "commitlog_test.moc"
