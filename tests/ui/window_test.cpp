// Every command of the window, by keyboard alone.
#include "models/celltable.h"
#include "tests/support/suite.h"
#include "tests/ui/plainhost.h"
#include "ui/charts/lanechart.h"
#include "ui/shell/bell.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/noticebook.h"
#include "ui/shell/noticelist.h"
#include "ui/shell/rail.h"
#include "ui/widgets/table.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>

using namespace andon;

namespace
{

constexpr core::Instant kNoon = core::Instant::fromSeconds(1'795'262'400);

/// A sample a minute for an hour, each its own minute.
void fill(ui::LaneChart &chart)
{
    telemetry::Series series;
    for (int i = 0; i <= 60; ++i) {
        series.t.push_back(kNoon.ms + i * core::kMinute);
        series.v.push_back(i);
    }
    chart.set({kNoon, kNoon + core::kHour}, {{.title = QStringLiteral("Lane"), .lines = {{{}, series, 0}}}});
}

QPoint middle(const ui::LaneChart &chart)
{
    return {chart.width() / 2, chart.height() / 3};
}

class PlainPage final : public ui::Page
{
public:
    PlainPage(QString title, QWidget *parent)
        : Page(parent)
        , m_title(std::move(title))
    {
        chart->resize(600, 300);
        fill(*chart);
        table->setObjectName(QStringLiteral("things"));
    }
    QString title() const override { return m_title; }
    core::Freshness freshness() const override { return {.state = core::FreshnessState::Live}; }
    void refresh(bool) override { ++refreshed; }
    bool open(const QString &link) override
    {
        if (link != QStringLiteral("thing:") + m_title)
            return false;
        m_selection = link;
        return true;
    }
    QString selection() const override { return m_selection; }
    bool settled() const override { return true; }
    int refreshed = 0;

private:
    QString m_title;
    QString m_selection;

    models::CellTable m_rows{{{QStringLiteral("Name"), 0, false, 0, text::wordField("name")},
                              {QStringLiteral("Size"), 80, true, 0, text::numberField("size")}}};

public:
    ui::LaneChart *const chart = new ui::LaneChart(this);
    ui::Table *const table = new ui::Table(m_rows, this);
};

class PlainBook final : public ui::NoticeBook
{
public:
    PlainBook() { set({{.id = 1, .name = "storage", .from = "Running", .to = "Slow", .link = "andon:///lineage"}}); }
    void markAllRead() override
    {
        auto read = all();
        read.front().seen = true;
        set(std::move(read));
    }
};

class TwoSites final : public test::PlainHost
{
public:
    using PlainHost::PlainHost;
    std::vector<ui::SiteTile> tiles() const override
    {
        return {{.name = core::SiteName("ams-1"), .title = QStringLiteral("Amsterdam")},
                {.name = core::SiteName("osl-1"), .title = QStringLiteral("Oslo")}};
    }
    void select(const core::SiteName &name) override { selected.push_back(name.value); }
    QStringList requestLog() const override { return {QStringLiteral("GET /")}; }
    ui::NoticeBook *notices() override { return &m_book; }

    std::vector<std::string> selected;

private:
    PlainBook m_book;
};

std::vector<ui::MainWindow::PageEntry> pages()
{
    const auto page = [](const char *key) {
        const QString title = QString::fromLatin1(key);
        return ui::MainWindow::PageEntry{
            .key = title, .title = title, .make = [title](ui::SiteHost &, QWidget *parent) {
                return static_cast<ui::Page *>(new PlainPage(title, parent));
            }};
    };
    ui::MainWindow::PageEntry gates = page("gates");
    gates.room = QStringLiteral("versions");
    return {page("floor"), page("versions"), gates, page("lineage")};
}

struct Shown {
    QTemporaryDir folder;
    TwoSites host{folder.path().toStdString()};
    ui::MainWindow window{host, pages()};
    Shown() { window.QWidget::show(); }
    [[nodiscard]] ui::LaneChart &chart() const { return *static_cast<PlainPage *>(window.currentPage())->chart; }
};

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // No failOnAnyWarning: the offscreen platform warns that it cannot raise or grab a popup.

    void everyCommandSaysWhatItIs()
    {
        Shown shown;
        std::map<QString, QString> byTitle;
        std::map<QString, QString> byKeys;
        for (const ui::UiCommand &command : shown.window.commands().commands()) {
            QVERIFY2(!command.id.isEmpty() && !command.title.isEmpty(), qPrintable(command.id));
            QVERIFY2(!command.group.isEmpty(), qPrintable(command.id));
            QVERIFY2(command.description.endsWith(u'.'), qPrintable(command.id));
            QVERIFY2(byTitle.emplace(command.title, command.id).second, qPrintable(command.title));
            const QString keys = command.keys.toString();
            QVERIFY2(keys.isEmpty() || byKeys.emplace(keys, command.id).second, qPrintable(keys));
            QVERIFY2(!shown.window.commands().holderOf(command.keys, command.id), qPrintable(keys));
        }
        QVERIFY(byTitle.size() > 30);
    }

    void pagesOfOneRoomHaveTabsAndOneItemInTheRail()
    {
        Shown shown;
        auto &tabs = *shown.window.findChild<QTabBar *>(QStringLiteral("room"));
        auto &rail = *shown.window.findChild<ui::Rail *>();
        const auto page = [&] { return shown.window.currentPage()->title(); };
        QVERIFY(!tabs.isVisible());
        Q_EMIT rail.chosen(1);
        QCOMPARE(page(), QStringLiteral("versions"));
        QVERIFY(tabs.isVisible());
        QCOMPARE(tabs.count(), 2);
        QCOMPARE(tabs.currentIndex(), 0);
        tabs.setCurrentIndex(1);
        QCOMPARE(page(), QStringLiteral("gates"));
        Q_EMIT rail.chosen(2); // the third item, the fourth page
        QCOMPARE(page(), QStringLiteral("lineage"));
        QVERIFY(!tabs.isVisible());
        Q_EMIT rail.chosen(1); // where it was left
        QCOMPARE(page(), QStringLiteral("gates"));
        QCOMPARE(tabs.currentIndex(), 1);
        QCOMPARE(rail.accessibleDescription(), QStringLiteral("versions"));
        shown.window.commands().run(QStringLiteral("room.next"));
        QCOMPARE(page(), QStringLiteral("versions"));
        QCOMPARE(tabs.currentIndex(), 0);
        shown.window.commands().run(QStringLiteral("back"));
        QCOMPARE(page(), QStringLiteral("gates"));
        QVERIFY(shown.window.commands().find(QStringLiteral("page.gates"))->keys.isEmpty());
    }

    void everyCommandRunsByKeyboardAlone_data()
    {
        QTest::addColumn<QString>("id");
        Shown shown;
        for (const ui::UiCommand &command : shown.window.commands().commands())
            QTest::newRow(qPrintable(command.id)) << command.id;
    }
    void everyCommandRunsByKeyboardAlone()
    {
        QFETCH(QString, id);
        Shown shown;
        ui::CommandRegistry &commands = shown.window.commands();
        QSignalSpy ran(&commands, &ui::CommandRegistry::ran);
        QSignalSpy refused(&commands, &ui::CommandRegistry::refused);
        const ui::UiCommand &command = *commands.find(id);
        if (command.whyNot
            && !command.whyNot().isEmpty()) { // it cannot now: then it says so, and the palette has it not
            commands.run(id);
            QCOMPARE(refused.size(), 1);
            QVERIFY(refused.front().front().toString().endsWith(u'.'));
            return;
        }
        shown.window.openPalette();
        auto *palette = shown.window.findChild<ui::CommandPalette *>();
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, command.title);
        QVERIFY(palette->shownCount() >= 1);
        QTest::keyClick(input, Qt::Key_Return);
        if (!command.prompt.isEmpty()) {
            QCOMPARE(input->placeholderText(), command.prompt);
            if (!command.choices)
                QTest::keyClicks(input, QStringLiteral("andon:///lineage"));
            QTest::keyClick(input, Qt::Key_Return);
        }
        QCOMPARE(ran.size(), 1);
        QCOMPARE(ran.front().front().toString(), id);
    }

