#include "telemetry/gpufleet.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::telemetry;

namespace
{

constexpr std::int64_t kStep = 300'000;

Series of(const char *uuid, const char *pod, std::vector<double> values, std::int64_t from = 0)
{
    Series series;
    series.labels =
        Labels({{"node", "n1"}, {"gpu", uuid}, {"uuid", uuid}, {"namespace", *pod ? "team" : ""}, {"pod", pod}});
    for (std::size_t i = 0; i < values.size(); ++i)
        series.t.push_back(from + static_cast<std::int64_t>(i) * kStep);
    series.v = std::move(values);
    return series;
}

} // namespace

class GpuFleetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void states_data()
    {
        QTest::addColumn<bool>("held");
        QTest::addColumn<double>("busy");
        QTest::addColumn<double>("active");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, bool held, double busy, double active, GpuState state) {
            QTest::newRow(name) << held << busy << active << static_cast<int>(state);
        };
        row("computes", true, 0.9, 0.8, GpuState::Computing);
        row("waits", true, 0.8, 0.399, GpuState::Waiting);
        row("works a little", true, 0.8, 0.4, GpuState::Computing);
        row("half busy", true, 0.79, 0.1, GpuState::Computing);
        row("idle", true, 0.009, 0.0, GpuState::Idle);
        row("free", false, 0.0, 0.0, GpuState::Free);
        row("no SM activity is not waiting", true, 0.9, -1, GpuState::Computing);
        row("only SM activity, idle", true, -1, 0.0, GpuState::Idle);
        row("only SM activity", true, -1, 0.2, GpuState::Computing);
        row("nothing", true, -1, -1, GpuState::Unknown);
    }
    void states()
    {
        QFETCH(bool, held);
        QFETCH(double, busy);
        QFETCH(double, active);
        QFETCH(int, state);
        const auto value = [](double v) { return v < 0 ? std::nullopt : std::optional(v); };
        QCOMPARE(static_cast<int>(gpuState(held, value(busy), value(active))), state);
    }

    void pairsByGpuAndHolder()
    {
        const Matrix busy{.series = {of("10", "b", {1, 1}), of("2", "a", {1, 1}), of("2", "", {0}, 2 * kStep)}};
        const Matrix active{.series = {of("2", "a", {0.5, 0.5}), of("10", "b", {0.2, 0.2})}};
        const auto list = holdings(busy, active);
        QCOMPARE(list.size(), 3U);
        QCOMPARE(list[0].gpu, std::string("2")); // by number, not by text
        QVERIFY(!list[0].held());
        QCOMPARE(list[1].pod, std::string("a"));
        QCOMPARE(list[1].active->v.front(), 0.5);
        QCOMPARE(list[2].gpu, std::string("10"));
        QVERIFY(list[0].current({2 * kStep}, kStep));
        QVERIFY(list[1].current({3 * kStep}, kStep));
        QVERIFY(!list[1].current({4 * kStep}, kStep)); // it has let go of it
    }

    void aCourseSaysSinceWhenHalfOfItWaits()
    {
        const Matrix busy{.series = {of("0", "a", {0.9, 0.9, 0.9, 0.9}), of("1", "a", {0.9, 0.9, 0.9, 0.9})}};
        const Matrix active{.series = {of("0", "a", {0.8, 0.8, 0.2, 0.2}), of("1", "a", {0.8, 0.8, 0.8, 0.2})}};
        const auto list = holdings(busy, active);
        const auto all = courses(list);
        QCOMPARE(all.size(), 1U);
        QCOMPARE(all[0].nameSpace, std::string("team"));
        QCOMPARE(all[0].since(GpuState::Waiting).ms, 2 * kStep);
        QVERIFY(!all[0].since(GpuState::Idle).known());
        QCOMPARE(all[0].share(GpuState::Waiting).value(), 3.0 / 8);
        QCOMPARE(all[0].steps[2].in(GpuState::Waiting), 1);
        QVERIFY(!WorkloadCourse{}.share(GpuState::Idle));
    }

    void meansAndSumsKeepWhatIsThere()
    {
        const Series a = of("0", "", {1, 2, 3});
        const Series b = of("1", "", {5, 6}, kStep);
        QCOMPARE(meanOf({&a, &b}).v, (std::vector<double>{1, 3.5, 4.5}));
        QCOMPARE(sumOf({&a, &b}).v, (std::vector<double>{1, 7, 9}));
        QVERIFY(meanOf({}).t.empty());
        QCOMPARE(recentMean(a, 2 * kStep).value(), 2.5);
        QVERIFY(!recentMean(Series{}, kStep));
    }
};

ANDON_SUITE(GpuFleetTest)
#include "gpufleet_test.moc"
