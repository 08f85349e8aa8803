#include "telemetry/stations.h"
#include "tests/support/suite.h"

#include <QFile>

#include <algorithm>

using namespace andon;
using namespace andon::telemetry;

namespace
{

std::vector<StationRule> shipped()
{
    QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/stations.yaml"));
    const auto rules =
        parseStationRules(file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "", "stations.yaml");
    return rules.value_or(std::vector<StationRule>{});
}

} // namespace

class StationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void thresholds_data()
    {
        QTest::addColumn<int>("station");
        QTest::addColumn<Figures>("figures");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, Station station, const Figures &figures, const char *rule) {
            QTest::newRow(name) << static_cast<int>(station) << figures << QString::fromLatin1(rule);
        };
        const auto storage = [](double share, double ratio) {
            return Figures{{"storage.limit_share", share}, {"storage.latency_ratio", ratio}};
        };
        row("at the limit and slow", Station::Storage, storage(0.95, 3), "storage-saturated");
        row("below the limit", Station::Storage, storage(0.949, 3), "storage-slow");
        row("at the limit and quick", Station::Storage, storage(1, 1.99), "");
        row("slow", Station::Storage, storage(0.1, 2), "storage-slow");
        row("latency alone", Station::Storage, {{"storage.latency_ratio", 9}}, "storage-slow");
        row("a tenth waits", Station::Compute, {{"compute.starved_share", 0.1}}, "compute-starving");
        row("fewer wait", Station::Compute, {{"compute.starved_share", 0.099}}, "");
        row("a tenth idles", Station::Compute, {{"compute.starved_share", 0}, {"compute.idle_share", 0.1}},
            "compute-idle");
        row("three failed", Station::Training, {{"training.failed", 3}}, "training-failing");
        row("two failed", Station::Training, {{"training.failed", 2}}, "");
        row("past a gate", Station::Training, {{"training.failed", 0}, {"training.gates_skipped", 1}}, "training-gate");
        row("quality", Station::Deployment, {{"deployment.quality_drop", 0.05}}, "deployment-quality");
        row("slow tokens", Station::Deployment, {{"deployment.ttft", 5}}, "deployment-slow");
        row("well", Station::Deployment, {{"deployment.ttft", 4.99}, {"deployment.quality_drop", 0.049}}, "");
    }
    void thresholds()
    {
        QFETCH(int, station);
        QFETCH(Figures, figures);
        QFETCH(QString, rule);
        const StationState state = stateOf(static_cast<Station>(station), shipped(), figures);
        QCOMPARE(QString::fromStdString(state.rule), rule);
        QCOMPARE(state.level == Level::Ok, rule.isEmpty());
    }

    void theRuleThatFiredComesWithItsNumbers()
    {
        const StationState state =
            stateOf(Station::Storage, shipped(), {{"storage.limit_share", 0.99}, {"storage.latency_ratio", 6.25}});
        QCOMPARE(state.readings,
                 (std::vector<Reading>{{"storage.limit_share", 0.99, ">=", 0.95},
                                       {"storage.latency_ratio", 6.25, ">=", 3.0}}));
    }

    void aStationThatRunsSaysHowFarItIs()
    {
        const StationState state =
            stateOf(Station::Storage, shipped(), {{"storage.limit_share", 0.6}, {"storage.latency_ratio", 1.1}});
        QCOMPARE(state.readings,
                 (std::vector<Reading>{{"storage.limit_share", 0.6, ">=", 0.95},
                                       {"storage.latency_ratio", 1.1, ">=", 2.0}})); // the mildest rule's
    }

    void whatIsMissingIsNamed()
    {
        const StationState state = stateOf(Station::Storage, shipped(), {{"storage.limit_share", 0.6}});
        QVERIFY(state.level == Level::Unknown);
        const auto found = std::find_if(state.readings.begin(), state.readings.end(),
                                        [](const Reading &r) { return r.figure == "storage.latency_ratio"; });
        QVERIFY(found != state.readings.end() && !found->value);
    }

    void oneFigureMayBoundAnother()
    {
        const auto rules = parseStationRules("rules:\n"
                                             "  - id: half\n"
                                             "    station: compute\n"
                                             "    level: info\n"
                                             "    word: Half\n"
                                             "    text: Half of the quota is allocated.\n"
                                             "    when: [{figure: a, op: \"<\", of: b, factor: 0.5}]\n",
                                             "own.yaml");
        ANDON_VERIFY_RESULT(rules);
        const StationState half = stateOf(Station::Compute, *rules, {{"a", 7}, {"b", 16}});
        QCOMPARE(half.rule, std::string("half"));
        QCOMPARE(half.readings, (std::vector<Reading>{{"a", 7.0, "<", 8.0}}));
        QVERIFY(stateOf(Station::Compute, *rules, {{"a", 8}, {"b", 16}}).level == Level::Ok);
        const StationState unknown = stateOf(Station::Compute, *rules, {{"a", 7}});
        QVERIFY(unknown.level == Level::Unknown);
        QVERIFY(!unknown.readings.front().bound);
    }
};

ANDON_SUITE(StationsTest)
#include "stations_test.moc"
