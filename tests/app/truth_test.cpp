// The truth of the demo factory is what andonctl reports, number by number. ANDON_TRUTH_SCALE=factory does the same at
// the size of a real factory.
#include "tests/app/reported.h"
#include "tests/support/suite.h"

#include <optional>

using namespace andon::test;

#define COMPARE_JSON(truth, reported)                                                                                  \
    do {                                                                                                               \
        const std::string andonDifference = difference(truth, reported);                                               \
        QVERIFY2(andonDifference.empty(), andonDifference.c_str());                                                    \
    } while (false)

namespace
{

QString option(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

class TruthTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString scale = qEnvironmentVariable("ANDON_TRUTH_SCALE", QStringLiteral("small"));
        const std::string problem = m_console.start(scale);
        QVERIFY2(problem.empty(), problem.c_str());
        m_truth = m_console.truth();
        const Ran synced = m_console.run({option("sync"), option("--json")});
        QVERIFY2(synced.exit == 0, synced.error.c_str());
        m_sync = json::parse(synced.out, nullptr, false);
        m_now = {{"compute", m_console.ask({option("compute")})},
                 {"storage", m_console.ask({option("storage")})},
                 {"floor", m_console.ask({option("floor")})}}; // before the frozen clock is too far behind
        const json &window = m_truth["metrics"]["window"];
        m_kpi = m_console.ask({option("kpi"), option("--from"), QString::number(window["from"].get<qint64>()),
                               option("--to"), QString::number(window["to"].get<qint64>())});
    }
    void init() { failOnAnyWarning(); }

    void firstSyncBringsEverything()
    {
        std::int64_t commits = 0;
        std::int64_t runs = 0;
        for (const json &repository : m_truth["data"]["repositories"]) {
            commits += repository["commits"].get<std::int64_t>();
            runs += repository["runs"].get<std::int64_t>();
        }
        QCOMPARE(m_sync["lakefs"]["new_commits"].get<std::int64_t>(), commits);
        QCOMPARE(m_sync["lakefs"]["new_runs"].get<std::int64_t>(), runs);
        COMPARE_JSON(m_truth["registry"]["runs"], m_sync["mlflow"]["runs_read"]);
    }

    void secondSyncBringsNothing()
    {
        const json again = m_console.ask({option("sync")});
        qInfo("sync took %.2f s, and %.2f s when nothing had changed", m_sync["seconds"].get<double>(),
              again["seconds"].get<double>());
        COMPARE_JSON(json(0), again["lakefs"]["new_commits"]);
        COMPARE_JSON(json(0), again["lakefs"]["new_runs"]);
        COMPARE_JSON(json(0), again["lakefs"]["log_requests"]);
    }

    void repositories_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto &[name, repository] : m_truth["data"]["repositories"].items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void repositories()
    {
        QFETCH(QString, name);
        json truth = m_truth["data"]["repositories"][name.toStdString()];
        truth.erase("commits_made"); // the ones that no ref reaches do not exist for a client
        COMPARE_JSON(truth, reportedRepository(m_console, name.toStdString()));
    }

    void theIngestThatBrokeTheModel()
    {
        const json &ingest = m_truth["data"]["ingest"];
        const json log = m_console.ask({option("log"), QString::fromStdString(ingest["repository"]), option("--search"),
                                        QString::fromStdString(ingest["merge"])});
        QCOMPARE(log["commits"].size(), std::size_t{1});
        COMPARE_JSON(ingest["committer"], log["commits"][0]["committer"]);
        COMPARE_JSON(ingest["at"], log["commits"][0]["creation_date"]);
        const json runs = m_console.ask({option("hooks"), QString::fromStdString(ingest["repository"]),
                                         option("--limit"), option("1000000")})["runs"];
        json skipped = json::array();
        for (const json &run : runs)
            for (const json &hook : run["hooks"])
                if (run["commit"] == ingest["merge"] && hook["status"] == "skipped")
                    skipped.push_back({run["id"], hook["hook"]});
        COMPARE_JSON(json::array({{ingest["hook_run"], ingest["skipped_hook"]}}), skipped);
        // The first attempt, which its gate refused: no ref holds it, the run names it.
        const json refused = m_console.ask({option("log"), QString::fromStdString(ingest["repository"]),
                                            option("--search"), QString::fromStdString(ingest["refused"])});
        QCOMPARE(refused["commits"].size(), std::size_t{1});
        COMPARE_JSON(ingest["refused"], refused["commits"][0]["id"]);
        // The same data went past that hook an hour later.
        json before = json::array();
        const json findings = m_console.ask({option("gates")})["findings"];
        for (const json &finding : findings)
            if (finding["commit"] == ingest["merge"])
                before.push_back(finding["refused_before"]);
        COMPARE_JSON(json::array({ingest["refused"]}), before);
    }

    void theSameIngestInAComparison()
    {
        const json &ingest = m_truth["data"]["ingest"];
        const auto merge = QString::fromStdString(ingest["merge"]);
        const json diff = m_console.ask({option("diff"), QString::fromStdString(ingest["repository"]),
                                         merge + QStringLiteral("~1"), merge, option("--limit"), option("1")});
        json past = diff["past_gates"];
        QCOMPARE(past.size(), std::size_t{1});
        COMPARE_JSON(ingest["merge"], past[0]["commit"]);
        COMPARE_JSON(json::array({ingest["skipped_hook"]}), past[0]["skipped"]);
        json trained = json::array();
        for (const auto &[version, trace] : m_truth["lineage"].items())
            if (trace.dump().find(ingest["merge"].get<std::string>()) != std::string::npos)
                trained.push_back(version);
        QVERIFY(!trained.empty());
        COMPARE_JSON(trained, diff["right_models"]);
        COMPARE_JSON(json::array(), diff["left_models"]);
    }

