#include "telemetry/pack.h"
#include "telemetry/series.h"
#include "telemetry/stations.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QFile>

using namespace andon;
using namespace andon::telemetry;

namespace
{
std::string resource(const QString &name)
{
    QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}
} // namespace

class TelemetryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void labels()
    {
        Labels l({{"b", "2"}, {"a", "1"}});
        QCOMPARE(l.text(), std::string("{a=\"1\",b=\"2\"}"));
        l.set("a", "9");
        l.set("c", "3");
        QCOMPARE(std::string(l.get("a")), std::string("9"));
        QVERIFY(l.get("zz").empty());
    }

    void counters()
    {
        Series s{.t = {0, 1, 2, 3}, .v = {10, 15, 2, 4}};
        QCOMPARE(*counterDelta(s), 9.0); // 5, a restart that counted 2, 2
        QVERIFY(!counterDelta(Series{.t = {1}, .v = {5}}));
        QCOMPARE(*mean(s), 7.75);
        QVERIFY(!last(Series{}));
    }

    void coverageCountsSteps()
    {
        Series s;
        for (int i = 0; i < 90; ++i) {
            s.t.push_back(i * 1000);
            s.v.push_back(1);
        }
        QCOMPARE(coverage(s, {{0}, {100'000}}, 1000), 0.9);
        QCOMPARE(coverage(s, {{0}, {100'000}}, 0), 0.0);
        QCOMPARE(coverage(Series{}, {{0}, {100'000}}, 1000), 0.0);
    }

    void shippedPacksNameShippedSignals()
    {
        const auto known = parseSignals(resource(QStringLiteral("signals.yaml")), "signals.yaml");
        ANDON_VERIFY_RESULT(known);
        const QDir folder(QStringLiteral(ANDON_SOURCE_DIR "/resources/packs"));
        std::vector<Pack> packs;
        for (const QString &name : folder.entryList({QStringLiteral("*.yaml")})) {
            const auto pack = parsePack(resource(QStringLiteral("packs/") + name), name.toStdString());
            ANDON_VERIFY_RESULT(pack);
            for (const PackSignal &signal : pack->signals) {
                QVERIFY2(known->contains(signal.signal), signal.signal.value.c_str());
                for (const Candidate &candidate : signal.candidates) {
                    const std::string bare = expand(candidate, "5m", "");
                    QVERIFY2(bare.find('$') == std::string::npos && bare.find(",}") == std::string::npos, bare.c_str());
                    const std::string full = expand(candidate, "5m", "site=\"a\"");
                    QVERIFY2(full.find("site=\"a\"") != std::string::npos, full.c_str());
                }
            }
            packs.push_back(*pack);
        }
        QVERIFY(packs.size() >= 7);
    }

    void theFirstCandidateThatExistsIsTaken()
    {
        const auto pack = parsePack(resource(QStringLiteral("packs/nvidia-dcgm.yaml")), "p");
        ANDON_VERIFY_RESULT(pack);
        Inventory old{.metrics = {"DCGM_FI_DEV_GPU_UTIL"}};
        const Resolution one = resolve({*pack}, old);
        QVERIFY(one.find(SignalName("gpu.busy")));
        QVERIFY(one.find(SignalName("gpu.busy"))->candidate.expr.find("/ 100") != std::string::npos);
        QVERIFY(!one.find(SignalName("gpu.sm_active")));
        QCOMPARE(one.missing.front().missing.size(), std::size_t{1});
        Inventory kubernetes{.metrics = {"DCGM_FI_PROF_GR_ENGINE_ACTIVE"},
                             .labels = {{"DCGM_FI_PROF_GR_ENGINE_ACTIVE", {"exported_pod"}}}};
        QVERIFY(resolve({*pack}, kubernetes).find(SignalName("gpu.busy"))->candidate.rename.at("exported_pod")
                == "pod");
    }

    void mistakesNameTheirLine()
    {
        QCOMPARE(parsePack("id: a\ntitle: b\nsignls: []", "p.yaml").error().detail,
                 std::string("p.yaml:3: unknown key \"signls\""));
        QVERIFY(!parsePack("[", "p"));
        QVERIFY(!parseSignals("signals:\n  - {name: a, title: b, unit: furlongs}", "s"));
        QVERIFY(!parseSignals("signals:\n  - {name: a, title: b}\n  - {name: a, title: b}", "s"));
        QVERIFY(!parseStationRules("rules:\n  - {id: a, station: moon, level: ok, word: w, text: t}", "r"));
    }

    void stationsFollowTheRules()
    {
        const auto rules = parseStationRules(resource(QStringLiteral("stations.yaml")), "stations.yaml");
        ANDON_VERIFY_RESULT(rules);
        const auto state = [&](Station station, const Figures &figures) { return stateOf(station, *rules, figures); };
        QVERIFY(state(Station::Storage, {}).level == Level::Unknown);
        QCOMPARE(state(Station::Storage, {{"storage.limit_share", 0.97}, {"storage.latency_ratio", 6}}).word,
                 std::string("Saturated"));
        QVERIFY(state(Station::Storage, {{"storage.limit_share", 0.5}, {"storage.latency_ratio", 1}}).level
                == Level::Ok);
        QVERIFY(state(Station::Storage, {{"storage.latency_ratio", 2.5}}).level == Level::Warning);
        QVERIFY(state(Station::Compute, {{"compute.starved_share", 0.3}}).level == Level::Major);
    }
};

ANDON_SUITE(TelemetryTest)
#include "telemetry_test.moc"
