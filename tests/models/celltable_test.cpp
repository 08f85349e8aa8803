#include "models/celltable.h"
#include "tests/support/suite.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>

using namespace andon;
using models::CellTable;
using models::TableRow;

namespace
{

TableRow row(const char *id, const char *text = "")
{
    return {QString::fromLatin1(id), {{.text = QString::fromLatin1(text)}, {.text = QStringLiteral("x")}}};
}

std::vector<TableRow> rows(std::initializer_list<const char *> ids)
{
    std::vector<TableRow> all;
    for (const char *id : ids)
        all.push_back(row(id, id));
    return all;
}

QStringList ids(const CellTable &table)
{
    QStringList all;
    for (int i = 0; i < table.rowCount(); ++i)
        all << table.index(i, 0).data(CellTable::IdRole).toString();
    return all;
}

} // namespace

class CellTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void holdsWhatAModelPromises()
    {
        CellTable table({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 40, true}});
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const auto &next : {rows({"a", "b", "c"}), rows({"c", "a", "b"}), rows({"b"}), rows({}),
                                 rows({"x", "b", "y", "a", "z"}), rows({"z", "y", "x"})}) {
            table.setRows(next);
            QStringList wanted;
            for (const TableRow &one : next)
                wanted << one.id;
            QCOMPARE(ids(table), wanted);
        }
    }

    void aRowHasNoChildren()
    {
        CellTable table({{QStringLiteral("A"), 0}});
        table.setRows(rows({"a", "b"}));
        const QModelIndex valid = table.index(1, 0);
        QVERIFY(valid.isValid());
        QCOMPARE(table.rowCount(valid), 0);
        QCOMPARE(table.columnCount(valid), 0);
        QCOMPARE(table.rowCount(), 2);
        QCOMPARE(table.columnCount(), 1);
    }

    void aRefreshKeepsTheSelection()
    {
        CellTable table({{QStringLiteral("A"), 0}});
        QItemSelectionModel selection(&table);
        table.setRows(rows({"a", "b", "c", "d"}));
        selection.setCurrentIndex(table.index(2, 0), QItemSelectionModel::ClearAndSelect);
        QCOMPARE(selection.currentIndex().data(CellTable::IdRole).toString(), QStringLiteral("c"));
        table.setRows(rows({"d", "new", "c", "a"})); // moved, inserted and removed around it
        QCOMPARE(selection.currentIndex().data(CellTable::IdRole).toString(), QStringLiteral("c"));
        QVERIFY(selection.isRowSelected(table.rowOf(QStringLiteral("c"))));
        table.setRows(rows({"d", "a"}));
        QVERIFY(selection.selectedRows().isEmpty()); // what is gone is not selected, and nothing else instead
        QCOMPARE(table.rowOf(QStringLiteral("c")), -1);
    }

    void onlyWhatChangedIsSaidToHaveChanged()
    {
        CellTable table({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 0}});
        table.setRows(rows({"a", "b", "c"}));
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        QSignalSpy moved(&table, &QAbstractItemModel::rowsMoved);
        QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&table, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
        table.setRows(rows({"a", "b", "c"}));
        QCOMPARE(changed.size() + moved.size() + inserted.size() + removed.size(), 0);
        auto next = rows({"a", "b", "c"});
        next[1].cells[0].status = 2;
        table.setRows(next);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().column(), 1);
        QCOMPARE(moved.size() + inserted.size() + removed.size() + reset.size(), 0);
    }

    void sectionsCannotBeSelected()
    {
        CellTable table({{QStringLiteral("A"), 0}});
        auto all = rows({"head", "a"});
        all[0].section = true;
        table.setRows(all);
        QVERIFY(!(table.index(0, 0).flags() & Qt::ItemIsSelectable));
        QVERIFY(table.index(1, 0).flags() & Qt::ItemIsSelectable);
        QVERIFY(table.index(0, 0).data(CellTable::SectionRole).toBool());
        QCOMPARE(table.flags(QModelIndex()), Qt::NoItemFlags);
    }

    void givesTheRolesOfACell()
    {
        CellTable table({{QStringLiteral("A"), 0, true}});
        table.setRows({{QStringLiteral("a"),
                        {{.text = QStringLiteral("1"),
                          .status = 2,
                          .bar = 0.25,
                          .base = 0.5,
                          .tick = 0.75,
                          .strong = true,
                          .muted = true,
                          .toned = true,
                          .tip = QStringLiteral("<b>")}},
                        QStringLiteral("page:floor")}});
        const QModelIndex at = table.index(0, 0);
        QCOMPARE(at.data().toString(), QStringLiteral("1"));
        QCOMPARE(at.data(CellTable::StatusRole).toInt(), 2);
        QCOMPARE(at.data(CellTable::BarRole).toDouble(), 0.25);
        QCOMPARE(at.data(CellTable::BaseRole).toDouble(), 0.5);
        QCOMPARE(at.data(CellTable::TickRole).toDouble(), 0.75);
        QVERIFY(at.data(CellTable::StrongRole).toBool() && at.data(CellTable::MutedRole).toBool());
        QVERIFY(at.data(CellTable::TonedRole).toBool());
        QCOMPARE(at.data(CellTable::LinkRole).toString(), QStringLiteral("page:floor"));
        QCOMPARE(at.data(Qt::ToolTipRole).toString(), QStringLiteral("&lt;b&gt;")); // server text is no markup
        QCOMPARE(at.data(Qt::TextAlignmentRole).toInt(), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter));
        QCOMPARE(table.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("A"));
        QVERIFY(!table.headerData(7, Qt::Horizontal, Qt::DisplayRole).isValid());
    }

    void aRowMayHaveFewerCellsThanColumns()
    {
        CellTable table({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 0}, {QStringLiteral("C"), 0}});
        table.setRows({{QStringLiteral("a"), {{.text = QStringLiteral("1")}}}});
        QVERIFY(!table.index(0, 2).data().isValid());
        QCOMPARE(table.index(0, 2).data(CellTable::IdRole).toString(), QStringLiteral("a"));
    }
};

ANDON_SUITE(CellTableTest)
#include "celltable_test.moc"
