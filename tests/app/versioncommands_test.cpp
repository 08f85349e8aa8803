// What the commands about commits, comparisons and gates say: the right side, all there is, and why not.
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <set>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

bool has(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

std::set<std::string> idsOf(const json &log)
{
    std::set<std::string> ids;
    for (const json &commit : log["commits"])
        ids.insert(commit["id"].get<std::string>());
    return ids;
}

} // namespace

class VersionCommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.openSynced(m_profile), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void anObjectSaysWhatStandsBesideIt()
    {
        const Ran base = run("diff ml-data main features-v12 --object _schemas/claims.json");
        QVERIFY2(base.exit == 0 && base.out.starts_with("A  base "), base.out.c_str());
        QVERIFY2(has(base.out, "B  features-v12 "), base.out.c_str());
        QVERIFY2(has(base.error, "RIGHT did not change it since the merge base; --two-dot compares with LEFT itself."),
                 base.error.c_str());
        const json three = parsed("diff ml-data main features-v12 --object _schemas/claims.json --json");
        QVERIFY(three["left_is"] == "base");
        QVERIFY(three["left"] == three["base"]);
        const json two = parsed("diff ml-data main features-v12 --object _schemas/claims.json --two-dot --json");
        QVERIFY(two["left_is"] == "left" && two["changed_in_error"].is_null());
        QVERIFY(two["left"] != three["left"]);
        const Ran same = run("diff ml-data main main~1 --two-dot --object _schemas/claims.json");
        QVERIFY2(same.out.starts_with("A  main ") && has(same.error, "It is the same on both sides."),
                 same.error.c_str());
        QVERIFY2(!has(same.out, "Line A") && !has(same.out, "Field"), same.out.c_str());
    }

    void theLinesOfATextThatDifferAreListed()
    {
        const json both = parsed("diff ml-data main~20 main --two-dot --object manifest.json --json");
        const Ran ran = run("diff ml-data main~20 main --two-dot --object manifest.json");
        for (const auto &[side, sign] : {std::pair("left", "−"), {"right", "+"}}) {
            const json &lines = both["object"][side]["lines"];
            const std::string line = lines[1]; // who wrote it: another commit on each side
            QVERIFY2(has(line, "written_by"), line.c_str());
            const std::size_t at = ran.out.find(line);
            QVERIFY2(at != std::string::npos, ran.out.c_str());
            const std::size_t begin = ran.out.rfind('\n', at) + 1;
            const std::string row = ran.out.substr(begin, at - begin);
            QVERIFY2(row.starts_with(sign) && has(row, " 2 "), row.c_str());
        }
        QVERIFY2(!has(ran.out, " {\n"), ran.out.c_str()); // what is in both is left out
    }

    void thePathsOfARefAreAskedOfIt()
    {
        const auto main = idsOf(parsed("log ml-data --ref main --all --json"));
        std::size_t own = 0;
        for (const std::string &id : idsOf(parsed("log ml-data --ref ingest-16 --filter path:transactions/ --json")))
            own += !main.contains(id);
        QVERIFY(own > 0);
    }

    void aComparisonAsCsvObeysFilterAndLimit()
    {
        const Ran all = run("diff ml-data main~20 main --csv");
        const Ran some = run("diff ml-data main~20 main --csv --filter path:claims/");
        const auto lines = [](const std::string &text) { return std::count(text.begin(), text.end(), '\n'); };
        QVERIFY(lines(some.out) > 2 && lines(some.out) < lines(all.out));
        QVERIFY(!has(some.out, "documents/") && has(all.out, "documents/"));
        const Ran first = run("diff ml-data main~20 main --csv --limit 3");
        QCOMPARE(lines(first.out), 4);
        QVERIFY(all.out.starts_with(first.out));
        QVERIFY2(has(first.error, "There is more: raise --limit."), first.error.c_str());
    }

    void aRollUpCountsWhatChanged()
    {
        const json all = parsed("diff ml-data main~20 main --rollup --json");
        QVERIFY(all["prefixes"][0]["bytes_changed_after"].get<std::int64_t>() > 0);
        QVERIFY(all["complete"].get<bool>());
        const Ran ran = run("diff ml-data main~20 main --rollup --depth 1");
        QVERIFY2(has(ran.out, "Bytes changed") && has(ran.out, "Without size"), ran.out.c_str());
        QVERIFY2(!has(ran.out, " 0 B"), ran.out.c_str());
        const json claims = parsed("diff ml-data main~20 main --rollup --prefix claims/ --json");
        QVERIFY(claims["prefixes"][0]["objects"] < all["prefixes"][0]["objects"]);
        QVERIFY(claims["prefixes"][1]["prefix"] == "claims/");
    }

    void aComparisonSaysHowOldItIs()
    {
        QVERIFY(parsed("diff ml-data main~2 main --json")["freshness"]["state"] == "live");
        QVERIFY(parsed("diff ml-data main~2 main --json --offline")["freshness"]["state"] == "cached");
    }

    void mistakesEndWithTwoAndASentence_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *line, const char *says) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(says);
        };
        row("diff ml-data main~2 main --rollup --filter path:claims/", "use --prefix");
        row("diff ml-data main~2 main --rollup --limit 5", "--depth says how many levels");
        row("diff ml-data main~2 main --rollup --depth -3", "--depth takes a whole number from 0");
        row("diff ml-data main~2 main --limit abc", "--limit takes a whole number from 1");
        row("log ml-data --limit 0", "--limit takes a whole number from 1 to 2147483647, not \"0\".");
        row("hooks ml-data --limit -1", "not \"-1\".");
        row("objects ml-data --limit 99999999999", "--limit takes");
    }
    void mistakesEndWithTwoAndASentence()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, says);
        const Ran ran = run(line.constData());
        QVERIFY2(has(ran.error, says.constData()), ran.error.c_str());
        QCOMPARE(ran.exit, 2);
        QVERIFY2(ran.out.empty(), ran.out.c_str());
    }

    void whatIsNotThereIsNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *line, const char *says) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(says);
        };
        row("log ml-data --ref nosuch", "andonctl: ml-data has no branch, tag or commit \"nosuch\".\n");
        row("diff ml-data nosuch main", "andonctl: ml-data has no branch, tag or commit \"nosuch\".\n");
        row("objects ml-data nosuch", "andonctl: ml-data has no branch, tag or commit \"nosuch\".\n");
        row("log ml-data --ref main~99999", "\"main~99999\": there is no such parent.\n");
        row("log ml-data --ref main@2001-01-01", "\"main\" had no commit at that moment.\n");
        row("log nosuch", "andonctl: no repository \"nosuch\" is known; andonctl repos lists them\n");
    }
    void whatIsNotThereIsNamed()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, says);
        const Ran ran = run(line.constData());
        QCOMPARE(ran.exit, 1);
        QVERIFY2(has(ran.error, says.constData()), ran.error.c_str());
        QVERIFY2(std::count(ran.error.begin(), ran.error.end(), '\n') == 1, ran.error.c_str());
    }

    void aLogOfABranchThenIsShorter()
    {
        const auto now = idsOf(parsed("log ml-data --ref main --all --json"));
        const auto then = idsOf(parsed("log ml-data --ref main@now-30d --all --json"));
        QVERIFY(!then.empty() && then.size() < now.size());
        QVERIFY(std::includes(now.begin(), now.end(), then.begin(), then.end()));
        const json found = parsed("log ml-data --ref main@now-30d --search ingest --json");
        for (const std::string &id : idsOf(found))
            QVERIFY(then.contains(id));
        QVERIFY(found["total"] < parsed("log ml-data --search ingest --all --json")["total"]);
        QVERIFY(parsed("log ml-data --search ingest --limit 1 --json")["total"].is_null()); // more, not counted
        const Ran cut = run("log ml-data --search ingest --limit 1");
        QVERIFY2(has(cut.error, "There is more"), cut.error.c_str());
    }

    void aListThatIsCutShortSaysSo()
    {
        const auto total = parsed("log ml-data --limit 1 --json")["total"].get<std::int64_t>();
        QVERIFY(total > 50);
        const Ran log = run("log ml-data");
        const std::string says = "There is more: raise --limit. These are 50 of " + std::to_string(total) + ".";
        QVERIFY2(has(log.error, says.c_str()), log.error.c_str());
        QVERIFY2(!has(run("log ml-data --all").error, "There is more"), "--all");
        const json every = parsed("hooks ml-data --limit 1000000 --json");
        const auto runs = static_cast<std::int64_t>(every["runs"].size());
        QCOMPARE(every["total"].get<std::int64_t>(), runs);
        QCOMPARE(parsed("hooks ml-data --limit 2 --json")["total"].get<std::int64_t>(), runs);
        const Ran hooks = run("hooks ml-data --limit 2");
        QVERIFY2(has(hooks.error, ("These are 2 of " + std::to_string(runs) + ".").c_str()), hooks.error.c_str());
        const Ran failed = run("hooks ml-data --limit 1 --filter status:completed");
        QVERIFY2(has(failed.error, "These are 1 of "), failed.error.c_str());
        QVERIFY(has(run("hooks --help").out, "(50 otherwise)"));
    }

    void aMergeThatAGateRefusedIsOnNoRef()
    {
        const json log = parsed("log ml-data --all --json");
        std::string refused;
        for (const json &commit : log["commits"])
            if (!commit["held"].get<bool>() && commit["gates"]["failed"] > 0)
                refused = commit["id"];
        QVERIFY(!refused.empty());
        const Ran text = run("log ml-data --all");
        QVERIFY2(has(text.out, "merge, refused by a gate"), text.out.substr(0, 400).c_str());
        const json main = parsed("log ml-data --ref main --all --json"); // what a range-for is over must stay
        for (const json &commit : main["commits"])
            QVERIFY(commit["held"].get<bool>());
    }

    void aCommitIsToldWithAllAroundIt()
    {
        const json log = parsed("log ml-data --all --json");
        std::string merge; // the newest one that hooks passed
        for (const json &commit : log["commits"])
            if (merge.empty() && commit["kind"] == "merge" && commit["gates"]["completed"] > 0
                && commit["held"].get<bool>())
                merge = commit["id"];
        const json told = toldOf(merge);
        QVERIFY(told["parents"].size() == 2 && told["held"].get<bool>());
        for (const json &child : told["children"]) // and it is a parent of each of them
            QVERIFY(has(toldOf(child)["parents"].dump(), merge.c_str()));
        for (const json &parent : told["parents"])
            QVERIFY(has(toldOf(parent)["children"].dump(), merge.c_str()));
        QVERIFY2(has(told["branches"].dump(), "\"main\""), told["branches"].dump().c_str());
        for (const json &branch : told["branches"])
            QVERIFY(idsOf(json::parse(m_desk
                                          .run(m_profile,
                                               words("log ml-data --all --json --ref")
                                                   + QStringList{QString::fromStdString(branch)})
                                          .out))
                        .contains(merge));
        int passed = 0;
        for (const json &run : told["runs"])
            for (const json &hook : run["hooks"])
                passed += hook["status"] == "completed";
        QVERIFY(told["gates"]["completed"] == passed);
        const std::string line = "diff ml-data " + told["parents"][0].get<std::string>() + " " + merge;
        const json rollup = parsed((line + " --two-dot --rollup --json").c_str());
        QVERIFY(told["changes"]["complete"].get<bool>());
        QVERIFY(told["changes"]["prefixes"][0]["objects"] == rollup["prefixes"][0]["objects"]);
        QVERIFY(told["changes"]["prefixes"][1]["prefix"] == rollup["prefixes"][1]["prefix"]);

        const Ran text = m_desk.run(m_profile, words("commit ml-data") + QStringList{QString::fromStdString(merge)});
        QVERIFY2(text.exit == 0 && text.error.empty(), text.error.c_str());
        for (const char *part : {"Merge of two parents", "Parents", "Children", "Branches", "Hook run", "(all)"})
            QVERIFY2(has(text.out, part), (part + text.out).c_str());
    }

    void aCommitSaysWhatWasMadeOfIt()
    {
        const json trace = parsed("trace chat-small@6 --json");
        std::string commit;
        for (const json &node : trace["nodes"])
            if (node["kind"] == "data_commit")
                commit = node["facts"].value("commit", "");
        QVERIFY2(!commit.empty(), trace["nodes"].dump().c_str());
        const std::string found = toldOf(commit)["used_by"].dump();
        QVERIFY2(has(found, "chat-small@6"), found.c_str());
        const Ran text = m_desk.run(m_profile, words("commit ml-data") + QStringList{QString::fromStdString(commit)});
        QVERIFY2(has(text.out, "chat-small@6"), text.out.c_str());
    }

    void aCommitThatIsOnNoRefSaysSo()
    {
        const json log = parsed("log ml-data --all --json");
        for (const json &commit : log["commits"]) {
            if (commit["held"].get<bool>())
                continue;
            const json told = toldOf(commit["id"]);
            QVERIFY(told["branches"].empty() && told["tags"].empty() && !told["held"].get<bool>());
        }
        const json first = toldOf(log["commits"].back()["id"]);
        QVERIFY(first["parents"].empty() && first["changes"].is_null() && !first["children"].empty());
        QCOMPARE(run("commit ml-data main --offline").exit, 3);
        QCOMPARE(run("commit ml-data nosuch").exit, 1);
    }

    void offlineItSaysThatNobodyAsked()
    {
        const json hook = parsed("hooks ml-data --limit 1 --json")["runs"][0];
        const QStringList line = words("gate-log ml-data")
            + QStringList{QString::fromStdString(hook["id"]), QString::fromStdString(hook["hooks"][0]["id"])};
        const Ran never = m_desk.run(m_profile, line + words("--offline"));
        QCOMPARE(never.exit, 4);
        QVERIFY2(has(never.error, "this output is not in the cache, and --offline asks no source"),
                 never.error.c_str());
        QCOMPARE(m_desk.run(m_profile, line).exit, 0);
        const Ran cached = m_desk.run(m_profile, line + words("--offline"));
        QCOMPARE(cached.exit, 3);
        QVERIFY2(has(cached.error, "Cached"), cached.error.c_str());
        const json told = json::parse(m_desk.run(m_profile, line + words("--offline --json")).out, nullptr, false);
        QVERIFY(told["freshness"]["state"] == "cached");
        const Ran folder = run("objects ml-data main documents/ --offline");
        QCOMPARE(folder.exit, 4);
        QVERIFY2(has(folder.error, "not in the cache, and --offline asks no source") && !has(folder.error, "network"),
                 folder.error.c_str());
    }

    void whatAMergedPullBroughtIsNotNothing()
    {
        std::string id;
        const json pulls = parsed("pulls --json");
        for (const json &pull : pulls["pulls"])
            if (pull["repository"] == "ml-data" && pull["status"] == "merged")
                id = pull["id"];
        QVERIFY(!id.empty());
        const Ran unread = run(("pull ml-data --offline " + id).c_str());
        QVERIFY2(has(unread.out, "is not known") && !has(unread.out, "none ran"), unread.out.c_str());
        const json offline = parsed(("pull ml-data --offline --json " + id).c_str());
        QVERIFY(offline["brings"].is_null() && offline["gates"].is_null());
        const Ran read = run(("pull ml-data " + id).c_str());
        QVERIFY2(has(read.out, "Brings ") && has(read.out, "; merged as "), read.out.c_str());
    }

    void agesCountFromTheMomentThatIsAskedFor()
    {
        const auto ageOfMain = [this](const char *line, int field) {
            const auto rows = QString::fromStdString(run(line).out).split(u'\n');
            for (const QString &row : rows)
                if (const QStringList words = row.simplified().split(u' '); words.value(1) == u"main")
                    return words.value(field) + u' ' + words.value(field + 1);
            return QString();
        };
        const QString age = ageOfMain("branches ml-data --as-of now-40d", 3);
        QVERIFY(!age.isEmpty() && !age.endsWith(u"mo"));
        QCOMPARE(ageOfMain("refs ml-data --as-of now-40d", 3), age);
    }

private:
    Ran run(const char *line) const { return m_desk.run(m_profile, words(line)); }
    json parsed(const char *line) const { return json::parse(run(line).out, nullptr, false); }

    json toldOf(const std::string &commit) const { return parsed(("commit ml-data --json " + commit).c_str()); }

    const QString m_profile = QStringLiteral("profile");
    Desk m_desk;
};

ANDON_SUITE(VersionCommandsTest)
#include "versioncommands_test.moc"
