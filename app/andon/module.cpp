#include "app/andon/module.h"

#include <QCoreApplication>
#include <QLibrary>

namespace andon::desktop
{

core::Result<QFunctionPointer> exported(const char *module, const char *name)
{
    const QString here = QCoreApplication::applicationDirPath();
    core::Error error{.kind = core::ErrorKind::Storage, .where = module};
    for (const QString &folder : {here, here + QStringLiteral("/" ANDON_MODULES)}) {
        QLibrary library(folder + QStringLiteral("/andon-%1.so").arg(QLatin1String(module)));
        if (const QFunctionPointer found = library.resolve(name))
            return found;
        error.detail = library.errorString().toStdString();
    }
    return core::fail(error);
}

} // namespace andon::desktop
