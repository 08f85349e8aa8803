#include "net/budget.h"
#include "tests/net/support.h"

#include <atomic>
#include <thread>

using namespace andon;
using namespace andon::test;
using net::Budget;
using net::Urgency;

namespace
{

/// A budget on a clock that stands still, and threads that take from it.
class Turns
{
public:
    explicit Turns(int perMinute)
        : budget(perMinute, [this] { return now.load(); })
    {
    }
    ~Turns()
    {
        cancel.cancel();
        for (std::thread &thread : m_threads)
            thread.join();
    }
    /// Begins to wait; returns when it is in the queue.
    void waitFor(Urgency urgency, const std::string &name)
    {
        const int before = budget.waiting();
        m_threads.emplace_back([this, urgency, name] {
            (void)budget.take(urgency, cancel);
            const std::scoped_lock lock(m_mutex);
            m_order += name;
        });
        QTRY_COMPARE(budget.waiting(), before + 1);
    }
    std::string order() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_order;
    }
    std::atomic<std::int64_t> now = 1'000'000;
    core::Cancel cancel;
    Budget budget;

private:
    mutable std::mutex m_mutex;
    std::string m_order;
    std::vector<std::thread> m_threads;
};

} // namespace

class BudgetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void inNoMinuteMoreThanTheBudget()
    {
        std::int64_t now = 0;
        Budget budget(10, [&now] { return now += 1'500; }); // some seconds go by each time it looks
        std::vector<std::int64_t> sent;
        for (int i = 0; i < 50; ++i) {
            (void)budget.take(Urgency::Interactive, {});
            sent.push_back(now);
        }
        for (std::size_t i = 10; i < sent.size(); ++i)
            QVERIFY2(sent[i] - sent[i - 10] >= 60'000, std::to_string(sent[i] - sent[i - 10]).c_str());
        QVERIFY(sent.back() <= 6 * 60'000); // and not much less
    }

    void withoutABudgetNobodyWaits()
    {
        Turns turns(0);
        for (int i = 0; i < 5000; ++i)
            QCOMPARE(turns.budget.take(Urgency::Background, {}), std::int64_t{0});
    }

    void aPersonGoesBeforeTheBackground()
    {
        Turns turns(1);
        (void)turns.budget.take(Urgency::Interactive, {});
        turns.waitFor(Urgency::Background, "b");
        turns.waitFor(Urgency::Background, "c");
        turns.waitFor(Urgency::Interactive, "1");
        turns.waitFor(Urgency::Interactive, "2");
        QCOMPARE(turns.order(), std::string());
        for (const char *order : {"1", "12", "12b", "12bc"}) { // one a minute
            turns.now += 60'000;
            QTRY_COMPARE(turns.order(), std::string(order));
        }
    }

    void aFifthIsKeptForAPerson()
    {
        Turns turns(10);
        for (int i = 0; i < 8; ++i)
            QCOMPARE(turns.budget.take(Urgency::Background, {}), std::int64_t{0});
        turns.waitFor(Urgency::Background, "b");
        for (int i = 0; i < 2; ++i)
            QCOMPARE(turns.budget.take(Urgency::Interactive, {}), std::int64_t{0});
        QCOMPARE(turns.order(), std::string());
    }

    void aLargerBudgetFreesWhatWaits()
    {
        Turns turns(1);
        (void)turns.budget.take(Urgency::Interactive, {});
        turns.waitFor(Urgency::Interactive, "1");
        turns.budget.setPerMinute(5);
        QTRY_COMPARE(turns.order(), std::string("1"));
    }

    void aWaitIsGivenUpWhenCancelled()
    {
        Turns turns(1);
        (void)turns.budget.take(Urgency::Interactive, {});
        turns.waitFor(Urgency::Interactive, "1");
        turns.cancel.cancel();
        QTRY_COMPARE(turns.order(), std::string("1"));
        QCOMPARE(turns.budget.waiting(), 0);
    }

    void whatWaitedIsSentAndLogged()
    {
        const ScriptedServer server(always(200));
        net::Endpoint endpoint = endpointOf(server.url());
        std::atomic<std::int64_t> now = 0;
        endpoint.budget = std::make_shared<Budget>(3, [&now] { return now += 5'000; });
        const StillClient one(endpoint); // two clients of one source
        const StillClient other(endpoint);
        for (int i = 0; i < 3; ++i)
            ANDON_VERIFY_RESULT(one.get(read()));
        ANDON_VERIFY_RESULT(other.get(read()));
        QCOMPARE(server.heard().size(), std::size_t{4});
        const auto waited = other.log.entries().front().waitedMs;
        QVERIFY2(waited >= 20'000 && waited <= 60'000, std::to_string(waited).c_str());
    }

    void cancelledWhileItWaitsNothingIsSent()
    {
        const ScriptedServer server(always(200));
        net::Endpoint endpoint = endpointOf(server.url());
        endpoint.budget = std::make_shared<Budget>(1, [] { return std::int64_t{0}; });
        const StillClient client(endpoint);
        ANDON_VERIFY_RESULT(client.get(read()));
        core::Cancel cancel;
        std::thread later([&] {
            while (endpoint.budget->waiting() == 0)
                std::this_thread::yield();
            cancel.cancel();
        });
        const auto answer = client.get(read(), cancel);
        later.join();
        QCOMPARE(kindOf(answer), QStringLiteral("CANCELLED"));
        QCOMPARE(server.heard().size(), std::size_t{1});
    }
};

ANDON_SUITE(BudgetTest)
#include "budget_test.moc"
