#include "tests/net/network.h"
#include "tests/net/support.h"

#include <thread>

using namespace andon;
using namespace andon::test;

namespace
{

/// perform() on a thread of its own.
class Asking
{
public:
    Asking(net::Transport &transport, std::shared_ptr<const net::Endpoint> endpoint, net::Request request = read())
        : m_thread([this, &transport, source = std::move(endpoint), asked = std::move(request)] {
            const core::Result<net::Response> answer = transport.perform(source, asked, cancel);
            const std::scoped_lock lock(m_mutex);
            m_answer = answer;
        })
    {
    }
    ~Asking()
    {
        cancel.cancel();
        m_thread.join();
    }
    [[nodiscard]] QString kind() const // "" while it is under way
    {
        const std::scoped_lock lock(m_mutex);
        return m_answer ? kindOf(*m_answer) : QString();
    }

    const core::Cancel cancel;

private:
    mutable std::mutex m_mutex;
    std::optional<core::Result<net::Response>> m_answer;
    std::thread m_thread;
};

using Crowd = std::vector<std::unique_ptr<Asking>>;

} // namespace

class TransportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void isCancelledAtOnce();
    void whatWaitsIsCancelledToo();
    void endsWithoutWaiting();
    void keepsToTheConnectionsOfASource();
    void sourcesDoNotHoldEachOtherUp();
    void takesSourcesInTurn();
    void keepsConnections();
    void aNameServerThatHangsHoldsNobodyUp();
    void timesOut();
    void noticesAStall();
    void letsALongQueryThink();
    void sendsWhatTheEndpointSays();
};

void TransportTest::isCancelledAtOnce()
{
    const FaultServer faults;
    net::Transport transport;
    for (int i = 0; i < 8; ++i) { // whatever libcurl is waiting for at that moment
        const auto before = faults.heard().size();
        const Asking asking(transport, shared(endpointOf(faults.url(i % 4 == 3 ? "slow-drip" : "hang"))));
        QTRY_COMPARE(faults.heard().size(), before + 1);
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY(timer.elapsed() >= 70 * i);
        timer.restart();
        asking.cancel.cancel();
        QTRY_COMPARE(asking.kind(), QStringLiteral("CANCELLED"));
        QVERIFY2(timer.elapsed() < 400, qPrintable(QString::number(timer.elapsed())));
    }
}

void TransportTest::whatWaitsIsCancelledToo()
{
    const FaultServer faults;
    net::Transport transport;
    net::Endpoint one = endpointOf(faults.url("hang"));
    one.maxConnections = 1;
    const auto source = shared(one);
    const Asking first(transport, source);
    QTRY_COMPARE(faults.heard().size(), std::size_t{1});
    const Asking second(transport, source);
    second.cancel.cancel();
    QTRY_COMPARE(second.kind(), QStringLiteral("CANCELLED"));
    QCOMPARE(first.kind(), QString());
    QCOMPARE(faults.heard().size(), std::size_t{1});
}

void TransportTest::endsWithoutWaiting()
{
    const FaultServer faults;
    auto transport = std::make_unique<net::Transport>();
    net::Endpoint two = endpointOf(faults.url("hang"));
    two.maxConnections = 2;
    const auto source = shared(two);
    std::mutex mutex;
    QStringList kinds;
    for (int i = 0; i < 4; ++i) // from here: a thread may come to it when it is gone
        transport->submit(source, read(), {}, [&](const core::Result<net::Response> &answer) {
            const std::scoped_lock lock(mutex);
            kinds << kindOf(answer);
        });
    QTRY_COMPARE(faults.heard().size(), std::size_t{2});
    QElapsedTimer timer;
    timer.start();
    transport.reset();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(kinds, QStringList(4, QStringLiteral("CANCELLED"))); // its thread has ended
}

void TransportTest::keepsToTheConnectionsOfASource()
{
    const ScriptedServer server([](Connection &connection, const Heard &) {
        return connection.pause(20) && connection.answer(200, "application/json", "{}");
    });
    net::Transport transport;
    net::Endpoint three = endpointOf(server.url());
    three.maxConnections = 3;
    const auto source = shared(three);
    Crowd crowd;
    for (int i = 0; i < 24; ++i)
        crowd.push_back(std::make_unique<Asking>(transport, source));
    for (const auto &one : crowd)
        QTRY_COMPARE(one->kind(), QStringLiteral("an answer"));
    QCOMPARE(server.mostAtOnce(), 3);
    QCOMPARE(server.connections(), 3); // and they were kept
}

