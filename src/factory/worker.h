#pragma once
// A bounded pool for what must not run on the GUI thread: reading the cache, asking a source, decoding, laying out.
#include "core/cancel.h"
#include "core/pending.h"

#include <QThreadPool>

#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace andon::factory
{

class Worker
{
public:
    explicit Worker(int threads = 4) { m_pool.setMaxThreadCount(threads); }
    /// Cancels what runs and what waits, so that a source that hangs keeps no window from closing.
    ~Worker()
    {
        {
            const std::scoped_lock lock(m_mutex);
            for (const core::Cancel &cancel : m_under)
                cancel.cancel();
        }
        m_pool.waitForDone();
    }
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Runs fn on a thread of the pool. Cancelling the token or the returned future drops the answer.
    template <typename T>
    [[nodiscard]] core::Pending<T> run(core::Cancel cancel, std::function<core::Result<T>(const core::Cancel &)> fn)
    {
        auto promise = std::make_shared<QPromise<core::Result<T>>>();
        core::Pending<T> pending = promise->future();
        promise->start();
        const auto at = begun(cancel);
        m_pool.start([this, at, promise, cancel = std::move(cancel), fn = std::move(fn)] {
            if (!promise->isCanceled() && !cancel.cancelled())
                promise->addResult(fn(cancel));
            promise->finish();
            const std::scoped_lock lock(m_mutex);
            m_under.erase(at);
        });
        return pending;
    }

private:
    std::list<core::Cancel>::iterator begun(const core::Cancel &cancel)
    {
        const std::scoped_lock lock(m_mutex);
        return m_under.insert(m_under.end(), cancel);
    }

    std::mutex m_mutex;
    std::list<core::Cancel> m_under; ///< of what runs or waits
    QThreadPool m_pool;
};

} // namespace andon::factory
