#include "ui/theme/themechoice.h"

#include "ui/theme/style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

namespace andon::ui
{

namespace
{

constexpr QLatin1String kService("org.freedesktop.portal.Desktop");
constexpr QLatin1String kPath("/org/freedesktop/portal/desktop");
constexpr QLatin1String kInterface("org.freedesktop.portal.Settings");
constexpr QLatin1String kNamespace("org.freedesktop.appearance");
constexpr QLatin1String kScheme("color-scheme");

} // namespace

ThemeChoice::ThemeChoice(QApplication &app)
    : QObject(&app)
    , m_app(app)
    , m_desktop(app.palette().window().color().lightness() < app.palette().windowText().color().lightness()
                    ? Theme::Dark
                    : Theme::Light)
{
}

void ThemeChoice::set(const std::string &choice)
{
    const auto named = themeNamed(choice);
    m_system = !named;
    m_theme = named.value_or(m_desktop);
    apply();
}

void ThemeChoice::apply()
{
    if (m_applied && tokens(nullptr).theme == m_theme)
        return;
    m_applied = true;
    applyTheme(m_app, m_theme);
    Q_EMIT changed();
}

void ThemeChoice::follow()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (m_following || !bus.isConnected())
        return;
    m_following = true;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QDBusMessage)));
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    read.setArguments({QString(kNamespace), QString(kScheme)});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (const auto answer = watcher->reply(); answer.type() == QDBusMessage::ReplyMessage)
            hear(answer.arguments().value(0));
    });
}

void ThemeChoice::onSettingChanged(const QDBusMessage &message)
{
    const QVariantList said = message.arguments();
    if (said.value(0).toString() == kNamespace && said.value(1).toString() == kScheme)
        hear(said.value(2));
}

void ThemeChoice::hear(const QVariant &scheme)
{
    QVariant value = scheme; // Read wraps it twice, SettingChanged once
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    const uint preference = value.toUInt(); // 1 dark, 2 light, 0 none
    if (preference != 1 && preference != 2)
        return;
    m_desktop = preference == 1 ? Theme::Dark : Theme::Light;
    if (!m_system)
        return;
    m_theme = m_desktop;
    apply();
}

} // namespace andon::ui
