// The window's one instant on a heat map, beside what a click on it chooses; and beside the as-of pin.
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"
#include "tests/ui/plainhost.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/pages/floor/floorpage.h"
#include "ui/shell/mainwindow.h"

#include <QSignalSpy>

using namespace andon;

namespace
{

class DemoHost final : public test::PlainHost
{
public:
    factory::Site *site() const override { return demo.site.get(); }
    const core::Clock &clock() const override { return demo.clock; }
    factory::Worker &worker() override { return m_worker; }

    test::DemoSite demo;

private:
    factory::Worker m_worker; ///< dies before the site that its work uses
};

} // namespace

class CrosshairTest : public QObject
{
    Q_OBJECT

    static constexpr core::Instant kFrom = core::Instant::fromSeconds(1'795'262'400);

    static void fill(ui::HeatMap &heat)
    {
        factory::GpuRow row{.node = "n", .gpu = "0", .nameSpace = "t", .pod = "p"};
        for (int i = 0; i <= 288; ++i) {
            row.held.t.push_back(kFrom.ms + i * 5 * core::kMinute);
            row.held.v.push_back(0.5);
        }
        heat.resize(700, 120);
        heat.set({row}, {kFrom, kFrom + core::kDay}, 5 * core::kMinute, {});
        heat.show();
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whereTheMouseIsOthersMark()
    {
        ui::HeatMap heat;
        fill(heat);
        QSignalSpy marked(&heat, &ui::TimeChart::marked);
        QTest::mouseMove(&heat, QPoint(300, 50));
        QTRY_COMPARE(marked.size(), 1);
        QVERIFY(heat.crosshair().at > kFrom && !heat.crosshair().held);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&heat, &leave);
        QVERIFY(!heat.crosshair().at.known());
    }

    void spaceHoldsAndOneEscReleasesOneThing()
    {
        ui::HeatMap heat;
        fill(heat);
        heat.setHighlight(QStringLiteral("t/p"));
        QSignalSpy chosen(&heat, &ui::HeatMap::chosen);
        QTest::keyClick(&heat, Qt::Key_Left);
        QTest::keyClick(&heat, Qt::Key_Space);
        const core::Instant at = heat.crosshair().at;
        QVERIFY(heat.crosshair().held && at.known());
        QTest::keyClick(&heat, Qt::Key_Left);
        QVERIFY(heat.crosshair().held && heat.crosshair().at < at);
        QTest::mouseMove(&heat, QPoint(100, 50));
        QVERIFY(heat.crosshair().held); // the mouse reads cells and moves nothing
        QTest::keyClick(&heat, Qt::Key_Escape);
        QVERIFY(!heat.crosshair().at.known());
        QCOMPARE(chosen.size(), 0);
        QTest::keyClick(&heat, Qt::Key_Escape);
        QCOMPARE(chosen.size(), 1);
    }

    void oneEscReleasesTheNearestPin()
    {
        DemoHost host;
        ui::MainWindow window(host, {{.key = QStringLiteral("floor"), .make = [](ui::SiteHost &h, QWidget *parent) {
                                          return static_cast<ui::Page *>(
                                              new ui::FloorPage(h.site()->machines(), h.worker(), h.clock(), parent));
                                      }}});
        window.QWidget::show();
        window.pin(QStringLiteral("now-1d"));
        window.setCrosshair({host.demo.clock.now() - core::kDay, true});
        QVERIFY(!window.asOf().isEmpty());
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.crosshair().held && !window.asOf().isEmpty());
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(window.asOf().isEmpty());
    }

    void anotherChartsInstantIsALine()
    {
        ui::HeatMap heat;
        fill(heat);
        const QImage before = heat.grab().toImage();
        heat.setCrosshair({kFrom - core::kMinute, true});
        QCOMPARE(heat.grab().toImage(), before); // outside
        heat.setCrosshair({kFrom + core::kHour, false});
        const QImage after = heat.grab().toImage();
        int white = 0;
        for (int x = 0; x < after.width(); ++x)
            white += after.pixel(x, 70) == qRgb(255, 255, 255) ? 1 : 0;
        QCOMPARE(white, 1);
        QVERIFY(heat.readout().isEmpty());
    }
};

ANDON_SUITE(CrosshairTest)
#include "crosshair_test.moc"
