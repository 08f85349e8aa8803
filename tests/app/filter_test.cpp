// andonctl --filter: the words of the filter bars over every list that it prints.
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

/// How many elements of a list hold.
template <typename Holds> int count(const json &list, Holds holds)
{
    return static_cast<int>(std::count_if(list.begin(), list.end(), holds));
}

} // namespace

class FilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.openSynced(m_profile), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void theLogHoldsWhatAsksForIt()
    {
        const json all = ask("log ml-data --all", {})["commits"];
        const json mine = ask("log ml-data --all", QStringLiteral("author:n.khan -kind:merge rows:>1M"));
        const int wanted = count(all, [](const json &commit) {
            const auto rows = commit["metadata"].value("rows", std::string("0"));
            return commit["committer"] == "n.khan" && commit["kind"] != "merge" && std::stoll(rows) > 1'000'000;
        });
        QVERIFY(wanted > 3);
        QCOMPARE(static_cast<int>(mine["commits"].size()), wanted);
        QCOMPARE(mine["total"].get<int>(), wanted);
        const json first = ask("log ml-data --limit 2", QStringLiteral("author:n.khan -kind:merge rows:>1M"));
        QCOMPARE(first["commits"].size(), std::size_t(2));
        QCOMPARE(first["total"].get<int>(), wanted); // the limit is of what is left
        QVERIFY(first["commits"][0]["id"] == mine["commits"][0]["id"]);
        const json side = ask("log ml-data --all --ref ingest-42", {});
        QCOMPARE(ask("log ml-data --all", QStringLiteral("branch:=ingest-42"))["total"].get<int>(),
                 side["total"].get<int>());
    }

    void otherListsToo()
    {
        const json refs = ask("refs ml-data", QStringLiteral("kind:tag"))["refs"];
        QVERIFY(!refs.empty());
        for (const json &ref : refs)
            QCOMPARE(ref["kind"].get<std::string>(), std::string("tag"));
        const json merged = ask("branches ml-data", QStringLiteral("state:merged kind:branch"))["refs"];
        QVERIFY(!merged.empty());
        for (const json &ref : merged)
            QVERIFY(ref["merged"].get<bool>() && ref["ahead"].get<int>() == 0 && ref["uncommitted"].is_null());
        const json wall = ask("gates", QStringLiteral("event:pre-merge hook:schema-check"));
        QVERIFY(wall["hooks"].size() > 0 && wall["findings"].size() == 1);
        for (const json &hook : wall["hooks"])
            QCOMPARE(hook["hook"].get<std::string>(), std::string("schema-check"));
        const json finding = wall["findings"][0];
        QCOMPARE(finding["committer"].get<std::string>(), std::string("n.khan"));
        QVERIFY(finding["message"].get<std::string>().find("ingest-42") != std::string::npos);
        const json open = ask("pulls", QStringLiteral("state:open"));
        QVERIFY(open["supported"].get<bool>() && !open["pulls"].empty());
        for (const json &pull : open["pulls"])
            QVERIFY(pull["status"] == "open" && pull["closed"].is_null());
        QCOMPARE(ask("models", QStringLiteral("fraud"))["models"].size(), std::size_t(1));
        const json starved = ask("compute", QStringLiteral("computing:<30% busy:>50%"));
        QCOMPARE(starved["workloads"].size(), std::size_t(2));
        QVERIFY(starved["gpus"]["quota"].get<int>() > 0); // the sums are of all
        QCOMPARE(ask("storage", QStringLiteral("state:saturated"))["arrays"].size(), std::size_t(1));
        const json hooks = ask("hooks ml-data", QStringLiteral("status:failed"))["runs"];
        QVERIFY(!hooks.empty());
        for (const json &run : hooks)
            QCOMPARE(run["status"].get<std::string>(), std::string("failed"));
        const json metrics = ask("metrics", QStringLiteral("metric:/^DCGM_.*UTIL$/"))["metrics"];
        QVERIFY(
            !metrics.empty()
            && count(metrics, [](const json &metric) { return metric["name"].get<std::string>().find("DCGM_") == 0; })
                == static_cast<int>(metrics.size()));
        const json found = ask("signals", QStringLiteral("signal:gpu. pack:*"))["signals"];
        QVERIFY(!found.empty() && found.size() < ask("signals", {})["signals"].size());
        for (const json &signal : found)
            QVERIFY(!signal["pack"].is_null());
        const json changed = ask("diff ml-data main~3 main", QStringLiteral("size:>1MB"))["entries"];
        for (const json &entry : changed)
            QVERIFY(entry["size_bytes"].get<std::int64_t>() > 1'000'000);
        QCOMPARE(ask("repos", QStringLiteral("commits:>400"))["repositories"].size(), std::size_t(1));
        QVERIFY(!ask("alerts", QStringLiteral("state:firing"))["alerts"].empty());
    }

    void aBadFilterEndsWithTwoAndASentence_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *command, const char *filter, const char *says) {
            QTest::newRow(filter) << QByteArray(command) << QByteArray(filter) << QByteArray(says);
        };
        row("log ml-data", "brnch:main", "Did you mean branch:?");
        row("log ml-data --offline", "time:yesterdy", "is no time");
        row("refs ml-data", "kind:twig", "There are: branch, tag.");
        row("hooks ml-data", "/x(/", "regular expression is wrong");
        row("models", "versions:many", "is a number");
        row("storage", "latency:>5GB", "is measured in s");
        row("repos", "\"open", "quote is not closed");
    }
    void aBadFilterEndsWithTwoAndASentence()
    {
        QFETCH(QByteArray, command);
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, says);
        const Ran ran = m_desk.run(
            m_profile, words(command.constData()) << QStringLiteral("--filter") << QString::fromUtf8(filter));
        QCOMPARE(ran.exit, 2);
        QVERIFY2(ran.error.find(says.toStdString()) != std::string::npos, ran.error.c_str());
        QVERIFY(ran.out.empty());
    }

    void helpTeachesTheGrammar()
    {
        for (const char *command : {"log", "refs", "repos", "branches", "gates", "pulls", "diff", "hooks", "models",
                                    "metrics", "signals", "alerts", "compute", "storage"}) {
            const Ran ran = m_desk.run(m_profile, words(command) << QStringLiteral("--help"));
            QVERIFY2(ran.out.find("--filter WORDS") != std::string::npos, command);
            QVERIFY2(ran.out.find("field:a,b") != std::string::npos, command);
            QVERIFY2(ran.out.find("Fields: ") != std::string::npos, command);
        }
        QVERIFY(m_desk.run(m_profile, words("sync --help")).out.find("--filter") == std::string::npos);
    }

private:
    /// The answer of a command as JSON, under a filter when there is one.
    json ask(const char *command, const QString &filter) const
    {
        QStringList line = words(command) << QStringLiteral("--json");
        if (!filter.isEmpty())
            line << QStringLiteral("--filter") << filter;
        const Ran ran = m_desk.run(m_profile, line);
        if (ran.exit != 0)
            qWarning("%s: %s", command, ran.error.c_str());
        return json::parse(ran.out, nullptr, false);
    }

    Desk m_desk;
    const QString m_profile = QStringLiteral("filter");
};

ANDON_SUITE(FilterTest)
#include "filter_test.moc"
