#include "telemetry/baseline.h"
#include "tests/support/suite.h"

#include <cmath>
#include <limits>

using namespace andon;
using namespace andon::telemetry;

namespace
{
Series every(std::int64_t stepMs, int count, double (*value)(int))
{
    Series series;
    for (int i = 0; i < count; ++i) {
        series.t.push_back(i * stepMs);
        series.v.push_back(value(i));
    }
    return series;
}
const core::TimeRange kWeek{{0}, {kBaselineSpan}};
} // namespace

class BaselineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void quantilesLieBetweenTheirNeighbours()
    {
        std::vector<double> values{4, 1, 3, 2};
        QCOMPARE(*quantile(values, 0.5), 2.5);
        QCOMPARE(*quantile(values, 0), 1.0);
        QCOMPARE(*quantile(values, 1), 4.0);
        std::vector<double> none;
        QVERIFY(!quantile(none, 0.5));
    }

    void aDayIsTheLeast()
    {
        const std::int64_t step = 5 * core::kMinute;
        const auto level = [](int i) { return i < 280 ? 2.0 : 10.0; };
        const auto normal = baseline(every(step, 288, level), kWeek, step);
        QVERIFY(normal);
        QCOMPARE(normal->median, 2.0);
        QCOMPARE(normal->p99, 10.0);
        QCOMPARE(normal->covered, core::kDay);
        QVERIFY(!baseline(every(step, 287, level), kWeek, step));
        QVERIFY(!baseline(every(step, 288, level), kWeek, 0));
        QVERIFY(!baseline(every(step, 600, level), {{0}, {core::kDay - step}}, step));
    }

    void infiniteSamplesAreNoBaseline()
    {
        const std::int64_t step = core::kHour;
        QVERIFY(!baseline(every(step, 48, [](int) { return std::numeric_limits<double>::infinity(); }), kWeek, step));
    }

    void correlationSeesTheLag()
    {
        const Series wave = every(1000, 40, [](int i) { return std::sin(i); });
        const Series later = every(1000, 40, [](int i) { return -std::sin(i + 2); });
        const core::TimeRange all{{0}, {40'000}};
        QCOMPARE(*correlation(wave, wave, all, 0), 1.0);
        QVERIFY(*correlation(wave, later, all, 2000) < -0.999999);
        QVERIFY(*correlation(wave, later, all, 0) > -0.9);
        QVERIFY(!correlation(wave, wave, {{0}, {14'000}}, 0)); // 14 pairs
        QVERIFY(correlation(wave, wave, {{0}, {15'000}}, 0));
        QVERIFY(!correlation(wave, every(1000, 40, [](int) { return 0.1; }), all, 0)); // a constant
        QVERIFY(!correlation(wave, every(999, 40, [](int i) { return double(i); }), all, 0)); // no common times
    }

    void theNewestSampleCountsUntilItIsTooOld()
    {
        const Series series{.t = {1000, 2000}, .v = {5, 6}};
        QCOMPARE(*valueAt(series, 1999, 1000), 5.0);
        QCOMPARE(*valueAt(series, 2000, 1000), 6.0);
        QCOMPARE(*valueAt(series, 3000, 1000), 6.0);
        QVERIFY(!valueAt(series, 3001, 1000));
        QVERIFY(!valueAt(series, 999, 1000));
    }
};

ANDON_SUITE(BaselineTest)
#include "baseline_test.moc"
