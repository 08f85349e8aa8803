// Notifications on a bus of the test's own.
#include "app/andon/desktopnotices.h"
#include "tests/app/notificationbus.h"
#include "tests/support/suite.h"

#include <QSignalSpy>

using namespace andon;
using namespace andon::test;
using desktop::DesktopNotices;

namespace
{
const QString kFloor = QStringLiteral("andon://ams-1/floor");
const QString kStorage = QStringLiteral("andon://ams-1/storage");
} // namespace

class DesktopNoticesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_bus.start(), std::string()); }
    void init() { test::failOnAnyWarning(); }
    void cleanup()
    {
        m_bus.take();
        QDBusConnection::disconnectFromBus(QStringLiteral("window"));
    }

    void withoutAServiceNothingIsTold()
    {
        DesktopNotices notices(m_bus.connect("window"));
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::No);
        notices.tell(QStringLiteral("Storage"), {}, true, kStorage);
        NotificationService service;
        QVERIFY(m_bus.offer(service)); // it comes later
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        QVERIFY(service.shown.empty());
        m_bus.take(); // and goes again
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::No);
    }

    void withoutABusNeither()
    {
        DesktopNotices notices(QDBusConnection(QStringLiteral("no such bus")));
        QVERIFY(notices.takes() == DesktopNotices::Takes::No);
        notices.tell(QStringLiteral("Storage"), {}, true, {});
    }

    void aClickGoesToTheThing()
    {
        NotificationService service;
        QVERIFY(m_bus.offer(service));
        DesktopNotices notices(m_bus.connect("window"));
        QSignalSpy clicked(&notices, &DesktopNotices::clicked);
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        notices.tell(QStringLiteral("Storage: Running → Saturated"), QStringLiteral("ams-1"), true, kStorage);
        QTRY_COMPARE(service.shown.size(), std::size_t{1});
        const ShownNotification &shown = service.shown.front();
        QCOMPARE(shown.summary, QStringLiteral("Storage: Running → Saturated"));
        QCOMPARE(shown.actions.value(0), QStringLiteral("default"));
        QCOMPARE(shown.hints.value(QStringLiteral("urgency")).toInt(), 2);
        QTRY_VERIFY((m_bus.click(1), clicked.size() > 0)); // once it knows its number
        QCOMPARE(clicked.front().value(0).toString(), kStorage);
        QCOMPARE(clicked.front().value(1).toString(), QStringLiteral("a-token"));
        m_bus.close(1);
        m_bus.click(1); // it is gone
        m_bus.click(7); // another program's
        notices.tell(QStringLiteral("next"), {}, false, kFloor);
        QTRY_COMPARE(service.shown.size(), std::size_t{2});
        const auto before = clicked.size();
        QTRY_VERIFY(
            (m_bus.click(2, QStringLiteral("other")), m_bus.click(2), clicked.back().value(0).toString() == kFloor));
        for (auto i = before; i < clicked.size(); ++i)
            QCOMPARE(clicked.at(i).value(0).toString(), kFloor);
    }

    void serverTextIsNoMarkup()
    {
        NotificationService service;
        service.capabilities = {QStringLiteral("actions"), QStringLiteral("body-markup")};
        QVERIFY(m_bus.offer(service));
        DesktopNotices notices(m_bus.connect("window"));
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        notices.tell(QStringLiteral("<b>"), QStringLiteral("<a href=\"x\">&"), false, {});
        QTRY_COMPARE(service.shown.size(), std::size_t{1});
        QCOMPARE(service.shown.front().summary, QStringLiteral("<b>")); // a summary never is
        QCOMPARE(service.shown.front().body, QStringLiteral("&lt;a href=&quot;x&quot;&gt;&amp;"));
        QCOMPARE(service.shown.front().hints.value(QStringLiteral("urgency")).toInt(), 1);
    }

private:
    NotificationBus m_bus;
};

ANDON_SUITE(DesktopNoticesTest)
#include "desktopnotices_test.moc"
