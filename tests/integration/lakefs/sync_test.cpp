#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/integration/lakefs/play.h"
#include "tests/support/suite.h"

#include <set>

using namespace andon;

namespace
{

/// A commit as the API says it; its parents sorted.
test::Json saidOf(const versions::Commit &commit)
{
    test::Json metadata = test::Json::object();
    for (const auto &[key, value] : commit.metadata)
        metadata[key] = value;
    test::Json parents = test::Json::array();
    for (const core::CommitId &parent : commit.parents)
        parents.push_back(parent.value);
    return {{"id", commit.id.value},
            {"parents", parents},
            {"committer", commit.committer},
            {"message", commit.message},
            {"creation_date", commit.created},
            {"meta_range_id", commit.metaRangeId},
            {"metadata", metadata},
            {"generation", commit.generation},
            {"version", commit.version}};
}

const char *word(versions::HookStatus status)
{
    return status == versions::HookStatus::Completed ? "completed"
        : status == versions::HookStatus::Failed     ? "failed"
                                                     : "skipped";
}

std::int64_t count(const std::vector<std::string> &lines, const std::string &part)
{
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string &line) { return line.find(part) != std::string::npos; });
}

} // namespace

/// The console's cache, filled from a real lakeFS, holds what lakectl says of it.
class SyncTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string wrong = m_server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lake = std::make_unique<test::Lake>(m_server.url(), test::LakeFsServer::user());
        m_lakectl =
            std::make_unique<test::Lakectl>(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        m_console =
            std::make_unique<test::Console>(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        test::playHistory(*m_lake);
        ANDON_VERIFY_LAKE(*m_lake);
        QTRY_COMPARE_WITH_TIMEOUT(m_lake->all("/audio-lake/actions/runs").size(), test::kPlayedRuns, 20'000);
    }

    void init() { test::failOnAnyWarning(); }

    void holdsWhatLakectlSaysOfEveryRef()
    {
        const auto done = m_console->sync();
        ANDON_VERIFY_RESULT(done);
        QCOMPARE(done->repositories, static_cast<std::int64_t>(test::kPlayed.size()));
        std::int64_t held = 0;
        for (const std::string &repo : test::kPlayed) {
            held += static_cast<std::int64_t>(m_console->commits(repo).size());
            compareRefs(repo);
        }
        QCOMPARE(done->commits, held);
        QCOMPARE(done->runs, static_cast<std::int64_t>(test::kPlayedRuns));
    }

    void holdsEveryFieldOfACommit()
    {
        for (const std::string &repo : test::kPlayed) {
            std::map<std::string, test::Json> said;
            for (const versions::Ref &ref : m_console->refs(repo))
                for (const test::Json &commit : m_lake->all("/" + repo + "/refs/" + ref.commit.value + "/commits"))
                    said[commit["id"].get<std::string>()] = commit;
            const std::size_t reached = said.size();
            for (const test::Json &run : m_lake->all("/" + repo + "/actions/runs"))
                if (const std::string id = run["commit_id"]; !id.empty())
                    for (const test::Json &commit : m_lake->all("/" + repo + "/refs/" + id + "/commits"))
                        said[commit["id"].get<std::string>()] = commit; // a merge that its gate refused, too
            QCOMPARE(said.size() > reached, repo == "audio-lake");
            const auto held = m_console->commits(repo);
            QCOMPARE(held.size(), said.size()); // and nothing else: nobody asked for deleted and hidden branches
            for (const auto &[id, commit] : held)
                QCOMPARE(saidOf(commit).dump(), said[id].dump());
        }
        ANDON_VERIFY_LAKE(*m_lake);
    }

    void holdsEveryHook()
    {
        std::map<std::string, std::string> said;
        for (const test::Json &run : m_lake->all("/audio-lake/actions/runs")) {
            std::string &text = said[run["run_id"].get<std::string>()];
            text = run["event_type"].get<std::string>() + " " + run["status"].get<std::string>() + " "
                + run["branch"].get<std::string>() + " " + run["commit_id"].get<std::string>();
            for (const test::Json &hook :
                 m_lake->all("/audio-lake/actions/runs/" + run["run_id"].get<std::string>() + "/hooks"))
                text += "\n" + hook["hook_run_id"].get<std::string>() + " " + hook["action"].get<std::string>() + " "
                    + hook["hook_id"].get<std::string>() + " " + hook["status"].get<std::string>();
        }
        std::map<std::string, std::string> held;
        for (const versions::ActionRun &run : m_console->runs("audio-lake")) {
            std::string &text = held[run.id];
            text = run.event + " " + word(run.status) + " " + run.branch.value + " " + run.commit.value;
            for (const versions::HookRun &hook : run.hooks)
                text += "\n" + hook.id + " " + hook.action + " " + hook.hook + " " + word(hook.status);
        }
        QCOMPARE(held.size(), test::kPlayedRuns);
        QVERIFY(held == said);
    }

    void asksNothingNewWhenNothingChanged()
    {
        (void)m_console->asked();
        const auto again = m_console->sync();
        ANDON_VERIFY_RESULT(again);
        QCOMPARE(again->commits, 0);
        QCOMPARE(again->runs, 0);
        QCOMPARE(again->requests, 0);
        const auto lines = m_console->asked();
        QCOMPARE(count(lines, "/commits"), 0);
        QCOMPARE(count(lines, "/hooks"), 0);
        // Configuration, user, specification, repositories; of each: branches, tags, rules, runs.
        QCOMPARE(lines.size(), 4 + 4 * test::kPlayed.size());
    }

    void readsOnlyWhatABranchGained()
    {
        const std::string repo = "vision-lake";
        const auto before = m_console->commits(repo).size();
        for (int i = 0; i < 3; ++i)
            m_lake->commit(repo, "cross-a", "more " + std::to_string(i));
        m_lake->merge(repo, "cross-a", "undecided", {{"allow_empty", true}});
        ANDON_VERIFY_LAKE(*m_lake);
        (void)m_console->asked();
        const auto done = m_console->sync();
        ANDON_VERIFY_RESULT(done);
        QCOMPARE(done->commits, 4);
        QCOMPARE(m_console->commits(repo).size(), before + 4);
        QVERIFY2(done->requests <= 2, std::to_string(done->requests).c_str());
        QCOMPARE(count(m_console->asked(), "/commits"), done->requests);
        compareRefs(repo);
    }

    void readsOnlyTheNewRuns()
    {
        const std::string repo = "audio-lake";
        m_lake->commit(repo, "feed-2", "gated", {{"metadata", {{"bad", "no"}}}});
        ANDON_VERIFY_LAKE(*m_lake);
        const std::size_t all = test::kPlayedRuns + 2; // before and after the commit
        QTRY_COMPARE_WITH_TIMEOUT(m_lake->all("/audio-lake/actions/runs").size(), all, 20'000);
        (void)m_console->asked();
        const auto done = m_console->sync();
        ANDON_VERIFY_RESULT(done);
        QCOMPARE(done->runs, 2);
        QCOMPARE(count(m_console->asked(), "/hooks"), 2);
        QCOMPARE(m_console->runs(repo).size(), all);
    }

    void keepsTheCommitsOfADeletedBranch()
    {
        const std::string repo = "vision-lake";
        const std::string lost = m_lake->head(repo, "undecided");
        m_lake->deleteBranch(repo, "undecided");
        m_lake->hardReset(repo, "cross-a", "cross-a~2");
        ANDON_VERIFY_LAKE(*m_lake);
        const auto before = m_console->commits(repo);
        QVERIFY(before.contains(lost));
        (void)m_console->asked();
        const auto done = m_console->sync();
        ANDON_VERIFY_RESULT(done);
        QCOMPARE(done->commits, 0);
        QCOMPARE(count(m_console->asked(), "/commits"), 0);
        QVERIFY(m_console->commits(repo) == before);
        for (const versions::Ref &ref : m_console->refs(repo))
            QVERIFY(ref.name.value != "undecided");
        compareRefs(repo);
    }

private:
    /// Refs as the server lists them; what each reaches as `lakectl log` says.
    void compareRefs(const std::string &repo)
    {
        std::set<std::string> listed;
        for (const char *kind : {"/branches", "/tags"})
            for (const test::Json &ref : m_lake->all("/" + repo + kind))
                listed.insert(kind + ref["id"].get<std::string>() + " " + ref["commit_id"].get<std::string>());
        const auto commits = m_console->commits(repo);
        std::set<std::string> held;
        for (const versions::Ref &ref : m_console->refs(repo)) {
            const bool branch = ref.kind == versions::RefKind::Branch;
            held.insert((branch ? "/branches" : "/tags") + ref.name.value + " " + ref.commit.value);
            const std::string uri = "lakefs://" + repo + "/" + ref.name.value;
            const auto ran =
                m_lakectl->run({QStringLiteral("log"), QStringLiteral("--dot"), QString::fromStdString(uri)});
            QVERIFY2(ran.exit == 0, (uri + ": " + ran.error).c_str());
            const auto said = test::parentsInDot(ran.out);
            QVERIFY2(!said.empty() && test::reachedFrom(commits, ref.commit.value) == said, uri.c_str());
        }
        QVERIFY(held == listed);
        QVERIFY(repo == "bare-lake" || !held.empty());
    }

    test::LakeFsServer m_server;
    std::unique_ptr<test::Lake> m_lake;
    std::unique_ptr<test::Lakectl> m_lakectl;
    std::unique_ptr<test::Console> m_console;
};

ANDON_SUITE(SyncTest)
#include "sync_test.moc"
