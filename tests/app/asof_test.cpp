// andonctl --as-of: what was then, and what of it cannot be known.
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

class AsOfTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.openSynced(m_profile), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void theLogEndsThen()
    {
        const json all = ask("log ml-data --all --offline")["commits"];
        const std::int64_t middle = all[all.size() / 2]["creation_date"].get<std::int64_t>();
        const QString then = QString::number(middle);
        const json log = ask("log ml-data --all --offline", then);
        const auto known = std::count_if(all.begin(), all.end(), [&](const json &commit) {
            return commit["creation_date"].get<std::int64_t>() <= middle;
        });
        QCOMPARE(static_cast<std::int64_t>(log["commits"].size()), static_cast<std::int64_t>(known));
        QVERIFY(log["freshness"]["notes"] == json({"as-of-heads"}));
        const std::string id = all[0]["id"].get<std::string>();
        QVERIFY(ask("log ml-data --offline --search " + id, then)["commits"].empty()); // younger than that
        QCOMPARE(ask("log ml-data --offline --search " + id)["commits"].size(), std::size_t(1));
    }

    void aCommitPinsItsRepositoryToItself()
    {
        const json all = ask("log ml-data --all --offline --ref main")["commits"];
        const std::string id = all[5]["id"].get<std::string>();
        const json refs = ask("refs ml-data --offline", QStringLiteral("commit:ml-data@") + QString::fromStdString(id));
        const auto main = std::find_if(refs["refs"].begin(), refs["refs"].end(),
                                       [](const json &ref) { return ref["name"] == "main"; });
        QVERIFY(main != refs["refs"].end());
        QCOMPARE((*main)["commit"].get<std::string>(), id);
    }

    void aModelThatWasNotThereHasNoChain()
    {
        const json models = ask("models --offline");
        const std::string model = models["models"][0]["name"].get<std::string>();
        const json now = ask("trace " + model);
        QVERIFY(!now["nodes"].empty());
        const Ran then = run("trace " + model, QStringLiteral("2001-01-01"));
        QCOMPARE(then.exit, 1);
        QVERIFY2(then.error.find("there was no version") != std::string::npos, then.error.c_str());
        const json yesterday = ask("trace " + model, QStringLiteral("now-1m"));
        QVERIFY(yesterday["freshness"]["notes"] == json({"as-of-aliases"})); // they are those of now
    }

    void figuresAndSeriesEndThen()
    {
        const json kpi = ask("kpi", QStringLiteral("now-2d"));
        const json last = ask("kpi");
        const auto to = [](const json &answer) { return answer["window"]["to"].get<std::int64_t>(); };
        QVERIFY(std::abs(to(last) - to(kpi) - 2 * 86'400) < 120);
        const json series = ask("query gpu.busy --by \"\" --range 1h", QStringLiteral("now-2d"));
        QVERIFY(!series["series"].empty());
        const Ran late = run("kpi --from now-1h --to now-1h", QStringLiteral("now-2d"));
        QCOMPARE(late.exit, 2);
    }

    void itSaysWhichMomentAndRefusesWhatIsNone()
    {
        const Ran ran = m_desk.run(m_profile, words("refs ml-data --offline --as-of 2026-01-02"));
        QVERIFY2(ran.error.find("As of 2026-01-02") == 0, ran.error.c_str());
        QVERIFY2(ran.error.find("no history of heads") != std::string::npos, ran.error.c_str());
        for (const char *bad : {"gibberish", "now+3d", "2999-01-01"})
            QCOMPARE(run("refs ml-data --offline", QString::fromLatin1(bad)).exit, 2);
        QCOMPARE(run("refs ml-data --offline", QStringLiteral("commit:ml-data@dead")).exit, 1);
        QCOMPARE(run("repos --offline", QStringLiteral("now-1d")).exit, 2); // it has no such option
    }

private:
    Ran run(const std::string &command, const QString &asOf = {})
    {
        QStringList line = words(command.c_str());
        line.replaceInStrings(QStringLiteral("\"\""), QString());
        line << QStringLiteral("--json");
        if (!asOf.isEmpty())
            line << QStringLiteral("--as-of") << asOf;
        return m_desk.run(m_profile, line);
    }
    json ask(const std::string &command, const QString &asOf = {})
    {
        const Ran ran = run(command, asOf);
        if (ran.exit != 0 && ran.exit != 3)
            qWarning("%s", ran.error.c_str());
        return json::parse(ran.out, nullptr, false);
    }

    Desk m_desk;
    const QString m_profile = QStringLiteral("asof");
};

ANDON_SUITE(AsOfTest)
#include "asof_test.moc"
