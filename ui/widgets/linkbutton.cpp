#include "ui/widgets/linkbutton.h"

#include <QPushButton>

namespace andon::ui
{

QPushButton *linkButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("link", true);
    button->setCursor(Qt::PointingHandCursor);
    button->setFixedHeight(20);
    return button;
}

} // namespace andon::ui
