#include "app/andon/module.h"

#include <QCoreApplication>
#include <QFile>
#include <QLibrary>

#include <algorithm>
#include <array>

namespace andon::desktop
{

namespace
{

std::array<QString, 2> filesOf(const char *module)
{
    const QString here = QCoreApplication::applicationDirPath();
    const QString file = QStringLiteral("/andon-%1.so").arg(QLatin1String(module));
    return {here + file, here + QStringLiteral("/" ANDON_MODULES) + file};
}

} // namespace

core::Result<void> present(const char *module)
{
    const auto files = filesOf(module);
    if (std::any_of(files.begin(), files.end(), [](const QString &file) { return QFile::exists(file); }))
        return {};
    return core::fail(core::ErrorKind::Storage, module, "A part of Andon is missing: " + files.back().toStdString());
}

core::Result<QFunctionPointer> exported(const char *module, const char *name)
{
    core::Error error{.kind = core::ErrorKind::Storage, .where = module};
    for (const QString &file : filesOf(module)) {
        QLibrary library(file);
        if (const QFunctionPointer found = library.resolve(name))
            return found;
        if (error.detail.empty() || QFile::exists(file)) // not that it is not in the other place
            error.detail = library.errorString().toStdString();
    }
    return core::fail(error);
}

} // namespace andon::desktop
