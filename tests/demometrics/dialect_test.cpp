#include "demo/prometheus/prometheusdialect.h"
#include "tests/support/suite.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <sstream>

using namespace andon;
using namespace andon::demo;
using nlohmann::json;

namespace
{

using Params = PrometheusDialect::Params;
const Plan kPlan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));

std::int64_t msOf(const json &text)
{
    return QDateTime::fromString(QString::fromStdString(text.get<std::string>()), Qt::ISODateWithMs)
        .toMSecsSinceEpoch();
}

std::string text(const json &value)
{
    return value.get<std::string>();
}

} // namespace

/// What needs no live server beside it; the bytes of every other call are held beside one in test_real_packs.
class DialectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void methods_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        const auto row = [](const char *method, const char *path, int status) {
            QTest::newRow((std::string(method) + " " + path).c_str())
                << QString::fromLatin1(method) << QString::fromLatin1(path) << status;
        };
        row("POST", "/api/v1/query", 200);
        row("POST", "/api/v1/labels", 200);
        row("PUT", "/api/v1/query", 405);
        row("DELETE", "/api/v1/query", 405);
        row("POST", "/api/v1/label/job/values", 405);
        row("POST", "/api/v1/metadata", 405);
        row("POST", "/api/v1/alerts", 405);
        row("POST", "/api/v1/status/buildinfo", 405);
        row("GET", "/api/v1/status/buildinfo", 200);
        row("GET", "/api/v1/", 404);
        row("GET", "/api/v2/query", 404);
        row("GET", "/", 404);
    }
    void methods()
    {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(int, status);
        const auto answer = m_dialect.handle(method.toStdString(), path.toStdString(), {{"query", "1"}});
        QCOMPARE(answer.status, status);
        QVERIFY(status == 200 || answer.contentType == "text/plain; charset=utf-8");
        if (status == 405)
            QCOMPARE(answer.body, std::string("Method Not Allowed\n"));
    }

    void withoutATimeItIsNow()
    {
        const json answer = ask("query", {{"query", "time()"}});
        QCOMPARE(answer["data"]["result"][0].get<std::int64_t>(), kPlan.now.seconds());
    }

    void postAsksAsGet()
    {
        const Params params = {{"query", "sum by (job) (up)"}};
        QCOMPARE(m_dialect.handle("POST", "/api/v1/query", params).body,
                 m_dialect.handle("GET", "/api/v1/query", params).body);
    }

    void twoAlertsFireForTheStory()
    {
        const json alerts = ask("alerts", {})["data"]["alerts"];
        QCOMPARE(alerts.size(), std::size_t{2});
        QCOMPARE(text(alerts[0]["labels"]["alertname"]), std::string("ModelQualityDropped"));
        QCOMPARE(text(alerts[0]["labels"]["model"]), std::string("fraud-llm"));
        QCOMPARE(text(alerts[0]["labels"]["version"]), std::string("14"));
        QCOMPARE(text(alerts[1]["labels"]["alertname"]), std::string("StorageReadSaturated"));
        QCOMPARE(text(alerts[1]["labels"]["instance"]), kPlan.saturatedArray);
        for (const json &alert : alerts)
            QCOMPARE(text(alert["state"]), std::string("firing"));
        const std::int64_t saturated = msOf(alerts[1]["activeAt"]);
        QVERIFY(saturated > kPlan.saturatedSince.ms && saturated < kPlan.saturatedSince.ms + 10 * core::kMinute);
        const std::int64_t dropped = msOf(alerts[0]["activeAt"]);
        QVERIFY(dropped >= kPlan.deployedAt.ms && dropped < kPlan.deployedAt.ms + core::kMinute);
    }

    /// An alert is what its rule's expression gives, since the scrape at which it began to.
    void alertsAreWhatTheirRulesSay()
    {
        const json rules = ask("rules", {})["data"]["groups"][0]["rules"];
        QCOMPARE(rules.size(), std::size_t{2});
        for (const json &rule : rules) {
            QCOMPARE(rule["alerts"].size(), std::size_t{1});
            const json &alert = rule["alerts"][0];
            const std::int64_t since = msOf(alert["activeAt"]);
            const auto found = [&](std::int64_t t) {
                return ask("query",
                           {{"query", text(rule["query"])}, {"time", std::to_string(t / 1000)}})["data"]["result"];
            };
            QCOMPARE(found(m_dialect.model().newest()).size(), std::size_t{1});
            const std::string value = text(found(m_dialect.model().newest())[0]["value"][1]);
            QCOMPARE(std::stod(text(alert["value"])), std::stod(value));
            QVERIFY(since % 30'000 == 0 && found(since).size() == 1 && found(since - 30'000).empty());
            for (std::int64_t t = since; t < since + 2 * core::kHour; t += 30'000)
                QCOMPARE(found(t).size(), std::size_t{1});
        }
        QCOMPARE(ask("rules", {{"type", "record"}})["data"]["groups"][0]["rules"].size(), std::size_t{0});
    }

    void everyTargetIsUp()
    {
        const json targets = ask("targets", {})["data"]["activeTargets"];
        const json up = ask("query", {{"query", "up == 1"}})["data"]["result"];
        QCOMPARE(targets.size(), up.size());
        QVERIFY(targets.size() > 16);
    }

    void metadataKnowsTheFamilies()
    {
        const json all = ask("metadata", {})["data"];
        QCOMPARE(text(all["vllm:time_to_first_token_seconds"][0]["type"]), std::string("histogram"));
        QCOMPARE(text(all["DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"][0]["type"]), std::string("counter"));
        QCOMPARE(ask("metadata", {{"limit", "3"}})["data"].size(), std::size_t{3});
        QCOMPARE(ask("metadata", {{"metric", "up"}})["data"].size(), std::size_t{1});
    }

    void expositionHasFamiliesTogether()
    {
        std::istringstream lines(m_dialect.handle("GET", "/metrics", {}).body);
        std::set<std::string> families;
        std::string family;
        int samples = 0;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("# TYPE ")) {
                family = line.substr(7, line.rfind(' ') - 7);
                QVERIFY2(families.insert(family).second, line.c_str());
            } else {
                ++samples;
                QVERIFY2(line.starts_with(family), line.c_str());
            }
        }
        const json now = ask("query", {{"query", "count({__name__!=\"\"})"}});
        QCOMPARE(std::to_string(samples), text(now["data"]["result"][0]["value"][1]));
    }

    void dumpEndsAndHoldsBothEnds()
    {
        std::ostringstream out;
        const std::int64_t to = m_dialect.model().newest();
        m_dialect.dumpOpenMetrics(out, to - 60'000, to);
        const std::string text = out.str();
        QVERIFY(text.ends_with("# EOF\n"));
        std::istringstream lines(text);
        std::map<std::string, int> times;
        for (std::string line; std::getline(lines, line);)
            if (!line.starts_with('#'))
                ++times[line.substr(line.rfind(' ') + 1)];
        QCOMPARE(times.size(), std::size_t{3});
        QCOMPARE(times.rbegin()->first, std::to_string(to / 1000));
    }

    void aDayOfFiveHundredGpusIsQuick()
    {
        const Plan plan = makePlan(Scale::Factory, 1, kPlan.now);
        const PrometheusDialect factory(plan);
        QElapsedTimer timer;
        timer.start();
        const auto answer = factory.handle("POST", "/api/v1/query_range",
                                           {{"query", "DCGM_FI_PROF_SM_ACTIVE"},
                                            {"start", std::to_string(plan.now.seconds() - 86'400)},
                                            {"end", std::to_string(plan.now.seconds())},
                                            {"step", "60"}});
        const qint64 took = timer.elapsed();
        QCOMPARE(answer.status, 200);
        QCOMPARE(json::parse(answer.body)["data"]["result"].size(), std::size_t{512});
#ifndef __SANITIZE_ADDRESS__
        QVERIFY2(took < 1500, std::to_string(took).c_str());
#endif
    }

private:
    [[nodiscard]] json ask(const std::string &call, const Params &params) const
    {
        return json::parse(m_dialect.handle("GET", "/api/v1/" + call, params).body);
    }

    PrometheusDialect m_dialect{kPlan};
};

ANDON_SUITE(DialectTest)
#include "dialect_test.moc"
