#include "sources/shared/json.h"
#include "tests/support/suite.h"

#include <cmath>
#include <limits>

using namespace andon;
using namespace andon::sources;

class JsonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void guardsDepthAndText()
    {
        const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
        ANDON_VERIFY_RESULT(parseJson(nested(64), "x"));
        QVERIFY(!parseJson(nested(65), "x"));
        QVERIFY(!parseJson(nested(5000000), "x")); // no stack to overflow
        ANDON_VERIFY_RESULT(
            parseJson("{\"a\":\"" + std::string(200, '[') + "\\\"" + std::string(200, '{') + "\"}", "x"));
        QVERIFY(!parseJson("", "x"));
        QVERIFY(!parseJson("{\"a\":\"\xff\"}", "x"));
        QVERIFY(!parseJson("{\"a\":1E400}", "x"));
        QCOMPARE(parseJson("{", "here").error().where, std::string("here"));
    }

    void readsIntegersOnly_data()
    {
        QTest::addColumn<bool>("ok");
        QTest::addColumn<qint64>("value");
        QTest::newRow("9223372036854775807") << true << std::numeric_limits<qint64>::max();
        QTest::newRow("-9223372036854775808") << true << std::numeric_limits<qint64>::min();
        QTest::newRow("\"42\"") << true << qint64(42);
        QTest::newRow("9223372036854775808") << false << qint64(0);
        QTest::newRow("1.5") << false << qint64(0);
        QTest::newRow("1e3") << false << qint64(0);
        QTest::newRow("\"1.5\"") << false << qint64(0);
        QTest::newRow("\"\"") << false << qint64(0);
        QTest::newRow("true") << false << qint64(0);
        QTest::newRow("null") << false << qint64(0);
        QTest::newRow("[]") << false << qint64(0);
    }
    void readsIntegersOnly()
    {
        QFETCH(bool, ok);
        QFETCH(qint64, value);
        const auto json = parseJson(std::string("{\"n\":") + QTest::currentDataTag() + "}", "x");
        ANDON_VERIFY_RESULT(json);
        Decode decode("x");
        QCOMPARE(static_cast<qint64>(Object(*json, decode, "$").num("n")), value);
        QCOMPARE(decode.ok(), ok);
    }

    void readsReals_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("1e-300") << 1e-300;
        QTest::newRow("+Inf") << std::numeric_limits<double>::infinity();
        QTest::newRow("-Inf") << -std::numeric_limits<double>::infinity();
        QTest::newRow("1e400") << std::numeric_limits<double>::infinity();
        QTest::newRow("-1e400") << -std::numeric_limits<double>::infinity();
        QTest::newRow("1e-400") << 0.0;
        QTest::newRow("4.9e-324") << 4.9e-324;
        QTest::newRow("+1.5") << 1.5;
    }
    void readsReals()
    {
        QFETCH(double, value);
        const auto parsed = parseReal(QTest::currentDataTag());
        QVERIFY(parsed.has_value());
        QVERIFY(*parsed == value);
        QVERIFY(std::isnan(parseReal("NaN").value()));
        for (const char *bad : {"", "nan", "1,5", "0x10", "1 ", " 1", "--1", "1e", "inf", "+", "-+1"})
            QVERIFY2(!parseReal(bad), bad);
    }

    void readsTimes()
    {
        QCOMPARE(parseRfc3339("2026-11-24T01:56:39.841299671Z")->ms, 1795485399841LL);
        QCOMPARE(parseRfc3339("2026-11-24T02:56:39+01:00")->ms, 1795485399000LL);
        QCOMPARE(parseRfc3339("2026-11-23T20:26:39.5-05:30")->ms, 1795485399500LL);
        QVERIFY(!parseRfc3339("0001-01-01T00:00:00Z")->known()); // Go's zero time
        QCOMPARE(formatRfc3339({1795485399841}), std::string("2026-11-24T01:56:39Z"));
        QCOMPARE(formatRfc3339(core::Instant::fromSeconds(951'827'696)), std::string("2000-02-29T12:34:56Z"));
        QVERIFY(!parseRfc3339("")->known());
        for (const char *bad :
             {"yesterday", "2026-11-24", "2026-13-24T01:56:39Z", "2026-02-30T01:56:39Z", "2026-11-24T24:00:00Z",
              "2026-11-24T01:56:39", "2026-11-24T01:56:39.Z", "2026-11-24T01:56:39Zx", "2026-11-24T01:56:39+1:00"})
            QVERIFY2(!parseRfc3339(bad), bad);
    }

    void remembersTheFirstMistake()
    {
        const auto json = parseJson(R"({"a":{"b":[{"c":1},2]},"s":7})", "x");
        ANDON_VERIFY_RESULT(json);
        Decode decode("call");
        const Object root(*json, decode, "$");
        root.object("a").each("b", true, [](const Object &item) { (void)item.str("c"); });
        (void)root.str("s");
        QVERIFY(!decode.ok());
        QCOMPARE(decode.error().where, std::string("call"));
        QVERIFY2(decode.error().detail.starts_with("$.a.b[0].c:"), decode.error().detail.c_str());
        QVERIFY(!decode.result(1));
    }
};

ANDON_SUITE(JsonTest)
#include "json_test.moc"
