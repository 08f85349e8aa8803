// What the cache tells of a site without asking its sources.
#include "factory/siteglance.h"
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;

class GlanceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void nothingIsCachedAtFirst()
    {
        const test::DemoSite demo;
        const factory::SiteGlance seen = factory::glance(*demo.site, {});
        QCOMPARE(seen.site.value, std::string("ams-1"));
        QVERIFY(!seen.at.known());
        QCOMPARE(seen.worst(), telemetry::Level::Unknown);
        QCOMPARE(demo.series->asked, 0);
    }

    void itIsWhatWasShownLastWithItsAge()
    {
        test::DemoSite demo;
        const auto shown = demo.machines().floor(demo.machines().range(core::kHour), Access::Refresh, {});
        QVERIFY(shown && !shown->value.attention.empty());
        const core::Instant then = demo.clock.now();
        demo.clock.advance(3 * core::kHour);
        demo.series->down = true;
        demo.series->asked = 0;
        const factory::SiteGlance seen = factory::glance(*demo.site, {});
        QCOMPARE(seen.at.ms, then.ms); // of an hour, or any other length
        QCOMPARE(seen.floor.attention.size(), shown->value.attention.size());
        QCOMPARE(seen.worst(), telemetry::Level::Critical);
        QCOMPARE(demo.series->asked, 0);
    }

    void aSyncSinceThenCounts()
    {
        test::DemoSite demo;
        (void)demo.machines().floor(demo.machines().range(core::kDay), Access::Refresh, {});
        demo.clock.advance(core::kHour);
        (void)demo.site->sync({}, {});
        const core::Instant synced = demo.clock.now();
        demo.clock.advance(core::kHour);
        demo.series->asked = 0;
        QCOMPARE(factory::glance(*demo.site, {}).at.ms, synced.ms);
        QCOMPARE(demo.series->asked, 0);
    }

    void withoutAFloorItIsWhatTheCacheAddsUpTo()
    {
        test::DemoSite demo;
        (void)demo.machines().compute(demo.machines().range(core::kDay), Access::Refresh, {});
        const factory::SiteGlance seen = factory::glance(*demo.site, {});
        QVERIFY(seen.at.known());
        QVERIFY(seen.worst() != telemetry::Level::Unknown);
    }
};

ANDON_SUITE(GlanceTest)
#include "glance_test.moc"
