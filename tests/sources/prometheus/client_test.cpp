#include "net/sha256.h"
#include "sources/prometheus/prometheusclient.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/support/suite.h"

using namespace andon;
using test::golden;
using test::GoldenServer;

namespace
{
const core::Instant kStart = core::Instant::fromSeconds(1795313340);

std::string file(const std::string &name)
{
    return golden("prometheus/golden/" + name);
}

std::string one(const test::Asked &asked, const std::string &key)
{
    const auto found = asked.query.find(key);
    return found == asked.query.end() ? "(none)" : found->second;
}
} // namespace

class PrometheusClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void detectsPrometheus()
    {
        GoldenServer server;
        server.answer("GET /api/v1/status/buildinfo", {.body = file("prometheus/buildinfo.json")});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->engine, std::string("Prometheus"));
        QCOMPARE(info->version, std::string("2.42.0+ds"));
    }

    void detectsVictoriaMetrics()
    {
        GoldenServer server; // by the words of a route that it does not have
        server.answer("GET /api/v1/status/buildinfo", {.body = file("victoria/buildinfo.json")});
        server.answer("GET /api/v1/status/runtimeinfo",
                      {.status = 400, .body = file("victoria/runtimeinfo.txt"), .contentType = "text/plain"});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->engine, std::string("VictoriaMetrics"));
        QCOMPARE(info->version, std::string());
        GoldenServer named; // by its header, when it sends a version of the API
        named.answer("GET /api/v1/status/buildinfo",
                     {.body = file("prometheus/buildinfo.json"), .headers = {{"X-Server-Hostname", "vm-1"}}});
        QCOMPARE(client(named)->probe({})->engine, std::string("VictoriaMetrics"));
    }

    void detectsMimirThanosAndStrangers()
    {
        GoldenServer mimir;
        mimir.answer("GET /api/v1/status/buildinfo",
                     {.body = R"({"status":"success","data":{"application":"Grafana Mimir","version":"2.14.0"}})"});
        QCOMPARE(client(mimir)->probe({})->engine, std::string("Mimir"));
        GoldenServer thanos;
        thanos.answer("GET /api/v1/status/buildinfo", {.body = R"({"status":"success","data":{"version":"0.37.0"}})"});
        thanos.answer("GET /api/v1/stores", {.body = R"({"status":"success","data":{}})"});
        QCOMPARE(client(thanos)->probe({})->engine, std::string("Thanos"));
        GoldenServer stranger;
        stranger.answer("GET /api/v1/query", {.body = file("prometheus/scalar.json")});
        QCOMPARE(client(stranger)->probe({})->engine, std::string("Prometheus-compatible"));
        GoldenServer nothing;
        QCOMPARE(client(nothing)->probe({}).error().kind, core::ErrorKind::NotFound);
    }

    void doesNotTakeALoginPageForAnEngine()
    {
        GoldenServer server;
        server.answer("GET /api/v1/status/buildinfo",
                      {.body = "<!doctype html><title>Sign in</title>", .contentType = "text/html"});
        const auto info = client(server)->probe({});
        QVERIFY(!info);
        QCOMPARE(info.error().kind, core::ErrorKind::Protocol);
        QCOMPARE(info.error().hint, std::string("html-login"));
    }

    void asksAtAnInstant()
    {
        GoldenServer server;
        server.answer("GET /api/v1/query", {.body = file("prometheus/vector.json")});
        const auto answer = client(server)->query("up{a=\"é\"}", {1795478340120}, {});
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(answer->samples.size(), std::size_t(4));
        QCOMPARE(answer->evidence.rows, 4LL);
        QCOMPARE(one(server.asked()[0], "query"), std::string("up{a=\"é\"}"));
        QCOMPARE(one(server.asked()[0], "time"), std::string("1795478340.12"));
    }

    void asksLongRangesInWindows()
    {
        GoldenServer server;
        const auto part = [](const std::string &from, const std::string &warning) {
            std::string body = R"({"status":"success","data":{"resultType":"matrix","result":[)"
                               R"({"metric":{"n":"1"},"values":[[TIME,"1.5"]]}]},"warnings":["WORDS"]})";
            body.replace(body.find("TIME"), 4, from);
            body.replace(body.find("WORDS"), 5, warning);
            return test::Answer{.body = body};
        };
        server.answer("GET /api/v1/query_range", part("1795313340", "a"));
        server.answer("GET /api/v1/query_range", part("1795478340", "a"));
        server.answer("GET /api/v1/query_range", part("1795643340", "b"));
        const auto answer = client(server)->queryRange("up", {kStart, kStart + 25000 * 15000LL}, 15000, {});
        ANDON_VERIFY_RESULT(answer);
        const auto asked = server.asked();
        QCOMPARE(asked.size(), std::size_t(3));
        QCOMPARE(one(asked[0], "start"), std::string("1795313340"));
        QCOMPARE(one(asked[0], "end"), std::to_string(1795313340 + 10999 * 15));
        QCOMPARE(one(asked[1], "start"), std::to_string(1795313340 + 11000 * 15));
        QCOMPARE(one(asked[2], "end"), std::to_string(1795313340 + 25000 * 15));
        QCOMPARE(one(asked[0], "step"), std::string("15"));
        QCOMPARE(answer->matrix.series.size(), std::size_t(1));
        QCOMPARE(answer->matrix.series[0].t.size(), std::size_t(3));
        QCOMPARE(answer->matrix.stepMs, 15000LL);
        QCOMPARE(answer->matrix.warnings, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(answer->evidence.rows, 3LL);
        const auto hash = [&](const char *from, const char *warning) {
            return net::sha256Hex(part(from, warning).body);
        };
        QCOMPARE(answer->evidence.sha256,
                 net::sha256Hex(hash("1795313340", "a") + hash("1795478340", "a") + hash("1795643340", "b")));
    }

    void keepsBothEndsAndTheExactHash()
    {
        GoldenServer server;
        server.answer("GET /api/v1/query_range", {.body = file("prometheus/range.json")});
        const auto answer = client(server)->queryRange("vector(1)", {kStart, kStart + 10999 * 15000LL}, 15000, {});
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(server.asked().size(), std::size_t(1)); // 11,000 points are one window
        QCOMPARE(answer->evidence.sha256, net::sha256Hex(file("prometheus/range.json")));
        QCOMPARE(answer->evidence.rows, 22LL);
    }

    void refusesToAskNonsense()
    {
        GoldenServer server;
        for (const std::int64_t step : {std::int64_t(0), std::int64_t(-1)})
            QCOMPARE(client(server)->queryRange("up", {kStart, kStart + 1}, step, {}).error().kind,
                     core::ErrorKind::Invalid);
        QVERIFY(!client(server)->queryRange("up", {kStart, kStart - 1}, 1000, {}));
        QVERIFY(server.asked().empty());
    }

    void postsLongExpressions()
    {
        GoldenServer server;
        server.answer("POST /api/v1/query_range", {.body = file("prometheus/range-post.json")});
        const std::string longOne = "sum(up{a=~\"" + std::string(3000, 'x') + "\"})";
        ANDON_VERIFY_RESULT(client(server)->queryRange(longOne, {kStart, kStart + 60000}, 60000, {}));
        const auto asked = server.asked();
        QCOMPARE(asked.size(), std::size_t(1));
        QVERIFY(asked[0].body.starts_with("query=sum%28up%7Ba%3D~%22xxx"));
        QVERIFY(asked[0].body.find("&step=60") != std::string::npos);
    }

    void asksAgainWhereAGatewayForbidsPost()
    {
        for (const int status : {403, 405}) {
            GoldenServer server;
            server.answer("POST /api/v1/query", {.status = status, .body = "no", .contentType = "text/plain"});
            server.answer("GET /api/v1/query", {.body = file("prometheus/vector.json")});
            ANDON_VERIFY_RESULT(client(server)->query(std::string(3000, 'x'), {}, {}));
            QCOMPARE(server.asked().size(), std::size_t(2));
            QVERIFY(!client(server)->query(std::string(9000, 'x'), {}, {})); // too long for a URL
        }
    }

    void asksVictoriaMetricsNotToMoveTheEnds()
    {
        GoldenServer server;
        server.answer("GET /api/v1/status/buildinfo", {.body = file("prometheus/buildinfo.json")});
        server.answer("GET /api/v1/query_range", {.body = file("prometheus/range.json")});
        const auto source = client(server);
        ANDON_VERIFY_RESULT(source->queryRange("up", {kStart, kStart + 1000}, 1000, {}));
        QCOMPARE(one(server.asked().back(), "nocache"), std::string("1")); // not known yet
        ANDON_VERIFY_RESULT(source->probe({}));
        ANDON_VERIFY_RESULT(source->queryRange("up", {kStart, kStart + 1000}, 1000, {}));
        QCOMPARE(one(server.asked().back(), "nocache"), std::string("(none)"));
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<core::ErrorKind>("kind");
        QTest::addColumn<QString>("hint");
        QTest::newRow("prometheus/parse-error.json") << 400 << core::ErrorKind::Invalid << "promql";
        QTest::newRow("prometheus/range-too-many-points.json") << 400 << core::ErrorKind::Invalid << "";
        QTest::newRow("prometheus/execution-error-many-to-many.json") << 422 << core::ErrorKind::Invalid << "";
        QTest::newRow("victoria/timeout.json") << 422 << core::ErrorKind::Invalid << "";
        QTest::newRow("prometheus/route-unknown.txt") << 404 << core::ErrorKind::NotFound << "";
        QTest::newRow("victoria/runtimeinfo.txt") << 400 << core::ErrorKind::Invalid << "";
        QTest::newRow("prometheus/parse-error.json as 401") << 401 << core::ErrorKind::Auth << "promql";
    }
    void classifiesErrors()
    {
        QFETCH(int, status);
        QFETCH(core::ErrorKind, kind);
        QFETCH(QString, hint);
        GoldenServer server;
        const std::string tag = QTest::currentDataTag();
        const std::string body = file(tag.substr(0, tag.find(' ')));
        server.answer("GET /api/v1/query", {.status = status, .body = body, .contentType = "application/json"});
        const auto answer = client(server)->query("up", {}, {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, kind);
        QCOMPARE(answer.error().hint, hint.toStdString());
        QCOMPARE(answer.error().httpStatus, status);
        QVERIFY(!answer.error().detail.empty());
    }

    void tellsATimeoutOfTheEngine()
    {
        GoldenServer server;
        server.answer("GET /api/v1/query",
                      {.status = 503, .body = R"({"status":"error","errorType":"timeout","error":"query timed out"})"});
        const auto answer = client(server)->query("up", {}, {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, core::ErrorKind::Timeout);
        QCOMPARE(answer.error().detail, std::string("query timed out"));
    }

    void takesTheInventory()
    {
        GoldenServer server;
        server.answer("GET /api/v1/label/__name__/values", {.body = file("victoria/label-values.json")});
        server.answer("GET /api/v1/labels", {.body = file("prometheus/labels.json")});
        const auto source = client(server, "site=\"ams-1\"");
        const auto inventory = source->inventory({"odd", "absent"}, {});
        ANDON_VERIFY_RESULT(inventory);
        QCOMPARE(inventory->metrics.size(), std::size_t(3));
        QVERIFY(inventory->labels.at("odd").contains("Hostname"));
        QVERIFY(!inventory->labels.contains("absent"));
        const auto asked = server.asked();
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(one(asked[0], "match[]"), std::string("{site=\"ams-1\"}"));
        QCOMPARE(one(asked[1], "match[]"), std::string("odd{site=\"ams-1\"}"));
        QCOMPARE(source->selector(), std::string("site=\"ams-1\""));
    }

    void asksForTheMetadataOfOneOrOfAll()
    {
        GoldenServer server;
        server.answer("GET /api/v1/metadata", {.body = file("prometheus/metadata.json")});
        const auto source = client(server);
        QCOMPARE(source->metadata("", {})->size(), std::size_t(3));
        QCOMPARE(one(server.asked().back(), "metric"), std::string("(none)"));
        QCOMPARE(source->metadata("up", {})->size(), std::size_t(3));
        QCOMPARE(one(server.asked().back(), "metric"), std::string("up"));
        GoldenServer without;
        QCOMPARE(client(without)->metadata("", {}).error().kind, core::ErrorKind::NotFound);
    }

    void readsAlertsRulesAndTargets()
    {
        GoldenServer server;
        server.answer("GET /api/v1/alerts", {.body = file("prometheus/alerts.json")});
        server.answer("GET /api/v1/rules", {.body = file("prometheus/rules.json")});
        server.answer("GET /api/v1/targets", {.body = file("prometheus/targets.json")});
        server.answer("GET /api/v1/label/UUID/values", {.body = file("prometheus/label-values-match.json")});
        const auto source = client(server);
        QCOMPARE(source->alerts({})->size(), std::size_t(2));
        QCOMPARE(source->rules({})->size(), std::size_t(4));
        QCOMPARE(source->targets({})->size(), std::size_t(2));
        QCOMPARE(source->labelValues("UUID", "", {})->size(), std::size_t(2));
        QCOMPARE(one(server.asked().back(), "match[]"), std::string("(none)"));
        GoldenServer without; // an engine without rules is not one whose rules are fine
        QCOMPARE(client(without)->rules({}).error().kind, core::ErrorKind::NotFound);
    }

private:
    [[nodiscard]] std::unique_ptr<sources::prometheus::PrometheusClient> client(const GoldenServer &server,
                                                                                std::string selector = {})
    {
        return std::make_unique<sources::prometheus::PrometheusClient>(server.client(m_transport), std::move(selector));
    }

    net::Transport m_transport;
};

ANDON_SUITE(PrometheusClientTest)
#include "client_test.moc"
