#pragma once
// The commands of the window, whatever page it shows. GUI thread.

namespace andon::ui
{

class MainWindow;

void addWindowCommands(MainWindow &window);
void addPageCommands(MainWindow &window); ///< those that go to pages, back and forward
/// Those of the commit log, which are done by the page that has one.
void addLogCommands(MainWindow &window);

} // namespace andon::ui
