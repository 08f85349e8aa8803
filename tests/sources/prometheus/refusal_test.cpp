#include "sources/prometheus/prometheusclient.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/support/suite.h"

#include <functional>

using namespace andon;
using sources::prometheus::PrometheusClient;
using test::golden;
using test::GoldenServer;

namespace
{

struct Call {
    const char *name = "";
    const char *path = ""; ///< that is refused
    const char *good = ""; ///< a recorded answer of it
    std::function<std::optional<core::Error>(PrometheusClient &)> ask = {};
};

template <typename T> std::optional<core::Error> errorOf(const core::Result<T> &answer)
{
    return answer ? std::nullopt : std::optional(answer.error());
}

const std::vector<Call> &calls()
{
    static constexpr core::TimeRange kHour{{1795478340000}, {1795481940000}};
    static const std::vector<Call> kCalls = {
        {"query", "/api/v1/query", "vector", [](PrometheusClient &c) { return errorOf(c.query("up", {}, {})); }},
        {"range", "/api/v1/query_range", "range",
         [](PrometheusClient &c) { return errorOf(c.queryRange("up", kHour, 60'000, {})); }},
        {"label values", "/api/v1/label/UUID/values", "label-values-match",
         [](PrometheusClient &c) { return errorOf(c.labelValues("UUID", "", {})); }},
        {"inventory", "/api/v1/label/__name__/values", "label-values-match",
         [](PrometheusClient &c) { return errorOf(c.inventory({}, {})); }},
        {"alerts", "/api/v1/alerts", "alerts", [](PrometheusClient &c) { return errorOf(c.alerts({})); }},
        {"rules", "/api/v1/rules", "rules", [](PrometheusClient &c) { return errorOf(c.rules({})); }},
        {"targets", "/api/v1/targets", "targets", [](PrometheusClient &c) { return errorOf(c.targets({})); }},
        {"probe", "/api/v1/status/buildinfo", "buildinfo", [](PrometheusClient &c) { return errorOf(c.probe({})); }},
    };
    return kCalls;
}

struct Refusal {
    const char *name = "";
    test::Answer answer = {};
    core::ErrorKind kind = {};
    const char *hint = "";
};

std::vector<Refusal> refusals()
{
    const std::string page = "<!doctype html><html><title>Sign in</title><form></form></html>";
    return {
        {"not signed in",
         {.status = 401, .body = "Unauthorized\n", .contentType = "text/plain"},
         core::ErrorKind::Auth},
        {"no permission",
         {.status = 403, .body = "forbidden", .contentType = "text/plain"},
         core::ErrorKind::Forbidden},
        {"a page that forbids",
         {.status = 403, .body = page, .contentType = "text/html"},
         core::ErrorKind::Forbidden,
         "html-login"},
        {"refused expression",
         {.status = 400, .body = R"({"status":"error","errorType":"bad_data","error":"no"})"},
         core::ErrorKind::Invalid},
        {"too often", {.status = 429, .body = "slow down", .contentType = "text/plain"}, core::ErrorKind::Limited},
        {"crashed",
         {.status = 500, .body = "<title>Internal Server Error</title>", .contentType = "text/html"},
         core::ErrorKind::Server},
        {"a gateway's words",
         {.status = 502, .body = "no upstream", .contentType = "text/plain"},
         core::ErrorKind::Server},
        {"a page to sign in", {.body = page, .contentType = "text/html"}, core::ErrorKind::Protocol, "html-login"},
        {"plain text", {.body = "Prometheus is Ready.\n", .contentType = "text/plain"}, core::ErrorKind::Protocol},
        {"plain text as JSON", {.body = "Prometheus is Ready.\n"}, core::ErrorKind::Protocol},
        {"nothing", {.body = ""}, core::ErrorKind::Protocol},
        {"another type", {.body = "[]"}, core::ErrorKind::Protocol},
        {"an error that says success is missing", {.body = R"({"data":{}})"}, core::ErrorKind::Protocol},
    };
}

} // namespace

/// Every call of the client against every way in which an engine, a proxy or a login page says no.
class PrometheusRefusalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void everyCallSaysWhatWentWrong_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("refusal");
        const auto all = refusals();
        for (std::size_t c = 0; c < calls().size(); ++c)
            for (std::size_t r = 0; r < all.size(); ++r)
                QTest::addRow("%s: %s", calls()[c].name, all[r].name) << static_cast<int>(c) << static_cast<int>(r);
    }
    void everyCallSaysWhatWentWrong()
    {
        QFETCH(int, call);
        QFETCH(int, refusal);
        const Refusal said = refusals()[static_cast<std::size_t>(refusal)];
        const Call &asked = calls()[static_cast<std::size_t>(call)];
        const auto error = errorAfter(asked, said.answer);
        QVERIFY(error.has_value());
        // Without build info it may be another engine; what marks those is not there either.
        const bool unknown = asked.name == std::string("probe") && said.kind == core::ErrorKind::Invalid;
        QCOMPARE(error->kind, unknown ? core::ErrorKind::NotFound : said.kind);
        QCOMPARE(QString::fromStdString(error->hint), QString::fromLatin1(said.hint));
        QVERIFY2(error->where.find("prometheus") != std::string::npos, error->where.c_str());
    }

    void everyCallRefusesACutAnswer_data()
    {
        QTest::addColumn<int>("call");
        for (std::size_t c = 0; c < calls().size(); ++c)
            QTest::newRow(calls()[c].name) << static_cast<int>(c);
    }
    void everyCallRefusesACutAnswer()
    {
        QFETCH(int, call);
        const Call &asked = calls()[static_cast<std::size_t>(call)];
        const std::string good = golden(std::string("prometheus/golden/prometheus/") + asked.good + ".json");
        QVERIFY(!errorAfter(asked, {.body = good}));
        for (const std::size_t part : {1, 2, 3}) {
            const auto error = errorAfter(asked, {.body = good.substr(0, good.size() * part / 4)});
            QVERIFY(error.has_value());
            QCOMPARE(error->kind, core::ErrorKind::Protocol);
        }
    }

private:
    std::optional<core::Error> errorAfter(const Call &call, const test::Answer &answer)
    {
        GoldenServer server;
        for (const char *method : {"GET ", "POST "})
            server.answer(std::string(method) + call.path, answer);
        PrometheusClient client(server.client(m_transport), {});
        return call.ask(client);
    }

    net::Transport m_transport;
};

ANDON_SUITE(PrometheusRefusalTest)
#include "refusal_test.moc"
