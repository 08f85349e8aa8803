#pragma once
// Which theme is in force: the one that was chosen, or the desktop's, live. The desktop is asked through its settings
// portal (org.freedesktop.portal.Settings), which Qt 6.4 does not do; without one the palette that Qt started with
// tells. GUI thread.
#include "ui/theme/tokens.h"

#include <QObject>

class QApplication;
class QDBusMessage;

namespace andon::ui
{

class ThemeChoice final : public QObject
{
    Q_OBJECT
public:
    /// Before any theme was applied: it looks at the palette of the platform.
    explicit ThemeChoice(QApplication &app);

    /// "system", or the name of a theme. Unknown names are "system". Applies it; for "system" at first what the desktop
    /// said last.
    void set(const std::string &choice);
    [[nodiscard]] Theme theme() const { return m_theme; }
    /// Asks the portal and listens to it from now on. It answers later: call it once the window is there.
    void follow();

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QDBusMessage &message); // typed arguments would not be connected

private:
    void hear(const QVariant &scheme);
    void apply();

    QApplication &m_app;
    Theme m_theme = Theme::Dark;
    Theme m_desktop;
    bool m_system = true;
    bool m_applied = false;
    bool m_following = false;
};

} // namespace andon::ui
