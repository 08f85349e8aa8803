#pragma once
// A session bus of the test's own, and a notification service on it that only writes down what it is told. Main thread.
#include "tests/support/program.h"

#include <QDBusConnection>
#include <QObject>
#include <QVariantMap>

#include <vector>

namespace andon::test
{

struct ShownNotification {
    QString summary = {};
    QString body = {};
    QStringList actions = {};
    QVariantMap hints = {};
};

class NotificationService final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QStringList capabilities;
    std::vector<ShownNotification> shown; ///< the first has the number 1

public Q_SLOTS: // as the interface names them
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &summary, const QString &body,
                const QStringList &actions, const QVariantMap &hints, int timeout);
};

class NotificationBus
{
public:
    ~NotificationBus();
    /// "" or what went wrong.
    [[nodiscard]] std::string start();
    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] QDBusConnection connect(const char *name) const;
    /// Puts the service on the bus; take() takes it off.
    [[nodiscard]] bool offer(NotificationService &service) const;
    void take() const;
    /// As the service would: a token, and a click on what has this number.
    void click(uint number, const QString &action = QStringLiteral("default")) const;
    void close(uint number) const;

private:
    void send(const char *signal, const QVariantList &arguments) const;

    QTemporaryDir m_folder;
    Program m_daemon;
    QString m_address;
};

} // namespace andon::test
