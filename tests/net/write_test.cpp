#include "tests/net/support.h"

#include <thread>

using namespace andon;
using namespace andon::test;

namespace
{

/// Where a server ends the connection of a write.
enum class Point { AfterRequest, ResetAfterRequest, InStatusLine, InHeaders, AfterHeaders, InBody, BeforeRequest };

bool endAt(Point point, Connection &connection)
{
    switch (point) {
    case Point::BeforeRequest:
    case Point::AfterRequest:
        break;
    case Point::ResetAfterRequest:
        connection.reset();
        break;
    case Point::InStatusLine:
        connection.write("HTTP/1.");
        break;
    case Point::InHeaders:
        connection.write("HTTP/1.1 200 OK\r\nContent-Le");
        break;
    case Point::AfterHeaders:
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        break;
    case Point::InBody:
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{");
        break;
    }
    return false;
}

std::size_t writesIn(const std::vector<Heard> &heard)
{
    return static_cast<std::size_t>(
        std::count_if(heard.begin(), heard.end(), [](const Heard &one) { return one.target == "/write"; }));
}

net::Request writeBy(net::Method method)
{
    net::Request request = test::write();
    request.method = method;
    request.path = {"write"};
    return request;
}

} // namespace

/// A write goes out once, on a connection of its own, and what became of it is never guessed.
class WriteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void isSentOnceWhereverItBreaks_data();
    void isSentOnceWhereverItBreaks();
    void wouldBeSeenTwice();
    void isAloneOnAFreshConnection();
    void isNotRepeatedOnRefusal();
    void didNotHappenWhenItWasNotSent();
    void mayHaveHappened_data();
    void mayHaveHappened();
    void mayHaveHappenedWhenGivenUp();
};

void WriteTest::isSentOnceWhereverItBreaks_data()
{
    QTest::addColumn<int>("point");
    QTest::addColumn<int>("method");
    QTest::addColumn<bool>("encrypted");
    for (int point = 0; point < static_cast<int>(Point::BeforeRequest); ++point)
        for (const net::Method method :
             {net::Method::Post, net::Method::Put, net::Method::Delete, net::Method::Patch, net::Method::Get})
            for (const bool encrypted : {false, true})
                QTest::addRow("%d %d %s", point, static_cast<int>(method), encrypted ? "TLS" : "plain")
                    << point << static_cast<int>(method) << encrypted;
}

