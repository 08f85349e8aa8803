// Fields of tables beside each other, and their cells in words.
#include "models/tablefields.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::TableField;
using models::FieldPair;
using versions::FieldValues;

namespace
{

TableField parquet(const char *name, const char *type, std::int64_t nulls, FieldValues values = FieldValues::Number)
{
    return {.name = name,
            .type = type,
            .values = values,
            .count = 1000,
            .empty = nulls,
            .counted = true,
            .least = "1",
            .greatest = "9"};
}

} // namespace

class TableFieldsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void fieldsStandBesideTheirNames()
    {
        TableField text = parquet("amount", "string", 0, FieldValues::Text);
        text.greatest = "€ 99,90";
        const std::vector<TableField> left{parquet("id", "int64", 0), parquet("amount", "decimal(12,2)", 0),
                                           parquet("currency", "string", 0), parquet("merchant", "int64", 1)};
        const std::vector<TableField> right{parquet("id", "int64", 4), text, parquet("code", "string", 613),
                                            parquet("merchant", "int64", 378)};
        const auto pairs = models::fieldPairs(left, right);
        std::vector<std::string> rows;
        for (const FieldPair &pair : pairs)
            rows.push_back(std::to_string(pair.left) + " " + std::to_string(pair.right) + (pair.type ? " type" : "")
                           + (pair.empty ? " nulls" : "") + (pair.values ? " values" : "")
                           + (pair.differs() ? "" : " same"));
        QCOMPARE(rows, (std::vector<std::string>{"0 0 same", "1 1 type values", "2 -1", "-1 2", "3 3 nulls"}));
        QVERIFY(models::fieldPairs({}, {}).empty());
        QCOMPARE(models::fieldPairs({}, right).size(), right.size());
    }

    void whatIsNotKnownIsNotNothing()
    {
        TableField field{.name = "x", .type = "int64", .values = FieldValues::Number, .counted = true};
        QCOMPARE(models::emptyWords(field), QStringLiteral("—"));
        QCOMPARE(models::valuesWords(field), QStringLiteral("—"));
        field.count = 1000;
        QCOMPARE(models::emptyWords(field), QStringLiteral("—"));
        field.empty = 0;
        QCOMPARE(models::emptyWords(field), QStringLiteral("0.0\u00a0%"));
        field.count = 1'000'000;
        field.empty = 1;
        QCOMPARE(models::emptyWords(field), QStringLiteral("< 0.1\u00a0%"));
        field.empty = 999'999;
        QCOMPARE(models::emptyWords(field), QStringLiteral("> 99.9\u00a0%"));
        field.empty = 1'000'000;
        QCOMPARE(models::valuesWords(field), QStringLiteral("none"));
        // A field that is unknown on a side does not differ from what is known.
        const FieldPair pair =
            models::fieldPairs({TableField{.name = "x"}}, {TableField{.name = "x", .count = 5, .empty = 5}}).front();
        QVERIFY(!pair.empty);
    }

    void valuesInWords_data()
    {
        QTest::addColumn<int>("values");
        QTest::addColumn<QString>("least");
        QTest::addColumn<QString>("greatest");
        QTest::addColumn<int>("distinct"); // -1: not known
        QTest::addColumn<bool>("counted");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, FieldValues values, const char *least, const char *greatest, int distinct,
                            bool counted, const char *words) {
            QTest::newRow(name) << static_cast<int>(values) << QString::fromUtf8(least) << QString::fromUtf8(greatest)
                                << distinct << counted << QString::fromUtf8(words);
        };
        using V = FieldValues;
        row("unlike each other", V::Number, "1", "1214806", 100, true, "1 – 1\u202f214\u202f806");
        row("an id that comes again", V::Number, "3", "91", 17, true, "17 values");
        row("amounts", V::Number, "0.50", "48200.00", -1, true, "0.50 – 48\u202f200.00");
        row("below zero", V::Number, "-1234.5", "0", -1, true, "−1\u202f234.5 – 0");
        row("beyond what a double holds", V::Number, "0.000", "3900000000000000000000.000", -1, true,
            "0.000 – 3900000000000000000000.000");
        row("science", V::Number, "-inf", "1e+30", -1, true, "-inf – 1e+30");
        row("text", V::Text, "0,50", "€ 99,90", -1, true, "0,50 – € 99,90");
        row("one text", V::Text, "EUR", "EUR", -1, true, "EUR");
        row("days", V::Moment, "2026-10-01 00:00:00", "2026-10-31 23:59:59", -1, true, "2026-10-01 – 10-31");
        row("two years", V::Moment, "2025-12-31", "2026-01-01", -1, true, "2025-12-31 – 2026-01-01");
        row("one day", V::Moment, "2026-10-01 01:00:00", "2026-10-01 02:00:00", -1, true,
            "2026-10-01 01:00:00 – 2026-10-01 02:00:00");
        row("CSV text", V::Text, "a", "b", 2, false, "2 values");
        row("CSV text of one", V::Text, "a", "a", 1, false, "a");
        row("CSV text of many", V::Text, "a", "b", 1000, false, "1\u202f000 values and more");
        row("CSV numbers", V::Number, "1", "2", 2, false, "1 – 2");
        row("no order but a number", V::Other, "", "", 5, true, "5 values");
    }
    void valuesInWords()
    {
        QFETCH(int, values);
        QFETCH(QString, least);
        QFETCH(QString, greatest);
        QFETCH(int, distinct);
        QFETCH(bool, counted);
        TableField field{.name = "x",
                         .values = static_cast<FieldValues>(values),
                         .count = 100,
                         .empty = 0,
                         .counted = counted,
                         .least = least.toStdString(),
                         .greatest = greatest.toStdString()};
        if (distinct >= 0)
            field.distinct = distinct;
        QTEST(models::valuesWords(field), "words");
    }
};

ANDON_SUITE(TableFieldsTest)
#include "tablefields_test.moc"
