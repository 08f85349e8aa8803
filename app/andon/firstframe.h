#pragma once
// Says when the first frame with content had been painted: what the benchmark of the start measures. GUI thread.
#include "ui/shell/mainwindow.h"

namespace andon::desktop
{

/// Prints "first frame N ms" (since the process started) once the page that is shown has painted something that came
/// from the cache, then calls done(0); done(1) when it has settled and has nothing to show. Call before show().
void reportFirstFrame(ui::MainWindow &window, std::function<void(int)> done);

} // namespace andon::desktop
