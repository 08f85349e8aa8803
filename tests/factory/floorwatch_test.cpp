#include "factory/floorwatch.h"
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"

#include <QSignalSpy>

using namespace andon;
using factory::FloorWatch;

namespace
{

struct Watched {
    test::DemoSite demo;
    factory::Worker worker;
    FloorWatch::Turn turn{.site = demo.site.get(), .everyMs = 30'000, .follows = true};
    std::vector<telemetry::Notice> changes;
    int looks = 0;
    int turns = 0;
    FloorWatch watch{worker, demo.clock, [this] { return ++turns, turn; }};

    Watched()
    {
        QObject::connect(&watch, &FloorWatch::looked, &watch,
                         [this](const core::SiteName &site, const std::vector<telemetry::Notice> &seen) {
                             QCOMPARE(site.value, std::string("ams-1"));
                             ++looks;
                             changes = seen;
                         });
    }
    void fire()
    {
        telemetry::Alert alert{.name = "DiskFull", .activeAt = demo.clock.now()};
        alert.labels = telemetry::Labels({{"severity", "page"}, {"alertname", "DiskFull"}});
        demo.series->firing = {alert};
    }
};

/// Waits until the watch has taken its turn once more.
#define ANDON_TICK(watched)                                                                                            \
    do {                                                                                                               \
        const int before = (watched).turns;                                                                            \
        QTRY_VERIFY_WITH_TIMEOUT((watched).turns > before, 5'000);                                                     \
    } while (false)

} // namespace

class FloorWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void itSaysWhatChangedSinceTheLookBefore()
    {
        Watched watched;
        ANDON_TICK(watched); // it has seen which site is open
        QCOMPARE(watched.looks, 0);
        watched.demo.clock.advance(30'000);
        QTRY_COMPARE_WITH_TIMEOUT(watched.looks, 1, 10'000);
        QVERIFY(watched.changes.empty());
        watched.fire();
        watched.demo.clock.advance(30'000);
        QTRY_COMPARE_WITH_TIMEOUT(watched.looks, 2, 10'000);
        QCOMPARE(watched.changes.size(), std::size_t{1});
        QCOMPARE(watched.changes.front().name, std::string("DiskFull"));
        watched.turn.site = nullptr; // another one is opened, and then this one again
        ANDON_TICK(watched);
        watched.turn.site = watched.demo.site.get();
        watched.demo.series->firing.clear();
        ANDON_TICK(watched);
        watched.demo.clock.advance(30'000);
        QTRY_COMPARE_WITH_TIMEOUT(watched.looks, 3, 10'000);
        QVERIFY2(watched.changes.empty(), "the first look says how things are");
    }

    void itAsksOnlyWhileTheWindowFollowsAndAfterItsPage()
    {
        Watched watched;
        watched.turn.follows = false;
        ANDON_TICK(watched);
        watched.demo.clock.advance(30'000);
        ANDON_TICK(watched);
        QCOMPARE(watched.demo.series->asked, 0);
        watched.turn = {.site = watched.turn.site, .everyMs = 30'000, .follows = true, .busy = true};
        ANDON_TICK(watched);
        QCOMPARE(watched.demo.series->asked, 0);
        watched.demo.clock.advance(30'000); // a page that hangs is not waited for
        QTRY_COMPARE_WITH_TIMEOUT(watched.looks, 1, 10'000);
    }

    void aPinnedSiteIsNotLookedAt()
    {
        Watched watched;
        ANDON_TICK(watched);
        watched.demo.site->pin().set(factory::AsOf{.at = watched.demo.clock.now() - core::kHour});
        watched.demo.clock.advance(30'000);
        QTRY_VERIFY_WITH_TIMEOUT(watched.demo.series->asked > 0, 10'000);
        ANDON_TICK(watched);
        ANDON_TICK(watched);
        QCOMPARE(watched.looks, 0);
    }
};

ANDON_SUITE(FloorWatchTest)
#include "floorwatch_test.moc"
