#include "app/andon/texts.h"

#include "app/andon/paintedtext.h"
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

core::Result<void> writeTexts(QWidget &window, const QString &page, const QString &file)
{
    QStringList texts;
    QStringList painted;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            addTable(*view, texts);
        for (const PaintedText &one : paintedTexts(*widget))
            painted << one.text;
        texts << widget->accessibleName() << widget->accessibleDescription();
    }
    nlohmann::ordered_json json = {{"page", page.toStdString()}};
    for (auto &[key, list] : {std::pair{"texts", std::ref(texts)}, {"painted", std::ref(painted)}}) {
        list.get().removeAll(QString());
        list.get().removeDuplicates();
        json[key] = nlohmann::ordered_json::array();
        for (const QString &text : list.get())
            json[key].push_back(text.toStdString());
    }
    return profile::writeFile(file.toStdString(), json.dump(1) + "\n", 0644);
}

} // namespace andon::desktop
