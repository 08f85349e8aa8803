#include "demo/lakefs/pullstory.h"

#include "demo/lakefs/lakefsanswers.h"
#include "demo/lakefs/scenario.h"

#include <algorithm>
#include <set>

namespace andon::demo
{

namespace
{

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kSpan = 45 * kDay; // pulls of merges before that are not told
constexpr std::int64_t kWaits = 100 * kDay; // an open one that is older was given up
constexpr std::size_t kMost = 250;

using Ordered = nlohmann::ordered_json; // the server writes pulls in an order of its own
using ById = std::vector<std::pair<std::string, std::string>>;

class PullWriter
{
public:
    PullWriter(const Plan &plan, const History &history)
        : m_plan(plan)
        , m_history(history)
        , m_now(plan.now.seconds())
    {
    }

    std::vector<std::string> write()
    {
        for (auto n = m_history.trunk.rbegin(); n != m_history.trunk.rend() && m_all.size() < kMost; ++n)
            tellMerge(*n);
        tellOthers();
        std::sort(m_all.begin(), m_all.end());
        std::vector<std::string> texts;
        for (auto &[id, text] : m_all)
            texts.push_back(std::move(text));
        return texts;
    }

private:
    void tellMerge(std::int32_t n)
    {
        const DemoCommit &merge = m_history.at(n);
        const std::int32_t head = merge.what == CommitWhat::Squash ? merge.about : merge.second;
        if (head < 0 || merge.created < m_now - kSpan)
            return;
        m_taken.insert(head);
        const std::string &source = m_history.branchNames[m_history.at(head).branch];
        const bool proposed = noise(m_history.seed, static_cast<std::uint64_t>(n), 21) < 0.6;
        if (source == m_plan.ingestBranch || !proposed)
            return;
        Ordered pull = pullOf("merged", head, source, std::min(m_history.at(head).created, merge.created) + 600);
        pull["closed_date"] = lakefs::timeText(merge.created * 1000);
        pull["merged_commit_id"] = m_history.idOf(n);
        add(std::move(pull));
    }

    /// What is on branches that were never merged.
    void tellOthers()
    {
        const std::vector<char> merged = m_history.reach(m_history.branches.at("main"));
        for (const auto &[name, head] : m_history.branches) {
            if (merged[static_cast<std::size_t>(head)] || m_taken.contains(head) || m_all.size() >= 2 * kMost)
                continue;
            const std::int64_t at = m_history.at(head).created + 900;
            const bool open = at > m_now - kWaits;
            Ordered pull = pullOf(open ? "open" : "closed", head, name, at);
            if (!open)
                pull["closed_date"] = lakefs::timeText((at + 6 * kDay) * 1000);
            add(std::move(pull));
        }
    }

    Ordered pullOf(const char *status, std::int32_t head, const std::string &source, std::int64_t at) const
    {
        const std::string message = m_history.message(head);
        const std::string title = message.substr(0, message.find('\n'));
        const bool described = noise(m_history.seed, static_cast<std::uint64_t>(head), 22) < 0.8;
        return {{"description",
                 described ? "Brings " + source + " to main.\n\nRows and checks are in the commits' metadata." : ""},
                {"status", status},
                {"title", title},
                {"author", m_history.committer(head)},
                {"creation_date", lakefs::timeText(at * 1000)},
                {"destination_branch", "main"},
                {"id", runId(at, static_cast<std::uint32_t>(m_all.size() + 1))},
                {"source_branch", source}};
    }

    void add(Ordered pull)
    {
        std::string id = pull.value("id", "");
        m_all.emplace_back(std::move(id), pull.dump());
    }

    const Plan &m_plan;
    const History &m_history;
    std::int64_t m_now;
    ById m_all;
    std::set<std::int32_t> m_taken; ///< heads that were merged
};

} // namespace

std::vector<std::string> makePulls(const Plan &plan, const History &history)
{
    return PullWriter(plan, history).write();
}

} // namespace andon::demo