    void keysRunThem()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        QTest::keySequence(&shown.window, QKeySequence(QStringLiteral("Alt+3")));
        QCOMPARE(shown.window.currentPage()->title(), QStringLiteral("lineage"));
        QTest::keySequence(&shown.window, QKeySequence(QStringLiteral("Alt+Left")));
        QCOMPARE(shown.window.currentPage()->title(), QStringLiteral("floor"));
        QTest::keySequence(&shown.window, QKeySequence(QStringLiteral("Alt+Right")));
        QCOMPARE(shown.window.currentPage()->title(), QStringLiteral("lineage"));
        QTest::keySequence(&shown.window, QKeySequence(QStringLiteral("Ctrl+2")));
        QCOMPARE(shown.host.selected, std::vector<std::string>{"osl-1"});
    }

    void theBellLeadsToWhatChanged()
    {
        Shown shown;
        auto *bell = shown.window.findChild<ui::Bell *>();
        QVERIFY(bell && bell->isVisible());
        QCOMPARE(bell->text(), QStringLiteral("1"));
        shown.window.commands().run(QStringLiteral("notices.read"));
        QCOMPARE(bell->text(), QString());
        bell->click();
        auto *list = shown.window.findChild<ui::NoticeList *>();
        QVERIFY(list);
        QTest::keyClick(list->findChild<ui::Table *>(), Qt::Key_Return);
        QCOMPARE(shown.window.currentPage()->title(), QStringLiteral("lineage"));
    }

    void aViewIsWhatIsShown()
    {
        Shown shown;
        const profile::View view{.page = "versions", .selection = "thing:versions", .from = "now-6h", .to = "now"};
        shown.window.openView(view);
        QVERIFY(shown.window.view() == view);
        const auto again = profile::viewOfLink(profile::linkOf(shown.window.view()));
        QVERIFY(again && *again == view);
        shown.window.showPage(QStringLiteral("floor"));
        shown.window.step(-1);
        QVERIFY(shown.window.view() == view);
    }

    void oneInstantIsMarkedOnEveryPage()
    {
        Shown shown;
        shown.window.showPage(QStringLiteral("versions"));
        const ui::LaneChart &other = shown.chart();
        shown.window.showPage(QStringLiteral("floor"));
        ui::LaneChart &first = shown.chart();
        QTest::mouseMove(&first, middle(first));
        const core::Instant at = shown.window.crosshair().at;
        QVERIFY(at.known() && !shown.window.crosshair().held);
        QVERIFY(first.instant().value(1).startsWith(QStringLiteral("Lane")));
        QCOMPARE(other.crosshair().at.ms, at.ms);
        QCOMPARE(other.instant(), first.instant());
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&first, &leave);
        QVERIFY(other.instant().isEmpty());
    }

    void aHeldInstantStaysUntilItIsReleased()
    {
        Shown shown;
        ui::LaneChart &first = shown.chart();
        auto *held = shown.window.findChild<QPushButton *>(QStringLiteral("held"));
        QTest::mouseClick(&first, Qt::LeftButton, {}, middle(first));
        const core::Instant at = shown.window.crosshair().at;
        QVERIFY(shown.window.crosshair().held);
        QVERIFY2(held->isVisible() && held->text().contains(QStringLiteral("2026-11-21 1")), qPrintable(held->text()));
        QTest::mouseMove(&first, middle(first) + QPoint(90, 0));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&first, &leave);
        shown.window.showPage(QStringLiteral("lineage")); // made only now
        QCOMPARE(shown.chart().crosshair().at.ms, at.ms);
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(!shown.window.crosshair().at.known() && !held->isVisible());
        QVERIFY(shown.chart().instant().isEmpty());
    }

    void aClickReleasesADragPansAndADoubleClickHoldsNothing()
    {
        Shown shown;
        ui::LaneChart &chart = shown.chart();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, middle(chart));
        QTest::mouseClick(&chart, Qt::LeftButton, {}, middle(chart) + QPoint(30, 0));
        QVERIFY(!shown.window.crosshair().held);
        QTest::mousePress(&chart, Qt::LeftButton, {}, middle(chart));
        QTest::mouseMove(&chart, middle(chart) + QPoint(40, 0));
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, middle(chart) + QPoint(40, 0));
        QVERIFY(!shown.window.crosshair().held);
        QVERIFY(chart.range().from < kNoon);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, middle(chart));
        QTest::mouseDClick(&chart, Qt::LeftButton, {}, middle(chart));
        QVERIFY(!shown.window.crosshair().held);
        QVERIFY(chart.range().from == kNoon);
    }

    void keysMoveItByASampleAndHoldIt()
    {
        Shown shown;
        ui::LaneChart &chart = shown.chart();
        const auto minute = [&] { return (shown.window.crosshair().at - kNoon) / core::kMinute; };
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(minute(), 60);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(minute(), 59);
        QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(minute(), 49);
        QTest::keyClick(&chart, Qt::Key_Space);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(minute(), 50);
        QVERIFY(shown.window.crosshair().held);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("Lane  50")));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!shown.window.crosshair().at.known());
    }

    void anInstantOutsideTheRangeIsNotDrawn()
    {
        Shown shown;
        shown.window.setCrosshair({kNoon - 1, true});
        QVERIFY(shown.chart().instant().isEmpty());
        shown.window.setCrosshair({kNoon, true});
        QCOMPARE(shown.chart().instant().value(1), QStringLiteral("Lane  0"));
    }

    void aViewBringsTheColumnsBackAndAStepDoesNot()
    {
        Shown shown;
        const profile::View view{.page = "versions", .from = "now-6h", .to = "now", .columns = {"things.size:90:down"}};
        const auto columns = [&] { return shown.window.view().columns; };
        shown.window.openView(view);
        QCOMPARE(profile::viewOfLink(profile::linkOf(shown.window.view()))->columns, view.columns);
        shown.window.showPage(QStringLiteral("floor"));
        QVERIFY(columns().empty());
        shown.window.step(-1);
        QCOMPARE(columns(), view.columns);
        static_cast<ui::Page *>(shown.window.currentPage())->setColumns({"things.name"});
        shown.window.step(1);
        shown.window.step(-1);
        QCOMPARE(columns(), std::vector<std::string>{"things.name"}); // going back is no change of looks
        shown.window.openView({.page = "versions", .from = "now-6h", .to = "now"});
        QVERIFY(columns().empty()); // as they were made
        shown.window.openView(view);
        QCOMPARE(columns(), view.columns);
    }

    void settingsAreChangedByCommands()
    {
        Shown shown;
        QSignalSpy changed(&shown.window, &ui::MainWindow::settingsChanged);
        shown.window.commands().run(QStringLiteral("theme.light"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(shown.host.settings().theme, std::string("light"));
    }
};

ANDON_SUITE(WindowTest)
#include "window_test.moc"