    void registry()
    {
        json truth = m_truth["registry"];
        truth.erase("traces"); // below, whole
        truth.erase("logged_models"); // seen through the versions that they became
        COMPARE_JSON(truth, reportedRegistry(m_console));
    }

    void traces_data()
    {
        QTest::addColumn<QString>("version");
        for (const auto &[version, trace] : m_truth["lineage"].items())
            QTest::newRow(version.c_str()) << QString::fromStdString(version);
    }
    void traces()
    {
        QFETCH(QString, version);
        COMPARE_JSON(sortedTrace(m_truth["lineage"][version.toStdString()]),
                     reportedTrace(m_console, version.toStdString()));
    }

    void moneyToTheLastDigit()
    {
        COMPARE_JSON(m_truth["money"], reportedMoney(m_kpi));
        COMPARE_JSON(m_truth["metrics"]["window"], m_kpi["window"]);
    }

    void tokensAreCountedExactly()
    {
        json reported = json::object();
        for (const json &row : m_kpi["models"])
            reported[row["model"].get<std::string>()] = {{"version", std::stoi(row["version"].get<std::string>())},
                                                         {"prompt", row["tokens_in"]},
                                                         {"generated", row["tokens_out"]},
                                                         {"gpus", row["gpus"]}};
        COMPARE_JSON(m_truth["metrics"]["tokens"], reported);
    }

    void everyGpuSecondHasItsClass() { COMPARE_JSON(m_truth["metrics"]["gpu_seconds"], reportedGpuSeconds(m_kpi)); }

    void gpusAndArraysNow()
    {
        COMPARE_JSON(m_truth["metrics"]["gpus"], m_now["compute"]["gpus"]);
        const json &storage = m_truth["metrics"]["storage"];
        COMPARE_JSON(storage["arrays"], reportedArrays(m_now["storage"]));
        json saturated = json::array();
        for (const json &row : m_now["storage"]["arrays"])
            if (row["state"]["rule"] == "storage-saturated")
                saturated.push_back({row["array"], secondsOf(row["since"])});
        COMPARE_JSON(json::array({{storage["array"], storage["since"]}}), saturated);
    }

    void whatNeedsSomebody()
    {
        const json &metrics = m_truth["metrics"];
        const json &ingest = m_truth["data"]["ingest"];
        const auto digits = [](const json &number) { return std::to_string(number.get<std::int64_t>()); };
        const std::string failed =
            metrics["quality"]["model"].get<std::string>() + "@" + digits(metrics["quality"]["version"]);
        json truth =
            json::array({{"storage-bound",
                          {{"array", metrics["storage"]["array"]}, {"gpus", digits(metrics["gpus"]["starved"])}},
                          metrics["storage"]["since"]},
                         {"quality-drop", {{"model", failed}}, metrics["quality"]["since"]},
                         {"idle-gpus", {{"gpus", digits(metrics["gpus"]["idle"])}}, nullptr},
                         {"gate-skipped", {{"hook", ingest["skipped_hook"]}}, ingest["hook_at"]}});
        for (const json &model : m_truth["money"]["loses_money"])
            truth.push_back({"model-loses-money", {{"model", model}}, nullptr});
        for (const json &alert : metrics["alerts"])
            truth.push_back({"alert", {{"name", alert["name"]}}, alert["since"]});
        json reported = json::array();
        for (const json &one : m_now["floor"]["attention"]) {
            const bool idle = one["key"] == "idle-gpus"; // since the beginning of what is looked at
            reported.push_back({one["key"], one["values"], idle ? json() : secondsOf(one["since"])});
        }
        std::sort(truth.begin(), truth.end());
        std::sort(reported.begin(), reported.end());
        COMPARE_JSON(truth, reported);
    }

    void qualityFell()
    {
        const json &quality = m_truth["metrics"]["quality"];
        const json answer = m_console.ask({option("query"), option("model.quality"), option("--range"), option("7d"),
                                           option("--step"), option("5m")});
        json last = json::object();
        for (const json &series : answer["series"])
            if (series["labels"]["model"] == quality["model"])
                last[series["labels"]["version"].get<std::string>()] = series["values"].back()[1];
        COMPARE_JSON(json({{quality["version"].dump(), quality["value"]},
                           {quality["last_good"].dump(), quality["last_good_value"]}}),
                     last);
    }

    void alerts()
    {
        json reported = json::array();
        const json answer = m_console.ask({option("alerts")});
        for (const json &alert : answer["alerts"])
            reported.push_back({{"name", alert["name"]}, {"since", secondsOf(alert["since"])}});
        COMPARE_JSON(m_truth["metrics"]["alerts"], reported);
    }

private:
    Console m_console;
    json m_truth;
    json m_sync;
    json m_now;
    json m_kpi;
};

ANDON_SUITE(TruthTest)
#include "truth_test.moc"
