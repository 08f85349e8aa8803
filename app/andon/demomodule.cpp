#include "app/andon/demomodule.h"

#include <QCoreApplication>
#include <QLibrary>

namespace andon::desktop
{

core::Result<RunningDemo> startDemo()
{
    const QString here = QCoreApplication::applicationDirPath();
    core::Error error{.kind = core::ErrorKind::Storage, .where = "demo"};
    for (const QString &folder : {here, here + QStringLiteral("/" ANDON_MODULES)}) {
        QLibrary module(folder + QStringLiteral("/andon-demo.so"));
        if (const auto start = reinterpret_cast<StartDemo *>(module.resolve(kStartDemo))) {
            core::Result<RunningDemo> running;
            start(running);
            return running;
        }
        error.detail = module.errorString().toStdString();
    }
    return core::fail(error);
}

} // namespace andon::desktop
