#pragma once
// A button that looks like a link. GUI thread.
#include <QString>

class QPushButton;
class QWidget;

namespace andon::ui
{

[[nodiscard]] QPushButton *linkButton(const QString &text, QWidget *parent);

} // namespace andon::ui
