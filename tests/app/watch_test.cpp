// A window whose page does not show the Floor tells of an alert that begins to fire, and a click on it leads there.
#include "tests/app/desk.h"
#include "tests/app/notificationbus.h"
#include "tests/support/faults/healthy.h"
#include "tests/support/faults/scriptedserver.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QFile>

#include <atomic>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

constexpr const char *kNone = R"({"status":"success","data":{"alerts":[]}})";
constexpr const char *kFiring =
    R"({"status":"success","data":{"alerts":[{"labels":{"alertname":"DiskFull","severity":"critical"},)"
    R"("annotations":{"summary":"The disk is full"},"state":"firing","activeAt":"2026-11-29T12:00:00Z","value":"1"}]}})";

/// A Prometheus without a series, whose one alert fires when it is told to.
struct Alarm {
    std::atomic<bool> fires = false;
    std::atomic<int> asked = 0;
    ScriptedServer server{[this](Connection &connection, const Heard &heard) {
        if (heard.path() == "/api/v1/alerts") {
            ++asked;
            return connection.answer(200, "application/json", fires ? kFiring : kNone);
        }
        const HealthyAnswer healthy = healthyAnswer(heard.path());
        return connection.answer(healthy.status, healthy.contentType, healthy.body);
    }};
};

} // namespace

class AppWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void anAlertIsNoticedOnWhateverPage()
    {
        Alarm alarm;
        const QString profile = QStringLiteral("watched");
        const QString source = QStringLiteral("prometheus=") + QString::fromStdString(alarm.server.url());
        const Ran added = m_desk.run(profile, words("site add plant --source") + QStringList{source});
        QVERIFY2(added.exit == 0, added.error.c_str());
        QCOMPARE(m_desk.run(profile, words("site set plant refresh_seconds=1")).exit, 0);
        NotificationBus bus;
        QCOMPARE(bus.start(), std::string());
        NotificationService service;
        QVERIFY(bus.offer(service));
        QProcessEnvironment environment = m_desk.environment();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), bus.address());
        Program window;
        window.start(builtProgram("andon"),
                     QStringList{QStringLiteral("--profile"), m_desk.folder(profile)} + words("--page lineage"),
                     environment);
        QTRY_VERIFY_WITH_TIMEOUT(alarm.asked > 0, 30'000); // no page asks for alerts: this was the watch
        QCOMPARE(noticed(profile).size(), std::size_t{0});
        alarm.fires = true;
        QTRY_COMPARE_WITH_TIMEOUT(noticed(profile).size(), std::size_t{1}, 60'000); // twice a minute it asks
        const json one = noticed(profile).front();
        QCOMPARE(one.value("name", ""), std::string("DiskFull"));
        QCOMPARE(one.value("about", ""), std::string("The disk is full"));
        QCOMPARE(one.value("site", ""), std::string("plant"));
        QVERIFY(!one.value("read", true));
        QTRY_COMPARE(service.shown.size(), std::size_t{1});
        QCOMPARE(service.shown.front().summary, QStringLiteral("Alert DiskFull: not firing → firing, critical"));
        QVERIFY(shownLink(profile).startsWith(QStringLiteral("andon://plant/lineage")));
        QTRY_VERIFY_WITH_TIMEOUT((bus.click(1), shownLink(profile).startsWith(QStringLiteral("andon://plant/floor"))),
                                 20'000);
    }

private:
    [[nodiscard]] json noticed(const QString &profile) const
    {
        const Ran ran = m_desk.run(profile, words("notifications --json"));
        return json::parse(ran.out, nullptr, false).value("notifications", json());
    }
    [[nodiscard]] QString shownLink(const QString &profile) const
    {
        return QString::fromStdString(m_desk.run(profile, {QStringLiteral("open")}).out).trimmed();
    }
    Desk m_desk;
};

ANDON_SUITE(AppWatchTest)
#include "watch_test.moc"
