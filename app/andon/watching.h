#pragma once
// Has the open site watched for the window, and the desktop told of what changed. GUI thread.
#include "app/andon/host.h"
#include "factory/floorwatch.h"

namespace andon::desktop
{

class DesktopNotices;

class Watching final : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    Watching(Host &host, ui::MainWindow &window);
    /// Reads what was noticed before, and asks the session's bus for the desktop: once the window is there.
    void begin();

private:
    Host &m_host;
    ui::MainWindow &m_window;
    factory::FloorWatch m_watch;
    DesktopNotices *m_desktop = nullptr;
};

} // namespace andon::desktop
