#include "sources/lakefs/lakefsclient.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/support/suite.h"

using namespace andon;
using test::golden;
using test::GoldenServer;

namespace
{
const core::RepositoryId kLake("vision-lake");

std::string file(const std::string &name)
{
    return golden("lakefs/golden/" + name);
}
} // namespace

class LakeFsClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void probes()
    {
        GoldenServer server;
        server.answer("GET /api/v1/config", {.body = file("probe-config.json")});
        server.answer("GET /api/v1/user", {.body = file("probe-user.json")});
        server.answer("GET /openapi.json", {.body = R"({"parameters":["show_hidden"]})"});
        const auto info = client(server)->probe({});
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->product, std::string("lakeFS"));
        QCOMPARE(info->version, std::string("1.84.0"));
        QCOMPARE(info->user, std::string("operator"));
        QCOMPARE(info->capabilities, std::vector<std::string>{"show_hidden"});
    }

    void tellsItsTwoMeaningsOf401Apart()
    {
        GoldenServer server;
        server.answer("GET /api/v1/config", {.status = 401, .body = file("probe-config-anonymous.json")});
        QCOMPARE(client(server)->probe({}).error().kind, core::ErrorKind::Auth);
        GoldenServer rbac;
        rbac.answer("GET /api/v1/config", {.status = 401, .body = R"({"message":"insufficient permissions"})"});
        QCOMPARE(client(rbac)->probe({}).error().kind, core::ErrorKind::Forbidden);
    }

    void asksForPullsAndForWhatIsNotCommitted()
    {
        GoldenServer server;
        server.answer("GET /api/v1/repositories/vision-lake/pulls", {.body = file("pulls-all.json")});
        server.answer("GET /api/v1/repositories/vision-lake/pulls/4onr", {.body = file("pull-get.json")});
        server.answer("GET /api/v1/repositories/vision-lake/branches/main/diff", {.body = file("diff-page-1.json")});
        server.answer("GET /api/v1/repositories/vision-lake/branches/dev/diff",
                      {.body = file("branch-diff-clean.json")});
        const auto lake = client(server);
        const auto pulls = lake->pulls(kLake, "4onq", 100, {});
        ANDON_VERIFY_RESULT(pulls);
        QCOMPARE(pulls->pulls.size(), std::size_t{1});
        const auto pull = lake->pull(kLake, "4onr", {});
        ANDON_VERIFY_RESULT(pull);
        QCOMPARE(pull->description, std::string("**why**"));
        QVERIFY(*lake->uncommitted(kLake, core::RefName("main"), {}));
        QVERIFY(!*lake->uncommitted(kLake, core::RefName("dev"), {}));
        const auto asked = server.asked();
        QCOMPARE(asked[0].query.find("status")->second, std::string("all"));
        QCOMPARE(asked[0].query.find("after")->second, std::string("4onq"));
        QCOMPARE(asked[2].query.find("amount")->second, std::string("1"));
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<core::ErrorKind>("kind");
        QTest::newRow("log-missing-ref.json") << 404 << core::ErrorKind::NotFound;
        QTest::newRow("bare-log-main.json") << 404 << core::ErrorKind::NotFound;
        QTest::newRow("log-amount-1001.json") << 400 << core::ErrorKind::Invalid;
        QTest::newRow("readonly-branch-create.json") << 403 << core::ErrorKind::Forbidden;
        QTest::newRow("merge-conflict.json") << 409 << core::ErrorKind::Conflict;
        QTest::newRow("probe-health.txt") << 200 << core::ErrorKind::Protocol;
        QTest::newRow("probe-health.txt as 502") << 502 << core::ErrorKind::Server;
    }
    void classifiesErrors()
    {
        QFETCH(int, status);
        QFETCH(core::ErrorKind, kind);
        GoldenServer server;
        const std::string tag = QTest::currentDataTag();
        server.answer("GET /api/v1/repositories/vision-lake/refs/main/commits",
                      {.status = status, .body = file(tag.substr(0, tag.find(' ')))});
        const auto page = client(server)->log(kLake, core::RefName("main"), {}, 10, {});
        QVERIFY(!page);
        QCOMPARE(page.error().kind, kind);
        QVERIFY(!page.error().detail.empty());
    }

    void turnsPages()
    {
        GoldenServer server;
        server.answer("GET /api/v1/repositories", {.body = file("repos-page-1.json")});
        server.answer("GET /api/v1/repositories", {.body = file("repos-page-2.json")});
        server.answer("GET /api/v1/repositories", {.body = file("repos-empty.json")});
        const auto all = client(server)->repositories({});
        ANDON_VERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t(4));
        QVERIFY((*all)[2].readOnly);
        const auto asked = server.asked();
        QCOMPARE(asked[1].query.find("after")->second, std::string("bare-lake"));
        QCOMPARE(asked[2].query.find("after")->second, std::string("text-lake"));
    }

    void readsBranchesThenTags()
    {
        GoldenServer server;
        server.answer("GET /api/v1/repositories/vision-lake/branches", {.body = file("branches.json")});
        server.answer("GET /api/v1/repositories/vision-lake/tags", {.body = file("tags.json")});
        const auto refs = client(server)->refs(kLake, {});
        ANDON_VERIFY_RESULT(refs);
        QCOMPARE(refs->size(), std::size_t(5));
        QCOMPARE(refs->front().kind, versions::RefKind::Branch);
        QCOMPARE(refs->back().kind, versions::RefKind::Tag);
    }

    void asksTheLogAsItIsTold()
    {
        GoldenServer server;
        server.answer("GET /api/v1/repositories/vision-lake/refs/main~2/commits", {.body = file("log-page-1.json")});
        const auto page = client(server)->log(kLake, core::RefName("main~2"), "abc", 5000, {});
        ANDON_VERIFY_RESULT(page);
        QCOMPARE(page->commits.size(), std::size_t(3));
        const auto asked = server.asked().at(0);
        QCOMPARE(asked.query.find("amount")->second, std::string("1000")); // above is refused
        QCOMPARE(asked.query.find("after")->second, std::string("abc"));
        QVERIFY(asked.headers.find("X-Lakefs-Client")->second.starts_with("andon/"));
    }

    void readsDiffsGatesAndTheirOutput()
    {
        GoldenServer server;
        server.answer("GET /api/v1/repositories/vision-lake/refs/main/diff/dev", {.body = file("diff-two-dot.json")});
        server.answer("GET /api/v1/repositories/vision-lake/refs/dev/merge/main", {.body = file("merge-base.json")});
        server.answer("GET /api/v1/repositories/vision-lake/actions/runs", {.body = file("runs-page-1.json")});
        server.answer("GET /api/v1/repositories/vision-lake/actions/runs/r1/hooks",
                      {.body = file("run-pre-merge-failed-6-hooks.json")});
        server.answer("GET /api/v1/repositories/vision-lake/actions/runs/r1/hooks/0000_0001/output",
                      {.body = file("run-pre-merge-failed-6-output-0000_0001.txt"), .contentType = "text/plain"});
        server.answer("GET /api/v1/repositories/vision-lake/actions/runs/r1/hooks/0000_0002/output",
                      {.body = "", .contentType = "text/plain"});
        server.answer("GET /api/v1/repositories/vision-lake/settings/branch_protection",
                      {.body = file("protection-get.json")});
        const auto source = client(server);
        const auto diff = source->diff(kLake, core::RefName("main"), core::RefName("dev"), versions::DiffMode::TwoDot,
                                       "images/", {}, 100, {});
        ANDON_VERIFY_RESULT(diff);
        QCOMPARE(diff->entries.size(), std::size_t(7));
        QCOMPARE(server.asked()[0].query.find("type")->second, std::string("two_dot"));
        QCOMPARE(server.asked()[0].query.find("prefix")->second, std::string("images/"));
        ANDON_VERIFY_RESULT(source->mergeBase(kLake, core::RefName("dev"), core::RefName("main"), {}));
        QCOMPARE(source->runs(kLake, {}, 2, {})->next, std::string("4onriapksdueiu6huip0"));
        QCOMPARE(source->hooks(kLake, "r1", {})->size(), std::size_t(3));
        QCOMPARE(source->hookOutput(kLake, "r1", "0000_0001", {}).value(),
                 file("run-pre-merge-failed-6-output-0000_0001.txt"));
        QCOMPARE(source->hookOutput(kLake, "r1", "0000_0002", {}).value(), std::string()); // skipped
        QCOMPARE(source->protection(kLake, {})->size(), std::size_t(2));
    }

    void readsObjectsAndTheirFirstBytes()
    {
        GoldenServer server;
        const std::string base = "GET /api/v1/repositories/vision-lake/refs/main/objects";
        server.answer(base + "/ls", {.body = file("objects-page-1.json")});
        server.answer(base + "/stat", {.body = file("object-stat.json")});
        server.answer(base,
                      {.status = 206,
                       .body = file("object-get-range.txt"),
                       .contentType = "application/octet-stream",
                       .headers = {{"Content-Range", "bytes 0-9/25"}}});
        server.answer(base, {.status = 416, .body = file("object-get-bad-range.json")});
        const auto source = client(server);
        const core::RefName main("main");
        const auto page = source->objects(kLake, main, "images/", "/", "images/a", 5000, {});
        ANDON_VERIFY_RESULT(page);
        QCOMPARE(page->entries.size(), std::size_t(2));
        const auto asked = server.asked().at(0);
        QCOMPARE(asked.query.find("amount")->second, std::string("1000"));
        QCOMPARE(asked.query.find("delimiter")->second, std::string("/"));
        QCOMPARE(asked.query.find("prefix")->second, std::string("images/"));
        QCOMPARE(asked.query.find("after")->second, std::string("images/a"));
        QCOMPARE(source->object(kLake, main, "manifest.json", {})->sizeBytes.value(), 25LL);
        const auto bytes = source->read(kLake, main, "manifest.json", 10, {});
        ANDON_VERIFY_RESULT(bytes);
        QCOMPARE(bytes->bytes, file("object-get-range.txt"));
        QCOMPARE(bytes->size, 25LL);
        QVERIFY(!bytes->whole());
        QCOMPARE(server.asked().at(2).headers.find("Range")->second, std::string("bytes=0-9"));
        const auto empty = source->read(kLake, main, "empty", 10, {}); // no byte of it is in any range
        ANDON_VERIFY_RESULT(empty);
        QVERIFY(empty->bytes.empty() && empty->whole());
    }

private:
    [[nodiscard]] std::unique_ptr<sources::lakefs::LakeFsClient> client(const GoldenServer &server)
    {
        return std::make_unique<sources::lakefs::LakeFsClient>(server.client(m_transport));
    }

    net::Transport m_transport;
};

ANDON_SUITE(LakeFsClientTest)
#include "client_test.moc"
