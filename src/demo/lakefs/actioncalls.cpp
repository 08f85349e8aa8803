// Runs of hooks, their hooks and what these wrote.
#include "demo/lakefs/parameters.h"
#include "demo/lakefs/repositorycalls.h"

#include <algorithm>

namespace andon::demo::lakefs
{

namespace
{

Answer runs(const History &history, const Params &params)
{
    const std::string branch = param(params, "branch");
    const std::string commit = param(params, "commit");
    if (!branch.empty() && !commit.empty())
        return message(400, "can't use both branchID and MergedCommitID: parameters conflict");
    std::vector<std::pair<std::string, Json>> items;
    for (const DemoRunRecord &run : history.runs) {
        if (!isOnPage(run.id, params) || (!branch.empty() && run.branch != branch))
            continue;
        if (!commit.empty() && (run.commit < 0 ? run.commitId : history.idOf(run.commit)) != commit)
            continue;
        items.emplace_back(run.id, runJson(history, run));
        if (items.size() > 1000)
            break; // more than a page
    }
    return page(amountOf(params), items);
}

Answer hooks(const DemoRunRecord *run, const Params &params)
{
    std::vector<std::pair<std::string, Json>> items;
    for (std::size_t i = 0; run && i < run->hooks.size(); ++i)
        if (isOnPage(hookRunId(*run, i), params))
            items.emplace_back(hookRunId(*run, i), hookJson(*run, i));
    return page(amountOf(params), items); // of an unknown run: an empty list
}

Answer output(const DemoRunRecord &run, const std::string &hookRun)
{
    for (std::size_t i = 0; i < run.hooks.size(); ++i) {
        const DemoHook &hook = run.hooks[i];
        if (hookRunId(run, i) == hookRun) // what never ran has no type either
            return {.contentType = hook.status == "skipped" ? std::string() : "application/octet-stream",
                    .body = hook.output};
    }
    return message(404, "not found");
}

} // namespace

Answer actionCall(const History &history, const Found &found, const Params &params)
{
    if (found.call == Call::Runs)
        return runs(history, params);
    const std::string &id = found.names[1];
    const auto at = std::lower_bound(history.runs.begin(), history.runs.end(), id,
                                     [](const DemoRunRecord &r, const std::string &key) { return r.id < key; });
    const DemoRunRecord *run = at != history.runs.end() && at->id == id ? &*at : nullptr;
    if (found.call == Call::Hooks)
        return hooks(run, params);
    if (!run)
        return message(404, found.call == Call::Run ? "not found: not found" : "not found");
    return found.call == Call::Run ? ok(runJson(history, *run)) : output(*run, found.names[2]);
}

} // namespace andon::demo::lakefs
