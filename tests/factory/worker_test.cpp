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

    void runsUntilItsAnswerWasHeard()
    {
        core::Latest<int> latest;
        QVERIFY(!latest.running());
        QPromise<core::Result<int>> work;
        work.start();
        bool runningWithin = true;
        latest.start(work.future(), this, [&](const core::Result<int> &) { runningWithin = latest.running(); });
        work.addResult(7);
        work.finish();
        QVERIFY(latest.running()); // the work is done, nobody has heard of it yet
        QTRY_VERIFY(!latest.running());
        QVERIFY(!runningWithin);
        QPromise<core::Result<int>> other;
        other.start();
        latest.start(other.future(), this, [](const core::Result<int> &) {});
        latest.stop();
        QVERIFY(!latest.running());
        other.finish();
    }
};

ANDON_SUITE(WorkerTest)
#include "worker_test.moc"
