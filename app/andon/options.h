#pragma once
// The command line of the desktop.
#include <QCommandLineParser>
#include <QSize>

namespace andon::desktop
{

[[nodiscard]] QString opt(const char *name);
void declare(QCommandLineParser &parser);
/// "1440x900"; that for anything else.
[[nodiscard]] QSize sizeOf(const QString &text);
/// The link to open, "" for none.
[[nodiscard]] QString linkOf(const QCommandLineParser &parser);
/// It only takes pictures, writes nothing to the profile and ends.
[[nodiscard]] bool takesPictures(const QCommandLineParser &parser);

} // namespace andon::desktop
