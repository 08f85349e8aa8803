#include "tests/net/support.h"

using namespace andon;
using namespace andon::test;

/// Where requests and credentials go, and where they never go: redirects and proxies.
class OriginTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void followsReadsWithinTheOrigin();
    void endsALoop();
    void neverFollowsAnotherOrigin_data();
    void neverFollowsAnotherOrigin();
    void namesWhereItWasSent();
    void followsNoPost();
    void takesNoProxyFromTheEnvironment();
    void usesTheProxyThatItIsGiven();
    void tunnelsThroughAProxy();
    void blamesTheProxy_data();
    void blamesTheProxy();

private:
    static net::Endpoint signedIn(const std::string &url)
    {
        net::Endpoint endpoint = endpointOf(url);
        endpoint.auth = net::Endpoint::AuthKind::Basic;
        endpoint.user = "operator";
        endpoint.secret = "canary-secret";
        endpoint.headers = {{"X-Api-Key", "canary-key"}};
        return endpoint;
    }
};

void OriginTest::followsReadsWithinTheOrigin()
{
    for (const int status : {301, 302, 303, 307, 308}) {
        const ScriptedServer server([status](Connection &connection, const Heard &heard) {
            if (heard.path() == "/api")
                return connection.answer(status, "", "", {"Location: /moved/a?x=1"});
            if (heard.path() == "/moved/a")
                return connection.answer(status, "", "", {"Location: b"});
            return connection.answer(200, "application/json", "{}");
        });
        const StillClient client(signedIn(server.url()));
        ANDON_VERIFY_RESULT(client.get(read()));
        const auto heard = server.heard();
        QCOMPARE(heard.size(), std::size_t{3});
        QCOMPARE(heard[1].target, std::string("/moved/a?x=1"));
        QCOMPARE(heard[2].target, std::string("/moved/b"));
        QVERIFY(!heard[2].header("authorization").empty());
        QCOMPARE(heard[2].header("x-api-key"), std::string("canary-key"));
    }
}

void OriginTest::endsALoop()
{
    const ScriptedServer server(always(302, "", {"Location: /api"}));
    const StillClient client(endpointOf(server.url()));
    const auto answer = client.get(read());
    QCOMPARE(kindOf(answer), QStringLiteral("PROTOCOL"));
    QCOMPARE(answer.error().hint, std::string("redirect"));
    QCOMPARE(server.heard().size(), std::size_t{4}); // three hops
}

void OriginTest::neverFollowsAnotherOrigin_data()
{
    QTest::addColumn<QString>("location");
    QTest::newRow("port") << QStringLiteral("%ELSEWHERE%/api");
    QTest::newRow("without a scheme") << QStringLiteral("//%ELSEWHERE-HOST%/api");
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd");
    QTest::newRow("a name of the same host") << QStringLiteral("http://localhost:%PORT%/api");
    QTest::newRow("user in it") << QStringLiteral("http://operator:canary@127.0.0.1:%PORT%/api");
    QTest::newRow("looks alike") << QStringLiteral("http://127.0.0.1:%PORT%@%ELSEWHERE-HOST%/api");
    QTest::newRow("backslash") << QStringLiteral("http://%ELSEWHERE-HOST%\\@127.0.0.1:%PORT%/");
    QTest::newRow("empty") << QString();
    QTest::newRow("nonsense") << QStringLiteral("http://[");
}

void OriginTest::neverFollowsAnotherOrigin()
{
    QFETCH(QString, location);
    const ScriptedServer elsewhere(always(200));
    std::string target;
    const ScriptedServer server(
        [&](Connection &connection, const Heard &) { return connection.answer(302, "", "", {"Location: " + target}); });
    location.replace(QStringLiteral("%ELSEWHERE%"), QString::fromStdString(elsewhere.url()));
    location.replace(QStringLiteral("%ELSEWHERE-HOST%"), QString::fromStdString(elsewhere.url().substr(7)));
    location.replace(QStringLiteral("%PORT%"), QString::number(server.port()));
    target = location.toStdString();
    const StillClient client(signedIn(server.url()));
    const auto answer = client.get(read());
    QCOMPARE(kindOf(answer), QStringLiteral("PROTOCOL"));
    QCOMPARE(answer.error().hint, std::string("redirect"));
    QCOMPARE(server.heard().size(), std::size_t{1});
    QCOMPARE(elsewhere.connections(), 0);
}

void OriginTest::namesWhereItWasSent()
{
    const ScriptedServer server(always(302, "", {"Location: https://sso.factory.example/login?state=canary"}));
    const StillClient client(signedIn(server.url()));
    QCOMPARE(client.get(read()).error().detail, std::string("a redirect to https://sso.factory.example"));
}

