// The filter bar by keyboard, and the table that it filters.
#include "core/clock.h"
#include "models/celltable.h"
#include "tests/support/suite.h"
#include "ui/theme/style.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/filterhint.h"
#include "ui/widgets/filteroffers.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace andon;
using namespace andon::ui;

namespace
{

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

text::FilterGrammar grammar()
{
    return {.fields = {{.name = s("branch"), .values = {s("main"), s("ingest-42")}},
                       {.name = s("gpus"), .kind = text::FieldKind::Number}},
            .now = core::Instant{1'800'000'000'000}};
}

/// A window with a bar that has the focus, and a button to go to.
struct Desk {
    QWidget window;
    FilterBar *bar = new FilterBar(s("Filter rows"), grammar, &window);
    QPushButton *list = new QPushButton(&window);
    Desk()
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(bar);
        column->addWidget(list);
        bar->setList(list);
        window.resize(420, 200);
        window.show();
        QApplication::setActiveWindow(&window);
        bar->setFocus();
    }
    [[nodiscard]] FilterOffers *offers() const { return window.findChild<FilterOffers *>(); }
    [[nodiscard]] QString words() const { return text::toWords(bar->filter()); }
};

/// How often a colour is in a picture; nearly, as the edges of letters are.
int count(const QImage &image, const QColor &colour)
{
    int n = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            n += std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green())
                        + std::abs(at.blue() - colour.blue())
                    < 48
                ? 1
                : 0;
        }
    return n;
}

struct Rows {
    core::ManualClock clock{core::Instant{1'800'000'000'000}};
    models::CellTable model{
        {{.title = s("Name"), .field = {.name = s("name")}},
         {.title = s("GPUs"), .width = 60, .field = {.name = s("gpus"), .kind = text::FieldKind::Number}}}};
    QWidget window;
    FilterBar *bar = filterBarOf(model, clock, s("Filter nodes"), &window);
    Table *table = new Table(model);
    FilteredView *view = new FilteredView(table, model, bar, &window);
    Rows()
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(bar);
        column->addWidget(view);
        fill(20);
        window.resize(500, 300);
        window.show();
    }
    void fill(int n)
    {
        std::vector<models::TableRow> rows;
        for (int i = 0; i < n; ++i)
            rows.push_back(
                {.id = QString::number(i),
                 .cells = {{.text = s("node-%1").arg(i, 2, 10, QChar(u'0'))}, {.text = QString::number(i)}}});
        model.setRows(std::move(rows));
    }
};

} // namespace

class FilterBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void tellsEachFilterOnce()
    {
        Desk desk;
        QSignalSpy told(desk.bar, &FilterBar::filterChanged);
        QTest::keyClicks(desk.bar, s("ab "));
        QCOMPARE(told.count(), 2); // the space says nothing new
        QCOMPARE(desk.words(), s("ab"));
    }

    void whatIsWrongKeepsTheLastFilter()
    {
        Desk desk;
        desk.bar->setText(s("main gpus:>5"));
        QSignalSpy told(desk.bar, &FilterBar::filterChanged);
        desk.bar->setText(s("main gpus:many x"));
        QCOMPARE(told.count(), 0);
        QCOMPARE(desk.words(), s("main gpus:>5"));
        const auto *hint = desk.window.findChild<FilterHint *>();
        QVERIFY(hint && hint->isVisible() && hint->sentence().contains(s("many")));
        QCOMPARE(desk.bar->accessibleDescription(), desk.bar->problem()->sentence);
        desk.list->setFocus();
        QVERIFY(!hint->isVisible());
    }

    void whatIsUnfinishedIsLeftOut()
    {
        Desk desk;
        desk.bar->setText(s("main branch:"));
        QCOMPARE(desk.words(), s("main"));
        QVERIFY(!desk.window.findChild<FilterHint *>());
    }

    void tabTakesWhatWasMeant()
    {
        Desk desk;
        desk.bar->setText(s("brnch:main x"));
        QTest::keyClick(desk.bar, Qt::Key_Tab);
        QCOMPARE(desk.bar->text(), s("branch:main x"));
        QVERIFY(desk.bar->hasFocus());
        QTest::keyClick(desk.bar, Qt::Key_Tab); // nothing to take: on to the next widget
        QVERIFY(!desk.bar->hasFocus());
    }

    void completesFieldsThenValues()
    {
        Desk desk;
        QTest::keyClicks(desk.bar, s("x -br"));
        QVERIFY(desk.offers()->isVisible());
        QTest::keyClick(desk.bar, Qt::Key_Tab);
        QCOMPARE(desk.bar->text(), s("x -branch:"));
        QVERIFY(desk.offers()->isVisible());
        QTest::keyClick(desk.bar, Qt::Key_Down);
        QTest::keyClick(desk.bar, Qt::Key_Down);
        QTest::keyClick(desk.bar, Qt::Key_Return);
        QCOMPARE(desk.bar->text(), s("x -branch:ingest-42 "));
        QCOMPARE(desk.words(), s("x -branch:ingest-42"));
    }

    void offersAllFieldsWhenAsked()
    {
        Desk desk;
        QTest::keyClick(desk.bar, Qt::Key_Down);
        QVERIFY(desk.offers()->isVisible());
        QCOMPARE(desk.offers()->model()->rowCount(), 2);
        QTest::keyClick(desk.bar, Qt::Key_Escape);
        QVERIFY(!desk.offers()->isVisible());
        QVERIFY(desk.bar->text().isEmpty());
    }

    void escapeClearsThenLeaves()
    {
        Desk desk;
        desk.bar->setText(s("abc"));
        QTest::keyClick(desk.bar, Qt::Key_Escape);
        QVERIFY(desk.bar->text().isEmpty() && desk.bar->hasFocus());
        QTest::keyClick(desk.bar, Qt::Key_Escape);
        QVERIFY(desk.list->hasFocus());
    }

    void wordsWearTheirColours()
    {
        for (const Theme theme : {Theme::Dark, Theme::Light}) {
            applyTheme(*qApp, theme);
            Desk desk;
            const Tokens &t = tokensOf(theme);
            desk.bar->setText(s("branch:main"));
            desk.bar->clearFocus();
            const int coloured = count(desk.bar->grab().toImage(), t.link);
            desk.bar->setText(s("branchxmain"));
            QVERIFY(coloured > count(desk.bar->grab().toImage(), t.link) + 10); // the field
            QVERIFY(count(desk.bar->grab().toImage(), t.tintOf(Status::Info)) > 500);
            desk.bar->setText(s("brnch:main"));
            QVERIFY(desk.bar->problem());
            QVERIFY(count(desk.bar->grab().toImage(), t.tintOf(Status::Critical)) > 500);
            QVERIFY(count(desk.bar->grab().toImage(), t.of(Status::Critical)) > 60); // word, wave, octagon and border
            desk.bar->setText({});
            QVERIFY(count(desk.bar->grab().toImage(), t.accent) < 10);
        }
        applyTheme(*qApp, Theme::Dark);
    }

    void theTooltipTeachesTheGrammar()
    {
        Desk desk;
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
        QHelpEvent help(QEvent::ToolTip, {5, 5}, {5, 5});
        QApplication::sendEvent(desk.bar, &help);
        QVERIFY(desk.bar->toolTip().contains(text::filterHelp().section(u'\n', 0, 0).toHtmlEscaped()));
        QVERIFY(desk.bar->toolTip().contains(s("branch, gpus")));
    }

    void filtersATableInPlace()
    {
        Rows rows;
        rows.table->choose(s("12"));
        rows.bar->setText(s("gpus:10..14 -node-13"));
        QCOMPARE(rows.model.rowCount(), 4);
        QCOMPARE(rows.table->currentIndex().data().toString(), s("node-12"));
        QCOMPARE(rows.bar->accessibleDescription(), s("4 of 20"));
        rows.fill(13); // a refresh keeps the filter
        QCOMPARE(rows.bar->accessibleDescription(), s("3 of 13"));
        rows.bar->clear();
        QCOMPARE(rows.model.rowCount(), 13);
        QVERIFY(rows.bar->accessibleDescription().isEmpty());
    }

    void nothingLeftOffersToClear()
    {
        Rows rows;
        rows.bar->setText(s("nothing-like-it"));
        QVERIFY(!rows.table->isVisible());
        auto *clear = rows.view->findChild<QPushButton *>();
        QVERIFY(clear && clear->isVisible());
        clear->click();
        QVERIFY(rows.table->isVisible() && rows.bar->text().isEmpty());
    }

    void timesMoveWithTheClock()
    {
        core::ManualClock clock{core::Instant{1'800'000'000'000}};
        models::CellTable model({{.title = s("At"), .field = {.name = s("at"), .kind = text::FieldKind::Time}}});
        QWidget window;
        FilterBar *bar = filterBarOf(model, clock, s("Filter"), &window);
        auto *table = new Table(model);
        const FilteredView view(table, model, bar);
        const std::vector<models::TableRow> rows{
            {.id = s("a"), .cells = {{.text = s("x"), .value = static_cast<double>((clock.now() - core::kHour).ms)}}}};
        model.setRows(rows);
        bar->setText(s("at:>now-2h"));
        QCOMPARE(model.shown(), 1);
        clock.advance(2 * core::kHour);
        model.setRows(rows);
        QCOMPARE(model.shown(), 0);
    }
};

ANDON_SUITE(FilterBarTest)
#include "filterbar_test.moc"
