#pragma once
// The saved views of the profile, read when they change: somebody may edit the files. GUI thread; files are read and
// written on the worker.
#include "factory/worker.h"
#include "profile/view.h"

#include <QObject>
#include <QTimer>

class QFileSystemWatcher;

namespace andon::ui
{

class SavedViews final : public QObject
{
    Q_OBJECT
public:
    SavedViews(const std::string &folder, factory::Worker &worker, QObject *parent);

    [[nodiscard]] const std::vector<profile::NamedView> &all() const { return m_views; } ///< by name
    [[nodiscard]] const profile::View *find(const QString &name) const;
    void save(const QString &name, const profile::View &view);
    void remove(const QString &name);
    void reload();

Q_SIGNALS:
    void changed();
    void notice(const QString &sentence); ///< a file with a mistake, a write that failed

private:
    void write(std::function<core::Result<void>(const profile::Views &)> work, const QString &done);

    profile::Views m_folder;
    factory::Worker &m_worker;
    std::vector<profile::NamedView> m_views;
    core::Latest<std::vector<profile::Views::Listed>> m_reading;
    QFileSystemWatcher *m_watcher = nullptr;
    QTimer m_soon; ///< editors write a file in several steps
    QString m_lastProblem;
};

} // namespace andon::ui
