#include "tests/net/support.h"

#include <thread>

using namespace andon;
using namespace andon::test;

class RetryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void repeatsReadsOnly_data();
    void repeatsReadsOnly();
    void repeatsWhatWasBrokenOff();
    void waitsWithFullJitter_data();
    void waitsWithFullJitter();
    void itsOwnChanceIsEven();
    void obeysRetryAfter_data();
    void obeysRetryAfter();
    void aDateIsHeldBesideTheServersClock();
    void longSilenceIsNotWaitedFor();
    void silenceIsForEveryRequest();
    void whatWasUnderWayDoesNotEndTheSilence();
    void oneProbeEndsALongSilence();
    void allWaitsTogetherAreBounded();
    void keepsItsBudget();
    void aSlowServerIsAskedOnce();
    void aWaitIsGivenUpWhenCancelled();
    void logsEveryTry();
};

void RetryTest::repeatsReadsOnly_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("tries");
    for (const int status : {429, 500, 502, 503, 504})
        QTest::addRow("%d", status) << status << 4;
    for (const int status : {200, 204, 301, 400, 401, 403, 404, 409, 410, 412, 413, 418, 422, 423, 501, 505})
        QTest::addRow("%d", status) << status << 1;
}

void RetryTest::repeatsReadsOnly()
{
    QFETCH(int, status);
    QFETCH(int, tries);
    const ScriptedServer server(always(status));
    const StillClient client(endpointOf(server.url()));
    QCOMPARE(client.client().send(read(), {})->status, status); // an answer all the same
    QCOMPARE(server.heard().size(), static_cast<std::size_t>(tries));

    net::Request search = read();
    search.method = net::Method::Post; // a read by POST is a read
    search.body = "{}";
    const StillClient searching(endpointOf(server.url()));
    QCOMPARE(searching.client().send(search, {})->status, status);
    QCOMPARE(server.heard().size(), static_cast<std::size_t>(2 * tries));

    for (const net::Method method : {net::Method::Post, net::Method::Put, net::Method::Delete, net::Method::Patch}) {
        const StillClient writing(endpointOf(server.url()));
        net::Request once = write();
        once.method = method;
        const std::size_t before = server.heard().size();
        (void)writing.client().send(once, {});
        QCOMPARE(server.heard().size() - before, std::size_t{1});
    }
}

void RetryTest::repeatsWhatWasBrokenOff()
{
    const FaultServer faults;
    for (const char *fault : {"reset", "truncated"}) {
        const StillClient client(endpointOf(faults.url(fault)));
        const std::size_t before = faults.heard().size();
        QVERIFY(!client.get({.path = {"version"}, .what = "test"}));
        QCOMPARE(faults.heard().size() - before, std::size_t{4});
        QCOMPARE(client.waits().size(), std::size_t{3});
    }
    const StillClient client(endpointOf(faults.url("flaky")));
    ANDON_VERIFY_RESULT(client.get({.path = {"version"}, .what = "test"}));
}

