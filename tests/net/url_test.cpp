#include "net/classify.h"
#include "net/requestlog.h"
#include "net/sha256.h"
#include "net/url.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::net;

class UrlTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void builds_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("segment");
        QTest::addColumn<QString>("url");
        QTest::newRow("prefix") << "https://h:8443/pre/"
                                << "a b"
                                << "https://h:8443/pre/a%20b";
        QTest::newRow("ref expression") << "https://h"
                                        << "main^2~1@"
                                        << "https://h/main%5E2~1%40";
        QTest::newRow("slash inside") << "https://h"
                                      << "a/../b"
                                      << "https://h/a%2F..%2Fb";
        QTest::newRow("loopback http") << "http://127.0.0.1:1"
                                       << "x"
                                       << "http://127.0.0.1:1/x";
        QTest::newRow("plain http") << "http://example.org"
                                    << "x"
                                    << "";
        QTest::newRow("lookalike loopback") << "http://127.0.0.1.example.org"
                                            << "x"
                                            << "";
        QTest::newRow("dot dot") << "https://h"
                                 << ".."
                                 << "";
        QTest::newRow("control") << "https://h"
                                 << "a\nb"
                                 << "";
        QTest::newRow("credentials") << "https://u:p@h"
                                     << "x"
                                     << "";
        QTest::newRow("file") << "file:///etc"
                              << "passwd"
                              << "";
    }
    void builds()
    {
        QFETCH(QString, base);
        QFETCH(QString, segment);
        QFETCH(QString, url);
        const auto built = urlOf({.baseUrl = base.toStdString()}, {.path = {segment.toStdString()}, .what = "test"});
        QCOMPARE(built.has_value(), !url.isEmpty());
        if (built)
            QCOMPARE(QString::fromStdString(*built), url);
    }

    void knowsTheOrigin()
    {
        QCOMPARE(originOf("HTTPS://Example.org:443/x?y"), std::string("https://example.org"));
        QCOMPARE(sameOriginRedirect("https://h/a/b", "../c"), std::string("https://h/c"));
        QCOMPARE(sameOriginRedirect("https://h/a", "https://other/"), std::string());
        QCOMPARE(sameOriginRedirect("https://h/a", "http://h/a"), std::string());
    }

    void keepsOnlyAllowedQueryValues()
    {
        const Request request{.path = {"api"}, .query = {{"amount", "5"}, {"token", "canary"}}, .what = "t"};
        QCOMPARE(loggable(request), std::string("GET /api?amount=5&token=…"));
    }

    void readsRetryAfter()
    {
        const core::Instant now = core::Instant::fromSeconds(1'700'000'000);
        QCOMPARE(retryAfter("3", now), std::optional<std::int64_t>(3000));
        QCOMPARE(retryAfter("Tue, 14 Nov 2023 22:13:30 GMT", now), std::optional<std::int64_t>(10'000));
        QCOMPARE(retryAfter("-1", now).has_value(), false);
        QCOMPARE(retryAfter("soon", now).has_value(), false);
        QVERIFY(*retryAfter("99999999999", now) > 120'000);
    }

    void classifies_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("hint");
        QTest::newRow("lakeFS 404") << 404 << "application/json"
                                    << "{\"message\":\"branch not found\"}\n"
                                    << "NOTFOUND"
                                    << "branch not found"
                                    << "";
        QTest::newRow("MLflow 400") << 400 << "application/json"
                                    << "{\"error_code\":\"X\",\"message\":\"bad\"}"
                                    << "INVALID"
                                    << "bad"
                                    << "";
        QTest::newRow("MLflow host") << 403 << "text/plain"
                                     << "Invalid Host header - possible DNS rebinding attack detected"
                                     << "FORBIDDEN"
                                     << "Invalid Host header - possible DNS rebinding attack detected"
                                     << "mlflow-host";
        QTest::newRow("proxy page") << 502 << "text/html"
                                    << "<html><title>Bad Gateway</title></html>"
                                    << "SERVER"
                                    << "Bad Gateway"
                                    << "";
        QTest::newRow("limited") << 429 << "application/json"
                                 << ""
                                 << "LIMITED"
                                 << "no further words"
                                 << "";
        QTest::newRow("login redirect") << 302 << ""
                                        << ""
                                        << "PROTOCOL"
                                        << "no further words"
                                        << "redirect";
    }
    void classifies()
    {
        QFETCH(int, status);
        QFETCH(QString, type);
        QFETCH(QString, body);
        const Response response{
            .status = status, .headers = {{"content-type", type.toStdString()}}, .body = body.toStdString()};
        const core::Error error = errorOfStatus({.what = "t"}, response);
        QTEST(QString::fromUtf8(core::name(error.kind).data()), "kind");
        QTEST(QString::fromStdString(error.detail), "detail");
        QTEST(QString::fromStdString(error.hint), "hint");
    }

    void namesALoginPage()
    {
        const Response page{
            .status = 200, .headers = {{"content-type", "text/html"}}, .body = "<!doctype html><title>Sign in</title>"};
        const auto json = expectJson({.what = "t"}, page);
        QVERIFY(!json);
        QCOMPARE(json.error().kind, core::ErrorKind::Protocol);
        QCOMPARE(json.error().hint, std::string("html-login"));
    }

    void hashes() { QCOMPARE(sha256Hex("abc").substr(0, 16), std::string("ba7816bf8f01cfea")); }
};

ANDON_SUITE(UrlTest)
#include "url_test.moc"
