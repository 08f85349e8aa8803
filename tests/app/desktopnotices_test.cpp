// Notifications on a bus of the test's own, with a service that only writes down what it is told.
#include "app/andon/desktopnotices.h"
#include "tests/support/program.h"
#include "tests/support/suite.h"

#include <QDBusMessage>
#include <QFile>
#include <QSignalSpy>

using namespace andon;
using namespace andon::test;
using desktop::DesktopNotices;

namespace
{

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");

struct Shown {
    QString summary, body;
    QStringList actions;
    QVariantMap hints;
};

class FakeService final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList capabilities;
    std::vector<Shown> shown;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; } // NOLINT: the names are the interface's
    uint Notify(const QString &, uint, const QString &, const QString &summary, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.push_back({summary, body, actions, hints});
        return static_cast<uint>(40 + shown.size());
    }
};

} // namespace

class DesktopNoticesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile config(m_folder.filePath(QStringLiteral("bus.conf"))); // nothing is started on demand there
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<busconfig><type>session</type><listen>unix:tmpdir=" + m_folder.path().toUtf8()
                     + "</listen><policy context=\"default\"><allow send_destination=\"*\" "
                       "eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
                       "</policy></busconfig>");
        config.close();
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--nofork"), QStringLiteral("--print-address"), QStringLiteral("--config-file"),
                        config.fileName()},
                       plainEnvironment(m_folder.path()));
        m_address = QString::fromStdString(m_daemon.firstLine());
        QVERIFY2(!m_address.isEmpty(), "dbus-daemon did not start: it is in installer/packages");
    }
    void init() { test::failOnAnyWarning(); }
    void cleanup()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        QDBusConnection::disconnectFromBus(QStringLiteral("window"));
    }

    void withoutAServiceNothingIsTold()
    {
        DesktopNotices notices(bus("window"));
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::No);
        notices.tell(QStringLiteral("Storage"), {}, true, QStringLiteral("andon://ams-1/storage"));
        FakeService service;
        offer(service); // it comes later
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        QVERIFY(service.shown.empty());
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop")); // and goes again
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
        FakeService service;
        offer(service);
        DesktopNotices notices(bus("window"));
        QSignalSpy clicked(&notices, &DesktopNotices::clicked);
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        notices.tell(QStringLiteral("Storage: Running → Saturated"), QStringLiteral("ams-1"), true,
                     QStringLiteral("andon://ams-1/storage"));
        QTRY_COMPARE(service.shown.size(), std::size_t{1});
        const Shown &shown = service.shown.front();
        QCOMPARE(shown.summary, QStringLiteral("Storage: Running → Saturated"));
        QCOMPARE(shown.actions.value(0), QStringLiteral("default"));
        QCOMPARE(shown.hints.value(QStringLiteral("urgency")).toInt(), 2);
        const auto click = [&](uint id, const QString &action) {
            emitSignal("ActivationToken", {id, QStringLiteral("a-token")});
            emitSignal("ActionInvoked", {id, action});
        };
        QTRY_VERIFY((click(41, QStringLiteral("default")), clicked.size() > 0)); // once it knows its number
        QTRY_COMPARE(clicked.back().value(0).toString(), QStringLiteral("andon://ams-1/storage"));
        QCOMPARE(clicked.back().value(1).toString(), QStringLiteral("a-token"));
        emitSignal("NotificationClosed", {41U, 2U});
        click(41, QStringLiteral("default")); // it is gone
        click(7, QStringLiteral("default")); // another program's
        notices.tell(QStringLiteral("next"), {}, false, QStringLiteral("andon://ams-1/floor"));
        QTRY_VERIFY((click(42, QStringLiteral("other")), click(42, QStringLiteral("default")),
                     clicked.back().value(0).toString() == QStringLiteral("andon://ams-1/floor")));
        const auto first = std::find_if(clicked.begin(), clicked.end(), [](const QVariantList &one) {
            return one.value(0).toString() == QStringLiteral("andon://ams-1/floor");
        });
        QVERIFY(std::all_of(first, clicked.end(), [](const QVariantList &one) {
            return one.value(0).toString() == QStringLiteral("andon://ams-1/floor");
        }));
    }

    void serverTextIsNoMarkup()
    {
        FakeService service;
        service.capabilities = {QStringLiteral("actions"), QStringLiteral("body-markup")};
        offer(service);
        DesktopNotices notices(bus("window"));
        QTRY_VERIFY(notices.takes() == DesktopNotices::Takes::Yes);
        notices.tell(QStringLiteral("<b>"), QStringLiteral("<a href=\"x\">&"), false, {});
        QTRY_COMPARE(service.shown.size(), std::size_t{1});
        QCOMPARE(service.shown.front().summary, QStringLiteral("<b>")); // a summary never is
        QCOMPARE(service.shown.front().body, QStringLiteral("&lt;a href=&quot;x&quot;&gt;&amp;"));
        QCOMPARE(service.shown.front().hints.value(QStringLiteral("urgency")).toInt(), 1);
    }

private:
    [[nodiscard]] QDBusConnection bus(const char *name) const
    {
        return QDBusConnection::connectToBus(m_address, QString::fromLatin1(name));
    }
    void offer(FakeService &service) const
    {
        QDBusConnection desktop = bus("desktop");
        QVERIFY(desktop.registerObject(kPath, &service, QDBusConnection::ExportAllSlots));
        QVERIFY(desktop.registerService(kService));
    }
    static void emitSignal(const char *name, const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(kPath, kService, QString::fromLatin1(name));
        message.setArguments(arguments);
        QVERIFY(QDBusConnection(QStringLiteral("desktop")).send(message));
    }

    QTemporaryDir m_folder;
    Program m_daemon;
    QString m_address;
};

ANDON_SUITE(DesktopNoticesTest)
#include "desktopnotices_test.moc"
