#pragma once
// A desktop that is told to end (SIGTERM at log-out, Ctrl-C in a terminal) closes its window as a person would: what it
// keeps is kept. GUI thread.
#include <functional>

class QObject;

namespace andon::desktop
{

/// Calls `close` on the GUI thread at the first such signal, for as long as `owner` lives. The second one ends at once.
/// Once per process.
void closeOnSignals(QObject *owner, std::function<void()> close);

} // namespace andon::desktop