void WriteTest::isSentOnceWhereverItBreaks()
{
    QFETCH(int, point);
    QFETCH(int, method);
    QFETCH(bool, encrypted);
    const auto script = [point](Connection &connection, const Heard &heard) {
        return heard.target == "/write" ? endAt(static_cast<Point>(point), connection)
                                        : connection.answer(200, "application/json", "{}");
    };
    const Certificate own = makeCertificate();
    QTemporaryDir folder;
    net::Endpoint endpoint;
    std::unique_ptr<ScriptedServer> server;
    if (encrypted) {
        server = std::make_unique<ScriptedServer>(script, TlsSetup{.certificate = own});
        QFile file(folder.filePath(QStringLiteral("ca.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(own.pem.data(), static_cast<qint64>(own.pem.size()));
        endpoint.caFile = file.fileName().toStdString();
    } else {
        server = std::make_unique<ScriptedServer>(script);
    }
    endpoint.baseUrl = server->url();
    const StillClient client(endpoint);
    for (int i = 0; i < 3; ++i)
        ANDON_VERIFY_RESULT(client.get(read())); // there is a connection to reuse
    const auto answer = client.get(writeBy(static_cast<net::Method>(method)));
    QCOMPARE(kindOf(answer), QStringLiteral("UNKNOWN_OUTCOME"));
    QCOMPARE(writesIn(server->heard()), std::size_t{1});
    QVERIFY(client.waits().empty());
}

/// libcurl by itself sends a request again when a reused connection dies: that this test can see it proves the others.
void WriteTest::wouldBeSeenTwice()
{
    const ScriptedServer server([](Connection &connection, const Heard &heard) {
        return heard.target == "/write" ? endAt(Point::AfterRequest, connection)
                                        : connection.answer(200, "application/json", "{}");
    });
    net::Transport transport;
    const auto endpoint = std::make_shared<const net::Endpoint>(endpointOf(server.url()));
    ANDON_VERIFY_RESULT(transport.perform(endpoint, read(), {}));
    net::Request request = writeBy(net::Method::Post);
    request.idempotent = true;
    QVERIFY(!transport.perform(endpoint, request, {}));
    QVERIFY(writesIn(server.heard()) > 1);
}

void WriteTest::isAloneOnAFreshConnection()
{
    const ScriptedServer server(always(200));
    const StillClient client(endpointOf(server.url()));
    ANDON_VERIFY_RESULT(client.get(read()));
    ANDON_VERIFY_RESULT(client.get(writeBy(net::Method::Post)));
    ANDON_VERIFY_RESULT(client.get(writeBy(net::Method::Post)));
    const auto heard = server.heard();
    QCOMPARE(heard.size(), std::size_t{3});
    QCOMPARE(heard[1].connection, 2);
    QCOMPARE(heard[2].connection, 3);
    QCOMPARE(heard[1].body, std::string("{}"));
    QCOMPARE(heard[1].header("content-type"), std::string("application/json"));
    QCOMPARE(heard[1].header("expect"), std::string());
}

void WriteTest::isNotRepeatedOnRefusal()
{
    for (const int status : {401, 403, 404, 409, 412, 423, 429, 500, 502, 503, 504}) {
        const ScriptedServer server(always(status, "{}", {"Retry-After: 1"}));
        const StillClient client(endpointOf(server.url()));
        QVERIFY(!client.get(writeBy(net::Method::Post)));
        QCOMPARE(server.heard().size(), std::size_t{1});
    }
}

void WriteTest::didNotHappenWhenItWasNotSent()
{
    const FaultServer faults;
    const StillClient nobody(endpointOf(faults.url("unreachable")));
    QCOMPARE(kindOf(nobody.get(test::write())), QStringLiteral("REFUSED"));
    const StillClient untrusted(endpointOf(faults.url("untrusted-certificate")));
    QCOMPARE(kindOf(untrusted.get(test::write())), QStringLiteral("TLS"));
    const core::Cancel cancelled;
    cancelled.cancel();
    const StillClient healthy(endpointOf(faults.url("healthy")));
    QCOMPARE(kindOf(healthy.get(test::write(), cancelled)), QStringLiteral("CANCELLED"));

    const auto stalled = ScriptedServer::raw([](Connection &connection) { connection.pause(-1); }); // in the handshake
    net::Request request = test::write();
    request.timeoutMs = 200;
    const StillClient client(endpointOf("https://127.0.0.1:" + std::to_string(stalled->port())));
    QCOMPARE(kindOf(client.get(request)), QStringLiteral("TIMEOUT"));
    QVERIFY(faults.heard().empty());
}

void WriteTest::mayHaveHappened_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("hang") << QStringLiteral("hang");
    QTest::newRow("reset") << QStringLiteral("reset");
    QTest::newRow("flaky: 503") << QStringLiteral("flaky");
    QTest::newRow("truncated") << QStringLiteral("truncated");
    QTest::newRow("oversized") << QStringLiteral("oversized");
    QTest::newRow("oversized by its length") << QStringLiteral("oversized-length");
    QTest::newRow("invalid gzip") << QStringLiteral("invalid-gzip");
    QTest::newRow("bomb") << QStringLiteral("gzip-bomb");
    QTest::newRow("headers") << QStringLiteral("endless-headers");
    QTest::newRow("garbage") << QStringLiteral("garbage");
}

void WriteTest::mayHaveHappened()
{
    QFETCH(QString, fault);
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url(fault.toStdString())));
    net::Request request = test::write();
    request.timeoutMs = 1000;
    QCOMPARE(kindOf(client.get(request)), QStringLiteral("UNKNOWN_OUTCOME"));
    QCOMPARE(faults.heard().size(), std::size_t{1});
}

void WriteTest::mayHaveHappenedWhenGivenUp()
{
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url("hang")));
    const core::Cancel cancel;
    const std::jthread person([&] {
        while (faults.heard().empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        cancel.cancel();
    });
    QCOMPARE(kindOf(client.get(test::write(), cancel)), QStringLiteral("UNKNOWN_OUTCOME"));

    auto transport = std::make_unique<net::Transport>(); // and when the program ends
    std::atomic<int> kind = -1;
    transport->submit(std::make_shared<const net::Endpoint>(endpointOf(faults.url("hang"))), test::write(), {},
                      [&](const core::Result<net::Response> &answer) { kind = static_cast<int>(answer.error().kind); });
    QTRY_COMPARE(faults.heard().size(), std::size_t{2});
    transport.reset();
    QCOMPARE(kind.load(), static_cast<int>(core::ErrorKind::UnknownOutcome));
}

ANDON_SUITE(WriteTest)
#include "write_test.moc"
