#pragma once
// Parts of the desktop that are loaded when they are asked for lie beside it, or where they are installed.
#include "core/result.h"

#include <QFunctionPointer>
#include <QString>

namespace andon::desktop
{

/// What the module andon-NAME.so exports under that name; the module stays loaded. Storage when it cannot be loaded.
/// Any thread, once there is an application.
[[nodiscard]] core::Result<QFunctionPointer> exported(const char *module, const char *name);
/// Storage when there is no such file: nothing is loaded.
[[nodiscard]] core::Result<void> present(const char *module);

} // namespace andon::desktop
