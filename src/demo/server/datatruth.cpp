// What is true of the repositories.
#include "demo/server/truth.h"

#include <algorithm>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

std::int64_t countOf(const std::vector<char> &set)
{
    return std::count(set.begin(), set.end(), 1);
}

/// Commits that a ref reaches or a run names: the others do not exist for a client.
std::vector<char> reachable(const History &history)
{
    std::vector<char> reached(history.commits.size(), 0);
    for (const auto *refs : {&history.branches, &history.tags})
        for (const auto &[name, head] : *refs)
            reached[static_cast<std::size_t>(head)] = 1;
    for (const DemoRunRecord &run : history.runs) // a merge that its gate refused
        if (run.commit >= 0)
            reached[static_cast<std::size_t>(run.commit)] = 1;
    for (std::size_t i = history.commits.size(); i-- > 0;) // parents have lower numbers
        if (reached[i])
            for (const std::int32_t parent : {history.commits[i].first, history.commits[i].second})
                if (parent >= 0)
                    reached[static_cast<std::size_t>(parent)] = 1;
    return reached;
}

Json kindsOf(const History &history, const std::vector<char> &reached)
{
    static constexpr const char *kWords[] = {"initial", "ordinary", "merge", "squash", "revert", "cherry-pick"};
    Json kinds = Json::object();
    for (const char *word : kWords)
        kinds[word] = 0;
    for (std::size_t i = 0; i < reached.size(); ++i)
        if (reached[i])
            kinds[kWords[static_cast<int>(history.commits[i].what)]].get_ref<std::int64_t &>() += 1;
    return kinds;
}

/// Of each that is about another one: its kind, and the other one where something tells it. A squash names no head: its
/// data do, where they are the head's.
Json naturesOf(const History &history, const std::vector<char> &reached)
{
    static const std::map<CommitWhat, const char *> kAbout{
        {CommitWhat::Squash, "squash"}, {CommitWhat::Revert, "revert"}, {CommitWhat::CherryPick, "cherry-pick"}};
    Json natures = Json::object();
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const auto n = static_cast<std::int32_t>(i);
        const DemoCommit &commit = history.at(n);
        const auto kind = kAbout.find(commit.what);
        if (!reached[i] || kind == kAbout.end())
            continue;
        const bool told = commit.what != CommitWhat::Squash || history.metaRange(n) == history.metaRange(commit.about);
        natures[history.idOf(n)] = {{"kind", kind->second},
                                    {"about", told ? Json(history.idOf(commit.about)) : Json()}};
    }
    return natures;
}

Json hooksOf(const History &history)
{
    std::map<std::string, std::int64_t> results{{"completed", 0}, {"failed", 0}, {"skipped", 0}};
    for (const DemoRunRecord &run : history.runs)
        for (const DemoHook &hook : run.hooks)
            ++results[hook.status];
    return results;
}

/// By name: the head, and for a branch how many commits it has that the default branch lacks, and the other way round.
Json branchesOf(const History &history)
{
    const auto main = history.reach(history.branches.at(history.defaultBranch));
    Json branches = Json::object();
    for (const auto &[name, head] : history.branches) {
        const auto mine = history.reach(head);
        std::int64_t ahead = 0;
        std::int64_t behind = 0;
        for (std::size_t i = 0; i < main.size(); ++i) {
            ahead += mine[i] && !main[i] ? 1 : 0;
            behind += main[i] && !mine[i] ? 1 : 0;
        }
        branches[name] = {
            {"commit", history.idOf(head)}, {"commits", countOf(mine)}, {"ahead", ahead}, {"behind", behind}};
    }
    return branches;
}

Json ingestTruth(const Plan &plan, const History &data)
{
    const std::int32_t merge = data.trunkAt(plan.ingestMerged.seconds());
    const auto gate = std::find_if(data.runs.begin(), data.runs.end(), [&](const DemoRunRecord &run) {
        return run.commit == merge && std::any_of(run.hooks.begin(), run.hooks.end(), [&](const DemoHook &hook) {
                   return hook.hook == plan.skippedHook && hook.status == "skipped";
               });
    });
    const auto refused = std::find_if(data.runs.begin(), data.runs.end(), [](const DemoRunRecord &run) {
        return run.event == "pre-merge" && run.status == "failed";
    });
    return {{"repository", plan.dataRepository},  {"refused", data.idOf(refused->commit)},
            {"branch", plan.ingestBranch},        {"merge", data.idOf(merge)},
            {"committer", data.committer(merge)}, {"at", plan.ingestMerged.seconds()},
            {"skipped_hook", plan.skippedHook},   {"hook_run", gate->id},
            {"hook_at", gate->startedMs / 1000}};
}

} // namespace

Json dataTruth(const Plan &plan, const std::vector<History> &histories)
{
    Json repositories = Json::object();
    for (const History &history : histories) {
        const std::vector<char> reached = reachable(history);
        const Json kinds = kindsOf(history, reached);
        Json tags = Json::object();
        for (const auto &[name, head] : history.tags)
            tags[name] = history.idOf(head);
        repositories[history.name] = {{"commits", countOf(reached)},
                                      {"commits_made", history.commits.size()},
                                      {"merges", kinds["merge"]},
                                      {"kinds", kinds},
                                      {"natures", naturesOf(history, reached)},
                                      {"branches", history.branches.size()},
                                      {"tags", history.tags.size()},
                                      {"runs", history.runs.size()},
                                      {"hooks", hooksOf(history)},
                                      {"branch_heads", branchesOf(history)},
                                      {"tag_heads", tags}};
    }
    const auto data = std::find_if(histories.begin(), histories.end(),
                                   [&](const History &h) { return h.name == plan.dataRepository; });
    return {{"repositories", repositories}, {"ingest", ingestTruth(plan, *data)}};
}

} // namespace andon::demo
