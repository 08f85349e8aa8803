#pragma once
// Commands of the window that need what the composition root knows. GUI thread.
#include "app/andon/host.h"

namespace andon::desktop
{

/// All must outlive the window's commands.
void addDeskCommands(ui::MainWindow &window, app::House &house, Host &host);

} // namespace andon::desktop
