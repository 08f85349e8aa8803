// The sentences that say why.
#include "tests/support/suite.h"
#include "text/machinetext.h"

using namespace andon;
using namespace andon::text;
using telemetry::Level;
using telemetry::Starvation;
using telemetry::StationState;

namespace
{

const core::Instant kNow{1'795'003'200'000}; // 2026-11-18 12:00 UTC

StationState fired(Level level, const char *rule, std::vector<telemetry::Reading> readings)
{
    return {level, rule, "Word", "The rule in words.", std::move(readings)};
}

} // namespace

class MachineTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void storage()
    {
        const StationState state =
            fired(Level::Critical, "storage-saturated",
                  {{"storage.limit_share", 0.99, ">=", 0.95}, {"storage.latency_ratio", 6.28, ">=", 3.0}});
        QCOMPARE(
            stationSentence(state, {.about = {{"array", "fb-1"}}, .since = kNow - core::kHour}, kNow),
            QStringLiteral("fb-1 reads at 99\u00a0% of the most that it has shown in 7 days and answers 6.3\u00a0× "
                           "slower than normal since 11:00."));
        const QString rule = stationRule(state);
        QVERIFY(rule.contains(QStringLiteral("Rule storage-saturated of stations.yaml")));
        QVERIFY(rule.contains(QStringLiteral("Read latency ÷ normal: 6.3\u00a0× (rule: ≥ 3.0\u00a0×)")));
    }

    void compute()
    {
        const StationState state =
            fired(Level::Major, "compute-starving", {{"compute.starved_share", 1.0 / 3, ">=", 0.1}});
        StationFacts facts{.about = {{"gpus", "20"}, {"allocated", "60"}, {"verdict", "probable"}}};
        facts.gpuHours = 105.4;
        QVERIFY(stationSentence(state, facts, kNow).endsWith(QStringLiteral("So far 105 GPU-h.")));
        facts.cost = core::Money{263'400'000, {"USD"}};
        QCOMPARE(stationSentence(state, facts, kNow),
                 QStringLiteral("20 of 60 allocated GPUs (33\u00a0%) are busy but wait for data. Storage-bound, "
                                "probable. So far 105 GPU-h, $263."));
    }

    void training()
    {
        const StationState state = fired(Level::Warning, "training-gate", {{"training.gates_skipped", 1, ">=", 1.0}});
        QCOMPARE(stationSentence(state,
                                 {.about = {{"hook", "schema-check"}, {"branch", "main"}, {"repository", "ml-data"}},
                                  .since = kNow - 9 * core::kDay},
                                 kNow),
                 QStringLiteral("1 merge past a gate in 14 days. The newest: into main of ml-data past schema-check, "
                                "9 d ago."));
    }

    void deployment()
    {
        const StationState state =
            fired(Level::Warning, "deployment-quality", {{"deployment.quality_drop", 0.11, ">=", 0.05}});
        StationFacts facts{.about = {{"model", "fraud-llm@14"}, {"before", "13"}, {"metric", "auc"}}};
        facts.now = 0.812;
        facts.before = 0.912;
        QCOMPARE(stationSentence(state, facts, kNow),
                 QStringLiteral("fraud-llm@14 is 11\u00a0% below @13: auc 0.812 after 0.912."));
    }

    void withoutARule()
    {
        StationState state{Level::Ok, "", "Running", "No rule holds.", {{"storage.latency_ratio", 1.04, ">=", 2.0}}};
        QCOMPARE(stationSentence(state, {}, kNow), QStringLiteral("No rule holds: read latency ÷ normal 1.0\u00a0×."));
        state.level = Level::Unknown;
        state.readings.front().value.reset();
        QCOMPARE(stationSentence(state, {}, kNow),
                 QStringLiteral("Cannot tell: no source gives read latency ÷ normal."));
    }

    void aRuleOfTheSiteIsQuoted()
    {
        const StationState state = fired(Level::Info, "own", {{"storage.write_share", 0.4, ">", 0.3}});
        QCOMPARE(stationSentence(state, {}, kNow), QStringLiteral("The rule in words. storage.write_share 40\u00a0%."));
    }

    void serverTextStaysText()
    {
        const StationState state = fired(Level::Warning, "storage-slow", {{"storage.latency_ratio", 2.5, ">=", 2.0}});
        QVERIFY(
            stationSentence(state, {.about = {{"array", "a\u202eb\n"}}}, kNow).startsWith(QStringLiteral("a\ufffdb ")));
    }

    void everySignalHasItsWords()
    {
        for (const char *id :
             {"D1", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8"})
            for (const QString &words : {signalName(id), signalMeaning(id), howToEnable(id)})
                QVERIFY2(words != QString::fromLatin1(id) && words.size() > 4, id);
    }

    void thresholdsReadAsTheRuleHasThem()
    {
        QCOMPARE(signalThreshold("D1", 0.05), QStringLiteral("≥\u00a05\u00a0%"));
        QCOMPARE(signalThreshold("E3", 2), QStringLiteral("≥\u00a02\u00a0×"));
        QCOMPARE(signalThreshold("E5", -0.7), QStringLiteral("≤\u00a0−0.7"));
        QCOMPARE(signalThreshold("E6", 0.9), QStringLiteral("<\u00a00.90"));
        QCOMPARE(signalValue("E5", -0.914), QStringLiteral("−0.91"));
        QCOMPARE(signalValue("E3", 6.1), QStringLiteral("6.1\u00a0×"));
        QCOMPARE(signalValue("E1", {}), QStringLiteral("—"));
    }

    void verdictsDiffer()
    {
        QStringList seen;
        for (const Starvation verdict :
             {Starvation::InsufficientData, Starvation::NotStarved, Starvation::UnderUsed, Starvation::InputElsewhere,
              Starvation::StoragePossible, Starvation::StorageProbable, Starvation::StorageConfirmed}) {
            QVERIFY(!seen.contains(starvationTitle(verdict)) && !starvationMeaning(verdict).isEmpty());
            seen << starvationTitle(verdict);
        }
    }
};

ANDON_SUITE(MachineTextTest)
#include "machinetext_test.moc"
