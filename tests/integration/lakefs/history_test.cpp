#include "demo/lakefs/historyfile.h"
#include "sources/lakefs/decode.h"
#include "tests/integration/lakefs/calls.h"
#include "tests/integration/lakefs/demofactory.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/integration/lakefs/play.h"
#include "tests/integration/lakefs/recorder.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTemporaryDir>

using namespace andon;

namespace
{

/// What cannot be equal, and why. Everything else is compared byte by byte.
struct Unequal {
    const char *what;
    const char *why;
};
constexpr Unequal kUnequal[] = {
    {"X-Request-Id", "made anew for every answer"},
    {"Date", "the clock; the demo factory has no such header"},
    {"Content-Length, Transfer-Encoding", "how the body travels; its bytes are compared"},
    {"token, token_expiration, Set-Cookie of /auth/login", "secrets that each server makes up, and the clock"},
    {"count of /usage-report/summary", "the server counts the calls that are made"},
    {"order of the rules of /settings/branch_protection", "the server gives them now in one order, now in another"},
    {"/metrics", "figures of the running process; the demo factory's are in its Prometheus"},
    {"/openapi.json", "the server's whole specification; the demo factory names what it answers, and no more"},
};

/// The headers that a client may act on.
constexpr const char *kHeaders[] = {"content-type",   "etag",          "location",      "content-range",
                                    "last-modified",  "cache-control", "accept-ranges", "x-content-type-options",
                                    "x-frame-options"};

/// Without what moves between two answers of one server.
std::string still(const std::string &target, const std::string &body)
{
    test::Json json = test::Json::parse(body, nullptr, false);
    if (target.ends_with("/usage-report/summary"))
        for (test::Json &report : json["reports"])
            report.erase("count");
    else if (target.ends_with("/settings/branch_protection") && json.is_array())
        std::sort(json.begin(), json.end());
    else
        return body;
    return json.dump();
}

/// Writes tests/demo/golden anew into the folder that ANDON_TEST_RECORD names: what the demo factory must answer where
/// there is no lakeFS.
class Golden
{
public:
    void add(const test::Call &call, const test::Reply &reply)
    {
        const bool plain = call.ask.method == "GET" && call.ask.headers.empty() && !call.anonymous;
        if (m_folder.isEmpty() || !plain || still(call.ask.target, reply.body) != reply.body
            || ++m_count[call.line] > 2)
            return;
        test::Json one = {{"target", call.ask.target}, {"status", reply.status}, {"body", reply.body}};
        for (const auto &[name, key] : {std::pair("content-type", "type"), std::pair("etag", "etag")})
            if (const auto header = reply.headers.find(name); header != reply.headers.end())
                one[key] = header->second;
        one["nosniff"] = reply.headers.contains("x-content-type-options");
        m_exchanges.push_back(one);
    }
    void write(const std::string &name, const std::string &text) const
    {
        QFile file(m_folder + QLatin1Char('/') + QString::fromStdString(name));
        if (!m_folder.isEmpty() && file.open(QIODevice::WriteOnly))
            file.write(text.data(), static_cast<qint64>(text.size()));
    }
    void writeExchanges() const { write("exchanges.json", m_exchanges.dump(1)); }

private:
    QString m_folder = qEnvironmentVariable("ANDON_TEST_RECORD");
    std::map<std::string, int> m_count; ///< by line of calls.txt
    test::Json m_exchanges = test::Json::array();
};

std::string shown(const test::Reply &reply, const std::string &target = {})
{
    std::string text = std::to_string(reply.status);
    for (const char *name : kHeaders)
        if (const auto found = reply.headers.find(name); found != reply.headers.end())
            text += std::string("\n") + name + ": " + found->second;
    return text + "\n" + still(target, reply.body);
}

} // namespace

