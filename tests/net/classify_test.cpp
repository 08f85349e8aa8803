#include "tests/net/support.h"

#include <curl/curl.h>

#include <cerrno>

using namespace andon;
using namespace andon::test;
using core::ErrorKind;

/// From what really happens on the wire to one of the 16 classes.
class ClassifyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void everyStatusHasAClass_data();
    void everyStatusHasAClass();
    void everyFaultHasAClass_data();
    void everyFaultHasAClass();
    void all16HappenOnTheWire();
    void brokenBodies_data();
    void brokenBodies();
    void tellsNoNetworkFromNoServer();
    void theServersWords_data();
    void theServersWords();
    void aPageIsASignInOnlyWhereItMayBe();
};

void ClassifyTest::everyStatusHasAClass_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("kind");
    const auto rows = [](const char *kind, std::initializer_list<int> statuses) {
        for (const int status : statuses)
            QTest::addRow("%d", status) << status << QString::fromLatin1(kind);
    };
    rows("AUTH", {401});
    rows("FORBIDDEN", {403});
    rows("NOTFOUND", {404, 410});
    rows("PROXY", {407});
    rows("TIMEOUT", {408, 504});
    rows("CONFLICT", {409, 423});
    rows("PRECONDITION", {412});
    rows("TOOLARGE", {413});
    rows("LIMITED", {429});
    rows("SERVER", {500, 501, 502, 503, 505, 599});
    rows("INVALID", {400, 405, 406, 414, 415, 418, 422, 431});
    rows("PROTOCOL", {300, 301, 302, 303, 304, 307, 308});
}

void ClassifyTest::everyStatusHasAClass()
{
    QFETCH(int, status);
    const ScriptedServer server(always(status, status == 304 ? "" : "{\"message\":\"words\"}", {"X-Request-Id: r-1"}));
    const StillClient client(endpointOf(server.url()), {.tries = 1});
    const auto answer = client.get(read("lakefs getConfig"));
    QTEST(kindOf(answer), "kind");
    QCOMPARE(answer.error().httpStatus, status);
    QCOMPARE(answer.error().server, server.url());
    QCOMPARE(answer.error().where, std::string("lakefs getConfig"));
    QCOMPARE(answer.error().requestId, std::string("r-1"));
    if (status >= 400)
        QCOMPARE(answer.error().detail, std::string("words"));
}

void ClassifyTest::everyFaultHasAClass_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("hint");
    const auto row = [](const char *fault, const char *kind, const char *hint = "") {
        QTest::newRow(fault) << QString::fromLatin1(fault) << QString::fromLatin1(kind) << QString::fromLatin1(hint);
    };
    row("lakefs-password", "AUTH");
    row("mlflow-password", "AUTH");
    row("prometheus-password", "AUTH");
    row("untrusted-certificate", "TLS", "tls-untrusted");
    row("login-page", "PROTOCOL", "html-login");
    row("limited-seconds", "LIMITED");
    row("limited-date", "LIMITED");
    row("limited-long", "LIMITED");
    row("truncated", "PROTOCOL", "truncated");
    row("host-refused", "FORBIDDEN", "mlflow-host");
    row("reset", "REFUSED");
    row("hang", "TIMEOUT");
    row("slow-drip", "TIMEOUT");
    row("flaky", "SERVER");
    row("redirect-elsewhere", "PROTOCOL", "redirect");
    row("oversized", "TOOLARGE");
    row("oversized-length", "TOOLARGE");
    row("invalid-gzip", "PROTOCOL");
    row("gzip-bomb", "TOOLARGE");
    row("endless-headers", "PROTOCOL");
    row("garbage", "PROTOCOL");
    row("unreachable", "REFUSED");
}

void ClassifyTest::everyFaultHasAClass()
{
    QFETCH(QString, fault);
    const FaultServer faults;
    const StillClient client(endpointOf(faults.url(fault.toStdString())), {.tries = 1});
    net::Request request = read();
    request.timeoutMs = fault == u"hang" || fault == u"slow-drip" ? 1000 : 20'000; // the machine may be slow
    auto answer = client.get(request);
    if (answer) // a page is an answer to HTTP, but none to whoever wants JSON
        if (const auto json = net::expectJson(request, *answer); !json)
            answer = core::fail(json.error());
    QTEST(kindOf(answer), "kind");
    QTEST(QString::fromStdString(answer.error().hint), "hint");
    QCOMPARE(answer.error().server, faults.origin(fault.toStdString()));
    QVERIFY(!answer.error().detail.empty() && answer.error().detail.size() <= 4096);
    QVERIFY(faults.heardElsewhere().empty());
}

void ClassifyTest::all16HappenOnTheWire()
{
    const FaultServer faults;
    const auto fault = [&](const char *name) { return endpointOf(faults.url(name)); };
    const auto plain = [](const char *url) {
        net::Endpoint endpoint = endpointOf(url);
        endpoint.allowPlainHttp = true;
        return endpoint;
    };
    const auto ask = [](const net::Endpoint &endpoint, net::Request request = read()) {
        request.timeoutMs = 3000; // only what hangs needs all of it
        const auto answer = StillClient(endpoint, {.tries = 1}).get(request);
        return answer ? ErrorKind::Invalid : answer.error().kind;
    };
    const auto status = [&](int code) {
        const ScriptedServer server(always(code));
        return ask(endpointOf(server.url()));
    };
    net::Endpoint proxied = fault("healthy");
    proxied.proxy = faults.url("unreachable");
    const std::vector<ErrorKind> seen{ask(plain("http://127.9.9.9:80")),
                                      ask(plain("http://unknown.test")),
                                      ask(fault("unreachable")),
                                      ask(fault("hang")),
                                      ask(fault("untrusted-certificate")),
                                      ask(proxied),
                                      ask(fault("lakefs-password")),
                                      ask(fault("host-refused")),
                                      status(404),
                                      status(409),
                                      status(412),
                                      ask(fault("limited-long")),
                                      status(500),
                                      ask(fault("garbage")),
                                      ask(fault("oversized-length")),
                                      ask(fault("reset"), test::write())};
    QCOMPARE(seen.size(), std::size_t{16});
    for (std::size_t i = 0; i < seen.size(); ++i) // in the order of the enumeration
        QVERIFY2(static_cast<std::size_t>(seen[i]) == i, core::name(static_cast<ErrorKind>(i)).data());
    QCOMPARE(static_cast<int>(ErrorKind::Cancelled), 16);
}

