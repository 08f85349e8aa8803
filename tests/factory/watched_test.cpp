// What of the Floor is watched, and that reading it beside the pages asks nothing twice.
#include "factory/watched.h"
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;

namespace
{

const core::Cancel kGoOn;

core::Snapshot<factory::FloorView> floorOf(const test::DemoSite &demo, Access access)
{
    auto floor = demo.machines().floor(demo.machines().range(core::kDay), access, kGoOn);
    return floor ? std::move(*floor) : core::Snapshot<factory::FloorView>{};
}

telemetry::Alert fire(const test::DemoSite &demo)
{
    telemetry::Alert alert{.name = "DiskFull", .activeAt = demo.clock.now() - core::kHour};
    alert.labels = telemetry::Labels({{"severity", "page"}, {"alertname", "DiskFull"}, {"Hostname", "gpu-03"}});
    return alert;
}

} // namespace

class WatchedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void stationsAndAlertsAreWatched()
    {
        const test::DemoSite demo;
        demo.series->firing = {fire(demo)};
        const telemetry::Look look = factory::watched(floorOf(demo, Access::Refresh));
        QVERIFY(look.alertsKnown);
        QCOMPARE(look.things.size(), std::size_t{5});
        QCOMPARE(look.things[0].subject, std::string("storage"));
        QCOMPARE(look.things[0].state, std::string("Saturated"));
        QVERIFY(look.things[0].level == telemetry::Level::Critical);
        const telemetry::Watched &alert = look.things[4];
        QVERIFY(alert.kind == telemetry::NoticeKind::Alert && alert.level == telemetry::Level::Critical);
        QCOMPARE(alert.name, std::string("DiskFull"));
        QCOMPARE(alert.subject, std::string("DiskFull{Hostname=gpu-03}"));
        QCOMPARE(alert.about, std::string("Hostname=gpu-03"));
        QCOMPARE(alert.link, std::string("page:compute"));
    }

    void whatDoesNotAnswerIsNotWatched()
    {
        const test::DemoSite demo;
        demo.series->firing = {fire(demo)};
        (void)floorOf(demo, Access::Refresh);
        demo.series->down = true;
        const telemetry::Look look = factory::watched(floorOf(demo, Access::Refresh));
        QVERIFY(!look.alertsKnown);
        QVERIFY(std::none_of(look.things.begin(), look.things.end(),
                             [](const auto &one) { return one.kind == telemetry::NoticeKind::Station; }));
    }

    void whatAPageHasAskedIsNotAskedAgain()
    {
        test::DemoSite demo;
        const factory::FloorView shown = floorOf(demo, Access::Refresh).value;
        const int asked = demo.series->asked;
        QVERIFY(asked > 0);
        demo.series->firing = {fire(demo)}; // the page has asked for the alerts too
        const auto shared = floorOf(demo, Access::Share);
        QCOMPARE(demo.series->asked, asked);
        QVERIFY(shared.freshness.state == core::FreshnessState::Live && shared.value.alertsKnown);
        QCOMPARE(shared.value.stations[0].state.word, shown.stations[0].state.word);
        QCOMPARE(shared.value.attention.size(), shown.attention.size());
        demo.clock.advance(30 * core::kSecond);
        QCOMPARE(floorOf(demo, Access::Share).value.attention.size(), shown.attention.size() + 1);
        QVERIFY(demo.series->asked > asked);
    }

    void theFloorThatThePageRemembersStays()
    {
        const test::DemoSite demo;
        auto &machines = demo.machines();
        const core::TimeRange hours = machines.range(6 * core::kHour);
        ANDON_VERIFY_RESULT(machines.floor(hours, Access::Refresh, kGoOn));
        (void)floorOf(demo, Access::Share);
        ANDON_VERIFY_RESULT(machines.floor(hours, Access::Remembered, kGoOn));
    }
};

ANDON_SUITE(WatchedTest)
#include "watched_test.moc"
