// Every command teaches with --help, refuses what makes no sense, and prints one JSON document when asked.
#include "store/databasefile.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"
#include "tests/support/terminal.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>

#include <sys/stat.h>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

const char *const kCommands[] = {
    "site add",     "site list",     "site check",     "site remove",  "sync",     "repos",
    "log",          "refs",          "diff",           "hooks",        "models",   "trace",
    "signals",      "query",         "alerts",         "floor",        "compute",  "storage",
    "kpi",          "report",        "journal verify", "demo-factory", "site set", "settings",
    "settings get", "settings set",  "cache",          "cache trim",   "ack",      "unack",
    "acks",         "notifications", "support-bundle", "completion",   "manual",   "gates",
    "gate-log",     "readiness",     "branches",       "pulls",        "pull",     "commit"};

} // namespace

class CommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.openSynced(m_profile), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void theOverviewNamesEveryCommand()
    {
        const Ran ran = m_desk.run(m_profile, words("--help"));
        QCOMPARE(ran.exit, 0);
        for (const char *command : kCommands)
            QVERIFY2(ran.out.find(command) != std::string::npos, command);
        QVERIFY(m_desk.run(m_profile, words("--version")).out.find("andonctl ") == 0);
        QCOMPARE(m_desk.run(m_profile, {}).exit, 2); // and without a command it is a mistake
    }

    void eachTeaches_data()
    {
        QTest::addColumn<QByteArray>("command");
        for (const char *command : kCommands)
            QTest::newRow(command) << QByteArray(command);
    }
    void eachTeaches()
    {
        QFETCH(QByteArray, command);
        const Ran ran = m_desk.run(m_profile, words(command.constData()) + words("--help"));
        QVERIFY2(ran.exit == 0 && ran.error.empty(), ran.error.c_str());
        QVERIFY2(ran.out.find("andonctl " + command.toStdString()) == 0, ran.out.c_str());
        for (const char *option : {"--json", "--offline", "--profile DIR", "--site NAME"})
            QVERIFY2(ran.out.find(option) != std::string::npos, option);
    }

    void mistakesEndWithTwoAndASentence_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *line, const char *says) {
            QTest::newRow(line) << QByteArray(line) << QByteArray(says);
        };
        row("nonsense", "no command \"nonsense\"");
        row("site", "no command");
        row("log", "takes REPOSITORY");
        row("log a b", "takes REPOSITORY");
        row("trace", "takes MODEL");
        row("diff ml-data main", "takes REPOSITORY LEFT RIGHT");
        row("gate-log ml-data", "takes REPOSITORY RUN HOOK_RUN");
        row("pull ml-data", "takes REPOSITORY ID");
        row("branches", "takes REPOSITORY");
        row("refs ml-data --no-such-option", "no-such-option");
        row("query no.such.signal", "andonctl signals lists them");
        row("query gpu.busy --range soon", "--range");
        row("kpi --from yesterday", "is no time");
        row("kpi --from now-1h --to now-2h", "begins before it ends");
        row("kpi --to now+1d", "ends in the past");
        row("kpi --from 2026-01-01T00:00:01Z --to 2026-01-02T00:00:00Z", "multiple of five minutes");
        row("report --format xls", "no format");
        row("report --format pdf,csv --out one.pdf", "One file holds one format");
        row("sync --offline", "leave --offline away");
        row("sync --every 5", "--every goes with --watch");
        row("sync --watch --every 0", "1 to 86400 seconds");
        row("sync --watch --every soon", "1 to 86400 seconds");
        row("log ml-data --site nowhere", "there is no site");
        row("site add x", "Say which sources");
        row("site add Bad_Name --source lakefs=http://127.0.0.1:1", "a site's name is made of");
        row("site add x --source ftp=http://127.0.0.1:1", "no kind of source");
        row("site add x --source lakefs=file:///etc/passwd", "no http or https address");
        row("site add x --source lakefs=http://127.0.0.1:1 --auth mlflow=basic", "that --source does not");
        row("site add demo --source lakefs=http://127.0.0.1:1", "--replace writes over it");
        row("site add x --source lakefs=http://127.0.0.1:1 --colour red", "must be S1 to S8");
        row("site set demo colour", "is not KEY=VALUE");
        row("site set demo colour=S9", "must be S1 to S8");
        row("site set demo url=http://h", "has no \"url\" that can be set");
        row("settings get nonsense", "no setting \"nonsense\"");
        row("settings set theme purple", "must be system, dark, light or high-contrast");
        row("settings set theme", "takes KEY VALUE");
        row("site check --offline", "leave --offline away");
        row("demo-factory --scale vast", "small, factory or huge");
        row("demo-factory --commits 419", "420 to 10,000,000");
        row("demo-factory --now never", "--now");
    }
    void mistakesEndWithTwoAndASentence()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, says);
        const Ran ran = m_desk.run(m_profile, words(line.constData()), 20'000);
        QVERIFY2(ran.error.find(says.toStdString()) != std::string::npos, ran.error.c_str());
        QCOMPARE(ran.exit, line == "log ml-data --site nowhere" ? 1 : 2);
        QVERIFY(!QFile::exists(m_desk.folder(m_profile) + QStringLiteral("/sites/x.yaml")));
    }

    void eachPrintsOneJsonDocument_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"site list",
                                 "site check",
                                 "site set demo title=Demo",
                                 "cache",
                                 "cache trim",
                                 "settings",
                                 "settings get theme",
                                 "settings set cache_cap 3GiB",
                                 "sync",
                                 "repos",
                                 "log ml-data",
                                 "commit ml-data main",
                                 "commit ml-data no-such-commit",
                                 "refs ml-data",
                                 "branches ml-data",
                                 "branches ml-data --ask main",
                                 "gates",
                                 "readiness",
                                 "pulls",
                                 "pull ml-data no-such-pull",
                                 "gate-log no-such-repository 1 2",
                                 "diff ml-data main~2 main",
                                 "objects ml-data main",
                                 "objects ml-data main manifest.json --preview",
                                 "objects ml-data main no-such.parquet --preview",
                                 "diff ml-data main~2 main --object manifest.json",
                                 "diff ml-data main~2 main --object no-such.parquet",
                                 "hooks ml-data",
                                 "models",
                                 "trace chat-small@6",
                                 "signals",
                                 "query gpu.busy",
                                 "alerts",
                                 "floor",
                                 "compute",
                                 "storage",
                                 "kpi",
                                 "kpi --why",
                                 "log no-such-repository",
                                 "trace no-such-model@1",
                                 "site remove nowhere"})
            QTest::newRow(line) << QByteArray(line);
    }
    void eachPrintsOneJsonDocument()
    {
        QFETCH(QByteArray, line);
        const Ran ran = m_desk.run(m_profile, words(line.constData()) + words("--json"));
        QVERIFY2(json::accept(ran.out), ran.out.substr(0, 400).c_str());
        const bool missing = line.contains("no-such") || line.contains("nowhere");
        QCOMPARE(ran.exit, missing ? 1 : 0);
        QCOMPARE(json::parse(ran.out).contains("error"), missing);
        QVERIFY(missing || ran.error.empty());
    }

    void aParquetFileIsItsFields()
    {
        const Ran diff = m_desk.run(m_profile, words("diff ml-data ingest-42~3 ingest-42 --json"));
        std::string path;
        const json listed = json::parse(diff.out);
        for (const json &entry : listed.at("entries"))
            if (entry["type"] == "changed" && entry["path"].get<std::string>().ends_with(".parquet"))
                path = entry["path"];
        QVERIFY2(!path.empty(), (diff.out + diff.error).c_str());
        const QStringList object{QString::fromStdString(path)};
        const Ran one = m_desk.run(m_profile, words("objects ml-data ingest-42") + object + words("--preview --json"));
        const json told = json::parse(one.out);
        QVERIFY(told["kind"] == "table" && told["codec"] == "snappy" && told["row_groups"] == 1);
        QVERIFY(told["rows"].get<std::int64_t>() > 0 && told["read_bytes"] < 65536);
        const Ran two = m_desk.run(m_profile, words("diff ml-data ingest-42~3 ingest-42 --json --object") + object);
        std::map<std::string, std::string> changes;
        const json both = json::parse(two.out);
        for (const json &field : both.at("object").at("fields"))
            changes[field["name"]] = field["change"].get<std::string>() + field["differs"].dump();
        QCOMPARE(changes["claim_id"], std::string("same[]"));
        QCOMPARE(changes["amount"], std::string("changed[\"type\",\"values\"]"));
        QCOMPARE(changes["currency"], std::string("removed[]"));
        QCOMPARE(changes["partner_code"], std::string("added[]"));
        QCOMPARE(changes["merchant_id"], std::string("changed[\"nulls\"]"));
        const Ran history =
            m_desk.run(m_profile,
                       words("log ml-data --json --filter")
                           + QStringList{QStringLiteral("path:%1 branch:ingest-42").arg(object.front())});
        QVERIFY(both["type"] == "changed" && both["left_changed_in"].is_null());
        QCOMPARE(both["right_changed_in"].dump(), json::parse(history.out)["commits"][0]["id"].dump());
        // And for people; without a network from the cache.
        const Ran text = m_desk.run(m_profile, words("diff ml-data ingest-42~3 ingest-42 --offline --object") + object);
        QVERIFY2(text.out.find("decimal(12,2)") != std::string::npos && text.out.find("37.8") != std::string::npos,
                 (text.out + text.error).c_str());
    }

    void timesMayBeWrittenInEveryWay()
    {
        const auto windowOf = [&](const char *options) {
            const Ran ran = m_desk.run(m_profile, words("kpi --json") + words(options));
            return json::parse(ran.out, nullptr, false).value("window", json::object());
        };
        const qint64 noon = QDateTime(QDate::currentDate().addDays(-1), QTime(12, 0), Qt::UTC).toSecsSinceEpoch();
        const std::string iso = QDateTime::fromSecsSinceEpoch(noon, Qt::UTC).toString(Qt::ISODate).toStdString();
        const json seconds =
            windowOf(("--from " + std::to_string(noon - 3600) + " --to " + std::to_string(noon)).c_str());
        QCOMPARE(seconds.value("to", 0LL), static_cast<long long>(noon));
        QVERIFY(windowOf(("--from " + std::to_string(noon - 3600) + " --to " + iso).c_str()) == seconds);
        const json relative = windowOf("--from now-2h");
        QCOMPARE(relative.value("to", 0LL) - relative.value("from", 0LL), 7200LL);
        QCOMPARE(relative.value("to", 1LL) % 300, 0LL);
        const json yesterday = windowOf("--from now-1d/d --to now-1d/d");
        QCOMPARE(yesterday.value("to", 0LL) - yesterday.value("from", 0LL), 86'400LL);
    }

    void reportsAreWrittenInEachFormat()
    {
        const QString folder = m_desk.folder(QStringLiteral("reports"));
        const Ran all = m_desk.run(m_profile, words("report --json --out") + QStringList{folder + u'/'});
        QVERIFY2(all.exit == 0 && all.error.empty(), all.error.c_str());
        const json files = json::parse(all.out)["files"];
        QCOMPARE(files.size(), std::size_t{3});
        for (const json &file : files) {
            QFile written(QString::fromStdString(file["file"].get<std::string>()));
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QByteArray bytes = written.readAll();
            QCOMPARE(bytes.size(), file["bytes"].get<qsizetype>());
            if (file["format"] == "pdf")
                QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
            if (file["format"] == "csv")
                QVERIFY(bytes.startsWith("model,version,figure,value,unit"));
            if (file["format"] == "json")
                QVERIFY(json::accept(bytes.toStdString()));
        }
        const QString one = m_desk.folder(QStringLiteral("one.csv"));
        QCOMPARE(m_desk.run(m_profile, words("report --out") + QStringList{one}).exit, 0);
        QVERIFY(QFile::exists(one));
        const Ran nowhere =
            m_desk.run(m_profile, words("report --out") + QStringList{folder + QStringLiteral("/no/such/a.pdf")});
        QCOMPARE(nowhere.exit, 1);
        QVERIFY2(nowhere.error.find("No such file or directory") != std::string::npos, nowhere.error.c_str());
    }

    void aSiteIsAddedByOptionsAndSaysItsVariables()
    {
        const Ran ran = m_desk.run(
            m_profile,
            words("site add ams-2 --source lakefs=https://data.example --auth lakefs=basic --source "
                  "prometheus=https://metrics.example/prefix --auth prometheus=bearer --selector")
                + QStringList{QStringLiteral("prometheus=site=\"ams-2\"")}
                + words("--header prometheus=X-Scope-OrgID:ml --proxy lakefs=http://proxy.example:3128 --title Two"));
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        for (const char *name :
             {"ANDON_AMS_2_LAKEFS_USER", "ANDON_AMS_2_LAKEFS_SECRET", "ANDON_AMS_2_PROMETHEUS_TOKEN"})
            QVERIFY2(ran.error.find(name) != std::string::npos, name);
        QFile file(m_desk.folder(m_profile) + QStringLiteral("/sites/ams-2.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray yaml = file.readAll();
        for (const char *part : {"https://metrics.example/prefix", "X-Scope-OrgID: ml", "http://proxy.example:3128",
                                 "title: Two", "auth: bearer"})
            QVERIFY2(yaml.contains(part), yaml.constData());
        QCOMPARE(m_desk.run(m_profile, words("site remove ams-2")).exit, 0);
        QVERIFY(!file.exists());
    }

    void aSiteIsChangedByItsValues()
    {
        QCOMPARE(
            m_desk.run(m_profile, words("site add ams-5 --source lakefs=https://data.example --colour S2 --protected"))
                .exit,
            0);
        const auto listed = [&] {
            const json all = json::parse(m_desk.run(m_profile, words("site list --json")).out, nullptr, false);
            for (const json &site : all["sites"])
                if (site["name"] == "ams-5")
                    return site;
            return json();
        };
        QCOMPARE(listed().value("colour", ""), std::string("S2"));
        QVERIFY(listed().value("protected", false));
        QCOMPARE(listed().value("access", ""), std::string("read-only"));
        QCOMPARE(listed().value("refresh_seconds", 0), 15);
        const Ran ran =
            m_desk.run(m_profile, words("site set ams-5 access=write refresh_seconds=60 protected= colour="));
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        QCOMPARE(listed().value("access", ""), std::string("write"));
        QCOMPARE(listed().value("refresh_seconds", 0), 60);
        QCOMPARE(listed().value("colour", "?"), std::string());
        QVERIFY(!listed().value("protected", true));
        QCOMPARE(m_desk.run(m_profile, words("site remove ams-5")).exit, 0);
    }

    void settingsAreKeptAndABrokenFileIsSetAside()
    {
        const QString profile = QStringLiteral("preferring");
        QCOMPARE(m_desk.run(profile, words("settings set theme dark")).exit, 0);
        QCOMPARE(m_desk.run(profile, words("settings set cache_cap") + QStringList{QStringLiteral("5 GiB")}).exit, 0);
        QCOMPARE(m_desk.run(profile, words("settings get theme")).out, std::string("dark\n"));
        json all = json::parse(m_desk.run(profile, words("settings --json")).out, nullptr, false);
        QCOMPARE(all["settings"].value("cache_cap_bytes", 0LL), 5LL << 30);
        QFile file(m_desk.folder(profile) + QStringLiteral("/settings.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("theme: [dark\n");
        file.close();
        const Ran ran = m_desk.run(profile, words("settings --json"));
        QCOMPARE(ran.exit, 0);
        all = json::parse(ran.out, nullptr, false);
        QCOMPARE(all["settings"].value("theme", ""), std::string("system"));
        QVERIFY2(ran.error.find("settings.yaml:2") != std::string::npos
                     && ran.error.find("set aside as") != std::string::npos,
                 ran.error.c_str());
        QVERIFY(!file.exists());
        QFile aside(QString::fromStdString(all.value("set_aside", "")));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), QByteArray("theme: [dark\n"));
    }

    void theCacheStaysBelowItsCap()
    {
        const QString profile = QStringLiteral("small");
        QCOMPARE(m_desk.addSite(profile), std::string());
        QCOMPARE(m_desk.run(profile, words("sync")).exit, 0);
        const QStringList show = words("cache --json");
        const json before = json::parse(m_desk.run(profile, show).out, nullptr, false);
        QVERIFY2(before["last_eviction"].is_null(), before.dump().c_str());
        QCOMPARE(before.value("cap_bytes", 0LL), 2LL << 30);
        QVERIFY(before.value("file_bytes", 0LL) > 1 << 20);
        {
            const auto cache = store::DatabaseFile::open(
                (m_desk.folder(profile) + QStringLiteral("/cache.db")).toStdString(), store::cacheSchema());
            ANDON_VERIFY_RESULT(cache);
            ANDON_VERIFY_RESULT((*cache)->write([](store::Database &db) { // as if the series were of yesterday
                return db.run("INSERT INTO answer SELECT source, kind, 'old ' || key, at - 86400000, body FROM answer "
                              "WHERE kind = 'matrix'");
            }));
        }
        QCOMPARE(m_desk.run(profile, words("settings set cache_cap") + QStringList{QStringLiteral("1 MiB")}).exit, 0);
        const Ran trimmed = m_desk.run(profile, words("cache trim --json"));
        const json eviction = json::parse(trimmed.out, nullptr, false);
        QVERIFY2(eviction["evicted"].size() >= 1 && eviction["evicted"][0]["kind"] == "series", trimmed.out.c_str());
        const json after = json::parse(m_desk.run(profile, show).out, nullptr, false);
        QVERIFY(after["last_eviction"]["evicted"] == eviction["evicted"]);
        QVERIFY(after.value("file_bytes", 0LL) < before.value("file_bytes", 0LL) * 3 / 2);
        const Ran floor = m_desk.run(profile, words("floor --offline --json")); // what it showed is still there
        QCOMPARE(floor.exit, 3);
        QCOMPARE(json::parse(m_desk.run(profile, words("repos --offline --json")).out, nullptr, false)["repositories"]
                     .size(),
                 json::parse(m_desk.run(m_profile, words("repos --json")).out, nullptr, false)["repositories"].size());
        QVERIFY(QFile::exists(m_desk.folder(profile) + QStringLiteral("/records.db")));
    }

    void aBudgetIsWaitedForAndSaid()
    {
        const QString profile = QStringLiteral("frugal");
        QCOMPARE(m_desk.addSite(profile), std::string());
        const Ran free = m_desk.run(profile, words("floor -v --json"));
        QVERIFY2(free.exit == 0 && free.error.find(" waited ") == std::string::npos, free.error.c_str());
        const auto asked = std::count(free.error.begin(), free.error.end(), '\n');
        QVERIFY(asked > 8);
        QCOMPARE(m_desk.run(profile, words("settings set requests_per_minute 4")).exit, 0);
        Program held;
        held.start(builtProgram("andonctl"), m_desk.line(profile, words("floor -v --json")), m_desk.environment());
        QCOMPARE(held.firstLine(1'500), std::string()); // it waits for its turn
        QVERIFY(held.running());
        held.end();
        const std::string log = held.errors();
        int sent = 0;
        for (std::size_t at = log.find(" prometheus "); at != std::string::npos; at = log.find(" prometheus ", at + 1))
            ++sent;
        QVERIFY2(sent >= 1 && sent <= 4 + 4, log.c_str()); // those that were sent, and those that were given up
        QCOMPARE(m_desk.run(profile, words("settings set requests_per_minute default")).exit, 0);
        QCOMPARE(m_desk.run(profile, words("floor --json")).exit, 0);
    }

    void aSiteIsAddedFromAPipe()
    {
        QProcess add;
        add.setProcessEnvironment(m_desk.environment());
        add.start(builtProgram("andonctl"), m_desk.line(QStringLiteral("piped"), words("site add demo --from -")));
        add.write((m_desk.factory().endpointsJson() + "\n").c_str()); // the writer does not close it
        QTRY_COMPARE(add.state(), QProcess::NotRunning);
        QCOMPARE(add.exitCode(), 0);
        QCOMPARE(m_desk.run(QStringLiteral("piped"), words("site check")).exit, 0);
    }

    void onATerminalItAsksStepByStep()
    {
        const QString profile = QStringLiteral("asked");
        Terminal terminal;
        QVERIFY(terminal.start(builtProgram("andonctl"), m_desk.line(profile, words("site add ams-3")),
                               m_desk.environment()));
        const demo::DemoEndpoints &at = m_desk.factory().endpoints();
        QVERIFY2(terminal.shows("lakefs address"), terminal.screen().c_str());
        terminal.type(at.lakefs + "\r");
        QVERIFY2(terminal.shows("user or access key id"), terminal.screen().c_str());
        terminal.type(at.accessKeyId + "\r");
        QVERIFY2(terminal.shows("password, secret key or token"), terminal.screen().c_str());
        terminal.type(at.secretAccessKey + "\r");
        QVERIFY2(terminal.shows("mlflow address"), terminal.screen().c_str());
        terminal.type("\r"); // without that one
        QVERIFY2(terminal.shows("prometheus address"), terminal.screen().c_str());
        terminal.type("http://metrics.example:9090\r");
        QVERIFY(terminal.shows("user or access key id"));
        terminal.type("\r");
        QVERIFY(terminal.shows("password"));
        terminal.type("\r");
        QVERIFY2(terminal.shows("not encrypted"), terminal.screen().c_str());
        terminal.type("y\r");
        QVERIFY2(terminal.shows("Added ams-3"), terminal.screen().c_str());
        QCOMPARE(terminal.finish(), 0);
        QVERIFY(terminal.screen().find(at.secretAccessKey) == std::string::npos); // it was not echoed
        const Ran check = m_desk.run(profile, words("repos --json"));
        QVERIFY2(check.exit == 0, check.error.c_str());
        QFile file(m_desk.folder(profile) + QStringLiteral("/sites/ams-3.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray yaml = file.readAll();
        QVERIFY2(yaml.contains("allow_plain_http: true") && !yaml.contains("mlflow"), yaml.constData());
        QVERIFY(!yaml.contains(at.secretAccessKey.c_str()));
    }

    void ctrlCWhileItAsksAddsNothing()
    {
        const QString profile = QStringLiteral("given-up");
        Terminal terminal;
        QVERIFY(terminal.start(builtProgram("andonctl"), m_desk.line(profile, words("site add ams-4")),
                               m_desk.environment()));
        QVERIFY(terminal.shows("lakefs address"));
        terminal.type("http://127.0.0.1:1\r");
        QVERIFY(terminal.shows("user or access key id"));
        terminal.type("\x03");
        QVERIFY(terminal.finish(5'000) != 0);
        QVERIFY(!QFile::exists(m_desk.folder(profile) + QStringLiteral("/sites/ams-4.yaml")));
    }

    void onATerminalASyncShowsEachSource()
    {
        const QString profile = QStringLiteral("shown");
        QCOMPARE(m_desk.addSite(profile), std::string());
        Terminal terminal;
        QVERIFY(
            terminal.start(builtProgram("andonctl"), m_desk.line(profile, words("sync")), m_desk.environment(), 40));
        QCOMPARE(terminal.finish(60'000), 0);
        const std::string &screen = terminal.screen();
        for (const char *part : {"lakefs: ml-data commits", "mlflow: runs", "prometheus: series"})
            QVERIFY2(screen.find(part) != std::string::npos, part);
        QVERIFY(screen.find("\033[1A") != std::string::npos); // the lines are written over
        const std::size_t end = screen.rfind("\033[2K");
        QVERIFY2(screen.find("new commits", end) != std::string::npos, screen.substr(end).c_str());
    }

    void aJournalThatWasChangedEndsWithFive()
    {
        const Ran sound = m_desk.run(m_profile, words("journal verify"));
        QVERIFY2(sound.exit == 0 && sound.out.find("The journal holds") == 0, sound.out.c_str());
        QFile file(m_desk.folder(m_profile) + QStringLiteral("/journal/000001.jsonl"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray before = file.readAll();
        QVERIFY(before.contains("genesis"));
        file.seek(0);
        file.write(QByteArray(before).replace("genesis", "Genesis"));
        file.close();
        const Ran changed = m_desk.run(m_profile, words("journal verify --json"));
        QCOMPARE(changed.exit, 5);
        QVERIFY(!json::parse(changed.out)["breaks"].empty());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(before);
    }

    void theDemoFactoryTellsWhatItIs()
    {
        const QString folder = m_desk.folder(QStringLiteral("demo"));
        QVERIFY(QDir().mkpath(folder));
        Program factory;
        factory.start(builtProgram("andonctl"),
                      words("demo-factory --seed 7 --commits 840 --now 2026-03-01T12:00:00Z --truth")
                          + QStringList{folder + QStringLiteral("/truth.json")},
                      m_desk.environment());
        const json line = json::parse(factory.firstLine(), nullptr, false);
        for (const char *kind : {"lakefs", "mlflow", "prometheus"})
            QVERIFY2(line[kind]["url"].get<std::string>().starts_with("http://127.0.0.1:"), line.dump().c_str());
        QVERIFY(line["lakefs"]["secret_access_key"].get<std::string>().size() >= 20);
        QFile truth(folder + QStringLiteral("/truth.json"));
        QVERIFY(truth.open(QIODevice::ReadOnly));
        const json told = json::parse(truth.readAll().toStdString());
        QCOMPARE(told.value("seed", 0), 7);
        QCOMPARE(told["data"]["repositories"]["ml-data"].value("commits_made", 0), 840);
    }

private:
    const QString m_profile = QStringLiteral("profile");
    Desk m_desk;
};

ANDON_SUITE(CommandsTest)
#include "commands_test.moc"
