#pragma once
// The commands of the window, whatever page it shows. GUI thread.

namespace andon::ui
{

class MainWindow;

void addWindowCommands(MainWindow &window);

} // namespace andon::ui
