// What a log costs the server, and a factory of any scale.
#include "demo/lakefs/lakefsdialect.h"
#include "demo/lakefs/scenario.h"
#include "demo/lakefs/walk.h"
#include "demo/story/plan.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

using namespace andon;
using namespace andon::demo;

class WalkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPageCostsWhatLiesBeforeIt()
    {
        History history;
        std::int32_t head = history.add(CommitWhat::Initial, 0, -1, -1, "main", 0);
        for (int i = 1; i < 100; ++i)
            head = history.add(CommitWhat::Data, i, head, -1, "main", 0);
        const LogAnswer first = walkLog(history, {.head = head, .amount = 10});
        QCOMPARE(first.commits.size(), std::size_t{10});
        QCOMPARE(first.walked, std::int64_t{11}); // one more says that there is more
        const LogAnswer later = walkLog(history, {.head = head, .after = first.commits.back(), .amount = 10});
        QCOMPARE(later.walked, std::int64_t{21}); // from the head again, as the server does
        QCOMPARE(walkLog(history, {.head = 20, .amount = 10}).walked, std::int64_t{11}); // begun where it is wanted
    }

    void theFactoryTellsWhatItsLogsWalked()
    {
        const Plan plan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));
        const LakeFsDialect lakefs(plan, makeHistories(plan), "key", "secret");
        const auto ask = [&](const std::string &path, LakeFsDialect::Params params) {
            return lakefs.handle(
                {.path = path, .params = std::move(params), .authorization = "Basic a2V5OnNlY3JldA=="});
        };
        QCOMPARE(ask("/api/v1/repositories/ml-data/refs/main/commits", {{"amount", "5"}}).status, 200);
        QCOMPARE(ask("/api/v1/repositories/ml-data/refs/nothing/commits", {{"amount", "5"}}).status, 404);
        const auto told = nlohmann::json::parse(ask("/_demo/log", {}).body);
        QCOMPARE(told.at("requests").get<int>(), 2);
        QCOMPARE(told.at("walked").get<int>(), 6);
    }

    void theScalesHaveTheirSizes()
    {
        for (const auto &[scale, commits, gpus] :
             {std::tuple{Scale::Small, 600, 64}, {Scale::Factory, 100'000, 512}, {Scale::Huge, 1'000'000, 4096}}) {
            const Plan plan = makePlan(scale, 1, core::Instant::fromSeconds(1'795'500'017));
            std::int64_t all = 0;
            for (const RepositoryPlan &repository : plan.repositories)
                all += repository.commits;
            QCOMPARE(all, std::int64_t{commits});
            QCOMPARE(plan.gpus.size(), static_cast<std::size_t>(gpus));
        }
    }

    void aHistoryIsAsLongAsItIsAskedFor()
    {
        Plan plan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));
        holdCommits(plan, 4'200);
        const std::vector<History> histories = makeHistories(plan);
        QCOMPARE(histories[0].commits.size(), std::size_t{4'200});
        QCOMPARE(histories[1].commits.size(), std::size_t{1'300});
        QCOMPARE(histories[2].commits.size(), std::size_t{500});
    }

    void aBranchKeepsItsNameHoweverManyThereAre()
    {
        History history;
        const std::int32_t root = history.add(CommitWhat::Initial, 0, -1, -1, "main", 0);
        for (int i = 0; i < 70'000; ++i)
            (void)history.add(CommitWhat::Data, i, root, -1, "b" + std::to_string(i), 0);
        QCOMPARE(history.branchNames[history.at(70'000).branch], std::string("b69999"));
    }
};

ANDON_SUITE(WalkTest)
#include "walk_test.moc"