/// A history played into a real lakeFS, recorded through its API, and served by the demo factory: both give the same
/// answers.
class HistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string wrong = m_server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lake = std::make_unique<test::Lake>(m_server.url(), test::LakeFsServer::user());
        test::playHistory(*m_lake);
        std::vector<std::string> repositories = test::kPlayed;
        for (unsigned seed : {7U, 8U}) {
            test::RandomLake random(*m_lake, "random-" + std::to_string(seed), seed);
            random.change(60);
            repositories.push_back(random.name());
        }
        ANDON_VERIFY_LAKE(*m_lake);
        // What comes after an answer (post-commit and so on) is written down when it has run.
        QTRY_COMPARE_WITH_TIMEOUT(m_lake->all("/audio-lake/actions/runs").size(), test::kPlayedRuns, 20'000);
        const std::string text = test::recordHistory(*m_lake, repositories);
        ANDON_VERIFY_LAKE(*m_lake);
        QFile file(m_folder.filePath(QStringLiteral("history.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text.data(), static_cast<qint64>(text.size())), static_cast<qint64>(text.size()));
        file.close();
        m_history = test::Json::parse(text);
        m_golden.write("history.json", text);
        m_demo = test::startDemo({.historyFile = file.fileName().toStdString()});
    }

    void init() { test::failOnAnyWarning(); }

    void playedWhatItShould()
    {
        std::map<std::string, int> statuses;
        for (const test::Json &run : m_history["repositories"][0]["runs"])
            for (const test::Json &hook : run["hooks"])
                ++statuses[hook["hook"]["status"].get<std::string>()];
        QVERIFY(statuses["completed"] > 0 && statuses["failed"] > 0 && statuses["skipped"] > 0);
        for (const test::Json &repository : m_history["repositories"])
            QVERIFY(repository["repository"]["id"] == "bare-lake" || !repository["commits"].empty());
    }

    void answersEveryCallAlike()
    {
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/lakefs/calls.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::vector<std::string> empty;
        const auto calls = test::callsOf(
            file.readAll().toStdString(), m_history,
            [this](const std::string &repo, const std::string &expression) { return m_lake->head(repo, expression); },
            empty);
        ANDON_VERIFY_LAKE(*m_lake);
        QVERIFY2(empty.empty(), empty.empty() ? "" : ("stands for no call: " + empty.front()).c_str());
        test::Client real(m_server.url());
        test::Client demo(m_demo->endpoints().lakefs);
        std::map<std::string, int> different; // by line of calls.txt
        for (const test::Call &call : calls) {
            test::Ask ask = call.ask;
            ask.user = call.anonymous ? std::string() : test::LakeFsServer::user();
            const test::Reply said = real.ask(ask);
            m_golden.add(call, said);
            const std::string wanted = shown(said, ask.target);
            ask.user = call.anonymous ? std::string() : test::lakefsUser(*m_demo);
            const std::string got = shown(demo.ask(ask), ask.target);
            QVERIFY2(wanted[0] != '0', ask.target.c_str());
            if (got != wanted && ++different[call.line] == 1)
                qInfo("%s\nlakeFS said of %s\n%s\nthe demo factory\n%s", call.line.c_str(), ask.target.c_str(),
                      wanted.c_str(), got.c_str());
        }
        m_golden.writeExchanges();
        QVERIFY2(calls.size() > 5'000, std::to_string(calls.size()).c_str());
        QVERIFY2(different.empty(), (std::to_string(different.size()) + " lines of calls.txt").c_str());
    }

    void answersLakectlAlike()
    {
        const test::Lakectl real(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        test::DemoFactory factory; // the program, as a person starts it
        const std::string wrong =
            factory.start({QStringLiteral("--history"), m_folder.filePath(QStringLiteral("history.json"))});
        QVERIFY2(wrong.empty(), wrong.c_str());
        const test::Lakectl demo(factory.url(), factory.key(), factory.secret());
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/lakefs/lakectl.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        int answered = 0;
        for (const QString &line : lines) {
            const test::Ran wanted = real.run(line.split(u' '));
            test::Ran got = demo.run(line.split(u' '));
            const std::string ours = factory.url() + "/"; // links in the output
            for (std::size_t at = got.out.find(ours); at != std::string::npos; at = got.out.find(ours))
                got.out.replace(at, ours.size(), m_server.url() + "/");
            answered += wanted.exit == 0 ? 1 : 0;
            QCOMPARE(got.exit, wanted.exit);
            QVERIFY2(got.out == wanted.out,
                     qPrintable(line + QStringLiteral("\nlakeFS:\n") + QString::fromStdString(wanted.out)
                                + QStringLiteral("\ndemo:\n") + QString::fromStdString(got.out)));
            QCOMPARE(got.error, wanted.error);
        }
        QVERIFY2(answered > 20, std::to_string(answered).c_str());
    }

    void signsInAlike()
    {
        const auto login = [](test::Client &client, const std::string &key, const std::string &secret) {
            return client.post("/api/v1/auth/login",
                               test::Json{{"access_key_id", key}, {"secret_access_key", secret}}.dump());
        };
        test::Client real(m_server.url());
        test::Client demo(m_demo->endpoints().lakefs);
        QCOMPARE(shown(login(demo, "nobody", "nothing")), shown(login(real, "nobody", "nothing")));
        const auto theirs = login(real, test::LakeFsServer::key(), test::LakeFsServer::secret());
        const auto ours = login(demo, m_demo->endpoints().accessKeyId, m_demo->endpoints().secretAccessKey);
        QCOMPARE(ours.status, theirs.status);
        QCOMPARE(ours.status, 200);
        const auto keys = [](const test::Reply &reply) {
            std::string all;
            const test::Json body = test::Json::parse(reply.body);
            for (const auto &[key, value] : body.items())
                all += key + " " + value.type_name() + "\n";
            return all;
        };
        QCOMPARE(keys(ours), keys(theirs));
        const auto user = [](test::Client &client, const test::Reply &reply) {
            const std::string token = test::Json::parse(reply.body)["token"];
            return shown(client.ask({.target = "/api/v1/user", .headers = {"Authorization: Bearer " + token}}));
        };
        QCOMPARE(user(demo, ours), user(real, theirs));
    }

    void namesTheSameCalls()
    {
        const std::string theirs = m_lake->client().get("/openapi.json").body;
        const std::string ours = test::Client(m_demo->endpoints().lakefs).get("/openapi.json").body;
        QCOMPARE(sources::lakefs::capabilitiesIn(ours), sources::lakefs::capabilitiesIn(theirs));
        const test::Json all = test::Json::parse(theirs);
        const test::Json mine = test::Json::parse(ours);
        for (const auto &[path, methods] : mine["paths"].items())
            for (const auto &[method, call] : methods.items()) {
                QVERIFY2(all["paths"].contains(path) && all["paths"][path].contains(method), path.c_str());
                for (const test::Json &named : call["parameters"]) {
                    bool known = false;
                    for (const test::Json *of : {&all["paths"][path], &all["paths"][path][method]}) // shared ones first
                        for (const test::Json &given : of->value("parameters", test::Json::array()))
                            known |= parameterName(all, given) == named["name"];
                    QVERIFY2(known, (path + " has no " + named["name"].get<std::string>()).c_str());
                }
            }
        QVERIFY(std::size(kUnequal) > 0); // said above, each with its reason
    }

private:
    static std::string parameterName(const test::Json &all, const test::Json &given)
    {
        if (!given.contains("$ref"))
            return given["name"];
        return all[test::Json::json_pointer(given["$ref"].get<std::string>().substr(1))]["name"];
    }

    Golden m_golden;
    QTemporaryDir m_folder;
    test::LakeFsServer m_server;
    std::unique_ptr<test::Lake> m_lake;
    test::Json m_history;
    std::unique_ptr<demo::DemoServer> m_demo;
};

ANDON_SUITE(HistoryTest)
#include "history_test.moc"
