// Hook runs, branches and pull requests of a real lakeFS, as the console's services tell them.
#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lake.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/integration/lakefs/play.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;

namespace
{
const core::RepositoryId kVision("vision-lake");
} // namespace

class RealGatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string wrong = m_server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lake = std::make_unique<test::Lake>(m_server.url(), test::LakeFsServer::user());
        m_console =
            std::make_unique<test::Console>(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        test::playHistory(*m_lake);
        ANDON_VERIFY_LAKE(*m_lake);
        QTRY_COMPARE_WITH_TIMEOUT(m_lake->all("/audio-lake/actions/runs").size(), test::kPlayedRuns, 20'000);
        ANDON_VERIFY_RESULT(m_console->sync());
    }

    void init() { test::failOnAnyWarning(); }

    void theWallCountsWhatTheServerSays()
    {
        std::map<std::string, std::map<std::string, int>> said; // by "hook event"
        std::int64_t all = 0;
        for (const test::Json &run : m_lake->all("/audio-lake/actions/runs"))
            for (const test::Json &hook :
                 m_lake->all("/audio-lake/actions/runs/" + run["run_id"].get<std::string>() + "/hooks")) {
                ++said[hook["hook_id"].get<std::string>() + " " + run["event_type"].get<std::string>()]
                      [hook["status"].get<std::string>()];
                ++all;
            }
        ANDON_VERIFY_LAKE(*m_lake);
        const auto wall = m_console->gates().wall(Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.results, all);
        QCOMPARE(wall->value.rows.size(), said.size());
        for (const factory::GateRow &row : wall->value.rows) {
            auto &counts = said.at(row.line.hook + " " + row.line.event);
            QCOMPARE(row.line.all, (versions::GateSummary{counts["completed"], counts["failed"], counts["skipped"]}));
            QVERIFY(row.line.all == row.line.week); // all of it was played just now
        }
    }

    void aHooksOutputIsReadOnce()
    {
        const auto wall = m_console->gates().wall(Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(wall);
        for (const factory::GateRow &row : wall->value.rows) {
            const auto &failure = row.line.lastFailure;
            if (!failure)
                continue;
            const std::string target =
                "/audio-lake/actions/runs/" + failure->run + "/hooks/" + failure->hookRun + "/output";
            const test::Json said = m_lake->get(target);
            ANDON_VERIFY_LAKE(*m_lake);
            const auto output = m_console->gates().output(row.site, row.repository, *failure, Access::Refresh, {});
            ANDON_VERIFY_RESULT(output);
            QCOMPARE(*output, said.get<std::string>());
            (void)m_console->asked();
            QCOMPARE(*m_console->gates().output(row.site, row.repository, *failure, Access::Refresh, {}), *output);
            QVERIFY(m_console->asked().empty());
        }
    }

    void onlyTheDirtyBranchIsDirty()
    {
        const auto ask = [&](const char *branch) {
            return m_console->branches().uncommitted(kVision, core::RefName(branch), {});
        };
        for (const auto &[branch, dirty] : {std::pair{"dirty", true}, {"main", false}}) {
            const auto answer = ask(branch);
            ANDON_VERIFY_RESULT(answer);
            QCOMPARE(*answer, dirty);
        }
        QCOMPARE(ask("no-such-branch").error().kind, core::ErrorKind::NotFound);
    }

    void branchesAreAsFarAsTheirMergeBaseSays()
    {
        const auto view = m_console->branches().refs(kVision, Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(view);
        QVERIFY(view->value.refs.size() > 5);
        int protectedOnes = 0;
        for (const factory::RefLine &line : view->value.refs) {
            QVERIFY2(line.ahead && line.behind, line.ref.name.value.c_str());
            protectedOnes += line.rule.empty() ? 0 : 1;
            const test::Json base =
                m_lake->get("/" + kVision.value + "/refs/" + test::encoded(line.ref.commit.value) + "/merge/main");
            const bool merged = base["base_commit_id"] == line.ref.commit.value;
            QCOMPARE(*line.ahead == 0, merged);
        }
        ANDON_VERIFY_LAKE(*m_lake);
        QVERIFY(protectedOnes > 0);
    }

    void pullRequestsAreWhatTheServerLists()
    {
        const auto pulls = m_console->pulls().pulls(Access::Refresh, {});
        ANDON_VERIFY_RESULT(pulls);
        QVERIFY(!pulls->value.absent);
        QVERIFY2(pulls->value.product.starts_with("lakeFS 1."), pulls->value.product.c_str());
        std::map<std::string, std::string> said;
        for (const test::Json &pull : m_lake->all("/" + kVision.value + "/pulls?status=all"))
            said[pull["id"].get<std::string>()] = pull["status"].get<std::string>() + " "
                + pull["title"].get<std::string>() + " " + pull["source_branch"].get<std::string>() + " "
                + pull["author"].get<std::string>();
        ANDON_VERIFY_LAKE(*m_lake);
        std::map<std::string, std::string> held;
        for (const factory::PullRow &row : pulls->value.pulls) {
            QCOMPARE(row.repository, kVision);
            const versions::PullRequest &pull = row.pull;
            held[pull.id] = std::string(versions::nameOf(pull.status)) + " " + pull.title + " " + pull.source.value
                + " " + pull.author;
            QCOMPARE(pull.closed.known(), pull.status != versions::PullStatus::Open);
        }
        QCOMPARE(held.size(), std::size_t{3});
        QVERIFY(held == said);
        QCOMPARE(pulls->value.pulls.front().pull.status, versions::PullStatus::Open);
    }

    void oneIsShownWithWhatItBrings()
    {
        const std::string repo = "vision-lake";
        m_lake->branch(repo, "shown", "main");
        m_lake->put(repo, "shown", "shown.txt", "more"); // lakeFS merges nothing that changes nothing
        m_lake->commit(repo, "shown", "one more");
        const test::Json made = m_lake->ask("POST", "/" + repo + "/pulls",
                                            {{"title", "Show <b>me</b>"},
                                             {"description", "line 1\nline 2"},
                                             {"source_branch", "shown"},
                                             {"destination_branch", "main"}},
                                            201);
        ANDON_VERIFY_LAKE(*m_lake);
        ANDON_VERIFY_RESULT(m_console->sync());
        const std::string id = made.value("id", "");
        auto shown = m_console->pulls().pull(kVision, id, Access::Refresh, {});
        ANDON_VERIFY_RESULT(shown);
        QCOMPARE(shown->value.row.pull.description, std::string("line 1\nline 2"));
        QCOMPARE(shown->value.count.value(), std::int64_t{1});
        QCOMPARE(shown->value.commits.front().message, std::string("one more"));
        QCOMPARE(shown->value.right.value, m_lake->head(repo, "shown"));
        m_lake->ask("PUT", "/" + repo + "/pulls/" + id + "/merge", {}, 200);
        ANDON_VERIFY_LAKE(*m_lake);
        ANDON_VERIFY_RESULT(m_console->sync());
        shown = m_console->pulls().pull(kVision, id, Access::Refresh, {});
        ANDON_VERIFY_RESULT(shown);
        QCOMPARE(shown->value.row.pull.status, versions::PullStatus::Merged);
        QCOMPARE(shown->value.row.pull.merged.value, m_lake->head(repo, "main"));
        QCOMPARE(shown->value.count.value(), std::int64_t{1}); // as the merge has it
    }

private:
    test::LakeFsServer m_server;
    std::unique_ptr<test::Lake> m_lake;
    std::unique_ptr<test::Console> m_console;
};

ANDON_SUITE(RealGatesTest)
#include "gates_test.moc"