void TransportTest::sourcesDoNotHoldEachOtherUp()
{
    const FaultServer faults;
    net::Transport transport;
    Crowd hanging;
    for (int source = 0; source < 6; ++source) { // 24 requests: more than there are places
        const auto endpoint = shared(endpointOf(faults.url("hang")));
        for (int i = 0; i < 4; ++i)
            hanging.push_back(std::make_unique<Asking>(transport, endpoint));
    }
    QTRY_VERIFY(faults.heard().size() >= 16);
    QElapsedTimer timer;
    timer.start();
    const auto well = shared(endpointOf(faults.url("healthy")));
    for (int i = 0; i < 20; ++i)
        ANDON_VERIFY_RESULT(transport.perform(well, {.path = {"version"}, .what = "test"}, {}));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(faults.heard().size() <= 16 + 6 + 20);
    for (const auto &one : hanging)
        QCOMPARE(one->kind(), QString());
}

void TransportTest::takesSourcesInTurn()
{
    std::atomic<int> places = 0; // answers that may go: one at a time, so that the order is the transport's alone
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        for (int seen = places;;) {
            if (seen > 0 && places.compare_exchange_weak(seen, seen - 1))
                break;
            if (seen <= 0 && !connection.pause(1))
                break;
            seen = places;
        }
        return connection.answer(200, "application/json", "{}");
    });
    net::Endpoint greedy = endpointOf(server.url());
    greedy.maxConnections = 16;
    const std::array sources{shared(greedy), shared(greedy)};
    for (const std::size_t first : {0U, 1U}) { // whichever comes first in memory
        std::atomic<int> answered = 0;
        net::Transport transport;
        const auto before = static_cast<std::ptrdiff_t>(server.heard().size());
        const auto submit = [&](std::size_t source, const char *path) {
            transport.submit(sources[source], {.path = {path}, .what = "test"}, {},
                             [&](const core::Result<net::Response> &) { ++answered; });
        };
        for (int i = 0; i < 64; ++i)
            submit(first, "many");
        QTRY_COMPARE(std::ssize(server.heard()), before + 16);
        for (int i = 0; i < 16; ++i)
            submit(1 - first, "few");
        QTRY_COMPARE(std::ssize(server.heard()), before + 17); // a source may always have one
        for (int i = 0; i < 80; ++i) {
            ++places;
            QVERIFY(QTest::qWaitFor(
                [&] { return answered == i + 1 && std::ssize(server.heard()) >= before + std::min(80, 17 + i); }));
        }
        const auto heard = server.heard();
        const auto last = std::find_if(heard.rbegin(), heard.rend(), [](const Heard &h) { return h.path() == "/few"; });
        const auto place = heard.rend() - last - before; // of 80; half and half after the first 16 makes 48
        QVERIFY2(place < 60, qPrintable(QString::number(place)));
    }
    QVERIFY(server.mostAtOnce() <= 20); // 17, but for answers that the server still counts
}

void TransportTest::keepsConnections()
{
    const ScriptedServer server(always(200));
    net::Transport transport;
    const auto source = shared(endpointOf(server.url()));
    for (int i = 0; i < 20; ++i)
        ANDON_VERIFY_RESULT(transport.perform(source, read(), {}));
    QCOMPARE(server.connections(), 1);
}

void TransportTest::aNameServerThatHangsHoldsNobodyUp()
{
    const FaultServer faults;
    QElapsedTimer timer;
    {
        net::Transport transport;
        net::Endpoint lost = endpointOf("http://hangs.test");
        lost.allowPlainHttp = true;
        const Asking hanging(transport, shared(lost));
        QTRY_COMPARE(hangingResolver().waiting(), 1);
        const auto well = shared(endpointOf(faults.url("healthy")));
        timer.start();
        ANDON_VERIFY_RESULT(transport.perform(well, {.path = {"version"}, .what = "test"}, {}));
        hanging.cancel.cancel();
        QTRY_COMPARE(hanging.kind(), QStringLiteral("CANCELLED"));
        ANDON_VERIFY_RESULT(transport.perform(well, {.path = {"version"}, .what = "test"}, {}));
        net::Request brief = read();
        brief.timeoutMs = 100;
        QCOMPARE(kindOf(transport.perform(shared(lost), brief, {})), QStringLiteral("TIMEOUT"));
    }
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(hangingResolver().waiting() > 0); // it did hang all the while
    hangingResolver().release();
}

