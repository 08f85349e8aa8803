#include "demo/lakefs/logorder.h"

#include <algorithm>

namespace andon::demo
{

namespace
{

using Later = std::set<std::pair<std::int32_t, std::int32_t>>; ///< (later, earlier), of one second

/// Whatever waited in the frontier while another of its second was taken is not later than that one.
void learn(const History &history, const std::vector<std::int32_t> &log, Later &later)
{
    std::set<std::int32_t> frontier;
    std::set<std::int32_t> seen;
    for (const std::int32_t taken : log) {
        frontier.erase(taken);
        seen.insert(taken);
        for (const std::int32_t waiting : frontier)
            if (history.at(waiting).created == history.at(taken).created)
                later.emplace(taken, waiting);
        for (const std::int32_t parent : {history.at(taken).first, history.at(taken).second})
            if (parent >= 0 && !seen.contains(parent))
                frontier.insert(parent);
    }
}

} // namespace

void orderInSeconds(History &history, const std::vector<std::vector<std::int32_t>> &logs)
{
    Later later;
    for (const auto &log : logs)
        learn(history, log, later);
    // A parent is older than its child also where the logs are silent.
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        for (const std::int32_t parent : {history.commits[i].first, history.commits[i].second})
            if (parent >= 0 && history.at(parent).created == history.commits[i].created)
                later.emplace(static_cast<std::int32_t>(i), parent);
    std::vector<int> earlier(history.commits.size(), 0); // how many must come before
    std::vector<std::vector<std::int32_t>> after(history.commits.size());
    for (const auto &[newer, older] : later)
        if (!later.contains({older, newer})) { // said both ways: the dates are equal
            ++earlier[static_cast<std::size_t>(newer)];
            after[static_cast<std::size_t>(older)].push_back(newer);
        }
    std::vector<std::int32_t> ready;
    for (std::size_t i = 0; i < earlier.size(); ++i)
        if (earlier[i] == 0)
            ready.push_back(static_cast<std::int32_t>(i));
    while (!ready.empty()) {
        const std::int32_t n = ready.back();
        ready.pop_back();
        for (const std::int32_t newer : after[static_cast<std::size_t>(n)]) {
            DemoCommit &c = history.commits[static_cast<std::size_t>(newer)];
            c.order = std::max(c.order, history.at(n).order + 1);
            if (--earlier[static_cast<std::size_t>(newer)] == 0)
                ready.push_back(newer);
        }
    }
}

} // namespace andon::demo
