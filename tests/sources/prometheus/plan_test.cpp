#include "sources/prometheus/plan.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::sources::prometheus;

namespace
{
telemetry::Labels named(const std::string &value)
{
    telemetry::Labels labels;
    labels.set("n", value);
    return labels;
}
} // namespace

class PrometheusPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void splitsRangesOnTheGrid()
    {
        const core::Instant start = core::Instant::fromSeconds(1795313340);
        const std::int64_t step = 15000;
        const auto one = windowsOf({start, start + 10999 * step}, step);
        ANDON_VERIFY_RESULT(one);
        QCOMPARE(one->size(), std::size_t(1));
        const auto three = windowsOf({start, start + 25000 * step + 7}, step);
        ANDON_VERIFY_RESULT(three);
        QCOMPARE(three->size(), std::size_t(3));
        std::int64_t points = 0;
        for (std::size_t i = 0; i < three->size(); ++i) {
            const core::TimeRange window = (*three)[i];
            QVERIFY(window.length() / step + 1 <= kMaxPoints);
            points += window.length() / step + 1;
            if (i > 0)
                QCOMPARE(window.from - (*three)[i - 1].to, step);
        }
        QCOMPARE(points, std::int64_t(25001));
        QCOMPARE(three->back().to, start + 25000 * step + 7);
        QCOMPARE(windowsOf({start, start}, step)->size(), std::size_t(1));
        QVERIFY(!windowsOf({start, start - 1}, step));
        QVERIFY(!windowsOf({start, start + 1}, 0));
        QVERIFY(!windowsOf({start, start + 20000000000}, 1));
    }

    void writesSeconds()
    {
        QCOMPARE(secondsText(1795478340000), std::string("1795478340"));
        QCOMPARE(secondsText(1795478340120), std::string("1795478340.12"));
        QCOMPARE(secondsText(5), std::string("0.005"));
        QCOMPARE(secondsText(-1500), std::string("-1.5"));
    }

    void joinsPartsByLabels()
    {
        telemetry::Matrix all{.series = {{.labels = named("1"), .t = {1}, .v = {1}}}, .warnings = {"a"}};
        append(all,
               {.series = {{.labels = named("2"), .t = {2}, .v = {2}}, {.labels = named("1"), .t = {2}, .v = {3}}},
                .warnings = {"a", "b"}});
        QCOMPARE(all.series.size(), std::size_t(2));
        QCOMPARE(all.series[0].v, (std::vector<double>{1, 3}));
        QCOMPARE(all.series[1].v, (std::vector<double>{2}));
        QCOMPARE(all.warnings, (std::vector<std::string>{"a", "b"}));
    }
};

ANDON_SUITE(PrometheusPlanTest)
#include "plan_test.moc"