void TransportTest::timesOut()
{
    const FaultServer faults;
    net::Transport transport;
    net::Request request = read();
    request.timeoutMs = 300;
    QElapsedTimer timer;
    timer.start();
    const auto answer = transport.perform(shared(endpointOf(faults.url("hang"))), request, {});
    QCOMPARE(kindOf(answer), QStringLiteral("TIMEOUT"));
    QVERIFY2(timer.elapsed() >= 290 && timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
}

void TransportTest::noticesAStall()
{
    const FaultServer faults;
    net::Transport transport;
    for (const std::int64_t timeout : {30'000, 120'000})
        for (const char *fault : {"slow-drip", "oversized-length"}) {
            net::Request request = read();
            request.timeoutMs = timeout;
            request.maxBytes = 64 * 1024 * 1024;
            request.stallSeconds = 1;
            QElapsedTimer timer;
            timer.start();
            const auto answer = transport.perform(shared(endpointOf(faults.url(fault))), request, {});
            QCOMPARE(kindOf(answer), QStringLiteral("TIMEOUT"));
            QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        }
}

void TransportTest::letsALongQueryThink()
{
    const ScriptedServer server([](Connection &connection, const Heard &) {
        return connection.pause(2500) && connection.answer(200, "application/json", "{}");
    });
    net::Transport transport;
    net::Request request = read();
    request.stallSeconds = 1;
    request.timeoutMs = 120'000;
    ANDON_VERIFY_RESULT(transport.perform(shared(endpointOf(server.url())), request, {}));
    request.timeoutMs = 30'000; // a usual request is given up
    QCOMPARE(kindOf(transport.perform(shared(endpointOf(server.url())), request, {})), QStringLiteral("TIMEOUT"));
}

void TransportTest::sendsWhatTheEndpointSays()
{
    const ScriptedServer server(always(200));
    net::Transport transport;
    net::Endpoint endpoint = endpointOf(server.url() + "/pre/fix/");
    endpoint.headers = {{"X-Scope-OrgID", "team-a"}, {"X-Api-Key", "k3y"}};
    endpoint.hostHeader = "mlflow.factory.example:5000";
    endpoint.auth = net::Endpoint::AuthKind::Basic;
    endpoint.user = "operator";
    endpoint.secret = "s3cret";
    net::Request request{.path = {"api", "a b/c"}, .query = {{"q", "x&y"}, {"q", ""}}, .what = "test"};
    ANDON_VERIFY_RESULT(transport.perform(shared(endpoint), request, {}));
    endpoint.auth = net::Endpoint::AuthKind::Bearer;
    endpoint.gzip = false;
    ANDON_VERIFY_RESULT(transport.perform(shared(endpoint), request, {}));

    const auto heard = server.heard();
    QCOMPARE(heard.size(), std::size_t{2});
    QCOMPARE(heard[0].target, std::string("/pre/fix/api/a%20b%2Fc?q=x%26y&q="));
    QCOMPARE(heard[0].header("x-scope-orgid"), std::string("team-a"));
    QCOMPARE(heard[0].header("x-api-key"), std::string("k3y"));
    QCOMPARE(heard[0].header("host"), std::string("mlflow.factory.example:5000"));
    QCOMPARE(heard[0].header("authorization"), std::string("Basic b3BlcmF0b3I6czNjcmV0"));
    QCOMPARE(heard[0].header("accept-encoding"), std::string("gzip"));
    QVERIFY(heard[0].header("user-agent").starts_with("andon/"));
    QCOMPARE(heard[0].header("origin"), std::string()); // MLflow would refuse it
    QCOMPARE(heard[1].header("authorization"), std::string("Bearer s3cret"));
    QCOMPARE(heard[1].header("accept-encoding"), std::string());
}

ANDON_SUITE(TransportTest)
#include "transport_test.moc"
