#include "net/redactor.h"
#include "tests/net/support.h"

using namespace andon;
using namespace andon::test;

namespace
{

constexpr const char *kCanaries[] = {"canary-password", "canary-header", "canary-proxy",
                                     "b3BlcmF0b3I6Y2FuYXJ5LXBhc3N3b3Jk"}; // operator:canary-password

net::Endpoint secretive(const std::string &url)
{
    net::Endpoint endpoint = endpointOf(url);
    endpoint.auth = net::Endpoint::AuthKind::Basic;
    endpoint.user = "operator";
    endpoint.secret = "canary-password";
    endpoint.headers = {{"X-Api-Key", "canary-header"}, {"X-Scope-OrgID", "team-a"}};
    return endpoint;
}

std::string textOf(const net::LogEntry &entry)
{
    return entry.source.value + "\n" + entry.line + "\n" + entry.headers + "\n" + entry.requestId + "\n" + entry.error;
}

std::string textOf(const core::Error &error)
{
    return error.where + "\n" + error.detail + "\n" + error.server + "\n" + error.requestId + "\n" + error.hint;
}

/// The secret that stands in a text; "" when there is none.
std::string leakIn(const std::string &text)
{
    for (const char *canary : kCanaries)
        if (text.find(canary) != std::string::npos)
            return canary + (" in " + text);
    return {};
}

} // namespace

class RequestLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void keepsWhatIsAllowed();
    void keepsTheLastOnes();
    void isNoTerminalsMaster();
    void holdsNoSecretWhateverGoesWrong_data();
    void holdsNoSecretWhateverGoesWrong();
    void holdsNoSecretThatTheServerRepeats_data();
    void holdsNoSecretThatTheServerRepeats();
    void holdsNoSecretOfAnAddress();
    void leavesDataAlone();
    void shortSecretsAreLeft();
};

void RequestLogTest::keepsWhatIsAllowed()
{
    const ScriptedServer server(always(
        200, "{}",
        {"X-Request-Id: r-17", "Set-Cookie: session=canary-password", "X-Echo: canary-password", "Server: uvicorn"}));
    const StillClient client(secretive(server.url()));
    net::Request request{.path = {"api", "x"},
                         .query = {{"amount", "5"}, {"token", "of another system"}, {"signature", "canary-header"}},
                         .headers = {{"X-Lakefs-Client", "andon"}},
                         .body = "canary-password",
                         .what = "test"};
    ANDON_VERIFY_RESULT(client.get(request));
    const auto entries = client.log.entries();
    QCOMPARE(entries.size(), std::size_t{1});
    QCOMPARE(entries[0].line, std::string("GET /api/x?amount=5&token=…&signature=…"));
    QCOMPARE(entries[0].headers, std::string("content-type: application/json; server: uvicorn"));
    QCOMPARE(entries[0].requestId, std::string("r-17"));
    QCOMPARE(entries[0].source.value, std::string("test"));
    QCOMPARE(entries[0].at, kStart);
    QCOMPARE(entries[0].bytes, 2);
    QCOMPARE(leakIn(textOf(entries[0])), std::string());
}

void RequestLogTest::keepsTheLastOnes()
{
    net::RequestLog log(3);
    for (int i = 0; i < 5; ++i)
        log.add({.line = std::to_string(i)});
    QCOMPARE(log.entries().size(), std::size_t{3});
    QCOMPARE(log.entries().front().line, std::string("2"));
    QCOMPARE(log.total(), 5);
}

void RequestLogTest::isNoTerminalsMaster()
{
    const net::Request request{.path = {"a\x1b[2Jb"}, .query = {{"query", "x\n\x1b]0;y\x07"}}, .what = "test"};
    const std::string line = net::loggable(request);
    QVERIFY(std::none_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20; }));
    const net::Response response{.headers = {{"content-type", "text/\x1b[31mred"}}};
    QCOMPARE(net::loggableHeaders(response), std::string("content-type: text/?[31mred"));
    net::RequestLog log;
    log.add({.requestId = "a\x1b[0m"});
    QCOMPARE(log.entries().front().requestId, std::string("a?[0m"));
}

void RequestLogTest::holdsNoSecretWhateverGoesWrong_data()
{
    QTest::addColumn<QString>("fault");
    for (const Fault &fault : faults())
        QTest::newRow(fault.name.c_str()) << QString::fromStdString(fault.name);
}

