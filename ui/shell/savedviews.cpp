#include "ui/shell/savedviews.h"

#include "text/plain.h"
#include "text/profiletext.h"

#include <QFileSystemWatcher>

namespace andon::ui
{

namespace
{
constexpr int kSettleMs = 150;
} // namespace

SavedViews::SavedViews(const std::string &folder, factory::Worker &worker, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_worker(worker)
    , m_watcher(new QFileSystemWatcher(this))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSettleMs);
    connect(&m_soon, &QTimer::timeout, this, &SavedViews::reload);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::fileChanged, &m_soon, qOverload<>(&QTimer::start));
}

const profile::View *SavedViews::find(const QString &name) const
{
    const auto found =
        std::find_if(m_views.begin(), m_views.end(), [&](const auto &v) { return v.name == name.toStdString(); });
    return found == m_views.end() ? nullptr : &found->view;
}

void SavedViews::reload()
{
    using Listed = std::vector<profile::Views::Listed>;
    m_reading.start(m_worker.run<Listed>(
                        {}, [folder = m_folder](const core::Cancel &) { return core::Result<Listed>(folder.all()); }),
                    this, [this](const core::Result<Listed> &listed) {
                        m_views.clear();
                        QString problem;
                        QStringList files{QString::fromStdString(m_folder.folder())};
                        for (const profile::Views::Listed &one : *listed) {
                            files << QString::fromStdString(one.file);
                            if (one.view)
                                m_views.push_back(*one.view);
                            else
                                problem = text::fileNotice(one.view.error(), {});
                        }
                        m_watcher->addPaths(files); // a replaced file is no longer watched
                        if (problem != m_lastProblem && !problem.isEmpty())
                            Q_EMIT notice(problem);
                        m_lastProblem = problem;
                        Q_EMIT changed();
                    });
}

void SavedViews::write(std::function<core::Result<void>(const profile::Views &)> work, const QString &done)
{
    core::whenDone<bool>(m_worker.run<bool>({},
                                            [folder = m_folder, work](const core::Cancel &) -> core::Result<bool> {
                                                if (auto written = work(folder); !written)
                                                    return core::fail(written.error());
                                                return true;
                                            }),
                         this, [this, done](const core::Result<bool> &written) {
                             Q_EMIT notice(written ? done : text::visible(written.error().detail));
                             reload();
                         });
}

void SavedViews::save(const QString &name, const profile::View &view)
{
    write([name = name.toStdString(), view](const profile::Views &views) { return views.save(name, view); },
          tr("Saved the view \"%1\".").arg(name));
}

void SavedViews::remove(const QString &name)
{
    write([name = name.toStdString()](const profile::Views &views) { return views.remove(name); },
          tr("Removed the view \"%1\".").arg(name));
}

} // namespace andon::ui