void OriginTest::followsNoPost()
{
    for (const int status : {301, 302, 303, 307, 308}) {
        const ScriptedServer server(always(status, "", {"Location: /moved"}));
        const StillClient client(endpointOf(server.url()));
        net::Request search = read();
        search.method = net::Method::Post;
        QCOMPARE(kindOf(client.get(search)), QStringLiteral("PROTOCOL"));
        QCOMPARE(kindOf(client.get(write())), QStringLiteral("PROTOCOL"));
        QCOMPARE(server.heard().size(), std::size_t{2});
    }
}

void OriginTest::takesNoProxyFromTheEnvironment()
{
    const ScriptedServer proxy(always(200));
    const ScriptedServer server(always(200));
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qputenv(name, QByteArray::fromStdString(proxy.url()));
    const StillClient client(signedIn(server.url()));
    const auto answer = client.get(read());
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    ANDON_VERIFY_RESULT(answer);
    QCOMPARE(server.heard().size(), std::size_t{1});
    QCOMPARE(proxy.connections(), 0);
}

void OriginTest::usesTheProxyThatItIsGiven()
{
    const ScriptedServer proxy(always(200));
    const ClosedPort server;
    net::Endpoint endpoint = signedIn(server.url());
    endpoint.proxy = proxy.url();
    qputenv("no_proxy", "*");
    const StillClient client(endpoint);
    const auto answer = client.get(read());
    qunsetenv("no_proxy");
    ANDON_VERIFY_RESULT(answer);
    QCOMPARE(proxy.heard().size(), std::size_t{1});
    QCOMPARE(proxy.heard()[0].target, server.url() + "/api");
}

void OriginTest::tunnelsThroughAProxy()
{
    const Certificate own = makeCertificate();
    const ScriptedServer server(always(200), {.certificate = own});
    const ScriptedServer proxy([&](Connection &connection, const Heard &heard) {
        if (heard.method != "CONNECT" || heard.target != "127.0.0.1:" + std::to_string(server.port()))
            return connection.answer(400, "text/plain", "only tunnels\n");
        connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
        connection.tunnelTo(server.port());
        return false;
    });
    QTemporaryDir folder;
    const QString ca = folder.filePath(QStringLiteral("ca.pem"));
    QFile file(ca);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(own.pem.data(), static_cast<qint64>(own.pem.size()));
    file.close();
    net::Endpoint endpoint = signedIn(server.url());
    endpoint.proxy = proxy.url();
    endpoint.caFile = ca.toStdString();
    const StillClient client(endpoint);
    ANDON_VERIFY_RESULT(client.get(read()));
    QCOMPARE(server.heard().size(), std::size_t{1});
    QCOMPARE(server.heard()[0].header("x-api-key"), std::string("canary-key"));
    const std::string seen = proxy.heard().at(0).text(); // what goes to the proxy holds nothing for the server
    QVERIFY2(seen.find("canary") == std::string::npos && seen.find("uthorization") == std::string::npos, seen.c_str());
}

void OriginTest::blamesTheProxy_data()
{
    QTest::addColumn<int>("connectStatus"); // 0: garbage, -1: nobody listens
    QTest::addColumn<bool>("write");
    for (const int status : {407, 403, 502, 0, -1}) {
        QTest::addRow("read %d", status) << status << false;
        QTest::addRow("write %d", status) << status << true; // it did not reach the server: the outcome is known
    }
}

void OriginTest::blamesTheProxy()
{
    QFETCH(int, connectStatus);
    QFETCH(bool, write);
    const ClosedPort nobody;
    const ScriptedServer proxy([=](Connection &connection, const Heard &) {
        if (connectStatus == 0) {
            connection.write("220 mail.example ESMTP\r\n");
            return false;
        }
        return connection.answer(connectStatus, "text/plain", "no\n", {"Proxy-Authenticate: Basic realm=\"proxy\""});
    });
    net::Endpoint endpoint = signedIn("https://127.0.0.1:1");
    endpoint.proxy = connectStatus < 0 ? nobody.url() : proxy.url();
    const StillClient client(endpoint);
    const auto answer = client.get(write ? test::write() : read());
    QCOMPARE(kindOf(answer), QStringLiteral("PROXY"));
    QCOMPARE(answer.error().server, std::string("https://127.0.0.1:1"));
    QVERIFY(proxy.heard().size() <= 1);
}

ANDON_SUITE(OriginTest)
#include "origin_test.moc"
