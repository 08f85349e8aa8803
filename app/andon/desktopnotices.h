#pragma once
// Notifications of the desktop (org.freedesktop.Notifications), for what changed. Where there is no such service,
// nothing is told. GUI thread; never waits for the bus.
#include <QDBusConnection>
#include <QObject>

#include <map>

class QDBusMessage;

namespace andon::desktop
{

class DesktopNotices final : public QObject
{
    Q_OBJECT
public:
    /// Asks on that bus whether the desktop takes notifications, now and when its service changes.
    explicit DesktopNotices(QDBusConnection bus, QObject *parent = nullptr);

    enum class Takes { Asking, Yes, No };
    [[nodiscard]] Takes takes() const { return m_takes; }
    /// A click on it gives the link back.
    void tell(const QString &summary, const QString &body, bool critical, const QString &link);

Q_SIGNALS:
    void takesChanged();
    /// token: lets the window come forward on Wayland; "" when the desktop gave none.
    void clicked(const QString &link, const QString &token);

private Q_SLOTS:
    void onAction(const QDBusMessage &message); // typed arguments would not be connected
    void onToken(const QDBusMessage &message);
    void onClosed(const QDBusMessage &message);

private:
    void ask();
    void setTakes(Takes takes);

    QDBusConnection m_bus;
    Takes m_takes = Takes::Asking;
    bool m_markup = false; ///< the service reads markup in a body
    std::map<uint, QString> m_links; ///< of those that stand on the desktop
    std::map<uint, QString> m_tokens;
};

} // namespace andon::desktop
