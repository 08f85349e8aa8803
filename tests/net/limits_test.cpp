#include "tests/net/support.h"

using namespace andon;
using namespace andon::test;

/// What a server may send at most, and what we may send at all.
class LimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void refusesTooMuch_data();
    void refusesTooMuch();
    void cutsALongRefusal();
    void headersEnd_data();
    void headersEnd();
    void headersAreCounted();
    void oneHeaderLineEnds();
    void refusesInjectedHeaders();
};

void LimitsTest::refusesTooMuch_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("words");
    QTest::newRow("without a length") << QStringLiteral("oversized") << QStringLiteral("larger than 33554432 bytes");
    QTest::newRow("by its length") << QStringLiteral("oversized-length") << QStringLiteral("Maximum file size");
    QTest::newRow("gzip") << QStringLiteral("gzip-bomb") << QStringLiteral("more than 200 times its size");
}

void LimitsTest::refusesTooMuch()
{
    QFETCH(QString, fault);
    QFETCH(QString, words);
    const FaultServer faults;
    net::Transport transport;
    QElapsedTimer timer;
    timer.start();
    const auto answer = transport.perform(shared(endpointOf(faults.url(fault.toStdString()))), read(), {});
    QCOMPARE(kindOf(answer), QStringLiteral("TOOLARGE"));
    QVERIFY2(QString::fromStdString(answer.error().detail).contains(words), answer.error().detail.c_str());
    QVERIFY(timer.elapsed() < 20'000);
}

void LimitsTest::cutsALongRefusal()
{
    const ScriptedServer server([](Connection &connection, const Heard &) {
        connection.write("HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
        const std::string part = "10000\r\n" + std::string(0x10000, 'w') + "\r\n";
        for (int i = 0; i < 200 && connection.write(part); ++i) { }
        return false;
    });
    net::Transport transport;
    const auto answer = transport.perform(shared(endpointOf(server.url())), read(), {});
    ANDON_VERIFY_RESULT(answer);
    QCOMPARE(answer->status, 500); // the status says what happened, the words may be cut
    QVERIFY(answer->body.size() > 1024 * 1024 && answer->body.size() <= 4 * 1024 * 1024);
    QCOMPARE(net::wordsOf(*answer).size(), std::size_t{4096});
}

void LimitsTest::headersEnd_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("many") << QByteArray("X: y\r\n");
    QTest::newRow("long") << QByteArray("X: ") + QByteArray(60'000, 'y') + "\r\n";
    QTest::newRow("informational") << QByteArray("\r\nHTTP/1.1 100 Continue\r\nX: y\r\n");
}

void LimitsTest::headersEnd()
{
    QFETCH(QByteArray, line);
    const std::string repeated = line.toStdString();
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        connection.write("HTTP/1.1 100 Continue\r\n");
        while (connection.write(repeated)) { }
        return false;
    });
    net::Transport transport;
    const auto answer = transport.perform(shared(endpointOf(server.url())), read(), {});
    QCOMPARE(kindOf(answer), QStringLiteral("PROTOCOL"));
    QCOMPARE(answer.error().detail, std::string("the headers of the answer do not end"));
}

void LimitsTest::headersAreCounted()
{
    const ScriptedServer server([](Connection &connection, const Heard &heard) {
        return connection.answer(200, "", "{}", std::vector<std::string>(std::stoul(heard.path().substr(1)), "X: y"));
    });
    net::Transport transport;
    const auto source = shared(endpointOf(server.url()));
    ANDON_VERIFY_RESULT(transport.perform(source, {.path = {"150"}, .what = "test"}, {}));
    QCOMPARE(kindOf(transport.perform(source, {.path = {"250"}, .what = "test"}, {})), QStringLiteral("PROTOCOL"));
}

void LimitsTest::oneHeaderLineEnds()
{
    const ScriptedServer server([](Connection &connection, const Heard &) {
        connection.write("HTTP/1.1 200 OK\r\nX: ");
        while (connection.write(std::string(10'000, 'y'))) { }
        return false;
    });
    net::Transport transport;
    const auto answer = transport.perform(shared(endpointOf(server.url())), read(), {});
    QCOMPARE(kindOf(answer), QStringLiteral("PROTOCOL")); // libcurl's own limit
}

void LimitsTest::refusesInjectedHeaders()
{
    const ScriptedServer server(always(200));
    net::Transport transport;
    for (const std::string &value : {std::string("a\r\nX-Evil: 1"), std::string("a\nb"), std::string("a\0b", 3)}) {
        net::Endpoint endpoint = endpointOf(server.url());
        endpoint.headers = {{"X-Tenant", value}};
        QCOMPARE(kindOf(transport.perform(shared(endpoint), read(), {})), QStringLiteral("INVALID"));
        endpoint.headers.clear();
        endpoint.auth = net::Endpoint::AuthKind::Bearer;
        endpoint.secret = value;
        QCOMPARE(kindOf(transport.perform(shared(endpoint), read(), {})), QStringLiteral("INVALID"));
        endpoint.auth = net::Endpoint::AuthKind::None;
        endpoint.hostHeader = value;
        QCOMPARE(kindOf(transport.perform(shared(endpoint), read(), {})), QStringLiteral("INVALID"));
    }
    QCOMPARE(server.connections(), 0);
}

ANDON_SUITE(LimitsTest)
#include "limits_test.moc"
