// The pull requests of the demo factory: proposed, merged, given up, and none for the merge of the story.
#include "demo/lakefs/lakefsdialect.h"
#include "demo/story/plan.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

using namespace andon;
using namespace andon::demo;

class PullStoryTest : public QObject
{
    Q_OBJECT

    const Plan m_plan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));
    const LakeFsDialect m_lakefs{m_plan, makeHistories(m_plan), "key", "secret"};

    [[nodiscard]] nlohmann::json ask(const std::string &path, LakeFsDialect::Params params = {}) const
    {
        return nlohmann::json::parse(m_lakefs
                                         .handle({.path = "/api/v1/repositories/ml-data" + path,
                                                  .params = std::move(params),
                                                  .authorization = "Basic a2V5OnNlY3JldA=="})
                                         .body);
    }

private Q_SLOTS:
    void eachStateIsThere()
    {
        std::map<std::string, int> states;
        std::string last;
        const nlohmann::json list = ask("/pulls", {{"amount", "1000"}});
        for (const nlohmann::json &pull : list.at("results")) {
            ++states[pull.at("status").get<std::string>()];
            QVERIFY(!pull.contains("description") && !pull.contains("merged_commit_id"));
            QVERIFY(last < pull.at("id").get<std::string>());
            last = pull.at("id").get<std::string>();
            QVERIFY(pull.at("source_branch") != m_plan.ingestBranch);
            QCOMPARE(pull.contains("closed_date"), pull.at("status") != "open");
        }
        for (const char *status : {"open", "merged", "closed"})
            QVERIFY2(states[status] > 0, status);
        QVERIFY(ask("/pulls", {{"status", "open"}}).at("results").size() < list.at("results").size());
    }

    void aMergedOneNamesItsMerge()
    {
        const nlohmann::json closed = ask("/pulls", {{"status", "closed"}, {"amount", "1000"}});
        for (const nlohmann::json &pull : closed.at("results")) {
            const nlohmann::json whole = ask("/pulls/" + pull.at("id").get<std::string>());
            QVERIFY(whole.contains("description"));
            if (pull.at("status") != "merged")
                continue;
            const nlohmann::json merge = ask("/commits/" + whole.at("merged_commit_id").get<std::string>());
            const auto message = merge.at("message").get<std::string>();
            QVERIFY2(message.find(pull.at("source_branch").get<std::string>()) != std::string::npos, message.c_str());
        }
    }
};

ANDON_SUITE(PullStoryTest)
#include "pullstory_test.moc"
