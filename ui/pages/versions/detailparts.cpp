#include "ui/pages/versions/detailparts.h"

#include "ui/theme/style.h"
#include "ui/widgets/linkbutton.h"

#include <QLayout>
#include <QPushButton>

namespace andon::ui
{

QPushButton *idButton(const QString &id, QWidget *parent)
{
    QPushButton *button = linkButton(id, parent);
    button->setFont(monoFont(11));
    button->setFixedHeight(18);
    return button;
}

void clearLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        if (QLayout *inner = item->layout())
            clearLayout(inner);
        delete item;
    }
}

} // namespace andon::ui
