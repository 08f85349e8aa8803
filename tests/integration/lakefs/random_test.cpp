#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/integration/lakefs/play.h"
#include "tests/support/suite.h"

#include <mutex>

using namespace andon;

namespace
{

/// What a repository of the server is: each ref's commit, and each commit with the ids of its parents, sorted.
struct Told {
    std::map<std::string, std::string> refs = {};
    test::Parents commits = {};
};

Told toldBy(test::Lake &lake, const std::string &repo)
{
    Told told;
    for (const char *kind : {"/branches", "/tags"})
        for (const test::Json &ref : lake.all("/" + repo + kind)) {
            const std::string commit = ref["commit_id"];
            told.refs[kind + ref["id"].get<std::string>()] = commit;
            for (const test::Json &one : lake.all("/" + repo + "/refs/" + commit + "/commits")) {
                auto parents = one["parents"].get<std::vector<std::string>>();
                std::sort(parents.begin(), parents.end());
                told.commits[one["id"].get<std::string>()] = parents;
            }
        }
    return told;
}

Told heldBy(test::Console &console, const std::string &repo)
{
    Told held;
    for (const auto &[id, commit] : console.commits(repo)) {
        std::vector<std::string> &parents = held.commits[id];
        for (const core::CommitId &parent : commit.parents)
            parents.push_back(parent.value);
        std::sort(parents.begin(), parents.end());
    }
    for (const versions::Ref &ref : console.refs(repo))
        held.refs[(ref.kind == versions::RefKind::Branch ? "/branches" : "/tags") + ref.name.value] = ref.commit.value;
    return held;
}

} // namespace

/// Twenty histories at random, read in pages of a few commits. Between the syncs and between the pages of a log
/// branches move, go, and come back under their old names: after each sync the cache holds what the server had when its
/// refs were listed, all that it held before, and nothing else.
class RandomHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void cacheIsTheServersSet()
    {
        constexpr unsigned kHistories = 20;
        constexpr int kSyncs = 3;
        constexpr int kPage = 7;
        test::LakeFsServer server;
        const std::string wrong = server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        test::Lake lake(server.url(), test::LakeFsServer::user());
        std::map<std::string, test::RandomLake> lakes;
        for (unsigned seed = 0; seed < kHistories; ++seed) {
            const std::string name = "random-" + std::to_string(seed);
            lakes.emplace(name, test::RandomLake(lake, name, seed));
        }
        std::mutex one; // a lake is for one thread
        int pages = 0;
        int sync = 0;
        const auto between = [&](const core::RepositoryId &repo) {
            const std::lock_guard lock(one);
            ++pages;
            if (sync + 1 < kSyncs) // the last one has its peace
                lakes.at(repo.value).change(1);
        };
        test::Console console(server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret(), kPage, between);
        std::map<std::string, Told> expected;
        for (; sync < kSyncs; ++sync) {
            std::size_t before = 0;
            std::size_t now = 0;
            for (auto &[name, random] : lakes) {
                random.change(sync == 0 ? 30 : 20);
                Told told = toldBy(lake, name);
                before += expected[name].commits.size();
                told.commits.merge(expected[name].commits);
                now += told.commits.size();
                expected[name] = std::move(told);
            }
            ANDON_VERIFY_LAKE(lake);
            const auto done = console.sync();
            ANDON_VERIFY_RESULT(done);
            ANDON_VERIFY_LAKE(lake);
            for (auto &[name, told] : expected) {
                const Told held = heldBy(console, name);
                QVERIFY2(held.commits == told.commits, name.c_str());
                QVERIFY2(held.refs == told.refs, name.c_str());
            }
            QCOMPARE(done->commits, static_cast<std::int64_t>(now - before));
            QVERIFY(done->commits > kHistories);
        }
        QVERIFY2(pages > 200, qPrintable(QString::number(pages))); // there was something between
    }
};

ANDON_SUITE(RandomHistoryTest)
#include "random_test.moc"
