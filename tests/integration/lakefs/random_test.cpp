#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/integration/lakefs/play.h"
#include "tests/support/suite.h"

using namespace andon;

/// Twenty histories at random. Branches move, go, and come back under their old names between the syncs: the cache
/// holds what the server had each time, and nothing else.
class RandomHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void cacheIsTheServersSet()
    {
        constexpr unsigned kHistories = 20;
        constexpr int kSyncs = 3;
        test::LakeFsServer server;
        const std::string wrong = server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        test::Lake lake(server.url(), test::LakeFsServer::user());
        test::Console console(server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        std::vector<test::RandomLake> lakes;
        for (unsigned seed = 0; seed < kHistories; ++seed)
            lakes.emplace_back(lake, "random-" + std::to_string(seed), seed);
        std::map<std::string, test::Parents> ever; // what the server had at any of the syncs
        for (int sync = 0; sync < kSyncs; ++sync) {
            for (test::RandomLake &random : lakes)
                random.change(sync == 0 ? 30 : 20);
            ANDON_VERIFY_LAKE(lake);
            std::size_t before = 0;
            for (const auto &[repo, commits] : ever)
                before += commits.size();
            const auto done = console.sync();
            ANDON_VERIFY_RESULT(done);
            std::size_t now = 0;
            for (const test::RandomLake &random : lakes) {
                compare(lake, console, random.name(), ever[random.name()]);
                now += ever[random.name()].size();
            }
            ANDON_VERIFY_LAKE(lake);
            QCOMPARE(done->commits, static_cast<std::int64_t>(now - before));
            QVERIFY(done->commits > kHistories);
        }
    }

private:
    static void compare(test::Lake &lake, test::Console &console, const std::string &repo, test::Parents &ever)
    {
        std::map<std::string, std::string> listed;
        for (const char *kind : {"/branches", "/tags"})
            for (const test::Json &ref : lake.all("/" + repo + kind)) {
                const std::string commit = ref["commit_id"];
                listed[kind + ref["id"].get<std::string>()] = commit;
                for (const test::Json &one : lake.all("/" + repo + "/refs/" + commit + "/commits")) {
                    auto parents = one["parents"].get<std::vector<std::string>>();
                    std::sort(parents.begin(), parents.end());
                    ever[one["id"].get<std::string>()] = parents;
                }
            }
        test::Parents held;
        for (const auto &[id, commit] : console.commits(repo)) {
            std::vector<std::string> &parents = held[id];
            for (const core::CommitId &parent : commit.parents)
                parents.push_back(parent.value);
            std::sort(parents.begin(), parents.end());
        }
        QVERIFY2(held == ever, repo.c_str());
        std::map<std::string, std::string> refs;
        for (const versions::Ref &ref : console.refs(repo))
            refs[(ref.kind == versions::RefKind::Branch ? "/branches" : "/tags") + ref.name.value] = ref.commit.value;
        QVERIFY2(refs == listed, repo.c_str());
    }
};

ANDON_SUITE(RandomHistoryTest)
#include "random_test.moc"
