#include "sources/prometheus/matrix.h"
#include "sources/prometheus/scan.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/sources/shared/variants.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

using namespace andon;
using namespace andon::sources::prometheus;
using test::golden;
using test::replaced;

namespace
{

/// The same answer through nlohmann's DOM and strtod: the oracle.
std::vector<telemetry::Series> oracle(const std::string &body)
{
    std::vector<telemetry::Series> out;
    const auto json = nlohmann::json::parse(body);
    for (const auto &item : json["data"]["result"]) {
        telemetry::Series series;
        std::vector<std::pair<std::string, std::string>> pairs;
        for (const auto &[name, value] : item["metric"].items())
            pairs.emplace_back(name, value.get<std::string>());
        series.labels = telemetry::Labels(std::move(pairs));
        const auto sample = [&](const nlohmann::json &pair) {
            const double v = std::strtod(pair[1].get<std::string>().c_str(), nullptr);
            if (std::isnan(v))
                return;
            series.t.push_back(std::llround(pair[0].get<double>() * 1000));
            series.v.push_back(v);
        };
        if (item.contains("value"))
            sample(item["value"]);
        else
            for (const auto &pair : item["values"])
                sample(pair);
        out.push_back(std::move(series));
    }
    return out;
}

bool sameBits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::string matrixOf(const std::string &values, const std::string &metric = R"({"a":"b"})")
{
    return R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":)" + metric + R"(,"values":)"
        + values + "}]}}";
}
} // namespace

class PrometheusMatrixTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void agreesWithTheOracle_data()
    {
        QTest::addColumn<int>("series");
        QTest::newRow("prometheus/range") << 2;
        QTest::newRow("prometheus/range-post") << 1;
        QTest::newRow("prometheus/range-gap") << 1;
        QTest::newRow("prometheus/range-rate-with-reset") << 2;
        QTest::newRow("prometheus/matrix-instant") << 1;
        QTest::newRow("victoria/range") << 2;
        QTest::newRow("victoria/range-post") << 1;
        QTest::newRow("victoria/range-gap") << 1;
        QTest::newRow("victoria/range-rate-with-reset") << 2;
        QTest::newRow("victoria/matrix-instant") << 1;
    }
    void agreesWithTheOracle()
    {
        const std::string body = golden(std::string("prometheus/golden/") + QTest::currentDataTag() + ".json");
        const auto matrix = decodeMatrix(body);
        ANDON_VERIFY_RESULT(matrix);
        QTEST(static_cast<int>(matrix->series.size()), "series");
        QVERIFY(matrix->series == oracle(body));
        QVERIFY(matrix->series[0].t.size() > 4);
    }

    void readsVectors_data()
    {
        QTest::addColumn<int>("samples");
        QTest::newRow("prometheus/vector") << 4;
        QTest::newRow("prometheus/scalar") << 1;
        QTest::newRow("prometheus/string") << 0;
        QTest::newRow("prometheus/empty") << 0;
        QTest::newRow("prometheus/odd-values") << 4; // NaN is absent
        QTest::newRow("prometheus/division-by-zero") << 1;
        QTest::newRow("prometheus/duplicate-labelset") << 4;
        QTest::newRow("prometheus/stats") << 1;
        QTest::newRow("prometheus/time-float") << 1;
        QTest::newRow("victoria/vector") << 4;
        QTest::newRow("victoria/scalar") << 1;
        QTest::newRow("victoria/string") << 0;
        QTest::newRow("victoria/odd-values") << 4;
    }
    void readsVectors()
    {
        const auto vector = decodeVector(golden(std::string("prometheus/golden/") + QTest::currentDataTag() + ".json"));
        ANDON_VERIFY_RESULT(vector);
        QTEST(static_cast<int>(vector->samples.size()), "samples");
    }

    void readsOddValuesAlikeFromBothEngines()
    {
        for (const char *engine : {"prometheus", "victoria"}) {
            const auto vector = decodeVector(golden(std::string("prometheus/golden/") + engine + "/odd-values.json"));
            ANDON_VERIFY_RESULT(vector);
            const bool exact = std::string(engine) == "prometheus"; // the other rounds to 16 digits
            for (const telemetry::Sample &sample : vector->samples) {
                const auto kind = sample.labels.get("kind");
                if (kind == "big" && exact)
                    QVERIFY(sample.value == std::numeric_limits<double>::max());
                else if (kind == "big")
                    QVERIFY(sample.value > 1.79e308);
                else if (kind == "inf")
                    QVERIFY(std::isinf(sample.value));
                else if (kind == "small")
                    QVERIFY(sameBits(sample.value, 1e-300));
                else
                    QCOMPARE(std::string(kind), std::string("quote \" back\\slash é"));
            }
        }
        QCOMPARE(decodeVector(golden("prometheus/golden/prometheus/time-float.json"))->samples[0].at.ms,
                 1795478340123LL);
    }

    void givesTheDoublesOfStrtod()
    {
        std::mt19937_64 random(20261124);
        char text[512];
        const auto check = [&] {
            double ours = 0;
            QVERIFY2(parseSample(text, ours), text);
            QVERIFY2(sameBits(ours, std::strtod(text, nullptr)), text);
        };
        for (int i = 0; i < 300000; ++i) {
            const double any = std::bit_cast<double>(random());
            if (!std::isfinite(any))
                continue;
            *std::to_chars(text, text + sizeof text, any).ptr = '\0';
            check();
            const double usual = static_cast<double>(random() >> 11) * 0x1.0p-53 * std::pow(10, i % 14);
            std::snprintf(text, sizeof text, "%.*f", i % 18, usual);
            check();
            *std::to_chars(text, text + sizeof text, -usual, std::chars_format::fixed).ptr = '\0';
            check();
        }
        for (const char *edge : {"0",
                                 "-0",
                                 "0.0",
                                 "1",
                                 "9007199254740992",
                                 "9007199254740993",
                                 "9007199254740994",
                                 "9007199254740995",
                                 "18446744073709551616",
                                 "0.1",
                                 "0.3",
                                 "2.2250738585072014e-308",
                                 "4.9e-324",
                                 "1e22",
                                 "1e23",
                                 "123456789012345678",
                                 "0.000000000000000000000001",
                                 "8.5",
                                 "1e+00",
                                 "100000000000000000000000",
                                 "0.12345678901234567890",
                                 "9999999999999999999",
                                 "1795478340.123"}) {
            std::snprintf(text, sizeof text, "%s", edge);
            check();
        }
    }

    void refusesWhatIsNoSample_data()
    {
        QTest::addColumn<QString>("values");
        const char *const bad[] = {
            R"([[1,"1x"]])",        R"([[1,""]])",    R"([[1,"0x10"]])", R"([[1,"1,5"]])",     R"([[1,1]])",
            R"([[1,null]])",        R"([["1","1"]])", R"([[1]])",        R"([[1,"1",2]])",     R"([[1,"1"],[1,"2"]])",
            R"([[2,"1"],[1,"2"]])", R"([[,"1"]])",    R"([[1e30,"1"]])", R"([[1,"1"],])",      R"([1,"1"])",
            R"({"a":1})",           R"("x")",         R"(null)",         R"([[1,"1\u0030"]])", R"([[+1,"1"]])",
            R"([[1,"nan"]])",       R"([[1 "1"]])",   R"([[1-2,"1"]])",  R"([[NaN,"1"]])"};
        for (const char *values : bad)
            QTest::newRow(values) << QString::fromUtf8(values);
    }
    void refusesWhatIsNoSample()
    {
        QFETCH(QString, values);
        const auto matrix = decodeMatrix(matrixOf(values.toStdString()));
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, core::ErrorKind::Protocol);
    }

    void refusesBrokenAnswers()
    {
        for (const char *file : {"prometheus/golden/prometheus/range.json", "prometheus/golden/victoria/range.json"})
            for (const auto &[name, body] : test::badVariants(golden(file))) {
                const auto matrix = decodeMatrix(body);
                QVERIFY2(!matrix && matrix.error().kind == core::ErrorKind::Protocol, name.c_str());
                const auto vector = decodeVector(body);
                QVERIFY2(!vector && vector.error().kind == core::ErrorKind::Protocol, name.c_str());
            }
    }

    void refusesARecordingThatWasCutOff()
    {
        for (const char *file : {"prometheus/range-11000-steps.json", "victoria/range-too-many-points.json"}) {
            const auto matrix = decodeMatrix(golden(std::string("prometheus/golden/") + file));
            QVERIFY(!matrix);
            QCOMPARE(matrix.error().kind, core::ErrorKind::Protocol);
        }
    }

    void refusesWrongShapes_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("no status") << "\"status\""
                                   << "\"x\"";
        QTest::newRow("unknown status") << "\"success\""
                                        << "\"fine\"";
        QTest::newRow("unknown result type") << "\"matrix\""
                                             << "\"heatmap\"";
        QTest::newRow("no result type") << "\"resultType\""
                                        << "\"x\"";
        QTest::newRow("no result") << "\"result\":"
                                   << "\"x\":";
        QTest::newRow("no metric") << "\"metric\":"
                                   << "\"x\":";
        QTest::newRow("no values") << "\"values\":"
                                   << "\"x\":";
        QTest::newRow("number as label") << "\"node-0\""
                                         << "7";
        QTest::newRow("a vector") << "\"matrix\""
                                  << "\"vector\"";
        QTest::newRow("control character") << "node-0"
                                           << "node\n0";
        QTest::newRow("lone surrogate") << "node-0"
                                        << "\\ud800";
        QTest::newRow("bad escape") << "node-0"
                                    << "\\x41";
        QTest::newRow("short escape") << "node-0"
                                      << "\\u00";
        QTest::newRow("data as list") << "\"data\":{"
                                      << "\"data\":[],\"y\":{";
    }
    void refusesWrongShapes()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const std::string bad =
            replaced(golden("prometheus/golden/prometheus/range.json"), from.toStdString(), to.toStdString());
        QVERIFY(!bad.empty());
        const auto matrix = decodeMatrix(bad);
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, core::ErrorKind::Protocol);
        QVERIFY(!matrix.error().detail.empty());
    }

    void toleratesWhatMayComeWithNewerEngines()
    {
        const auto matrix = decodeMatrix(
            R"( { "extra" : [1, {"a": null}, "x", -1.5e3, true, [[]], {}] , "status" : "success", "isPartial":false, "data" :)"
            R"( {"stats":{"a":[{}]}, "resultType":"matrix", "result":[ {"metric": {"z":"1","a":"\u00e9\ud83d\ude00\n"},)"
            "\n"
            R"( "more": {"x":[[1]]}, "values":[ [ 1.5 , "1" ] , [2,"NaN"], [3.0004,"+Inf"],[4,"-Inf"]]}]},)"
            R"("warnings":["partial response"],"infos":null})");
        ANDON_VERIFY_RESULT(matrix);
        const telemetry::Series &series = matrix->series[0];
        QCOMPARE(series.t, (std::vector<std::int64_t>{1500, 3000, 4000}));
        QVERIFY(series.v[1] == std::numeric_limits<double>::infinity());
        QVERIFY(series.v[2] == -std::numeric_limits<double>::infinity());
        QCOMPARE(std::string(series.labels.get("a")), std::string("é😀\n"));
        QCOMPARE(series.labels.pairs()[0].first, std::string("a")); // sorted
        QCOMPARE(matrix->warnings, std::vector<std::string>{"partial response"});
    }

    void skipsWhatItDoesNotKnowUpTo64Levels()
    {
        const auto nested = [](std::size_t levels) {
            return replaced(golden("prometheus/golden/prometheus/range.json"),
                            "\"data\":", "\"x\":" + std::string(levels, '[') + std::string(levels, ']') + ",\"data\":");
        };
        ANDON_VERIFY_RESULT(decodeMatrix(nested(64)));
        QVERIFY(!decodeMatrix(nested(65)));
        QVERIFY(!decodeMatrix(nested(1000000)));
    }

    void refusesLabelsThatAreNoUtf8()
    {
        for (const char *bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x80\x80\x80"})
            QVERIFY2(!decodeMatrix(matrixOf("[]", std::string("{\"a\":\"") + bad + "\"}")), bad);
        for (const char *good : {"é", "€", "😀", ""})
            ANDON_VERIFY_RESULT(decodeMatrix(matrixOf("[]", std::string("{\"a\":\"") + good + "\"}")));
    }

    void saysThatHistogramsAreLeftOut()
    {
        const auto matrix =
            decodeMatrix(R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":)"
                         R"([[1,{"count":"1","sum":"2","buckets":[[0,"1","2","1"]]}]]}]}})");
        ANDON_VERIFY_RESULT(matrix);
        QVERIFY(matrix->series[0].t.empty());
        QCOMPARE(matrix->warnings.size(), std::size_t(1));
    }

    void tellsTheServersErrors_data()
    {
        QTest::addColumn<core::ErrorKind>("kind");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("hint");
        QTest::newRow("prometheus/parse-error") << core::ErrorKind::Invalid << "invalid parameter"
                                                << "promql";
        QTest::newRow("prometheus/range-too-many-points") << core::ErrorKind::Invalid << "exceeded maximum"
                                                          << "";
        QTest::newRow("prometheus/execution-error-many-to-many") << core::ErrorKind::Invalid << "found duplicate series"
                                                                 << "";
        QTest::newRow("victoria/parse-error") << core::ErrorKind::Invalid << "error when executing"
                                              << "promql";
    }
    void tellsTheServersErrors()
    {
        QFETCH(core::ErrorKind, kind);
        QFETCH(QString, detail);
        QFETCH(QString, hint);
        const auto matrix = decodeMatrix(golden(std::string("prometheus/golden/") + QTest::currentDataTag() + ".json"));
        QVERIFY(!matrix);
        QCOMPARE(matrix.error().kind, kind);
        QVERIFY2(matrix.error().detail.starts_with(detail.toStdString()), matrix.error().detail.c_str());
        QCOMPARE(matrix.error().hint, hint.toStdString());
        QCOMPARE(errorOf("timeout", "x", "w").kind, core::ErrorKind::Timeout);
        QCOMPARE(errorOf("unavailable", "x", "w").kind, core::ErrorKind::Server);
        QCOMPARE(errorOf("new-word", "x", "w").kind, core::ErrorKind::Invalid);
    }

    void refusesARangeWhereOneValueIsWanted()
    {
        QVERIFY(!decodeVector(golden("prometheus/golden/prometheus/matrix-instant.json")));
        QVERIFY(!decodeMatrix(golden("prometheus/golden/prometheus/vector.json")));
        QVERIFY(!decodeMatrix(golden("prometheus/golden/prometheus/scalar.json")));
    }
};

ANDON_SUITE(PrometheusMatrixTest)
#include "matrix_test.moc"
