#include "app/andon/texts.h"

#include "profile/profile.h"

#include <nlohmann/json.hpp>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLabel>

namespace andon::desktop
{

namespace
{

constexpr int kMostRows = 200; // of a table

void addTable(const QAbstractItemView &view, QStringList &texts)
{
    const QAbstractItemModel *model = view.model();
    for (int row = 0; model && row < std::min(model->rowCount(), kMostRows); ++row) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells << model->index(row, column).data().toString();
        texts << cells.join(QStringLiteral(" | "));
    }
}

} // namespace

core::Result<void> writeTexts(const QWidget &window, const QString &page, const QString &file)
{
    QStringList texts;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            addTable(*view, texts);
        texts << widget->accessibleName() << widget->accessibleDescription();
    }
    texts.removeAll(QString());
    texts.removeDuplicates();
    nlohmann::ordered_json json = {{"page", page.toStdString()}, {"texts", nlohmann::ordered_json::array()}};
    for (const QString &text : texts)
        json["texts"].push_back(text.toStdString());
    return profile::writeFile(file.toStdString(), json.dump(1) + "\n", 0644);
}

} // namespace andon::desktop
