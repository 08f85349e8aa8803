#pragma once
// Repositories, branches and tags: filter on top, one list below. GUI thread.
#include <QWidget>

class QListView;

namespace andon::core
{
class Clock;
}
namespace andon::models
{
class RefListModel;
}

namespace andon::ui
{

class FilterBar;

class RefList final : public QWidget
{
    Q_OBJECT
public:
    RefList(models::RefListModel &model, const core::Clock &clock, QWidget *parent = nullptr);
    void focusFilter();

Q_SIGNALS:
    void repositoryChosen(const QString &name);
    void commitChosen(const QString &id);
    void onlyRequested(const QString &id, const QString &name); ///< show what this ref reaches, or no longer

private:
    void offerOnly(const QPoint &at);
    FilterBar *m_filter = nullptr;
    QListView *m_list = nullptr;
};

} // namespace andon::ui