void RequestLogTest::holdsNoSecretWhateverGoesWrong()
{
    QFETCH(QString, fault);
    const FaultServer server;
    net::Request request = read();
    request.timeoutMs = 500;
    for (const bool writing : {false, true}) {
        const StillClient client(secretive(server.url(fault.toStdString())), {.tries = 2});
        request.idempotent = !writing;
        request.method = writing ? net::Method::Post : net::Method::Get;
        const auto answer = client.get(request);
        if (!answer)
            QCOMPARE(leakIn(textOf(answer.error())), std::string());
        QVERIFY(!client.log.entries().empty());
        for (const net::LogEntry &entry : client.log.entries())
            QCOMPARE(leakIn(textOf(entry)), std::string());
    }
    if (fault != u"unreachable" && fault != u"untrusted-certificate") // the server did get them
        QVERIFY(!leakIn(server.heard().at(0).text()).empty());
    for (const Heard &heard : server.heardElsewhere())
        QCOMPARE(leakIn(heard.text()), std::string());
}

void RequestLogTest::holdsNoSecretThatTheServerRepeats_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](int status, const char *type, const char *before, const char *after) {
        QTest::addRow("%d %s", status, type)
            << status << QString::fromLatin1(type) << QString::fromLatin1(before) << QString::fromLatin1(after);
    };
    for (const int status : {302, 400, 401, 403, 404, 429, 500, 502}) {
        row(status, "application/json", "{\"message\":\"", "\"}");
        row(status, "text/plain", "you sent ", "");
        row(status, "text/html", "<html><title>", "</title>");
    }
    row(200, "text/html", "<html><title>", "</title>");
}

void RequestLogTest::holdsNoSecretThatTheServerRepeats()
{
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const ScriptedServer server([&](Connection &connection, const Heard &heard) {
        const std::string all = heard.header("authorization") + " " + heard.header("x-api-key") + " canary-password";
        return connection.answer(status, type.toStdString() + "; echo=" + all,
                                 before.toStdString() + all + after.toStdString(),
                                 {"X-Request-Id: " + all, "Server: " + all, "Location: /" + all});
    });
    const StillClient client(secretive(server.url()), {.tries = 1});
    auto answer = client.get(read());
    if (answer) {
        const auto json = net::expectJson(read(), *answer);
        QVERIFY(!json);
        answer = core::fail(json.error());
    }
    QVERIFY(!leakIn(server.heard().at(0).text()).empty());
    QCOMPARE(leakIn(textOf(answer.error())), std::string());
    QVERIFY(answer.error().requestId.find("…") != std::string::npos);
    for (const net::LogEntry &entry : client.log.entries())
        QCOMPARE(leakIn(textOf(entry)), std::string());
}

void RequestLogTest::holdsNoSecretOfAnAddress()
{
    for (const char *url : {"https://operator:canary-password@host", "https://operator:canary-password@host:port",
                            "https://operator:canary-password@[::1", "ftp://operator:canary-password@host"}) {
        const auto answer = StillClient(endpointOf(url)).get(read());
        QCOMPARE(kindOf(answer), QStringLiteral("INVALID"));
        QCOMPARE(leakIn(textOf(answer.error())), std::string());
    }
    for (const char *proxy : {"http://user:canary-proxy@127.0.0.1:1", "nonsense://user:canary-proxy@h:1",
                              "http://user:canary-proxy@h:1:2", "http://user:canary-proxy@["}) {
        const ScriptedServer server(always(200));
        net::Endpoint endpoint = endpointOf(server.url());
        endpoint.proxy = proxy;
        const auto answer = StillClient(endpoint, {.tries = 1}).get(read());
        QVERIFY(!answer);
        QCOMPARE(leakIn(textOf(answer.error())), std::string());
        QCOMPARE(server.connections(), 0);
    }
}

void RequestLogTest::leavesDataAlone()
{
    const std::string body = R"({"results":[{"id":"canary-password"}]})";
    const ScriptedServer server(always(200, body));
    const StillClient client(secretive(server.url()));
    const auto answer = client.get(read());
    ANDON_VERIFY_RESULT(answer);
    QCOMPARE(answer->body, body); // evidence is hashed as it came
}

void RequestLogTest::shortSecretsAreLeft()
{
    net::Endpoint endpoint = endpointOf("https://h");
    endpoint.secret = "abc";
    endpoint.headers = {{"X-A", "long secret"}, {"X-B", "long secret and longer"}, {"X-Scope-OrgID", "tenant-name"}};
    std::string text = "abc, long secret and longer, long secret, tenant-name";
    net::Redactor(endpoint).clean(text);
    QCOMPARE(text, std::string("abc, …, …, tenant-name"));
}

ANDON_SUITE(RequestLogTest)
#include "requestlog_test.moc"