void ClassifyTest::brokenBodies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("kind"); // of the JSON that was expected
    const auto row = [](const char *name, const char *bytes, const char *kind) {
        QTest::newRow(name) << QByteArray(bytes) << QString::fromLatin1(kind);
    };
    row("empty 200", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "PROTOCOL");
    row("204", "HTTP/1.1 204 No Content\r\n\r\n", "PROTOCOL");
    row("text", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", "PROTOCOL");
    row("longer than said", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}{}{}", "an answer");
    row("bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n", "PROTOCOL");
    row("chunks without an end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "PROTOCOL");
    row("length is no number", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}", "PROTOCOL");
    row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}", "PROTOCOL");
    row("HTTP/0.9", "{}", "PROTOCOL");
    row("status of four digits", "HTTP/1.1 2000 OK\r\n\r\n{}", "PROTOCOL");
    row("unknown coding", "HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}", "PROTOCOL");
    row("nothing", "", "REFUSED");
}

void ClassifyTest::brokenBodies()
{
    QFETCH(QByteArray, bytes);
    const ScriptedServer server([&](Connection &connection, const Heard &) {
        connection.write(bytes.toStdString());
        return false;
    });
    auto answer = StillClient(endpointOf(server.url()), {.tries = 1}).get(read());
    if (answer)
        if (const auto json = net::expectJson(read(), *answer); !json)
            answer = core::fail(json.error());
    QTEST(kindOf(answer), "kind");
}

void ClassifyTest::tellsNoNetworkFromNoServer()
{
    const ClosedPort closed;
    const auto refused = StillClient(endpointOf(closed.url()), {.tries = 1}).get(read());
    QCOMPARE(kindOf(refused), QStringLiteral("REFUSED"));
    QCOMPARE(refused.error().detail,
             "Failed to connect to 127.0.0.1 port " + std::to_string(closed.port())
                 + ": Connection refused"); // no milliseconds: the same every time
    const auto offline = StillClient(endpointOf("http://127.9.9.9:80"), {.tries = 1}).get(read());
    QCOMPARE(kindOf(offline), QStringLiteral("OFFLINE"));
    QCOMPARE(offline.error().detail, std::string("Failed to connect to 127.9.9.9 port 80: Network is unreachable"));
    for (const int error : {ENETUNREACH, ENETDOWN, EHOSTUNREACH, EADDRNOTAVAIL}) {
        const net::Failure failure{.curlCode = CURLE_COULDNT_CONNECT, .osError = error};
        QCOMPARE(net::errorOfFailure(read(), failure).kind, ErrorKind::Offline);
    }
}

void ClassifyTest::theServersWords_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *type, const QByteArray &body, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(type) << body << QString::fromUtf8(words);
    };
    row("message", "application/json", R"({"message":"error authenticating request"})", "error authenticating request");
    row("MLflow", "application/json", R"({"error_code":"BAD","message":"no such run"})", "no such run");
    row("Prometheus", "application/json", R"({"status":"error","errorType":"bad_data","error":"parse"})", "parse");
    row("detail", "application/json", R"({"detail":"Not authenticated"})", "Not authenticated");
    row("gateway", "application/json", R"({"error":{"code":5,"message":"quota"}})", "quota");
    row("text", "text/plain", "\n  Permission denied \n", "Permission denied");
    row("MLflow's sentence as HTML", "text/html; charset=utf-8", "Permission denied", "Permission denied");
    row("page", "text/html", "<html>\n<TITLE lang=en>502\nBad Gateway</TITLE>", "502\nBad Gateway");
    row("page without a type", "", "\xef\xbb\xbf<!doctype html><title>Hi</title>", "Hi");
    row("page without a title", "text/html", "<html><body>x", "an HTML page");
    row("title without an end", "text/html", "<html><title>x", "an HTML page");
    row("XML is no page", "application/xml", "<Error/>", "<Error/>");
    row("nothing", "application/json", "", "no further words");
    row("JSON without words", "application/json", R"({"message":7})", R"({"message":7})");
    QTest::newRow("deep") << QStringLiteral("application/json") << QByteArray(100'000, '[') << QString(4096, u'[');
}

void ClassifyTest::theServersWords()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    net::Response response{.status = 500, .body = body.toStdString()};
    if (!type.isEmpty())
        response.headers = {{"content-type", type.toStdString()}};
    QTEST(QString::fromStdString(net::wordsOf(response)), "words");
}

void ClassifyTest::aPageIsASignInOnlyWhereItMayBe()
{
    for (const int status : {401, 403, 404, 405, 413, 500, 502}) {
        const net::Response page{.status = status, .headers = {{"content-type", "text/html"}}, .body = "<html>"};
        const std::string hint = net::errorOfStatus(read(), page).hint;
        QCOMPARE(hint, std::string(status == 401 || status == 403 ? "html-login" : ""));
    }
}

ANDON_SUITE(ClassifyTest)
#include "classify_test.moc"
