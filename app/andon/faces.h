#pragma once
// Every page with every face, theme and size, and what is wrong with a layout that eyes would find late. GUI thread.
#include "app/andon/grab.h"

class QCommandLineParser;

namespace andon::desktop
{

/// One picture per page, face, theme and size, or of those that --page, --state, --theme and --size name, in the folder
/// of
/// --faces: floor-stale-dark-1440x900.png.
[[nodiscard]] std::vector<Shot> faceShots(const ui::MainWindow &window, const QCommandLineParser &parser,
                                          core::Instant now);

/// Words that are cut off without saying the whole in a tooltip, and widgets of one layout that lie over each other: a
/// sentence each.
[[nodiscard]] QStringList layoutProblems(QWidget &window);

} // namespace andon::desktop
