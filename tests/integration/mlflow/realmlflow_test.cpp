#include "net/transport.h"
#include "sources/mlflow/mlflowclient.h"
#include "tests/integration/mlflow/differential.h"
#include "tests/integration/mlflow/mlflowserver.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <set>

using namespace andon;
using sources::mlflow::MlflowClient;
using Json = nlohmann::json;

namespace
{

struct Real {
    test::MlflowServer server;
    test::Filled filled;
    core::Instant before; ///< it was filled
    core::Instant after;
};

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

template <typename Items> auto normalised(Items items)
{
    for (auto &item : items)
        test::normalise(item);
    return items;
}

/// Compares item by item, so that a failure names the first one that differs.
template <typename Items, typename NameOf>
std::string firstDifference(const Items &got, const Items &wanted, NameOf nameOf)
{
    for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i)
        if (got[i] != wanted[i])
            return "item " + std::to_string(i) + ": " + nameOf(got[i]) + " is not " + nameOf(wanted[i]);
    return got.size() == wanted.size() ? std::string()
                                       : std::to_string(got.size()) + " items, not " + std::to_string(wanted.size());
}

std::string describe(const lineage::Run &run)
{
    std::string out = run.name + " " + run.id.value + " " + run.experiment.value + " " + run.user + " "
        + std::to_string(static_cast<int>(run.status)) + (run.deleted ? " deleted " : " ") + run.artifactUri + " "
        + std::to_string(run.started.ms) + " " + std::to_string(run.ended.ms);
    for (const auto &metric : run.metrics)
        out += " | " + metric.key + "=" + (metric.value ? std::to_string(*metric.value) : "none") + "@"
            + std::to_string(metric.at.ms) + "#" + std::to_string(metric.step);
    for (const auto *list : {&run.params, &run.tags})
        for (const auto &[key, value] : *list)
            out += " | " + key + "=" + value;
    for (const auto &input : run.inputs)
        out +=
            " | " + input.name + " " + input.digest + " " + input.sourceType + " " + input.source + " " + input.context;
    for (const auto *list : {&run.modelInputs, &run.modelOutputs})
        for (const std::string &id : *list)
            out += " | " + id;
    return out;
}

std::string describe(const lineage::ModelVersion &v)
{
    std::string out = v.model.value + "@" + v.version.value + " " + std::to_string(v.created.ms) + " "
        + std::to_string(v.updated.ms) + " " + v.user + " " + v.stage + " " + v.description + " " + v.source + " "
        + v.run.value + " " + v.loggedModel + " " + v.status;
    for (const auto &[key, value] : v.tags)
        out += " | " + key + "=" + value;
    return out;
}

} // namespace

