#include "app/andon/desktopnotices.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QVariantMap>

namespace andon::desktop
{

namespace
{

constexpr QLatin1String kService("org.freedesktop.Notifications");
constexpr QLatin1String kPath("/org/freedesktop/Notifications");
constexpr QLatin1String kInterface("org.freedesktop.Notifications");
constexpr QLatin1String kOpen("default"); // the action of a click on the notification itself
constexpr int kAsTheDesktopSays = -1;

QDBusMessage call(const char *method)
{
    return QDBusMessage::createMethodCall(kService, kPath, kInterface, QString::fromLatin1(method));
}

} // namespace

DesktopNotices::DesktopNotices(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
    if (!m_bus.isConnected()) {
        m_takes = Takes::No;
        return;
    }
    const auto listen = [&](const char *signal, const char *slot) {
        m_bus.connect(kService, kPath, kInterface, QString::fromLatin1(signal), this, slot);
    };
    listen("ActionInvoked", SLOT(onAction(QDBusMessage)));
    listen("ActivationToken", SLOT(onToken(QDBusMessage)));
    listen("NotificationClosed", SLOT(onClosed(QDBusMessage)));
    auto *watcher = new QDBusServiceWatcher(kService, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                m_links.clear();
                m_tokens.clear();
                owner.isEmpty() ? setTakes(Takes::No) : ask();
            });
    ask();
}

void DesktopNotices::ask()
{
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call("GetCapabilities")), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusMessage answer = watcher->reply();
        const bool there = answer.type() == QDBusMessage::ReplyMessage;
        m_markup = there && answer.arguments().value(0).toStringList().contains(QStringLiteral("body-markup"));
        setTakes(there ? Takes::Yes : Takes::No);
    });
}

void DesktopNotices::setTakes(Takes takes)
{
    m_takes = takes;
    Q_EMIT takesChanged();
}

void DesktopNotices::tell(const QString &summary, const QString &body, bool critical, const QString &link)
{
    if (m_takes != Takes::Yes)
        return;
    QDBusMessage notify = call("Notify");
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(critical ? 2 : 1)},
                            {QStringLiteral("desktop-entry"), QStringLiteral("io.andon.Console")}};
    notify.setArguments({QStringLiteral("Andon"), 0U, QStringLiteral("io.andon.Console"), summary,
                         m_markup ? body.toHtmlEscaped() : body, QStringList{QString(kOpen), tr("Open")}, hints,
                         kAsTheDesktopSays});
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(notify), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, link] {
        watcher->deleteLater();
        if (watcher->reply().type() == QDBusMessage::ReplyMessage)
            m_links[watcher->reply().arguments().value(0).toUInt()] = link;
    });
}

void DesktopNotices::onAction(const QDBusMessage &message)
{
    const uint id = message.arguments().value(0).toUInt();
    const auto link = m_links.find(id); // the signal is sent to every program
    if (link != m_links.end() && message.arguments().value(1).toString() == kOpen)
        Q_EMIT clicked(link->second, m_tokens[id]);
}

void DesktopNotices::onToken(const QDBusMessage &message)
{
    const uint id = message.arguments().value(0).toUInt();
    if (m_links.contains(id))
        m_tokens[id] = message.arguments().value(1).toString();
}

void DesktopNotices::onClosed(const QDBusMessage &message)
{
    const uint id = message.arguments().value(0).toUInt();
    m_links.erase(id);
    m_tokens.erase(id);
}

} // namespace andon::desktop
