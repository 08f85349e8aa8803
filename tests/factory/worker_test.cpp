#include "factory/worker.h"
#include "tests/support/suite.h"

#include <QSemaphore>

#include <thread>

using namespace andon;

class WorkerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    /// Without it this test would never end: nobody else cancels them.
    void endsWhatHangsWhenItEnds()
    {
        QSemaphore started;
        std::atomic<int> ended = 0;
        {
            factory::Worker worker(2);
            for (int n = 0; n < 6; ++n) // four of them wait for a thread
                (void)worker.run<int>({}, [&](const core::Cancel &cancel) -> core::Result<int> {
                    started.release();
                    while (!cancel.cancelled())
                        std::this_thread::yield();
                    ++ended;
                    return 0;
                });
            started.acquire(2);
        }
        QCOMPARE(ended.load(), 2);
    }
};

ANDON_SUITE(WorkerTest)
#include "worker_test.moc"
