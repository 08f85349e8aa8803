#pragma once
// The desktop as the holder of its profile: does the writes that andonctl hands over, and shows anew what they touched.
// GUI thread; the work runs on threads of its own, so that the pages' questions need not wait for it.
#include "app/andon/host.h"
#include "profile/handoverserver.h"

namespace andon::desktop
{

class Writer final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it.
    Writer(app::Holder &holder, app::House &house, Host &host, ui::MainWindow &window);
    ~Writer() override;
    [[nodiscard]] core::Result<void> start();

Q_SIGNALS:
    void settingsChanged(); ///< by another process, in settings.yaml

private:
    /// Shows the link that a second start was given, and says what is shown then.
    core::Pending<std::string> open(const profile::Write &write);
    void show(const profile::Write &write, bool succeeded);

    app::Holder &m_holder;
    app::House &m_house;
    Host &m_host;
    ui::MainWindow &m_window;
    app::Writes m_writes;
    factory::Worker m_worker; ///< waits for what uses the others
    profile::HandOverServer m_server; ///< dies first: it cancels what it was asked for
};

} // namespace andon::desktop
