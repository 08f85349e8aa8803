#include "tests/demo/client.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace andon;
using test::Client;
using Json = nlohmann::json;

namespace
{
const char kApi[] = "/api/2.0/mlflow/";

std::string tagOf(const Json &run, const std::string &key)
{
    for (const Json &tag : run.at("data").at("tags"))
        if (tag.at("key") == key)
            return tag.at("value");
    return {};
}

const Json &onlyInput(const Json &run)
{
    return run.at("inputs").at("dataset_inputs").at(0).at("dataset");
}
} // namespace

/// The demo factory's registry over HTTP: what any MLflow client sees of the story.
class MlflowStoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_server = test::startDemo();
        m_client = std::make_unique<Client>(m_server->endpoints().mlflow);
        m_truth = Json::parse(m_server->truthJson()).at("registry");
    }
    void init() { test::failOnAnyWarning(); }

    void sendsTheHeadersOfUvicorn()
    {
        const auto reply = m_client->get("/version");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, std::string("3.17.2"));
        QCOMPARE(reply.headers.at("server"), std::string("uvicorn"));
        QCOMPARE(reply.headers.at("x-content-type-options"), std::string("nosniff"));
        QCOMPARE(reply.headers.at("x-frame-options"), std::string("SAMEORIGIN"));
        QCOMPARE(reply.headers.at("vary"), std::string("Origin"));
    }

    void refusesForeignHostsAndOrigins_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("status");
        QTest::newRow("a name") << "Host: mlflow.corp"
                                << "GET" << 403;
        QTest::newRow("a name with port") << "Host: mlflow.corp:5000"
                                          << "GET" << 403;
        QTest::newRow("a public address") << "Host: 8.8.8.8"
                                          << "GET" << 403;
        QTest::newRow("beyond the private range") << "Host: 172.32.0.1"
                                                  << "GET" << 403;
        QTest::newRow("looks like loopback") << "Host: 127.0.0.1.evil.example"
                                             << "GET" << 403;
        QTest::newRow("localhost") << "Host: localhost:5000"
                                   << "GET" << 200;
        QTest::newRow("private") << "Host: 10.1.2.3:5000"
                                 << "GET" << 200;
        QTest::newRow("private 172") << "Host: 172.20.0.1"
                                     << "GET" << 200;
        QTest::newRow("capitals") << "Host: LOCALHOST"
                                  << "GET" << 403;
        QTest::newRow("private IPv6") << "Host: [fd00::1]:5000"
                                      << "GET" << 403; // the brackets defeat its pattern
        QTest::newRow("172.2") << "Host: 172.2.0.1"
                               << "GET" << 403;
        QTest::newRow("any address") << "Host: 0.0.0.0:5000"
                                     << "GET" << 200;
        QTest::newRow("IPv6 loopback") << "Host: [::1]:5000"
                                       << "GET" << 200;
        QTest::newRow("foreign origin") << "Origin: https://elsewhere.example"
                                        << "POST" << 403;
        QTest::newRow("foreign origin reads") << "Origin: https://elsewhere.example"
                                              << "GET" << 200;
        QTest::newRow("looks like a local origin") << "Origin: http://localhost.evil.example"
                                                   << "POST" << 403;
        QTest::newRow("local origin") << "Origin: http://localhost:3000"
                                      << "POST" << 200;
    }
    void refusesForeignHostsAndOrigins()
    {
        QFETCH(QString, header);
        QFETCH(QString, method);
        QFETCH(int, status);
        const bool post = method == u"POST";
        test::Ask ask{.method = method.toStdString(),
                      .target = std::string(kApi) + "experiments/search" + (post ? "" : "?max_results=1"),
                      .headers = {header.toStdString(), "Content-Type: application/json"},
                      .body = post ? R"({"max_results": 1})" : ""};
        const auto reply = m_client->ask(ask);
        QCOMPARE(reply.status, status);
        if (status != 403)
            return;
        QCOMPARE(reply.headers.at("content-type"), std::string("text/plain"));
        QCOMPARE(reply.headers.count("x-frame-options"), std::size_t(0));
        QCOMPARE(reply.body,
                 std::string(header.startsWith(u"Host") ? "Invalid Host header - possible DNS rebinding attack detected"
                                                        : "Cross-origin request blocked"));
    }

    void givesEveryRunOnceInPages()
    {
        std::set<std::string> seen;
        std::map<std::string, int> statuses;
        int deleted = 0;
        std::string token;
        int pages = 0;
        for (std::int64_t last = 0;; ++pages) {
            Json body{{"experiment_ids", experimentIds()},
                      {"run_view_type", "ALL"},
                      {"max_results", 17},
                      {"order_by", {"attributes.start_time ASC"}}};
            if (!token.empty())
                body["page_token"] = token;
            const Json answer = search("runs/search", body);
            for (const Json &run : answer.at("runs")) {
                QVERIFY(seen.insert(run.at("info").at("run_id")).second);
                QVERIFY(run.at("info").at("start_time").get<std::int64_t>() >= last);
                last = run.at("info").at("start_time");
                ++statuses[run.at("info").at("status")];
                deleted += run.at("info").at("lifecycle_stage") == "deleted" ? 1 : 0;
            }
            token = answer.value("next_page_token", "");
            if (token.empty())
                break;
        }
        QCOMPARE(seen.size(), m_truth.at("runs").get<std::size_t>());
        QCOMPARE(pages, static_cast<int>((seen.size() - 1) / 17));
        QCOMPARE(Json(statuses).dump(), m_truth.at("runs_by_status").dump());
        QCOMPARE(deleted, m_truth.at("deleted_runs").get<int>());
        QVERIFY(deleted > 0);
    }

    void showsRunsByTheirView()
    {
        const auto count = [&](const char *view) {
            return search("runs/search", {{"experiment_ids", experimentIds()}, {"run_view_type", view}})
                .value("runs", Json::array())
                .size();
        };
        QCOMPARE(count("ALL"), m_truth.at("runs").get<std::size_t>());
        QCOMPARE(count("DELETED_ONLY"), m_truth.at("deleted_runs").get<std::size_t>());
        QCOMPARE(count("ACTIVE_ONLY"), count("ALL") - count("DELETED_ONLY"));
    }

    /// Two runs logged the same name and digest from different commits: both read back the first one's source.
    void keepsOneDatasetRow()
    {
        std::set<std::string> sources;
        std::set<std::string> commits;
        int disagree = 0;
        for (const auto &[version, trace] : m_truth.at("traces").items()) {
            if (!version.starts_with("risk-scorer@"))
                continue;
            const Json run = getJson("runs/get?run_id=" + trace.at("run").get<std::string>()).at("run");
            QCOMPARE(onlyInput(run).at("digest").dump(), trace.at("dataset").at("digest").dump());
            sources.insert(onlyInput(run).at("source"));
            commits.insert(tagOf(run, "lakefs_commit"));
            disagree += trace.at("source_disagrees").get<bool>() ? 1 : 0;
        }
        QCOMPARE(sources.size(), std::size_t(1));
        QVERIFY(commits.size() > 1);
        QCOMPARE(std::count_if(
                     commits.begin(), commits.end(),
                     [&](const std::string &commit) { return sources.begin()->find(commit) != std::string::npos; }),
                 1);
        QCOMPARE(disagree, static_cast<int>(commits.size()) - 1);
    }

    void tracesEveryVersionToItsCommit()
    {
        int pinned = 0;
        for (const auto &[name, trace] : m_truth.at("traces").items()) {
            const Json run = getJson("runs/get?run_id=" + trace.at("run").get<std::string>()).at("run");
            QCOMPARE(run.at("info").at("run_name").dump(), trace.at("run_name").dump());
            QCOMPARE(run.at("info").value("lifecycle_stage", "") == "deleted", trace.at("run_deleted").get<bool>());
            QCOMPARE(run.at("inputs").contains("dataset_inputs"), trace.contains("dataset"));
            if (!trace.contains("commit") || trace.at("commit").is_null())
                continue;
            ++pinned;
            const std::string commit = trace.at("commit");
            QVERIFY2(tagOf(run, "lakefs_commit") == commit
                         || onlyInput(run).at("source").get<std::string>().find(commit) != std::string::npos,
                     name.c_str());
        }
        QVERIFY(pinned > 10);
    }

    void writesNaNAsTextAndInfinityAsTheLargestNumber()
    {
        const Json answer = search(
            "runs/search", {{"experiment_ids", experimentIds()}, {"filter", "status = 'FAILED'"}, {"max_results", 1}});
        const Json &metrics = answer.at("runs").at(0).at("data").at("metrics");
        QCOMPARE(metrics.at(0).value("key", ""), std::string("loss"));
        QCOMPARE(metrics.at(0).value("value", ""), std::string("NaN"));
        QCOMPARE(metrics.at(1).value("key", ""), std::string("grad_norm"));
        QCOMPARE(metrics.at(1).at("value").get<double>(), 1.7976931348623157e308);
    }

    void namesAliasesAndLoggedModels()
    {
        for (const auto &[model, aliases] : m_truth.at("aliases").items())
            for (const auto &[alias, version] : aliases.items()) {
                const Json answer = getJson("registered-models/alias?name=" + model + "&alias=" + alias);
                QCOMPARE(answer.at("model_version").value("version", ""), std::to_string(version.get<int>()));
            }
        std::size_t logged = 0;
        std::string token;
        do {
            Json body{{"experiment_ids", experimentIds()}};
            if (!token.empty())
                body["page_token"] = token;
            const Json answer = search("logged-models/search", body);
            for (const Json &model : answer.at("models")) {
                ++logged;
                const std::string run = model.at("info").at("source_run_id");
                const Json made = getJson("runs/get?run_id=" + run).at("run").at("outputs").at("model_outputs");
                QCOMPARE(made.at(0).at("model_id").dump(), model.at("info").at("model_id").dump());
            }
            token = answer.value("next_page_token", "");
        } while (!token.empty());
        QCOMPARE(logged, m_truth.at("logged_models").get<std::size_t>());
        QCOMPARE(logged, m_truth.at("versions").get<std::size_t>());
    }

    void refusesATokenOfAnotherSearch()
    {
        const Json first = search("logged-models/search", {{"experiment_ids", experimentIds()}, {"max_results", 1}});
        const auto reply =
            m_client->post(std::string(kApi) + "logged-models/search",
                           Json{{"experiment_ids", {"1"}}, {"page_token", first.at("next_page_token")}}.dump());
        QCOMPARE(reply.status, 400);
        QVERIFY(reply.body.find("Experiment IDs in the page token do not match") != std::string::npos);
    }

private:
    [[nodiscard]] Json experimentIds() const
    {
        Json ids = Json::array();
        for (int i = 0; i < m_truth.at("experiments").get<int>(); ++i)
            ids.push_back(std::to_string(i));
        return ids;
    }
    Json search(const std::string &call, const Json &body)
    {
        return Json::parse(m_client->post(kApi + call, body.dump()).body);
    }
    Json getJson(const std::string &target) { return Json::parse(m_client->get(kApi + target).body); }

    std::unique_ptr<demo::DemoServer> m_server;
    std::unique_ptr<Client> m_client;
    Json m_truth;
};

ANDON_SUITE(MlflowStoryTest)
#include "mlflowstory_test.moc"
