#include "sources/mlflow/mlflowclient.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/support/suite.h"

#include <functional>

using namespace andon;
using sources::mlflow::MlflowClient;
using test::golden;
using test::GoldenServer;

namespace
{

struct Call {
    const char *name = "";
    const char *path = ""; ///< method and path that are refused
    std::function<std::optional<core::Error>(MlflowClient &)> ask = {};
};

template <typename T> std::optional<core::Error> errorOf(const core::Result<T> &answer)
{
    return answer ? std::nullopt : std::optional(answer.error());
}

const std::vector<Call> &calls()
{
    static const std::vector<core::ExperimentId> kIds{core::ExperimentId("1")};
    static const std::vector<Call> kCalls = {
        {"probe", "POST /api/2.0/mlflow/experiments/search", [](MlflowClient &c) { return errorOf(c.probe({})); }},
        {"experiments", "POST /api/2.0/mlflow/experiments/search",
         [](MlflowClient &c) { return errorOf(c.experiments({})); }},
        {"runs", "POST /api/2.0/mlflow/runs/search", [](MlflowClient &c) { return errorOf(c.runs(kIds, {}, {})); }},
        {"run", "GET /api/2.0/mlflow/runs/get",
         [](MlflowClient &c) { return errorOf(c.run(core::RunId("r"), nullptr, {})); }},
        {"models", "GET /api/2.0/mlflow/registered-models/search",
         [](MlflowClient &c) { return errorOf(c.models({})); }},
        {"versions", "GET /api/2.0/mlflow/model-versions/search",
         [](MlflowClient &c) { return errorOf(c.versions({})); }},
        {"logged models", "POST /api/2.0/mlflow/logged-models/search",
         [](MlflowClient &c) { return errorOf(c.loggedModels(kIds, {})); }},
    };
    return kCalls;
}

struct Refusal {
    const char *name = "";
    test::Answer answer = {};
    core::ErrorKind kind = {};
    const char *detail = ""; ///< it begins with these words
    const char *hint = "";
};

std::vector<Refusal> refusals()
{
    const std::string page = "<!doctype html><html><title>Sign in</title><form></form></html>";
    const std::string runs = golden("mlflow/golden/3/runs-page-1.json");
    return {
        {"not signed in",
         {.status = 401, .body = golden("mlflow/golden/auth/anonymous-version.html"), .contentType = "text/html"},
         core::ErrorKind::Auth,
         "You are not authenticated."},
        {"no permission",
         {.status = 403, .body = golden("mlflow/golden/auth/forbidden-experiment.html"), .contentType = "text/html"},
         core::ErrorKind::Forbidden,
         "Permission denied"},
        {"host refused",
         {.status = 403, .body = golden("mlflow/golden/3/host-refused.txt"), .contentType = "text/plain"},
         core::ErrorKind::Forbidden,
         "Invalid Host header",
         "mlflow-host"},
        {"bad token",
         {.status = 400, .body = golden("mlflow/golden/3/runs-bad-token.json")},
         core::ErrorKind::Invalid,
         "Invalid page token"},
        {"not there, 2.x",
         {.status = 404, .body = golden("mlflow/golden/2/run-missing.json")},
         core::ErrorKind::NotFound,
         "Run with id="},
        {"too often",
         {.status = 429, .body = "slow down", .contentType = "text/plain"},
         core::ErrorKind::Limited,
         "slow"},
        {"crashed",
         {.status = 500, .body = "<title>500 Internal Server Error</title>", .contentType = "text/html"},
         core::ErrorKind::Server,
         "500 Internal Server Error"},
        {"a gateway's words",
         {.status = 503, .body = "upstream connect error", .contentType = "text/plain"},
         core::ErrorKind::Server,
         "upstream connect error"},
        {"a page to sign in", {.body = page, .contentType = "text/html"}, core::ErrorKind::Protocol, "", "html-login"},
        {"plain text", {.body = "OK", .contentType = "text/plain"}, core::ErrorKind::Protocol},
        {"plain text as JSON", {.body = "OK"}, core::ErrorKind::Protocol},
        {"nothing", {.body = ""}, core::ErrorKind::Protocol},
        {"cut off", {.body = runs.substr(0, runs.size() / 2)}, core::ErrorKind::Protocol},
        {"another type", {.body = "[]"}, core::ErrorKind::Protocol},
    };
}

} // namespace

/// Every call of the client against every way in which a server, a proxy or a login page says no.
class MlflowRefusalTest : public QObject
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
        const Call &asked = calls()[static_cast<std::size_t>(call)];
        const Refusal said = refusals()[static_cast<std::size_t>(refusal)];
        GoldenServer server;
        server.answer("GET /version", {.body = "3.17.2", .contentType = "text/html"});
        server.answer(asked.path, said.answer);
        MlflowClient client(server.client(m_transport));
        const auto error = asked.ask(client);
        const bool noLoggedModels =
            said.kind == core::ErrorKind::NotFound && asked.name == std::string("logged models");
        QCOMPARE(error.has_value(), !noLoggedModels); // a server without that route has none of them
        if (!error)
            return;
        QCOMPARE(error->kind, said.kind);
        QVERIFY2(error->detail.starts_with(said.detail), error->detail.c_str());
        QCOMPARE(QString::fromStdString(error->hint), QString::fromLatin1(said.hint));
        QVERIFY2(error->where.find("mlflow") != std::string::npos, error->where.c_str());
        if (said.kind != core::ErrorKind::Protocol)
            QCOMPARE(error->httpStatus, said.answer.status);
    }

    /// A page in the middle that is none: nothing of the pages before is taken for the whole.
    void keepsNoHalfList()
    {
        GoldenServer server;
        server.answer("GET /api/2.0/mlflow/model-versions/search",
                      {.body = golden("mlflow/golden/3/versions-page-1.json")});
        server.answer("GET /api/2.0/mlflow/model-versions/search",
                      {.status = 400, .body = golden("mlflow/golden/3/runs-bad-token.json")});
        const auto all = MlflowClient(server.client(m_transport)).versions({});
        QVERIFY(!all);
        QCOMPARE(all.error().kind, core::ErrorKind::Invalid);
        QCOMPARE(server.asked().size(), std::size_t(2));
    }

private:
    net::Transport m_transport;
};

ANDON_SUITE(MlflowRefusalTest)
#include "refusal_test.moc"
