#pragma once
// A value that will be there later, and how the GUI thread receives it. Work itself runs on a worker; see
// factory/worker.h. QFuture::then(context) is not used: on Qt 6.4 it asserts when the context dies first.
#include "core/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>

namespace andon::core
{

template <typename T> using Pending = QFuture<Result<T>>;

/// Calls fn(Result<T>) later on receiver's thread; never if receiver died or the operation was cancelled.
template <typename T, typename Fn> void whenDone(const Pending<T> &pending, QObject *receiver, Fn &&fn)
{
    auto *watcher = new QFutureWatcher<Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver, [watcher, fn = std::forward<Fn>(fn)]() mutable {
        watcher->deleteLater();
        if (!watcher->isCanceled() && watcher->future().resultCount() > 0)
            fn(watcher->result());
    });
    watcher->setFuture(pending);
}

/// Owns one operation: starting the next cancels the one before, and so does the destructor. One thread.
template <typename T> class Latest
{
public:
    Latest() = default;
    Latest(const Latest &) = delete;
    Latest &operator=(const Latest &) = delete;
    ~Latest() { m_pending.cancel(); }

    template <typename Fn> void start(Pending<T> pending, QObject *receiver, Fn &&fn)
    {
        stop();
        m_pending = std::move(pending);
        m_open = std::make_shared<bool>(true);
        auto *watcher = new QFutureWatcher<Result<T>>(receiver);
        QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                         [watcher, open = m_open, fn = std::forward<Fn>(fn)]() mutable {
                             watcher->deleteLater();
                             *open = false;
                             if (!watcher->isCanceled() && watcher->future().resultCount() > 0)
                                 fn(watcher->result());
                         });
        watcher->setFuture(m_pending);
    }
    /// What was started says nothing any more.
    void stop()
    {
        m_pending.cancel();
        if (m_open)
            *m_open = false;
    }
    /// Until fn is called, not only until the work is done: in between nothing has been shown yet.
    [[nodiscard]] bool running() const { return m_open && *m_open; }

private:
    Pending<T> m_pending;
    std::shared_ptr<bool> m_open; ///< of the operation that was started last
};

} // namespace andon::core
