#include "tests/demo/client.h"
#include "tests/demo/mlflowcontent.h"
#include "tests/support/suite.h"

using namespace andon;
using Json = nlohmann::json;

/// golden/mlflow.json is what a live MLflow 3.17.2 was asked and answered, in order, while it was filled. The demo's
/// dialect, filled from these answers, must give the same bytes.
class MlflowReplayTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (Json &exchange : Json::parse(test::demoGolden("mlflow.json")).get<std::vector<Json>>())
            m_exchanges.emplace_back(exchange.at("name"), exchange);
        learn(m_new, "experiments-initial");
        for (const char *name : {"experiments-page-1", "experiments-page-2", "runs-active-only", "runs-deleted-only"})
            learn(m_after, name);
        for (const char *name : {"models-page-1", "models-page-2", "versions"})
            learn(m_after, name);
        learnHistory("metric-history-max-25001", "efc9626f71794f998e60ad80f90ade77");
        const Json bulk = body("metric-history-bulk");
        for (const Json &point : bulk.at("metrics"))
            test::learnHistory(m_after, point.at("run_id"), historyOf(point.at("run_id")));
        m_before = m_after;
        for (demo::DemoRun &run : m_before.runs)
            run.deleted = false;
        m_logged = m_after;
        for (const char *name : {"logged-models-search-filled", "run-get-with-outputs", "run-get-with-model-input"})
            learn(m_logged, name);
        for (demo::Registry *registry : {&m_new, &m_before, &m_after, &m_logged})
            registry->index();
    }

    void init() { test::failOnAnyWarning(); }

    void answersAsTheServerDid_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_exchanges.size(); ++i)
            QTest::newRow(m_exchanges[i].first.c_str()) << static_cast<int>(i);
    }
    void answersAsTheServerDid()
    {
        QFETCH(int, index);
        const auto &[name, exchange] = m_exchanges[static_cast<std::size_t>(index)];
        const demo::MlflowDialect dialect(registryAt(static_cast<std::size_t>(index)));
        std::string text = exchange.value("text", "");
        if (exchange.contains("json"))
            text = exchange.at("json").dump();
        demo::MlflowDialect::Request request = test::mlflowRequest(exchange.at("method"), exchange.at("target"), text);
        request.host = "127.0.0.1:5000";
        const Json headers = exchange.value("headers", Json::object());
        for (const auto &[header, value] : headers.items())
            (header == "Host"         ? request.host
                 : header == "Origin" ? request.origin
                                      : request.contentType) = value.get<std::string>();
        const auto answer = dialect.handle(request);
        QCOMPARE(QString::fromStdString(answer.body), QString::fromStdString(exchange.at("body")));
        QCOMPARE(answer.status, exchange.at("status").get<int>());
        QCOMPARE(answer.contentType, exchange.at("type").get<std::string>());
        if (exchange.contains("allow")) {
            QCOMPARE(answer.headers.size(), std::size_t(1));
            QCOMPARE(answer.headers[0].first, std::string("Allow"));
            QCOMPARE(answer.headers[0].second, exchange.at("allow").get<std::string>());
        }
    }

private:
    [[nodiscard]] std::size_t at(const std::string &name) const
    {
        for (std::size_t i = 0; i < m_exchanges.size(); ++i)
            if (m_exchanges[i].first == name)
                return i;
        qFatal("no exchange %s", name.c_str());
    }

    [[nodiscard]] Json body(const std::string &name) const
    {
        return Json::parse(m_exchanges[at(name)].second.at("body").get<std::string>());
    }

    void learn(demo::Registry &registry, const std::string &name) const { test::learn(registry, body(name)); }
    void learnHistory(const std::string &name, const std::string &run) { test::learnHistory(m_after, run, body(name)); }

    [[nodiscard]] Json historyOf(const std::string &run) const
    {
        const Json bulk = body("metric-history-bulk");
        Json points = Json::array();
        for (const Json &point : bulk.at("metrics"))
            if (point.at("run_id") == run)
                points.push_back(point);
        return {{"metrics", points}};
    }

    /// What the server held when it gave this answer.
    [[nodiscard]] const demo::Registry &registryAt(std::size_t index) const
    {
        const bool noModels = m_exchanges[index].first == "models-initial";
        return index < at("experiment-get") || noModels ? m_new
            : index < at("run-get-deleted")             ? m_before
            : index < at("logged-model-get")            ? m_after
                                                        : m_logged;
    }

    std::vector<std::pair<std::string, Json>> m_exchanges;
    demo::Registry m_new;
    demo::Registry m_before; ///< the run was deleted
    demo::Registry m_after;
    demo::Registry m_logged; ///< with a logged model
};

ANDON_SUITE(MlflowReplayTest)
#include "mlflowreplay_test.moc"
