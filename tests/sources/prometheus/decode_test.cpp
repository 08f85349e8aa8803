#include "sources/prometheus/decode.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/sources/shared/variants.h"
#include "tests/support/suite.h"

#include <functional>

using namespace andon;
using namespace andon::sources::prometheus;
using test::golden;
using test::replaced;

namespace
{
using Decoder = std::function<core::Result<std::size_t>(std::string_view)>;

template <typename Fn> Decoder counting(Fn decode)
{
    return [decode](std::string_view body) -> core::Result<std::size_t> {
        const auto items = decode(body);
        if (!items)
            return core::fail(items.error());
        return items->size();
    };
}

Decoder decoderOf(const QString &name)
{
    if (name == QLatin1String("alerts"))
        return counting(decodeAlerts);
    if (name == QLatin1String("rules"))
        return counting(decodeRules);
    if (name == QLatin1String("targets"))
        return counting(decodeTargets);
    if (name == QLatin1String("metadata"))
        return counting(decodeMetadata);
    if (name == QLatin1String("buildinfo"))
        return [](std::string_view body) -> core::Result<std::size_t> {
            const auto info = decodeBuildInfo(body);
            if (!info)
                return core::fail(info.error());
            return info->version.size();
        };
    return counting([](std::string_view body) { return decodeStrings(body, "prometheus labels"); });
}
} // namespace

class PrometheusDecodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void readsEveryRecordedAnswer_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<int>("items");
        QTest::newRow("prometheus/labels") << "strings" << 34;
        QTest::newRow("prometheus/label-values-match") << "strings" << 2;
        QTest::newRow("prometheus/alerts") << "alerts" << 2;
        QTest::newRow("prometheus/rules") << "rules" << 4;
        QTest::newRow("prometheus/targets") << "targets" << 2;
        QTest::newRow("prometheus/metadata") << "metadata" << 3;
        QTest::newRow("victoria/metadata") << "metadata" << 0;
        QTest::newRow("prometheus/buildinfo") << "buildinfo" << 9;
        QTest::newRow("victoria/label-values") << "strings" << 3;
        QTest::newRow("victoria/alerts") << "alerts" << 0;
        QTest::newRow("victoria/rules") << "rules" << 0;
        QTest::newRow("victoria/targets") << "targets" << 0;
        QTest::newRow("victoria/buildinfo") << "buildinfo" << 0;
    }
    void readsEveryRecordedAnswer()
    {
        QFETCH(QString, decoder);
        const std::string body = golden(std::string("prometheus/golden/") + QTest::currentDataTag() + ".json");
        const auto count = decoderOf(decoder)(body);
        ANDON_VERIFY_RESULT(count);
        QTEST(static_cast<int>(*count), "items");
        for (const auto &[name, bad] : test::badVariants(body)) {
            const auto answer = decoderOf(decoder)(bad);
            QVERIFY2(!answer && answer.error().kind == core::ErrorKind::Protocol, name.c_str());
        }
    }

    void refusesWrongTypesAndMissingFields_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("path");
        QTest::newRow("alerts|no state") << "\"state\""
                                         << "\"x\""
                                         << "$.data.alerts[0].state";
        QTest::newRow("alerts|bad time") << "2026-11-24T01:56"
                                         << "yesterday"
                                         << "$.data.alerts[0].activeAt";
        QTest::newRow("alerts|labels") << "\"labels\":{"
                                       << "\"labels\":[],\"x\":{"
                                       << "$.data.alerts[0].labels";
        QTest::newRow("alerts|list") << "\"alerts\""
                                     << "\"x\""
                                     << "$.data.alerts";
        QTest::newRow("rules|no name") << "\"name\":\"gpu\","
                                       << ""
                                       << "$.data.groups[0].name";
        QTest::newRow("rules|query") << "\"avg(DCGM_FI_DEV_GPU_UTIL)\""
                                     << "1"
                                     << "$.data.groups[0].rules[0].query";
        QTest::newRow("targets|no health") << "\"health\""
                                           << "\"x\""
                                           << "$.data.activeTargets[0].health";
        QTest::newRow("targets|no data") << "\"data\""
                                         << "\"x\""
                                         << "$.data";
        QTest::newRow("metadata|type") << "\"counter\""
                                       << "1"
                                       << "$.data.prometheus_notifications_dropped_total[0].type";
        QTest::newRow("metadata|no list") << "[{\"type\""
                                          << "7,\"x\":[{\"type\""
                                          << "$.data.prometheus_notifications_dropped_total";
        QTest::newRow("buildinfo|version") << "\"2.42.0+ds\""
                                           << "2"
                                           << "$.data.version";
        QTest::newRow("labels|numbers") << "\"Hostname\""
                                        << "1"
                                        << "$.data";
        QTest::newRow("labels|no data") << "\"data\""
                                        << "\"x\""
                                        << "$.data";
    }
    void refusesWrongTypesAndMissingFields()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, path);
        const std::string tag = QTest::currentDataTag();
        const std::string file = tag.substr(0, tag.find('|'));
        const std::string bad =
            replaced(golden("prometheus/golden/prometheus/" + file + ".json"), from.toStdString(), to.toStdString());
        QVERIFY(!bad.empty());
        const auto answer = decoderOf(QString::fromStdString(file))(bad);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, core::ErrorKind::Protocol);
        QVERIFY2(answer.error().detail.starts_with(path.toStdString() + ":"), answer.error().detail.c_str());
    }

    void readsMetadata()
    {
        const auto metrics = decodeMetadata(golden("prometheus/golden/prometheus/metadata.json"));
        ANDON_VERIFY_RESULT(metrics);
        QCOMPARE((*metrics)[0].name, std::string("prometheus_notifications_dropped_total"));
        QCOMPARE((*metrics)[0].type, std::string("counter"));
        QVERIFY((*metrics)[0].help.starts_with("Total number of alerts dropped"));
        const auto two = decodeMetadata(R"({"status":"success","data":{"m":[{"type":"gauge","unit":"bytes"},
                                           {"type":"counter","help":"another exporter"}]}})");
        ANDON_VERIFY_RESULT(two);
        QCOMPARE(two->size(), std::size_t(1));
        QCOMPARE((*two)[0], (telemetry::MetricInfo{"m", "gauge", "bytes", ""})); // the first counts
    }

    void readsAlerts()
    {
        const auto alerts = decodeAlerts(golden("prometheus/golden/prometheus/alerts.json"));
        ANDON_VERIFY_RESULT(alerts);
        QCOMPARE((*alerts)[0].name, std::string("AlwaysFiring"));
        QCOMPARE((*alerts)[0].state, telemetry::AlertState::Firing);
        QCOMPARE((*alerts)[0].value, 1.0);
        QCOMPARE((*alerts)[0].activeAt.ms, 1795485399841LL);
        QCOMPARE(std::string((*alerts)[0].annotations.get("summary")), std::string("Fires <b>always</b>"));
        QCOMPARE((*alerts)[1].state, telemetry::AlertState::Pending);
        const auto odd =
            decodeAlerts(replaced(golden("prometheus/golden/prometheus/alerts.json"), "\"pending\"", "\"escalated\""));
        ANDON_VERIFY_RESULT(odd);
        QCOMPARE((*odd)[1].state, telemetry::AlertState::Firing); // better shown than hidden
    }

    void readsRulesAndTargets()
    {
        const auto rules = decodeRules(golden("prometheus/golden/prometheus/rules.json"));
        ANDON_VERIFY_RESULT(rules);
        QCOMPARE((*rules)[0].group, std::string("gpu"));
        QVERIFY(!(*rules)[0].alerting);
        QVERIFY((*rules)[1].alerting);
        QCOMPARE((*rules)[3].health, std::string("err"));
        QVERIFY((*rules)[3].lastError.starts_with("found duplicate series"));
        const auto targets = decodeTargets(golden("prometheus/golden/prometheus/targets.json"));
        ANDON_VERIFY_RESULT(targets);
        QCOMPARE((*targets)[0].health, std::string("down"));
        QCOMPARE((*targets)[0].pool, std::string("gone"));
        QVERIFY((*targets)[0].lastError.find("connection refused") != std::string::npos);
        QCOMPARE((*targets)[1].lastScrape.ms, 1795485462772LL);
    }

    void tellsErrorEnvelopesFromOtherText()
    {
        QCOMPARE(errorEnvelope(golden("prometheus/golden/prometheus/parse-error.json")).first, std::string("bad_data"));
        QCOMPARE(errorEnvelope(golden("prometheus/golden/victoria/parse-error.json")).first, std::string("422"));
        for (const char *file : {"prometheus/alerts.json", "victoria/runtimeinfo.txt", "prometheus/route-unknown.txt"})
            QVERIFY(errorEnvelope(golden(std::string("prometheus/golden/") + file)).first.empty());
        QVERIFY(errorEnvelope("").first.empty());
        QVERIFY(errorEnvelope("{\"status\":").first.empty());
        const auto told = decodeAlerts(golden("prometheus/golden/prometheus/parse-error.json"));
        QVERIFY(!told);
        QCOMPARE(told.error().kind, core::ErrorKind::Invalid);
    }
};

ANDON_SUITE(PrometheusDecodeTest)
#include "decode_test.moc"