void RetryTest::waitsWithFullJitter_data()
{
    QTest::addColumn<double>("random");
    QTest::addColumn<QVector<qint64>>("waits");
    QTest::newRow("least") << 0.0 << QVector<qint64>{0, 0, 0, 0, 0, 0, 0, 0, 0};
    QTest::newRow("half") << 0.5 << QVector<qint64>{250, 500, 1000, 2000, 4000, 8000, 16'000, 30'000, 30'000};
    QTest::newRow("most") << 0.9999999 << QVector<qint64>{499, 999, 1999, 3999, 7999, 15'999, 31'999, 59'999, 59'999};
}

void RetryTest::waitsWithFullJitter()
{
    QFETCH(double, random);
    QFETCH(QVector<qint64>, waits);
    const ScriptedServer server(always(503));
    const StillClient client(endpointOf(server.url()), {.tries = 10, .maxWaitMs = 1'000'000, .breakerFailures = 1000},
                             random);
    QVERIFY(!client.get(read()));
    const auto waited = client.waits();
    QCOMPARE(QVector<qint64>(waited.begin(), waited.end()), waits);
}

void RetryTest::itsOwnChanceIsEven()
{
    const ScriptedServer server(always(503));
    const core::ManualClock clock(kStart);
    std::vector<std::int64_t> waits;
    net::Transport transport;
    const net::RetryPolicy policy{.tries = 400,
                                  .baseMs = 1000,
                                  .capMs = 1000,
                                  .maxWaitMs = 1'000'000,
                                  .breakerFailures = 1000,
                                  .retryBudget = 1000,
                                  .sleep = [&](std::int64_t ms, const core::Cancel &) { waits.push_back(ms); }};
    const net::HttpClient client(transport, endpointOf(server.url()), nullptr, &clock, policy);
    QVERIFY(!client.get(read(), {}));
    QCOMPARE(waits.size(), std::size_t{399});
    std::int64_t sum = 0;
    std::array<int, 4> quarters{};
    for (const std::int64_t wait : waits) {
        QVERIFY(wait >= 0 && wait < 1000);
        sum += wait;
        ++quarters[static_cast<std::size_t>(wait / 250)];
    }
    QVERIFY2(sum / 399 > 400 && sum / 399 < 600, qPrintable(QString::number(sum / 399))); // 7 standard deviations
    for (const int quarter : quarters)
        QVERIFY2(quarter > 50 && quarter < 150, qPrintable(QString::number(quarter)));
}

void RetryTest::obeysRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("value");
    QTest::addColumn<qint64>("first");
    const auto row = [](const char *name, int status, const char *value, qint64 first) {
        QTest::newRow(name) << status << QString::fromLatin1(value) << first;
    };
    constexpr qint64 kJitter = 250; // half of the first ceiling
    row("seconds", 429, "3", 3000);
    row("seconds of a 503", 503, "7", 7000);
    row("date", 429, "Tue, 14 Nov 2023 22:13:30 GMT", 10'000);
    row("zero", 429, "0", kJitter);
    row("past date", 429, "Tue, 14 Nov 2023 22:00:00 GMT", kJitter);
    row("negative", 429, "-1", kJitter);
    row("garbage", 429, "soon", kJitter);
    row("fraction", 429, "1.5", kJitter);
    row("absent", 429, "", kJitter);
    row("of a 500, which asks for nothing", 500, "9", kJitter);
}

void RetryTest::obeysRetryAfter()
{
    QFETCH(int, status);
    QFETCH(QString, value);
    QFETCH(qint64, first);
    std::vector<std::string> headers{"Date: Tue, 14 Nov 2023 22:13:20 GMT"};
    if (!value.isEmpty())
        headers.push_back("Retry-After: " + value.toStdString());
    const ScriptedServer server(always(status, "{}", headers));
    const StillClient client(endpointOf(server.url()));
    (void)client.get(read());
    std::vector<std::int64_t> waits = client.waits();
    std::erase(waits, 0); // the pause of a retry that waits out a silence
    QVERIFY(!waits.empty());
    QCOMPARE(waits.front(), first);
    QCOMPARE(server.heard().size(), std::size_t{4});
}

void RetryTest::aDateIsHeldBesideTheServersClock()
{
    net::Response response{.status = 429, .headers = {{"retry-after", "Tue, 14 Nov 2023 22:13:30 GMT"}}, .at = kStart};
    QCOMPARE(net::retryAfter(response), std::optional<std::int64_t>(0)); // long ago by our clock
    response.headers.emplace_back("date", "Tue, 14 Nov 2023 22:13:25 GMT");
    QCOMPARE(net::retryAfter(response), std::optional<std::int64_t>(5000));
    response.headers[1].second = "yesterday";
    QCOMPARE(net::retryAfter(response), std::optional<std::int64_t>(0));
}

void RetryTest::longSilenceIsNotWaitedFor()
{
    std::atomic<bool> healed = false;
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        return healed ? connection.answer(200, "application/json", "{}")
                      : connection.answer(429, "application/json", "{}", {"Retry-After: 7200"});
    });
    StillClient client(endpointOf(server.url()));
    const auto refused = client.get(read());
    QCOMPARE(kindOf(refused), QStringLiteral("LIMITED"));
    QCOMPARE(refused.error().retryAfterMs, std::optional<std::int64_t>(7'200'000));
    QCOMPARE(server.heard().size(), std::size_t{1});

    client.clock.advance(119'000); // nothing goes out, and the time is the real one
    const auto later = client.get(read("test other"));
    QCOMPARE(later.error().retryAfterMs, std::optional<std::int64_t>(7'081'000));
    QCOMPARE(later.error().where, std::string("test other"));
    QCOMPARE(server.heard().size(), std::size_t{1});

    client.clock.advance(1000); // one probe in two minutes
    QVERIFY(!client.get(read()));
    QVERIFY(!client.get(read()));
    QCOMPARE(server.heard().size(), std::size_t{2});
    healed = true;
    client.clock.advance(120'000);
    ANDON_VERIFY_RESULT(client.get(read()));
    ANDON_VERIFY_RESULT(client.get(read()));
    QVERIFY(client.waits() == std::vector<std::int64_t>(client.waits().size(), 0));
}

void RetryTest::silenceIsForEveryRequest()
{
    std::atomic<int> count = 0;
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        return ++count > 1 ? connection.answer(200, "application/json", "{}")
                           : connection.answer(429, "application/json", "{}", {"Retry-After: 5"});
    });
    StillClient client(endpointOf(server.url()), {.tries = 1});
    QCOMPARE(kindOf(client.get(read())), QStringLiteral("LIMITED"));
    client.clock.advance(2000);
    const auto refused = client.get(write()); // a write neither waits nor goes out
    QCOMPARE(kindOf(refused), QStringLiteral("LIMITED"));
    QCOMPARE(refused.error().retryAfterMs, std::optional<std::int64_t>(3000));
    QCOMPARE(server.heard().size(), std::size_t{1});
    ANDON_VERIFY_RESULT(client.get(read()));
    QCOMPARE(client.waits(), std::vector<std::int64_t>{3000});
    ANDON_VERIFY_RESULT(client.get(write()));
}

