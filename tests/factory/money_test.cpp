// The money of any window: what a range is closed to, and that amounts grow with it.
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;

namespace
{
const core::Cancel kGoOn;
}

class MoneyWindowTest : public QObject
{
    Q_OBJECT

    static economics::KpiReport kpi(const test::DemoSite &demo, std::int64_t length)
    {
        factory::EconomicsService &economics = demo.site->economics();
        const core::Instant now = demo.clock.now();
        auto answer = economics.kpi(economics.closed({now - length, now}), Access::Refresh, kGoOn);
        return answer ? std::move(answer->value) : economics::KpiReport{};
    }

private Q_SLOTS:
    void rangesAreClosedAtWholeSteps_data()
    {
        QTest::addColumn<qint64>("from"); // before now, as are the others
        QTest::addColumn<qint64>("to");
        QTest::addColumn<qint64>("length");
        const auto row = [](const char *name, std::int64_t from, std::int64_t to, std::int64_t length) {
            QTest::newRow(name) << qint64{from} << qint64{to} << qint64{length};
        };
        row("a day", core::kDay, 0, core::kDay);
        row("a week", 7 * core::kDay, 0, 7 * core::kDay);
        row("a minute", core::kMinute, 0, 5 * core::kMinute);
        row("an odd hour", 61 * core::kMinute, 0, core::kHour);
        row("an odd week", 7 * core::kDay + 20 * core::kMinute, 0, 7 * core::kDay);
        row("the past", 3 * core::kDay, 2 * core::kDay, core::kDay);
        row("into the future", core::kHour, -core::kHour, core::kHour);
    }

    void rangesAreClosedAtWholeSteps()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        QFETCH(qint64, length);
        test::DemoSite demo;
        demo.clock.advance(17 * core::kSecond);
        const core::Instant now = demo.clock.now();
        const core::TimeRange window = demo.site->economics().closed({now - from, now - to});
        QCOMPARE(window.length(), std::int64_t{length});
        QCOMPARE(window.to.ms % (30 * core::kSecond), std::int64_t{0});
        QVERIFY(window.to <= now && now - std::max<std::int64_t>(0, to) - window.to < 30 * core::kSecond);
    }

    void theDayIsTheDefault()
    {
        test::DemoSite demo;
        demo.clock.advance(17 * core::kSecond);
        const core::Instant now = demo.clock.now();
        QCOMPARE(demo.site->economics().closed({now - core::kDay, now}), demo.site->economics().closedDay());
    }

    void amountsGrowWithTheWindow()
    {
        const test::DemoSite demo;
        const economics::KpiReport day = kpi(demo, core::kDay);
        const economics::KpiReport week = kpi(demo, 7 * core::kDay);
        QCOMPARE(week.window.length(), 7 * core::kDay);
        QVERIFY(day.totals.cost.money() && week.totals.cost.money());
        QCOMPARE(week.tax.quotaMicroHours, 7 * day.tax.quotaMicroHours);
        QCOMPARE(week.tax.budget->micro, 7 * day.tax.budget->micro);
        const auto ratio = [](const economics::Kpi &a, const economics::Kpi &b) {
            return static_cast<double>(a.money()->micro) / static_cast<double>(b.money()->micro);
        };
        QVERIFY(ratio(week.totals.cost, day.totals.cost) > 6);
        QVERIFY(ratio(week.totals.cost, day.totals.cost) < 8);
        QVERIFY(ratio(week.totals.revenue, day.totals.revenue) > 5);
    }

    void aLongWindowIsAskedByTheHour()
    {
        const test::DemoSite demo;
        (void)kpi(demo, core::kDay);
        QCOMPARE(demo.series->mostPoints, core::kDay / (30 * core::kSecond) + 1);
        demo.series->mostPoints = 0;
        (void)kpi(demo, 30 * core::kDay);
        QCOMPARE(demo.series->mostPoints, std::int64_t{30 * 24 + 1});
    }

    void withoutTokenSeriesWhichModelsServedIsNotKnown()
    {
        const test::DemoSite with;
        QVERIFY(kpi(with, core::kDay).totals.cost.value);
        const std::set<std::string> without{"vllm:prompt_tokens_total", "vllm:generation_tokens_total"};
        const test::DemoSite demo(true, without);
        const economics::KpiReport day = kpi(demo, core::kDay);
        QVERIFY(day.models.empty());
        QCOMPARE(day.totals.cost.missing, std::string("tokens-not-read"));
        QVERIFY(day.tax.total.value); // GPUs were seen
    }

    void whatWasSeenTooLittleIsNotKnown()
    {
        const test::DemoSite demo;
        demo.series->since = demo.clock.now() - 5 * core::kDay;
        const economics::KpiReport week = kpi(demo, 7 * core::kDay);
        QVERIFY(!week.totals.cost.value);
        QCOMPARE(week.totals.cost.missing, std::string("coverage"));
    }
};

ANDON_SUITE(MoneyWindowTest)
#include "money_test.moc"
