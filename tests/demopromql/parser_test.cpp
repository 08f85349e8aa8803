#include "demo/promql/engine.h"
#include "demo/promql/parser.h"
#include "tests/support/suite.h"

using namespace andon::demo::promql;

class ParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    // The sentences were said by Prometheus 2.42 to the same queries.
    void saysWhatPrometheusSays_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *query, const char *sentence) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(sentence);
        };
        row("", "1:1: parse error: no expression found in input");
        row("1 +", "1:4: parse error: unexpected end of input");
        row("sum(rate(x[5m])", "1:16: parse error: unclosed left parenthesis");
        row("1 == 1", "1:3: parse error: comparisons between scalars must use BOOL modifier");
        row("nope(x)", "1:1: parse error: unknown function with name \"nope\"");
        row("rate(x)", "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector");
        row("{}", "1:1: parse error: vector selector must contain at least one non-empty matcher");
        row("x[5mm]", "1:3: parse error: bad duration syntax: \"5mm\"");
        row("x{a=1}", "1:5: parse error: unexpected character inside braces: '1'");
        row("x\n  + bool y", "2:3: parse error: bool modifier can only be used on comparison operators");
    }
    void saysWhatPrometheusSays()
    {
        QFETCH(QString, query);
        const auto tree = parse(query.toStdString());
        QVERIFY(!tree);
        QTEST(QString::fromStdString(tree.error().detail), "sentence");
        QCOMPARE(tree.error().hint, std::string("bad_data"));
    }

    void refusesSubqueries()
    {
        const auto tree = parse("max_over_time(rate(x[1m])[5m:1m])");
        QVERIFY(!tree);
        QCOMPARE(tree.error().detail, std::string("1:26: parse error: subqueries are not supported by this server"));
        QCOMPARE(tree.error().hint, std::string("bad_data"));
    }

    void bindsPowersToTheRight()
    {
        const auto tree = parse("-2 ^ 3 ^ 2 * 4");
        ANDON_VERIFY_RESULT(tree);
        QCOMPARE(nameOf((*tree)->op), std::string_view("*"));
        QCOMPARE(static_cast<int>((*tree)->args[0]->kind), static_cast<int>(NodeKind::Unary));
        const Node &power = *(*tree)->args[0]->args[0];
        QCOMPARE(static_cast<int>(power.args[1]->kind), static_cast<int>(NodeKind::Binary));
    }

    void readsModifiers()
    {
        const auto tree = parse("rate(x{a=~\"b.*\"}[1h30m] offset -5m @ 12.5)");
        ANDON_VERIFY_RESULT(tree);
        const Node &range = *(*tree)->args[0];
        QCOMPARE(static_cast<qint64>(range.rangeMs), qint64(5'400'000));
        QCOMPARE(static_cast<qint64>(range.args[0]->offsetMs), qint64(-300'000));
        QCOMPARE(static_cast<qint64>(range.args[0]->atMs), qint64(12'500));
    }

    void refusesWhatIsNotRe2_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *pattern : {"(?=a)b", "a)(b", "(?<!a)b", "(a)\\\\1", "a++", "*a", "(a", "a{2,1}", "(?<name>a)"})
            QTest::newRow(pattern) << QString::fromUtf8(pattern);
    }
    void refusesWhatIsNotRe2()
    {
        QFETCH(QString, pattern);
        QVERIFY(!parse("x{a=~\"" + pattern.toStdString() + "\"}"));
    }

    void survivesDepth()
    {
        QVERIFY(!parse(std::string(100'000, '(')));
        QVERIFY(!parse(std::string(5'000, '(') + "1" + std::string(5'000, ')')));
        QVERIFY(!parse(std::string(100'000, '-') + "1"));
    }
};

ANDON_SUITE(ParserTest)
#include "parser_test.moc"
