#include "tests/net/support.h"

#include <thread>

using namespace andon;
using namespace andon::test;

class BreakerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void opensAfterFiveFailures_data();
    void opensAfterFiveFailures();
    void oneProbeAtATime();
    void closesWhenAProbeSucceeds();
    void refusalsAreAnswers();
    void whatWasNotAskedSaysNothing();
    void givingUpSaysNothing();
    void anUnknownOutcomeIsNobodyElses();
};

void BreakerTest::opensAfterFiveFailures_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("kind");
    QTest::newRow("unreachable") << QStringLiteral("unreachable") << QStringLiteral("REFUSED");
    QTest::newRow("reset") << QStringLiteral("reset") << QStringLiteral("REFUSED");
    QTest::newRow("untrusted") << QStringLiteral("untrusted-certificate") << QStringLiteral("TLS");
}

void BreakerTest::opensAfterFiveFailures()
{
    QFETCH(QString, fault);
    QFETCH(QString, kind);
    const FaultServer faults;
    StillClient client(endpointOf(faults.url(fault.toStdString())), {.tries = 1});
    for (int i = 0; i < 5; ++i) {
        const auto answer = client.get(read());
        QCOMPARE(kindOf(answer), kind);
        QVERIFY(!answer.error().retryAfterMs);
    }
    QCOMPARE(client.log.total(), 5);
    client.clock.advance(10'000);
    const auto blocked = client.get(read("test other"));
    QCOMPARE(kindOf(blocked), kind);
    QCOMPARE(blocked.error().retryAfterMs, std::optional<std::int64_t>(20'000)); // the next probe
    QCOMPARE(blocked.error().where, std::string("test other"));
    QCOMPARE(client.log.total(), 5); // nothing went out
}

void BreakerTest::oneProbeAtATime()
{
    const ScriptedServer server(always(500));
    StillClient client(endpointOf(server.url()), {.tries = 1});
    for (int i = 0; i < 5; ++i)
        QVERIFY(!client.get(read()));
    for (std::size_t round = 1; round <= 3; ++round) {
        client.clock.advance(30'000);
        std::vector<std::thread> crowd;
        for (int i = 0; i < 8; ++i)
            crowd.emplace_back([&] { (void)client.get(read()); });
        for (std::thread &one : crowd)
            one.join();
        QCOMPARE(server.heard().size(), 5 + round);
    }
}

void BreakerTest::closesWhenAProbeSucceeds()
{
    std::atomic<int> status = 503;
    const ScriptedServer server(
        [&](Connection &connection, const Heard &) { return connection.answer(status, "application/json", "{}"); });
    StillClient client(endpointOf(server.url()), {.tries = 1});
    for (int i = 0; i < 5; ++i)
        QVERIFY(!client.get(read()));
    status = 200;
    QVERIFY(!client.get(read())); // still open
    client.clock.advance(30'000);
    ANDON_VERIFY_RESULT(client.get(read()));
    ANDON_VERIFY_RESULT(client.get(read())); // and closed
    status = 503;
    for (int i = 0; i < 4; ++i)
        QVERIFY(!client.get(read()));
    status = 200;
    ANDON_VERIFY_RESULT(client.get(read())); // four were not enough, and are forgotten
    status = 503;
    QVERIFY(!client.get(read()));
    status = 200;
    ANDON_VERIFY_RESULT(client.get(read()));
}

void BreakerTest::refusalsAreAnswers()
{
    for (const int status : {400, 401, 403, 404, 409, 429}) {
        const ScriptedServer server(always(status));
        const StillClient client(endpointOf(server.url()), {.tries = 1});
        for (int i = 0; i < 10; ++i)
            QVERIFY(!client.get(read()));
        QCOMPARE(server.heard().size(), std::size_t{10});
    }
}

void BreakerTest::whatWasNotAskedSaysNothing()
{
    const ScriptedServer server(always(500));
    const StillClient client(endpointOf(server.url()), {.tries = 1});
    const core::Cancel cancelled;
    cancelled.cancel();
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!client.get(read()));
        QCOMPARE(kindOf(client.get(read(), cancelled)), QStringLiteral("CANCELLED")); // does not start the count anew
        QCOMPARE(kindOf(client.get({.path = {".."}, .what = "test"})), QStringLiteral("INVALID"));
    }
    QVERIFY(!client.get(read())); // the fifth
    QVERIFY(client.get(read()).error().retryAfterMs.has_value());
    QCOMPARE(server.heard().size(), std::size_t{5});
}

void BreakerTest::givingUpSaysNothing()
{
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url("hang")), {.tries = 1});
    for (std::size_t i = 1; i <= 6; ++i) {
        const core::Cancel cancel;
        const std::jthread person([&] {
            while (faults.heard().size() < i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            cancel.cancel();
        });
        const auto answer = client.get(read(), cancel);
        QCOMPARE(kindOf(answer), QStringLiteral("CANCELLED"));
        QCOMPARE(faults.heard().size(), i); // the sixth went out too
    }
}

void BreakerTest::anUnknownOutcomeIsNobodyElses()
{
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url("reset")), {.tries = 1});
    for (int i = 0; i < 10; ++i)
        QCOMPARE(kindOf(client.get(write())), QStringLiteral("UNKNOWN_OUTCOME"));
    QCOMPARE(kindOf(client.get(read())), QStringLiteral("REFUSED"));
    QCOMPARE(faults.heard().size(), std::size_t{11});
}

ANDON_SUITE(BreakerTest)
#include "breaker_test.moc"
