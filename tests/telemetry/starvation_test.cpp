#include "telemetry/starvation.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <cmath>

using namespace andon;
using namespace andon::telemetry;

namespace
{

constexpr std::int64_t kBegin = 1'795'000'020'000;
constexpr int kSteps = 30;

template <typename Value> Series minutely(Value value)
{
    Series series;
    for (int i = 0; i < kSteps; ++i) {
        series.t.push_back(kBegin + i * core::kMinute);
        series.v.push_back(value(i));
    }
    return series;
}

Series level(double value)
{
    return minutely([value](int) { return value; });
}

/// An allocated training job whose SMs idle, and nothing else known.
StarvationInput underFed()
{
    StarvationInput in;
    in.window = {{kBegin}, {kBegin + kSteps * core::kMinute}};
    in.gpus = 8;
    in.allocated = true;
    in.source = UtilisationSource::SmActive;
    in.utilisation = level(0.25);
    return in;
}

/// The story: latency six times normal, the array at its limit, hosts waiting.
StarvationInput story()
{
    StarvationInput in = underFed();
    in.readLatency = level(0.0078);
    in.latencyNormal = 0.0013;
    in.readThroughput = level(11.7e9);
    in.throughputLimit = 12e9;
    in.ioPressure = level(0.42);
    in.ioWait = level(0.07);
    return in;
}

const Evidence &find(const StarvationVerdict &verdict, const std::string &id)
{
    return *std::find_if(verdict.evidence.begin(), verdict.evidence.end(), [&](const auto &e) { return e.id == id; });
}

} // namespace

class StarvationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theStoryIsProbablyStorage()
    {
        const StarvationVerdict verdict = diagnose(story());
        QVERIFY(verdict.verdict == Starvation::StorageProbable);
        QCOMPARE(verdict.holds, 1.0);
        QCOMPARE(verdict.storagePoints, 4); // E3 and E4 two each
        QCOMPARE(verdict.waitPoints, 3); // E1 two, E2 one
        QCOMPARE(find(verdict, "E3").value.value(), 6.0);
        QVERIFY(find(verdict, "E4").storageSide && !find(verdict, "E1").storageSide);
        QCOMPARE(verdict.utilisation.value(), 0.25);
        QCOMPARE(verdict.missing, (std::vector<std::string>{"D1", "E5", "E6", "E7"}));
        QCOMPARE(verdict.confidence, 4 / 7.0);
    }

    void theDataLoaderConfirms()
    {
        StarvationInput in = story();
        in.blockedShare = level(0.6);
        QVERIFY(diagnose(in).verdict == Starvation::StorageConfirmed);
        in.blockedShare = level(0.04); // it says that it does not wait
        QVERIFY(diagnose(in).verdict == Starvation::NotStarved);
    }

    void withoutTheGateNobodyStarves()
    {
        StarvationInput in = story();
        in.allocated = false;
        QVERIFY(diagnose(in).verdict == Starvation::NotStarved);
        in = story();
        in.utilisation = level(0.8);
        QVERIFY(diagnose(in).verdict == Starvation::NotStarved);
        in = story();
        in.rivals.noDemand = true;
        QVERIFY(diagnose(in).verdict == Starvation::NotStarved);
        QCOMPARE(diagnose(in).rivals, std::vector<std::string>{"X4"});
        in = story();
        in.memoryBoundDecode = true;
        QVERIFY(diagnose(in).verdict == Starvation::NotStarved);
    }

    void whatIsNotKnownIsNotClaimed()
    {
        StarvationInput in = story();
        in.utilisation = {};
        QVERIFY(diagnose(in).verdict == Starvation::InsufficientData);
        QVERIFY(diagnose(underFed()).verdict == Starvation::InsufficientData); // no series of either side
        in = story();
        in.latencyNormal.reset();
        in.throughputLimit.reset();
        QVERIFY(diagnose(in).verdict == Starvation::InputElsewhere); // the hosts wait, storage is not known
        QVERIFY(diagnose(StarvationInput{}).verdict == Starvation::InsufficientData);
    }

    void storageAloneIsPossible()
    {
        StarvationInput in = story();
        in.ioPressure = {};
        in.ioWait = {};
        QVERIFY(diagnose(in).verdict == Starvation::StoragePossible);
        in.readLatency = level(0.0014);
        in.readThroughput = level(1e9);
        QVERIFY(diagnose(in).verdict == Starvation::UnderUsed);
    }

    void threePointsArePossibleAndFourProbable()
    {
        StarvationInput in = underFed();
        in.readLatency = level(0.0078);
        in.latencyNormal = 0.0013;
        in.ioPressure = level(0.2);
        QVERIFY(diagnose(in).verdict == Starvation::StoragePossible);
        in.ioWait = level(0.05);
        QVERIFY(diagnose(in).verdict == Starvation::StorageProbable);
    }

    void aRivalLowersTheClaim()
    {
        StarvationInput in = story();
        in.rivals.throttled = true;
        QVERIFY(diagnose(in).verdict == Starvation::StoragePossible);
        in = story();
        in.rivals.cpuBound = true; // only where storage is well
        QVERIFY(diagnose(in).rivals.empty());
        QVERIFY(diagnose(in).verdict == Starvation::StorageProbable);
    }

    void deviceActivityCapsTheClaim()
    {
        StarvationInput in = story();
        in.source = UtilisationSource::DeviceBusy;
        QVERIFY(diagnose(in).verdict == Starvation::StoragePossible);
    }

    void thresholds_data()
    {
        QTest::addColumn<double>("pressure");
        QTest::addColumn<int>("points");
        QTest::newRow("none") << 0.099 << 0;
        QTest::newRow("one") << 0.10 << 1;
        QTest::newRow("still one") << 0.299 << 1;
        QTest::newRow("two") << 0.30 << 2;
    }
    void thresholds()
    {
        QFETCH(double, pressure);
        QFETCH(int, points);
        StarvationInput in = underFed();
        in.ioPressure = level(pressure);
        QCOMPARE(find(diagnose(in), "E1").points, points);
    }

    void deliveredAgainstRequired()
    {
        StarvationInput in = story();
        in.requiredPerGpu = 1e9;
        in.readPerGpu = level(0.9e9);
        QCOMPARE(find(diagnose(in), "E6").points, 0);
        in.readPerGpu = level(0.7e9);
        QCOMPARE(find(diagnose(in), "E6").points, 1);
        in.readPerGpu = level(0.25e9);
        QCOMPARE(find(diagnose(in), "E6").points, 2);
        QCOMPARE(diagnose(in).estimatedUse.value(), 0.25);
        in.readPerGpu = level(3e9);
        QCOMPARE(diagnose(in).estimatedUse.value(), 1.0);
    }

    void oppositeCoursesAreEvidence()
    {
        StarvationInput in = underFed();
        in.utilisation = minutely([](int i) { return 0.3 + 0.1 * std::sin(i); });
        in.readLatency = minutely([](int i) { return 0.005 - 0.001 * std::sin(i); });
        const StarvationVerdict verdict = diagnose(in);
        QCOMPARE(find(verdict, "E5").points, 2);
        QVERIFY(find(verdict, "E5").value.value() < -0.99);
    }

    void sawTeethNeedLowPower()
    {
        StarvationInput in = underFed();
        in.utilisation = minutely([](int i) { return i % 2 ? 0.75 : 0.05; });
        in.power = level(300);
        in.powerNormal = 690;
        QCOMPARE(find(diagnose(in), "E7").points, 2);
        in.powerNormal = 400;
        QCOMPARE(find(diagnose(in), "E7").points, 0);
    }

    void aVerdictIsEnteredAt60AndLeftBelow40Percent()
    {
        const auto starvedFor = [](int steps) {
            StarvationInput in = story();
            in.utilisation = minutely([steps](int i) { return i < steps ? 0.25 : 0.95; });
            return in;
        };
        QVERIFY(diagnose(starvedFor(18)).verdict == Starvation::StorageProbable);
        QVERIFY(diagnose(starvedFor(17)).verdict == Starvation::NotStarved);
        QVERIFY(diagnose(starvedFor(17), Starvation::StorageProbable).verdict == Starvation::StorageProbable);
        QVERIFY(diagnose(starvedFor(12), Starvation::StorageProbable).verdict == Starvation::StorageProbable);
        QVERIFY(diagnose(starvedFor(11), Starvation::StorageProbable).verdict == Starvation::NotStarved);
    }

    void aGapIsNotAnswered()
    {
        StarvationInput in = story();
        in.utilisation.t.resize(10);
        in.utilisation.v.resize(10);
        QVERIFY(diagnose(in).verdict == Starvation::InsufficientData);
    }

    void lostHours()
    {
        QCOMPARE(lostGpuHours(64, 0.25, 2), 96.0);
        QCOMPARE(lostGpuHours(64, 1.5, 2), 0.0);
    }
};

ANDON_SUITE(StarvationTest)
#include "starvation_test.moc"
