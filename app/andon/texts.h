#pragma once
// What a page says, as JSON: for tests and for scripts that look at a window without eyes. GUI thread.
#include "core/result.h"

#include <QString>

class QWidget;

namespace andon::desktop
{

/// Writes {"page", "texts", "painted"}: each text that a person sees in the window or a screen reader reads, once, in
/// the order of the widgets; tables row by row, cells with " | " between. "painted" is what widgets paint, run by run.
[[nodiscard]] core::Result<void> writeTexts(QWidget &window, const QString &page, const QString &file);

} // namespace andon::desktop
