#pragma once
// Repositories, branches and tags: filter on top, one list below. GUI thread.
#include <QWidget>

class QLineEdit;
class QListView;

namespace andon::models
{
class RefListModel;
}

namespace andon::ui
{

class RefList final : public QWidget
{
    Q_OBJECT
public:
    explicit RefList(models::RefListModel &model, QWidget *parent = nullptr);
    void focusFilter();

Q_SIGNALS:
    void repositoryChosen(const QString &name);
    void commitChosen(const QString &id);

private:
    QLineEdit *m_filter = nullptr;
    QListView *m_list = nullptr;
};

} // namespace andon::ui
