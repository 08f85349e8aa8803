#include "core/error.h"
#include "demo/lakefs/historyfile.h"
#include "tests/demo/client.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

using namespace andon;
using andon::test::Client;

namespace
{

using Json = nlohmann::json;

Json theFile()
{
    return Json::parse(test::demoGolden("history.json"));
}

/// What is wrong with the file after a change to it, "" when it is read all the same.
std::string wrongAfter(const std::function<void(Json &)> &change)
{
    Json json = theFile();
    change(json);
    const auto read = demo::parseHistories(json.dump(), "file");
    return read ? std::string() : read.error().detail;
}

} // namespace

/// golden/history.json was read from a live lakeFS 1.84.0, exchanges.json is what the same server answered
/// (ANDON_TEST_RECORD in tests/integration/lakefs makes both).
class HistoryFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void answersAsTheServerDid()
    {
        const auto server = test::startDemo({.historyFile = ANDON_SOURCE_DIR "/tests/demo/golden/history.json"});
        Client client(server->endpoints().lakefs, test::lakefsUser(*server));
        const Json exchanges = Json::parse(test::demoGolden("exchanges.json"));
        QVERIFY(exchanges.size() > 500);
        for (const Json &exchange : exchanges) {
            const std::string target = exchange.at("target");
            const auto reply = client.get(target);
            const auto header = [&](const char *name) {
                const auto found = reply.headers.find(name);
                return found == reply.headers.end() ? std::string() : found->second;
            };
            const std::string wanted = exchange.at("body");
            const std::string where = target + "\n  got " + reply.body + "\n  not " + wanted;
            QVERIFY2(reply.body == wanted, where.c_str());
            QVERIFY2(reply.status == exchange.at("status").get<int>(), where.c_str());
            QVERIFY2(header("content-type") == exchange.value("type", ""), where.c_str());
            QVERIFY2(header("etag") == exchange.value("etag", ""), where.c_str());
            QVERIFY2((header("x-content-type-options") == "nosniff") == exchange.value("nosniff", false),
                     where.c_str());
            QVERIFY2(!header("x-request-id").empty(), where.c_str());
        }
    }

    void refusesWhatItCannotServe()
    {
        QCOMPARE(wrongAfter([](Json &) {}), std::string());
        QVERIFY(!demo::parseHistories("{", "file"));
        QVERIFY(!demo::parseHistories("[]", "file"));
        QVERIFY(!demo::readHistories("/no/such/file"));
        const auto repo = [](Json &json) -> Json & { return json["repositories"][0]; };
        QVERIFY(!wrongAfter([](Json &json) { json["version"] = 2; }).empty());
        QVERIFY(!wrongAfter([](Json &json) { json["format"] = "other"; }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json).erase("repository"); }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["commits"].clear(); }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["commits"][0]["id"] = "short"; }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["commits"][0].erase("generation"); }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["commits"][0]["parents"] = {1}; }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["branches"] = "none"; }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["tags"][0]["commit_id"] = std::string(64, '1'); }).empty());
        QVERIFY(!wrongAfter([&](Json &json) { repo(json)["microseconds"] = {{std::string(64, '1'), 1}}; }).empty());
        QVERIFY(!wrongAfter([](Json &json) { json["server"]["config"] = "none"; }).empty());
        QVERIFY(demo::DemoServer::start({.historyFile = "/no/such/file"}).has_value() == false);
    }

    void doesWithoutWhatMayBeAbsent()
    {
        for (const char *name : {"trees", "microseconds", "contents", "pulls", "runs", "branch_protection", "tags"})
            QCOMPARE(wrongAfter([&](Json &json) {
                         for (Json &repository : json["repositories"])
                             repository.erase(name);
                     }),
                     std::string());
    }
};

ANDON_SUITE(HistoryFileTest)
#include "historyfile_test.moc"