/// MLflow 3.17.2 and 2.22.5, filled through their own REST API and read back through the console's source.
class RealMlflowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (auto [real, variable] : {std::pair(&m_3, "ANDON_TEST_MLFLOW3"), {&m_2, "ANDON_TEST_MLFLOW2"}}) {
            const std::string wrong = real->server.start(variable);
            QVERIFY2(wrong.empty(), wrong.c_str());
        }
        for (auto [real, major] : {std::pair(&m_3, 3), {&m_2, 2}}) {
            const std::string wrong = real->server.waitUntilReady();
            QVERIFY2(wrong.empty(), wrong.c_str());
            test::Client client(real->server.url());
            real->before = now();
            real->filled = test::fill(client, major);
            real->after = now();
            QVERIFY2(real->filled.wrong.empty(), real->filled.wrong.c_str());
        }
    }

    void init() { test::failOnAnyWarning(); }

    void saysWhatItCan_data() { versions(); }
    void saysWhatItCan()
    {
        QFETCH(int, major);
        const auto info = console(major).probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->product, std::string("MLflow"));
        QCOMPARE(info->version, std::string(major == 3 ? "3.17.2" : "2.22.5"));
        QCOMPARE(info->loggedModels, major == 3);
        QCOMPARE(info->rowsAcrossExperiments, major == 2); // as readsRunsBack() sees it
    }

    void readsExperimentsBack_data() { versions(); }
    void readsExperimentsBack()
    {
        QFETCH(int, major);
        auto all = console(major).experiments({});
        ANDON_VERIFY_RESULT(all);
        std::sort(all->begin(), all->end(), [](const auto &a, const auto &b) { return a.id < b.id; });
        QCOMPARE(all->front().name, std::string("Default"));
        all->erase(all->begin());
        for (lineage::Experiment &experiment : *all) {
            QVERIFY(experiment.created >= real(major).before && experiment.updated <= real(major).after);
            experiment.created = experiment.updated = {};
        }
        const std::string wrong =
            firstDifference(normalised(*all), normalised(real(major).filled.expectedExperiments),
                            [](const auto &e) { return e.id.value + " " + e.name + (e.deleted ? " deleted" : ""); });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void readsRunsBack_data() { versions(); }
    void readsRunsBack()
    {
        QFETCH(int, major);
        const auto answer = console(major).runs(experimentsOf(major), {}, {});
        ANDON_VERIFY_RESULT(answer);
        auto wanted = normalised(real(major).filled.expectedRuns);
        for (lineage::Run &run : wanted)
            run.modelInputs.clear(); // a search leaves them out; runs/get has them
        const std::string wrong =
            firstDifference(normalised(answer->runs), wanted, [](const auto &run) { return describe(run); });
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(std::any_of(answer->runs.begin(), answer->runs.end(), [](const auto &run) { return run.deleted; }));
        QCOMPARE(answer->evidence.size(), std::size_t(1));
        QCOMPARE(answer->evidence[0].rows, static_cast<std::int64_t>(answer->runs.size()));
    }

    void readsOneRunAsTheSearchDoes_data() { versions(); }
    void readsOneRunAsTheSearchDoes()
    {
        QFETCH(int, major);
        for (const lineage::Run &wanted : real(major).filled.expectedRuns) {
            core::Evidence evidence;
            auto run = console(major).run(wanted.id, &evidence, {});
            ANDON_VERIFY_RESULT(run);
            const std::string wrong = firstDifference(normalised(std::vector{*run}), normalised(std::vector{wanted}),
                                                      [](const auto &r) { return describe(r); });
            QVERIFY2(wrong.empty(), wrong.c_str());
            QCOMPARE(evidence.sha256.size(), std::size_t(64));
        }
        const auto missing = console(major).run(core::RunId(std::string(32, '0')), nullptr, {});
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, core::ErrorKind::NotFound);
    }

    /// What began since, and what began before and ended since.
    void readsRunsSince_data() { versions(); }
    void readsRunsSince()
    {
        QFETCH(int, major);
        const auto &all = real(major).filled.expectedRuns;
        std::vector<core::Instant> bounds{{1}, all.back().started, {all.back().started.ms + 1}, now()};
        for (const lineage::Run &run : all) {
            bounds.push_back(run.started);
            if (run.ended.known())
                bounds.push_back(run.ended);
        }
        std::size_t most = 0;
        for (const core::Instant since : bounds) {
            std::vector<std::string> wanted;
            for (const lineage::Run &run : all)
                if (run.started >= since || (run.ended.known() && run.ended >= since))
                    wanted.push_back(run.id.value);
            std::sort(wanted.begin(), wanted.end());
            const auto answer = console(major).runs(experimentsOf(major), since, {});
            ANDON_VERIFY_RESULT(answer);
            std::vector<std::string> got;
            for (const lineage::Run &run : answer->runs)
                got.push_back(run.id.value);
            std::sort(got.begin(), got.end());
            QCOMPARE(got, wanted);
            most = std::max(most, got.size());
        }
        QCOMPARE(most, all.size());
    }

    void readsTheRegistryBack_data() { versions(); }
    void readsTheRegistryBack()
    {
        QFETCH(int, major);
        auto models = console(major).models({});
        ANDON_VERIFY_RESULT(models);
        std::string wrong =
            firstDifference(normalised(*models), normalised(real(major).filled.expectedModels), [](const auto &m) {
                std::string out = m.name.value + " " + std::to_string(m.created.ms) + " " + std::to_string(m.updated.ms)
                    + " " + m.description;
                for (const auto &[key, value] : m.tags)
                    out += " | " + key + "=" + value;
                for (const auto &alias : m.aliases)
                    out += " | " + alias.name + "→" + alias.version.value;
                return out;
            });
        QVERIFY2(wrong.empty(), wrong.c_str());
        auto versions = console(major).versions({});
        ANDON_VERIFY_RESULT(versions);
        const auto byNumber = [](const auto &a, const auto &b) {
            return std::tie(a.model, a.version) < std::tie(b.model, b.version);
        };
        auto wanted = normalised(real(major).filled.expectedVersions);
        std::sort(versions->begin(), versions->end(), byNumber);
        std::sort(wanted.begin(), wanted.end(), byNumber);
        wrong = firstDifference(normalised(*versions), wanted, [](const auto &v) { return describe(v); });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void readsLoggedModelsBack_data() { versions(); }
    void readsLoggedModelsBack()
    {
        QFETCH(int, major);
        auto all = console(major).loggedModels(experimentsOf(major), {});
        ANDON_VERIFY_RESULT(all);
        std::reverse(all->begin(), all->end()); // the newest comes first
        const std::string wrong =
            firstDifference(normalised(*all), normalised(real(major).filled.expectedLogged), [](const auto &m) {
                std::string out = m.id + " " + m.experiment.value + " " + m.name + " " + m.sourceRun.value + " "
                    + m.artifactUri + " " + m.status + " " + std::to_string(m.created.ms);
                for (const auto &[key, value] : m.tags)
                    out += " | " + key + "=" + value;
                return out;
            });
        QVERIFY2(wrong.empty(), wrong.c_str());
        QCOMPARE(all->empty(), major == 2);
    }

    void turnsPagesOfRuns()
    {
        test::Client client(m_3.server.url());
        const std::string id =
            Json::parse(client.post("/api/2.0/mlflow/experiments/create", R"({"name":"many"})").body)["experiment_id"];
        constexpr int kRuns = 1003; // the console asks for 1000 at a time
        for (int i = 0; i < kRuns; ++i) {
            const Json run{{"experiment_id", id}, {"start_time", 1'795'100'000'000 + i / 7}}; // seven begin together
            QCOMPARE(client.post("/api/2.0/mlflow/runs/create", run.dump()).status, 200);
        }
        const auto answer = console(3).runs({core::ExperimentId(id)}, {}, {});
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(answer->evidence.size(), std::size_t(2));
        std::set<core::RunId> seen;
        for (const lineage::Run &run : answer->runs)
            seen.insert(run.id);
        QCOMPARE(seen.size(), std::size_t(kRuns));
        QCOMPARE(client.post("/api/2.0/mlflow/experiments/delete", Json{{"experiment_id", id}}.dump()).status, 200);
    }

    void explainsARefusedHost()
    {
        const auto info = console(3, "mlflow.factory.example").probe({});
        QVERIFY(!info);
        QCOMPARE(info.error().kind, core::ErrorKind::Forbidden);
        QCOMPARE(text(info.error().hint), QStringLiteral("mlflow-host"));
        QCOMPARE(info.error().httpStatus, 403);
        ANDON_VERIFY_RESULT(console(2, "mlflow.factory.example").probe({})); // 2.x does not look at it
    }

    /// The demo's dialect filled with what this server holds: each call gives the same bytes.
    void demoAnswersAlike()
    {
        test::Client client(m_3.server.url());
        const demo::MlflowDialect dialect(test::readBack(client, m_3.filled));
        const auto calls = test::calls(m_3.filled);
        QVERIFY2(calls.size() > 200, std::to_string(calls.size()).c_str());
        const auto found = test::differences(client, dialect, calls);
        for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 80); ++i)
            qInfo("%s", found[i].c_str());
        QCOMPARE(found.size(), std::size_t(0));
    }

    /// 2.x says less: all that it says, the demo says in the same place with the same type.
    void demoSaysAllThat2xSays()
    {
        test::Client client(m_2.server.url());
        const demo::MlflowDialect dialect(test::readBack(client, m_2.filled));
        const std::string api = "/api/2.0/mlflow/";
        const std::string run = m_2.filled.runs.at("beta");
        const Json ids = {m_2.filled.experiments.at("fraud-training")};
        const std::vector<test::Call> asked = {
            {"POST", api + "experiments/search", R"({"max_results":1000,"view_type":"ALL"})"},
            {"POST", api + "runs/search", Json{{"experiment_ids", ids}, {"run_view_type", "ALL"}}.dump()},
            {"GET", api + "runs/get?run_id=" + run, {}},
            {"GET", api + "runs/get?run_id=nope", {}},
            {"GET", api + "registered-models/search?max_results=1000", {}},
            {"GET", api + "model-versions/search?max_results=5000", {}},
            {"GET", api + "registered-models/alias?name=fraud&alias=champion", {}},
            {"GET", api + "metrics/get-history?metric_key=auc&run_id=" + m_2.filled.runs.at("alpha"), {}},
        };
        for (const test::Call &call : asked) {
            const auto reply = call.method == "GET" ? client.get(call.target) : client.post(call.target, call.body);
            auto request = test::mlflowRequest(call.method, call.target, call.body);
            request.host = "127.0.0.1";
            const auto answer = dialect.handle(request);
            QCOMPARE(answer.status, reply.status);
            const std::string wrong = test::missingShape(Json::parse(reply.body), Json::parse(answer.body));
            QVERIFY2(wrong.empty(), (call.target + ": " + wrong).c_str());
        }
    }

private:
    static void versions()
    {
        QTest::addColumn<int>("major");
        QTest::newRow("3.17.2") << 3;
        QTest::newRow("2.22.5") << 2;
    }
    [[nodiscard]] static core::Instant now() { return core::SystemClock().now(); }
    [[nodiscard]] const Real &real(int major) const { return major == 3 ? m_3 : m_2; }

    [[nodiscard]] MlflowClient console(int major, const std::string &host = {})
    {
        net::Endpoint endpoint;
        endpoint.source = core::SourceName("mlflow");
        endpoint.baseUrl = real(major).server.url();
        endpoint.hostHeader = host;
        return MlflowClient(std::make_unique<net::HttpClient>(m_transport, endpoint));
    }

    [[nodiscard]] std::vector<core::ExperimentId> experimentsOf(int major) const
    {
        std::vector<core::ExperimentId> ids{core::ExperimentId("0")};
        for (const auto &[name, id] : real(major).filled.experiments)
            ids.emplace_back(id);
        return ids;
    }

    net::Transport m_transport;
    Real m_3;
    Real m_2;
};

ANDON_SUITE(RealMlflowTest)
#include "realmlflow_test.moc"
