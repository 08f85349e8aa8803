#pragma once
// What the sections of a commit's details are made of. GUI thread.
#include <QString>

class QLayout;
class QPushButton;
class QWidget;

namespace andon::ui
{

[[nodiscard]] QPushButton *idButton(const QString &id, QWidget *parent); ///< a link of 18 px in the font of ids
/// Takes everything out; the widgets end with the event that is handled now.
void clearLayout(QLayout *layout);

} // namespace andon::ui
