#pragma once
// A bounded pool for what must not run on the GUI thread: reading the cache, asking a source, decoding, laying out.
#include "core/cancel.h"
#include "core/pending.h"

#include <QThreadPool>

#include <functional>
#include <memory>

namespace andon::factory
{

class Worker
{
public:
    explicit Worker(int threads = 4) { m_pool.setMaxThreadCount(threads); }
    ~Worker() { m_pool.waitForDone(); }
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Runs fn on a thread of the pool. Cancelling the token or the returned future drops the answer.
    template <typename T>
    [[nodiscard]] core::Pending<T> run(core::Cancel cancel, std::function<core::Result<T>(const core::Cancel &)> fn)
    {
        auto promise = std::make_shared<QPromise<core::Result<T>>>();
        core::Pending<T> pending = promise->future();
        promise->start();
        m_pool.start([promise, cancel = std::move(cancel), fn = std::move(fn)] {
            if (!promise->isCanceled() && !cancel.cancelled())
                promise->addResult(fn(cancel));
            promise->finish();
        });
        return pending;
    }

private:
    QThreadPool m_pool;
};

} // namespace andon::factory
