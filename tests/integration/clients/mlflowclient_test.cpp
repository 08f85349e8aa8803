#include "tests/app/console.h"
#include "tests/support/suite.h"

#include <QFileInfo>

#include <algorithm>

using namespace andon;
using test::json;

/// MLflow's own Python client, both versions, beside `andonctl demo-factory`, whose --truth says what it must find.
class MlflowPythonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string wrong = m_console.start(QStringLiteral("small"));
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_truth = m_console.truth().at("registry");
    }
    void init() { test::failOnAnyWarning(); }

    void seesTheTruth_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::newRow("3.17.2") << "ANDON_TEST_MLFLOW3";
        QTest::newRow("2.22.5") << "ANDON_TEST_MLFLOW2";
    }
    void seesTheTruth()
    {
        QFETCH(QString, variable);
        const json seen = see(variable);
        QVERIFY(seen.is_object());
        QCOMPARE(seen.value("client", ""), std::string(QTest::currentDataTag()));
        QVERIFY2(seen.at("wrong").empty(), seen.at("wrong").dump(2).c_str());
        for (const char *count :
             {"experiments", "runs", "runs_by_status", "deleted_runs", "models", "versions", "aliases"})
            QVERIFY2(seen.at(count) == m_truth.at(count),
                     (std::string(count) + " " + seen.at(count).dump() + " " + m_truth.at(count).dump()).c_str());
        QCOMPARE(seen.at("versions_by_model").dump(), m_truth.at("versions").dump());
        QVERIFY(seen.at("by_name").get<bool>());
        if (seen.contains("logged_models"))
            QCOMPARE(seen.at("logged_models").dump(), m_truth.at("logged_models").dump());
        QCOMPARE(seen.contains("logged_models"), variable == u"ANDON_TEST_MLFLOW3");
        compareTraces(seen.at("traces"));
        // Every filter found something, and all but the empty one left something out.
        const auto matched = seen.at("matched").get<std::vector<int>>();
        QVERIFY(matched.size() > 10 && matched.front() == m_truth.at("runs").get<int>());
        QVERIFY2(std::all_of(matched.begin() + 1, matched.end(),
                             [&](int found) { return found > 0 && found < matched.front(); }),
                 seen.at("matched").dump().c_str());
        const auto history = seen.at("history").get<std::vector<double>>();
        QCOMPARE(history.size(), std::size_t(24));
        QVERIFY(std::is_sorted(history.rbegin(), history.rend())); // a loss that falls
        QCOMPARE(seen.value("failed_loss", ""), std::string("nan"));
        QCOMPARE(seen.at("failed_gradient").get<double>(), 1.7976931348623157e308);
        const json refusals = {{"run", "RESOURCE_DOES_NOT_EXIST"},     {"filter", "INVALID_PARAMETER_VALUE"},
                               {"alias", "INVALID_PARAMETER_VALUE"},   {"model", "RESOURCE_DOES_NOT_EXIST"},
                               {"version", "RESOURCE_DOES_NOT_EXIST"}, {"experiment", "RESOURCE_DOES_NOT_EXIST"}};
        QCOMPARE(seen.at("refusals").dump(), refusals.dump());
    }

private:
    void compareTraces(const json &seen)
    {
        QCOMPARE(seen.size(), m_truth.at("traces").size());
        int disagree = 0;
        for (const auto &[version, truth] : m_truth.at("traces").items()) {
            const json &trace = seen.at(version);
            for (const char *key : {"run", "run_name", "run_deleted"})
                QVERIFY2(trace.at(key) == truth.at(key), (version + " " + key).c_str());
            QCOMPARE(trace.at("alone").dump(), truth.at("run").dump());
            QCOMPARE(trace.contains("dataset"), truth.contains("dataset"));
            if (!truth.contains("dataset"))
                continue;
            QVERIFY2(trace.at("dataset") == truth.at("dataset"), version.c_str());
            QCOMPARE(trace.at("context").dump(), std::string(R"({"mlflow.data.context":"training"})"));
            if (truth.at("commit").is_null())
                continue;
            const std::string commit = truth.at("commit");
            const bool agrees = trace.at("source").get<std::string>().find(commit) != std::string::npos;
            QCOMPARE(truth.at("source_disagrees").get<bool>(), !agrees);
            QVERIFY2(agrees || trace.at("tag") == commit, version.c_str());
            disagree += agrees ? 0 : 1;
        }
        QVERIFY(disagree > 0); // the registry attributes the wrong commit, as a real one does
    }

    json see(const QString &variable)
    {
        const QString program = qEnvironmentVariable(variable.toUtf8().constData());
        if (program.isEmpty()) {
            qWarning("set %s to the program mlflow of that version", qPrintable(variable));
            return {};
        }
        QProcessEnvironment environment = test::plainEnvironment(m_home.path());
        environment.insert(QStringLiteral("MLFLOW_TRACKING_URI"),
                           QString::fromStdString(m_console.endpoints().at("mlflow").at("url")));
        environment.insert(QStringLiteral("MLFLOW_DISABLE_TELEMETRY"), QStringLiteral("true"));
        environment.insert(QStringLiteral("DO_NOT_TRACK"), QStringLiteral("true"));
        environment.insert(QStringLiteral("MLFLOW_HTTP_REQUEST_MAX_RETRIES"), QStringLiteral("0"));
        const test::Ran ran = test::runProgram(
            QFileInfo(program).path() + QStringLiteral("/python"),
            {QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/clients/mlflowclient.py")}, environment);
        json seen = json::parse(ran.out, nullptr, false);
        if (ran.exit != 0 || !seen.is_object())
            qWarning("the client ended with %d: %s", ran.exit, ran.error.c_str());
        return seen;
    }

    QTemporaryDir m_home;
    test::Console m_console;
    json m_truth;
};

ANDON_SUITE(MlflowPythonTest)
#include "mlflowclient_test.moc"
