#include "sources/mlflow/mlflowclient.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/support/suite.h"

using namespace andon;
using test::Answer;
using test::golden;
using test::GoldenServer;

namespace
{
const char kExperiments[] = "POST /api/2.0/mlflow/experiments/search";
const char kRuns[] = "POST /api/2.0/mlflow/runs/search";
const char kLogged[] = "POST /api/2.0/mlflow/logged-models/search";

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}
} // namespace

class MlflowClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void probes3x()
    {
        GoldenServer server;
        server.answer("GET /version", {.body = golden("mlflow/golden/3/version.html"), .contentType = "text/html"});
        server.answer(kExperiments, {.body = golden("mlflow/golden/3/experiments-initial.json")});
        server.answer(kLogged, {.body = golden("mlflow/golden/3/logged-models-search.json")});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->product, std::string("MLflow"));
        QCOMPARE(info->version, std::string("3.17.2"));
        QVERIFY(info->loggedModels);
        QVERIFY(!info->rowsAcrossExperiments);
    }

    void probes2x()
    {
        GoldenServer server;
        server.answer("GET /version", {.body = golden("mlflow/golden/2/version.html"), .contentType = "text/html"});
        server.answer(kExperiments, {.body = golden("mlflow/golden/2/experiments-initial.json")});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->version, std::string("2.22.5"));
        QVERIFY(!info->loggedModels);
        QVERIFY(info->rowsAcrossExperiments);
    }

    void detectsByTheRouteWhenTheVersionIsHidden()
    {
        GoldenServer server; // no /version
        server.answer(kExperiments, {.body = golden("mlflow/golden/2/experiments-initial.json")});
        server.answer(
            kLogged,
            {.status = 404, .body = golden("mlflow/golden/2/logged-models-search.html"), .contentType = "text/html"});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->version, std::string());
        QVERIFY(!info->loggedModels);
        QVERIFY(info->rowsAcrossExperiments);
    }

    void explainsARefusedHost()
    {
        GoldenServer server; // /version is exempt from the check, as on the real server
        server.answer("GET /version",
                      {.body = golden("mlflow/golden/3/host-refused-version.html"), .contentType = "text/html"});
        server.answer(kExperiments,
                      {.status = 403, .body = golden("mlflow/golden/3/host-refused.txt"), .contentType = "text/plain"});
        const auto info = client(server)->probe({});
        QVERIFY(!info);
        QCOMPARE(info.error().kind, core::ErrorKind::Forbidden);
        QCOMPARE(text(info.error().hint), QStringLiteral("mlflow-host"));
    }

    void classifiesRefusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("contentType");
        QTest::addColumn<core::ErrorKind>("kind");
        QTest::addColumn<QString>("detail");
        QTest::newRow("auth/wrong-password.html")
            << 401 << "text/html" << core::ErrorKind::Auth << "You are not authenticated.";
        QTest::newRow("auth/forbidden-experiment.html")
            << 403 << "text/html" << core::ErrorKind::Forbidden << "Permission denied";
        QTest::newRow("3/run-missing.json") << 404 << "application/json" << core::ErrorKind::NotFound << "Run with id=";
        QTest::newRow("3/runs-bad-filter.json")
            << 400 << "application/json" << core::ErrorKind::Invalid << "Invalid clause(s) in filter string";
        QTest::newRow("3/route-unknown.html") << 404 << "text/html" << core::ErrorKind::NotFound << "404 Not Found";
        QTest::newRow("3/host-refused.txt") << 502 << "text/plain" << core::ErrorKind::Server << "Invalid Host";
        QTest::newRow("3/route-unknown.html as 200")
            << 200 << "text/html" << core::ErrorKind::Protocol << "404 Not Found";
    }
    void classifiesRefusals()
    {
        QFETCH(int, status);
        QFETCH(QString, contentType);
        QFETCH(core::ErrorKind, kind);
        QFETCH(QString, detail);
        GoldenServer server;
        const std::string tag = QTest::currentDataTag();
        server.answer("GET /api/2.0/mlflow/runs/get",
                      {.status = status,
                       .body = golden("mlflow/golden/" + tag.substr(0, tag.find(' '))),
                       .contentType = contentType.toStdString()});
        const auto run = client(server)->run(core::RunId("x"), nullptr, {});
        QVERIFY(!run);
        QCOMPARE(run.error().kind, kind);
        QVERIFY2(run.error().detail.starts_with(detail.toStdString()), run.error().detail.c_str());
    }

    void turnsPages()
    {
        GoldenServer server;
        server.answer(kExperiments, {.body = golden("mlflow/golden/3/experiments-page-1.json")});
        server.answer(kExperiments, {.body = golden("mlflow/golden/3/experiments-page-2.json")});
        const auto all = client(server)->experiments({});
        ANDON_VERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t(4));
        const auto asked = server.asked();
        QCOMPARE(asked.size(), std::size_t(2));
        QVERIFY(asked[0].body.find("max_results") != std::string::npos); // without it the server says 400
        QVERIFY(asked[0].body.find("page_token") == std::string::npos);
        QVERIFY(asked[0].body.find("\"ALL\"") != std::string::npos);
        QVERIFY(asked[1].body.find("\"page_token\":\"eyJvZmZzZXQiOiAyfQ==\"") != std::string::npos);
    }

    void stopsOnARepeatedToken()
    {
        GoldenServer server;
        server.answer("GET /api/2.0/mlflow/registered-models/search",
                      {.body = golden("mlflow/golden/3/models-page-1.json")});
        const auto all = client(server)->models({});
        QVERIFY(!all);
        QCOMPARE(all.error().kind, core::ErrorKind::Protocol);
        QCOMPARE(server.asked().size(), std::size_t(2));
    }

    void readsModelsAndVersions()
    {
        GoldenServer server;
        server.answer("GET /api/2.0/mlflow/registered-models/search",
                      {.body = golden("mlflow/golden/3/models-page-1.json")});
        server.answer("GET /api/2.0/mlflow/registered-models/search",
                      {.body = golden("mlflow/golden/3/models-page-2.json")});
        server.answer("GET /api/2.0/mlflow/model-versions/search", {.body = golden("mlflow/golden/3/versions.json")});
        const auto registry = client(server);
        const auto models = registry->models({});
        ANDON_VERIFY_RESULT(models);
        QCOMPARE(models->size(), std::size_t(3));
        QCOMPARE(server.asked()[0].query.find("max_results")->second, std::string("1000"));
        QCOMPARE(server.asked()[1].query.find("page_token")->second, std::string("eyJvZmZzZXQiOiAyfQ=="));
        const auto versions = registry->versions({});
        ANDON_VERIFY_RESULT(versions);
        QCOMPARE(versions->size(), std::size_t(4));
    }

    void readsRunsWithEvidenceOfEachPage()
    {
        GoldenServer server;
        server.answer(kRuns, {.body = golden("mlflow/golden/3/runs-page-1.json")});
        server.answer(kRuns, {.body = golden("mlflow/golden/3/runs-page-2.json")});
        server.answer(kRuns, {.body = "{}"}); // the page after the last one
        const auto answer = client(server)->runs({core::ExperimentId("1")}, {}, {});
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(answer->runs.size(), std::size_t(6));
        QCOMPARE(answer->evidence.size(), std::size_t(3));
        QCOMPARE(answer->evidence[0].rows, 3LL);
        QCOMPARE(answer->evidence[0].sha256.size(), std::size_t(64));
        QCOMPARE(answer->evidence[0].bytes,
                 static_cast<std::int64_t>(golden("mlflow/golden/3/runs-page-1.json").size()));
        const auto asked = server.asked();
        QVERIFY(asked[0].body.find("\"run_view_type\":\"ALL\"") != std::string::npos); // deleted ones too
        QVERIFY(asked[0].body.find("filter") == std::string::npos);
    }

    void asksForWhatStartedOrEndedSince()
    {
        GoldenServer server;
        server.answer(kRuns, {.body = golden("mlflow/golden/2/runs-active-only.json")}); // the same runs twice
        const auto answer = client(server)->runs({core::ExperimentId("1")}, {1795000000000}, {});
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(answer->runs.size(), std::size_t(7));
        const auto asked = server.asked();
        QCOMPARE(asked.size(), std::size_t(2));
        QVERIFY(asked[0].body.find("attributes.start_time >= 1795000000000") != std::string::npos);
        QVERIFY(asked[1].body.find("attributes.start_time < 1795000000000 AND attributes.end_time >= 1795000000000")
                != std::string::npos);
    }

    void asksInBatchesOfExperiments()
    {
        GoldenServer server;
        server.answer(kRuns, {.body = "{}"});
        server.answer(kLogged, {.body = "{}"});
        std::vector<core::ExperimentId> experiments;
        for (int i = 0; i < 250; ++i)
            experiments.emplace_back(std::to_string(i));
        const auto registry = client(server);
        ANDON_VERIFY_RESULT(registry->runs(experiments, {}, {}));
        QCOMPARE(server.asked().size(), std::size_t(3));
        ANDON_VERIFY_RESULT(registry->loggedModels(experiments, {}));
        QCOMPARE(server.asked().size(), std::size_t(6));
        ANDON_VERIFY_RESULT(registry->runs({}, {}, {})); // nothing to ask
        QCOMPARE(server.asked().size(), std::size_t(6));
    }

    void hasNoLoggedModelsOn2x()
    {
        GoldenServer server;
        server.answer(
            kLogged,
            {.status = 404, .body = golden("mlflow/golden/2/logged-models-search.html"), .contentType = "text/html"});
        const auto logged = client(server)->loggedModels({core::ExperimentId("1")}, {});
        ANDON_VERIFY_RESULT(logged);
        QVERIFY(logged->empty());
    }

    void sendsPrefixAuthAndHeaders()
    {
        GoldenServer server;
        server.answer("GET /tenant/a/api/2.0/mlflow/runs/get", {.body = golden("mlflow/golden/3/run-get.json")});
        net::Endpoint endpoint;
        endpoint.baseUrl = "/tenant/a/";
        endpoint.auth = net::Endpoint::AuthKind::Basic;
        endpoint.user = "op";
        endpoint.secret = "s3";
        endpoint.headers = {{"X-MLFLOW-WORKSPACE", "risk"}};
        endpoint.hostHeader = "mlflow.factory.example";
        core::Evidence evidence;
        const auto run = client(server, endpoint)->run(core::RunId("efc9"), &evidence, {});
        ANDON_VERIFY_RESULT(run);
        const auto asked = server.asked().at(0);
        QCOMPARE(asked.query.find("run_id")->second, std::string("efc9"));
        QCOMPARE(asked.headers.find("Authorization")->second, std::string("Basic b3A6czM="));
        QCOMPARE(asked.headers.find("X-MLFLOW-WORKSPACE")->second, std::string("risk"));
        QCOMPARE(asked.headers.find("Host")->second, std::string("mlflow.factory.example"));
        QVERIFY(asked.headers.find("Origin") == asked.headers.end()); // with one the server refuses
        QCOMPARE(evidence.rows, 1LL);
        QVERIFY(evidence.request.find("b3A6") == std::string::npos);
    }

    void canBeCancelled()
    {
        GoldenServer server;
        core::Cancel cancel;
        cancel.cancel();
        const auto all = client(server)->experiments(cancel);
        QVERIFY(!all);
        QCOMPARE(all.error().kind, core::ErrorKind::Cancelled);
    }

private:
    [[nodiscard]] std::unique_ptr<sources::mlflow::MlflowClient> client(const GoldenServer &server,
                                                                        net::Endpoint endpoint = {})
    {
        return std::make_unique<sources::mlflow::MlflowClient>(server.client(m_transport, std::move(endpoint)));
    }

    net::Transport m_transport;
};

ANDON_SUITE(MlflowClientTest)
#include "client_test.moc"
