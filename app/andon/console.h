#pragma once
// The desktop while somebody works with it: the window, its state, and its new life when the language changes.
#include "app/andon/host.h"
#include "app/andon/stage.h"
#include "profile/settings.h"
#include "ui/shell/windowstate.h"
#include "ui/theme/themechoice.h"

class QApplication;

namespace andon::desktop
{

/// How the window was left.
struct LastTime {
    QString file = {};
    QString broken = {}; ///< where a file that could not be read lies now
    ui::WindowState state = {};
};

struct Console {
    QApplication &app;
    const QCommandLineParser &parser;
    Stage &stage;
    Host &host;
    ui::ThemeChoice &looks;
    profile::SettingsRead read = {};
    LastTime last = {};
};

/// Says it; the exit code for it.
[[nodiscard]] int failed(const core::Error &error);

/// --language, else what the settings say, else the system's.
void speakAs(QApplication &app, const QCommandLineParser &parser, const profile::Settings &settings);

/// Until the window is closed. Its exit code.
[[nodiscard]] int runConsole(Console console);

} // namespace andon::desktop
