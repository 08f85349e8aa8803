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

    void aShortRowHasNoStatus()
    {
        CellTable table({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 40, true}});
        TableRow heading{QStringLiteral("h"), {{.text = QStringLiteral("Heading")}}};
        heading.section = true;
        TableRow latest{QStringLiteral("r"), {{.text = QStringLiteral("failed 1")}}};
        latest.cells[0].strip = {3, 0};
        table.setRows({heading, latest});
        QCOMPARE(table.index(0, 1).data(CellTable::StatusRole).toInt(), -1); // 0 would be one
        QVERIFY(!table.index(0, 0).data(CellTable::StripRole).isValid());
        QCOMPARE(table.index(1, 0).data(CellTable::StripRole).value<QList<int>>(), (QList<int>{3, 0}));
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

    void aFilterLeavesSomeRows()
    {
        CellTable table = filterable();
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        fill(table);
        const auto shown = [&](const char *words) {
            const auto parsed = text::parseFilter(QString::fromUtf8(words), {.fields = table.fields()});
            if (parsed.problem)
                qWarning("%s", qPrintable(parsed.problem->sentence));
            table.setFilter(parsed.filter);
            return ids(table).join(u' ');
        };
        QCOMPARE(shown(""), QStringLiteral("one a b two c sum"));
        QCOMPARE(shown("alpha"), QStringLiteral("one a sum"));
        QCOMPARE(shown("busy:>50"), QStringLiteral("one b two c sum"));
        QCOMPARE(shown("busy:=61.7"), QStringLiteral("one b sum")); // the value, not what is shown of it
        QCOMPARE(shown("owner:kim"), QStringLiteral("two c sum"));
        QCOMPARE(shown("-busy:*"), QStringLiteral("sum"));
        QCOMPARE(shown("name:/^[ab]/"), QStringLiteral("one a b sum"));
        QCOMPARE(table.total(), 3);
        QCOMPARE(table.shown(), 2);
        QVERIFY(table.has(QStringLiteral("c")));
        QCOMPARE(table.rowOf(QStringLiteral("c")), -1);
        QCOMPARE(shown("nothing"), QStringLiteral("sum"));
        QCOMPARE(table.shown(), 0);
    }

    void theFilterStaysWhenRowsCome()
    {
        CellTable table = filterable();
        fill(table);
        table.setFilter(text::parseFilter(QStringLiteral("alpha"), {}).filter);
        const QPersistentModelIndex kept = table.index(1, 0);
        QSignalSpy told(&table, &CellTable::filtered);
        fill(table);
        QCOMPARE(ids(table).join(u' '), QStringLiteral("one a sum"));
        QVERIFY(kept.isValid());
        QCOMPARE(told.count(), 1);
        table.setFilter({});
        QCOMPARE(kept.data(CellTable::IdRole).toString(), QStringLiteral("a"));
        QCOMPARE(ids(table).size(), qsizetype(6));
    }

    void fieldsOfferWhatTheRowsHave()
    {
        CellTable table = filterable();
        fill(table);
        const auto fields = table.fields();
        QCOMPARE(fields.size(), std::size_t(3));
        QCOMPARE(fields[0].values,
                 (QStringList{QStringLiteral("alpha"), QStringLiteral("beta"), QStringLiteral("gamma")}));
        QVERIFY(fields[1].values.isEmpty());
        QCOMPARE(fields[2].values, (QStringList{QStringLiteral("ann"), QStringLiteral("kim")}));
    }

private:
    static CellTable filterable()
    {
        return CellTable(
            {{.title = QStringLiteral("Name"), .field = {.name = QStringLiteral("name")}},
             {.title = QStringLiteral("Busy"),
              .width = 40,
              .field = {
                  .name = QStringLiteral("busy"), .kind = text::FieldKind::Number, .unit = QStringLiteral("%")}}});
    }
    static void fill(CellTable &table)
    {
        table.setMoreFields({{.name = QStringLiteral("owner")}});
        const auto s = [](const char *words) { return QString::fromUtf8(words); };
        table.setRows({{.id = s("one"), .cells = {{.text = s("alpha beta")}}, .section = true},
                       {.id = s("a"), .cells = {{.text = s("alpha")}, {.text = s("7 %")}}, .more = {s("ann")}},
                       {.id = s("b"), .cells = {{.text = s("beta")}, {.text = s("62 %"), .value = 61.7}}},
                       {.id = s("two"), .cells = {{.text = s("more")}}, .section = true},
                       {.id = s("c"), .cells = {{.text = s("gamma")}, {.text = s("90 %")}}, .more = {s("kim")}},
                       {.id = s("sum"), .cells = {{.text = s("3 rows")}}, .always = true}});
    }

    void isSortedBelowEachHeading()
    {
        CellTable table({{QStringLiteral("A"), 0, false, 0, text::numberField("a", "GB")}, {QStringLiteral("B"), 40}});
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<TableRow> all{row("h1"), row("x", "2 GB"), row("y", "—"),    row("z", "900 MB"),
                                  row("h2"), row("u", "1 GB"), row("v", "3 GB"), row("sum", "7 GB")};
        all[0].section = all[4].section = all[7].always = true;
        table.setRows(all);
        table.setSort({0, false});
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 z x y h2 u v sum"));
        table.setSort({0, true});
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 x z y h2 v u sum")); // what is missing stays last
        table.setRows(all);
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 x z y h2 v u sum"));
        table.setSort({});
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 x y z h2 u v sum"));
        table.setSort({1, false}); // all equal: as they were
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 x y z h2 u v sum"));
    }

    void aFoldedHeadingHidesItsRows()
    {
        CellTable table({{QStringLiteral("A"), 0, false, 0, text::wordField("a")}, {QStringLiteral("B"), 40}});
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<TableRow> all = rows({"h1", "x", "y", "h2", "u"});
        all[0].section = all[3].section = true;
        table.setRows(all);
        table.toggle(QStringLiteral("h1"));
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 h2 u"));
        QVERIFY(table.index(0, 0).data(CellTable::FoldedRole).toBool());
        QVERIFY(!table.index(1, 0).data(CellTable::FoldedRole).toBool());
        QCOMPARE(table.shown(), 3); // folded is not filtered
        table.setFilter(text::parseFilter(QStringLiteral("y"), {.fields = table.fields()}).filter);
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 y"));
        table.setFilter({});
        table.toggle(QStringLiteral("h1"));
        QVERIFY(!table.open());
        QCOMPARE(ids(table).join(u' '), QStringLiteral("h1 x y h2 u"));
    }
};

ANDON_SUITE(CellTableTest)
#include "celltable_test.moc"
