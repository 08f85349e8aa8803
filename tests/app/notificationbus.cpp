#include "tests/app/notificationbus.h"

#include <QDBusMessage>
#include <QFile>

namespace andon::test
{

namespace
{
const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr const char *kDesktop = "desktop"; ///< the connection of the service
} // namespace

uint NotificationService::Notify(const QString &, uint, const QString &, const QString &summary, const QString &body,
                                 const QStringList &actions, const QVariantMap &hints, int)
{
    shown.push_back({summary, body, actions, hints});
    return static_cast<uint>(shown.size());
}

NotificationBus::~NotificationBus()
{
    take();
}

std::string NotificationBus::start()
{
    QFile config(m_folder.filePath(QStringLiteral("bus.conf"))); // nothing is started on demand there
    if (!config.open(QIODevice::WriteOnly))
        return "cannot write the configuration of the bus";
    config.write("<busconfig><type>session</type><listen>unix:tmpdir=" + m_folder.path().toUtf8()
                 + "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                   "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    config.close();
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--nofork"), QStringLiteral("--print-address"), QStringLiteral("--config-file"),
                    config.fileName()},
                   plainEnvironment(m_folder.path()));
    m_address = QString::fromStdString(m_daemon.firstLine());
    return m_address.isEmpty() ? "dbus-daemon did not start: it is in installer/packages" : "";
}

QDBusConnection NotificationBus::connect(const char *name) const
{
    return QDBusConnection::connectToBus(m_address, QString::fromLatin1(name));
}

bool NotificationBus::offer(NotificationService &service) const
{
    QDBusConnection desktop = connect(kDesktop);
    return desktop.registerObject(kPath, &service, QDBusConnection::ExportAllSlots)
        && desktop.registerService(kService);
}

void NotificationBus::take() const
{
    QDBusConnection::disconnectFromBus(QString::fromLatin1(kDesktop));
}

void NotificationBus::click(uint number, const QString &action) const
{
    send("ActivationToken", {number, QStringLiteral("a-token")});
    send("ActionInvoked", {number, action});
}

void NotificationBus::close(uint number) const
{
    send("NotificationClosed", {number, 2U});
}

void NotificationBus::send(const char *signal, const QVariantList &arguments) const
{
    QDBusMessage message = QDBusMessage::createSignal(kPath, kService, QString::fromLatin1(signal));
    message.setArguments(arguments);
    (void)QDBusConnection(QString::fromLatin1(kDesktop)).send(message);
}

} // namespace andon::test
