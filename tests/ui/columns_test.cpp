// The columns and headings of a table as a person leaves them: kept in views and links, and put back.
#include "models/celltable.h"
#include "tests/support/suite.h"
#include "ui/pages/page.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/shell/windowstate.h"
#include "ui/widgets/table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QTemporaryDir>

using namespace andon;
using models::CellTable;

namespace
{

models::TableRow row(const char *id, const char *size, bool section = false)
{
    return {.id = QString::fromLatin1(id),
            .cells = {{.text = QString::fromLatin1(id)}, {.text = QString::fromLatin1(size)}, {}},
            .section = section};
}

struct Rows {
    CellTable model{{{QStringLiteral("Name"), 0, false, 0, text::wordField("name")},
                     {QStringLiteral("Size"), 80, true, 0, text::numberField("size", "GB")},
                     {QStringLiteral("Note"), 90, false, 5000}}};
    Rows() { model.setRows({row("one", "", true), row("a", "2 GB"), row("b", "1 GB"), row("two", "", true)}); }
};

class TablePage final : public ui::Page
{
public:
    TablePage()
        : table(new ui::Table(rows.model, this))
        , splitter(new QSplitter(this))
    {
        table->setObjectName(QStringLiteral("things"));
        table->resize(400, 200);
        splitter->addWidget(new QWidget);
        splitter->addWidget(new QWidget);
        splitter->resize(400, 100);
        splitter->setSizes({100, 299});
        resize(420, 240);
        show(); // a table arranges its columns when it is laid out
    }
    QString title() const override { return {}; }
    core::Freshness freshness() const override { return {}; }
    void refresh(bool) override { }
    bool open(const QString &) override { return false; }
    bool settled() const override { return true; }

    Rows rows;
    ui::Table *table;
    QSplitter *splitter;
};

QAction *actionOf(const QMenu &menu, const char *title)
{
    for (QAction *action : menu.actions())
        if (action->text() == QString::fromLatin1(title))
            return action;
    return nullptr;
}

} // namespace

class ColumnsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whatIsAskedForIsShownAndTheRestSkipped()
    {
        TablePage page;
        ui::Table &table = *page.table;
        QVERIFY(page.columns().empty());
        QVERIFY(table.isColumnHidden(2)); // for want of room
        const std::vector<std::string> wanted{"things.#3", "things.size:120:down"};
        page.setColumns({"things.#3", "things.gone:40", "other.name", "things.size:120:down:odd", "things.#3"});
        QCOMPARE(page.columns(), wanted);
        QVERIFY(table.isColumnHidden(0) && !table.isColumnHidden(2)); // a person's choice needs no room
        QCOMPARE(table.horizontalHeader()->visualIndex(2), 0);
        QCOMPARE(table.columnWidth(1), 120);
        QCOMPARE(page.rows.model.index(1, 0).data().toString(), QStringLiteral("a"));
        page.setColumns({"things.size:up"});
        QCOMPARE(page.rows.model.index(1, 0).data().toString(), QStringLiteral("b"));
        page.setColumns({"things.gone"});
        QVERIFY(page.columns().empty() && !table.isColumnHidden(0) && table.isColumnHidden(2));
        QCOMPARE(page.rows.model.index(1, 0).data().toString(), QStringLiteral("a"));
    }

    void theMenuHidesShowsAndSorts()
    {
        TablePage page;
        ui::Table &table = *page.table;
        std::unique_ptr<QMenu> menu(table.columnsMenu());
        QVERIFY(!actionOf(*menu, "As it was made")->isEnabled());
        QVERIFY2(!actionOf(*menu, "Name")->isEnabled(), "headings keep their names");
        page.rows.model.setRows({row("a", "2 GB"), row("b", "1 GB")});
        menu.reset(table.columnsMenu());
        actionOf(*menu, "Name")->trigger();
        QVERIFY(table.isColumnHidden(0) && table.isColumnHidden(2));
        QCOMPARE(page.columns(), std::vector<std::string>{"things.size"});
        menu.reset(table.columnsMenu());
        QVERIFY2(!actionOf(*menu, "Size")->isEnabled(), "the last column stays");
        actionOf(*menu, "Note")->trigger();
        QVERIFY(!table.isColumnHidden(2));
        actionOf(*actionOf(*menu, "Sort by")->menu(), "Size")->trigger();
        QCOMPARE(page.columns(), (std::vector<std::string>{"things.size:up", "things.#3"}));
        actionOf(*menu, "As it was made")->trigger();
        menu.reset(table.columnsMenu());
        actionOf(*menu, "As it was made")->trigger();
        QVERIFY(page.columns().empty());
    }

    void theHeaderSortsAndSizes()
    {
        TablePage page;
        ui::Table &table = *page.table;
        QHeaderView &header = *table.horizontalHeader();
        const QPoint size(header.sectionViewportPosition(1) + 20, 10);
        for (const char *now : {"things.size:up", "things.size:down"}) {
            QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, size);
            QCOMPARE(page.columns(), (std::vector<std::string>{"things.name", now, "things.#3"}));
        }
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, size);
        QVERIFY(page.columns().empty());
        header.resizeSection(1, 150);
        QCOMPARE(page.columns(), (std::vector<std::string>{"things.name", "things.size:150", "things.#3"}));
        QCOMPARE(table.columnWidth(0), table.viewport()->width() - 150); // the one that stretches gives way
    }

    void headingsFoldByMouseKeysAndView()
    {
        TablePage page;
        ui::Table &table = *page.table;
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(page.rows.model.index(0, 0)).center());
        QCOMPARE(page.rows.model.rowCount(), 2);
        QCOMPARE(page.expanded(), std::vector<std::string>{"things.two"});
        QTest::keyClick(&table, Qt::Key_Right);
        QCOMPARE(page.rows.model.rowCount(), 4);
        QVERIFY(page.expanded().empty());
        page.setExpanded({"things."});
        QCOMPARE(page.expanded(), std::vector<std::string>{"things."});
        page.setExpanded({"things.one", "things.gone"});
        QCOMPARE(page.expanded(), std::vector<std::string>{"things.one"});
        QCOMPARE(page.rows.model.rowCount(), 4);
        page.rows.model.setRows({row("zero", "", true), row("one", "", true), row("a", "1 GB")}); // by key, not by row
        QCOMPARE(page.rows.model.rowCount(), 3);
        QVERIFY(page.rows.model.index(0, 0).data(CellTable::FoldedRole).toBool());
    }

    void theLogShowsWhatIsAskedFor()
    {
        ui::CommitLog log;
        QVERIFY(log.shownColumns().isEmpty());
        log.showColumns({QStringLiteral("age"), QStringLiteral("gone")});
        QCOMPARE(log.shownColumns(), QStringList{QStringLiteral("age")});
        std::unique_ptr<QMenu> menu(log.columnsMenu());
        QVERIFY(!actionOf(*menu, "Author")->isChecked() && actionOf(*menu, "Age")->isChecked());
        actionOf(*menu, "Hooks")->trigger();
        QCOMPARE(log.shownColumns(), (QStringList{QStringLiteral("hooks"), QStringLiteral("age")}));
        log.showColumns({QString()});
        QCOMPARE(log.shownColumns(), QStringList{QString()}); // graph and message alone
        menu.reset(log.columnsMenu());
        actionOf(*menu, "As it was made")->trigger();
        QVERIFY(log.shownColumns().isEmpty());
    }

    void theWindowFindsThemAgain()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        TablePage page;
        ui::WindowState state{.geometry = QByteArray("\0\1x", 3), .site = QStringLiteral("ams-1")};
        state.sites[QStringLiteral("ams-1")] = {QStringLiteral("lineage"), QStringLiteral("now-6h"),
                                                QStringLiteral("now")};
        const std::vector<std::string> columns{"things.size:120:down", "things.name"};
        page.setColumns(columns);
        page.setExpanded({"things.two"});
        state.keepPage(QStringLiteral("lineage"), page);
        QVERIFY(ui::writeWindowState(file, state));
        QString broken;
        QVERIFY(ui::readWindowState(file, broken) == state);
        page.splitter->setSizes({200, 199});
        page.setColumns({});
        page.setExpanded({});
        state.restorePage(QStringLiteral("lineage"), page);
        QVERIFY(std::abs(page.splitter->sizes().front() - 100) < 3);
        QCOMPARE(page.columns(), columns);
        QCOMPARE(page.expanded(), std::vector<std::string>{"things.two"});

        QFile half(file);
        QVERIFY(half.open(QIODevice::WriteOnly));
        half.write("\x01\x02 no ini at all");
        half.close();
        QVERIFY(ui::readWindowState(file, broken) == ui::WindowState{});
        QVERIFY2(QFile::exists(broken) && !QFile::exists(file), "it was set aside");
    }
};

ANDON_SUITE(ColumnsTest)
#include "columns_test.moc"