void RetryTest::whatWasUnderWayDoesNotEndTheSilence()
{
    std::atomic<bool> limited = false;
    const ScriptedServer server([&](Connection &connection, const Heard &heard) {
        if (heard.path() == "/slow") { // answers well, but after the other was refused
            while (!limited && connection.pause(5)) { }
            connection.pause(50);
            return connection.answer(200, "application/json", "{}");
        }
        limited = true;
        return connection.answer(429, "application/json", "{}", {"Retry-After: 60"});
    });
    StillClient client(endpointOf(server.url()), {.tries = 1});
    std::thread slow([&] { (void)client.get({.path = {"slow"}, .what = "slow"}); });
    QTRY_COMPARE(server.heard().size(), std::size_t{1});
    QVERIFY(!client.get(read()));
    slow.join();
    QCOMPARE(client.get(write()).error().retryAfterMs, std::optional<std::int64_t>(60'000));
    QCOMPARE(server.heard().size(), std::size_t{2}); // the write was not sent
}

void RetryTest::oneProbeEndsALongSilence()
{
    std::atomic<bool> slow = false;
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        return (!slow || connection.pause(200))
            && connection.answer(429, "application/json", "{}", {"Retry-After: 7200"});
    });
    StillClient client(endpointOf(server.url()), {.tries = 1});
    QVERIFY(!client.get(read()));
    client.clock.advance(120'000);
    slow = true; // the others come while the probe is under way
    std::vector<std::jthread> crowd;
    for (int i = 0; i < 8; ++i)
        crowd.emplace_back([&] { (void)client.get(read()); });
    crowd.clear();
    QCOMPARE(server.heard().size(), std::size_t{2});
}

void RetryTest::allWaitsTogetherAreBounded()
{
    const ScriptedServer server(always(429, "{}", {"Retry-After: 50"}));
    const StillClient client(endpointOf(server.url()));
    const auto refused = client.get(read());
    QCOMPARE(refused.error().retryAfterMs, std::optional<std::int64_t>(50'000));
    QCOMPARE(server.heard().size(), std::size_t{3}); // 50 s and 50 s; a third would make 150
}

void RetryTest::keepsItsBudget()
{
    const ScriptedServer server(always(503));
    const StillClient client(endpointOf(server.url()), {.breakerFailures = 100'000});
    for (int i = 0; i < 200; ++i)
        QVERIFY(!client.get(read()));
    const auto retries = server.heard().size() - 200;
    QVERIFY2(retries >= 10 && retries <= 21, qPrintable(QString::number(retries))); // 10 at first, then 10 %
}

void RetryTest::aSlowServerIsAskedOnce()
{
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url("hang")));
    net::Request request = read();
    request.timeoutMs = 1000;
    QCOMPARE(kindOf(client.get(request)), QStringLiteral("TIMEOUT"));
    QCOMPARE(faults.heard().size(), std::size_t{1});
}

void RetryTest::aWaitIsGivenUpWhenCancelled()
{
    const ScriptedServer server(always(503));
    net::Transport transport;
    net::RequestLog log;
    const net::HttpClient client(transport, endpointOf(server.url()), &log, nullptr,
                                 {.baseMs = 60'000, .random = [] { return 0.9; }});
    const core::Cancel cancel;
    const std::jthread person([&] {
        while (log.total() == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(kindOf(client.get(read(), cancel)), QStringLiteral("CANCELLED"));
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void RetryTest::logsEveryTry()
{
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url("flaky")));
    ANDON_VERIFY_RESULT(client.get({.path = {"version"}, .what = "test"}));
    const auto entries = client.log.entries();
    QCOMPARE(entries.size(), std::size_t{2});
    QCOMPARE(entries[0].status, 503);
    QCOMPARE(entries[0].attempt, 1);
    QCOMPARE(entries[1].status, 200);
    QCOMPARE(entries[1].attempt, 2);
}

ANDON_SUITE(RetryTest)
#include "retry_test.moc"
