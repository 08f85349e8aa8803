#include "demo/server/truth.h"

#include <algorithm>

namespace andon::demo
{

namespace
{
using Json = nlohmann::ordered_json;
}

Json dataTruth(const Plan &plan, const std::vector<History> &histories)
{
    Json repositories = Json::object();
    for (const History &history : histories) {
        int completed = 0;
        int failed = 0;
        int skipped = 0;
        for (const DemoRunRecord &run : history.runs)
            for (const DemoHook &hook : run.hooks)
                (hook.status == "failed" ? failed : hook.status == "skipped" ? skipped : completed)++;
        std::int64_t merges = 0;
        for (const DemoCommit &commit : history.commits)
            merges += commit.second >= 0 ? 1 : 0;
        // A commit that no ref reaches does not exist for a client.
        std::vector<char> reached(history.commits.size(), 0);
        for (const auto *refs : {&history.branches, &history.tags})
            for (const auto &[name, head] : *refs)
                reached[static_cast<std::size_t>(head)] = 1;
        for (std::size_t i = history.commits.size(); i-- > 0;)
            if (reached[i])
                for (const std::int32_t parent : {history.commits[i].first, history.commits[i].second})
                    if (parent >= 0)
                        reached[static_cast<std::size_t>(parent)] = 1;
        repositories[history.name] = {{"commits", std::count(reached.begin(), reached.end(), 1)},
                                      {"commits_made", history.commits.size()},
                                      {"merges", merges},
                                      {"branches", history.branches.size()},
                                      {"tags", history.tags.size()},
                                      {"runs", history.runs.size()},
                                      {"hooks", {{"completed", completed}, {"failed", failed}, {"skipped", skipped}}}};
    }
    const History &data = *std::find_if(histories.begin(), histories.end(),
                                        [&](const History &h) { return h.name == plan.dataRepository; });
    const std::int32_t merge = data.trunkAt(plan.ingestMerged.seconds());
    return {{"repositories", repositories},
            {"ingest",
             {{"repository", plan.dataRepository},
              {"branch", plan.ingestBranch},
              {"merge", data.commits[static_cast<std::size_t>(merge)].id.id().value},
              {"committer", data.committer(merge)},
              {"at", plan.ingestMerged.seconds()},
              {"skipped_hook", plan.skippedHook}}}};
}

Json registryTruth(const Plan &plan, const Registry &registry, const TrainingCommitOf &trainingCommit)
{
    Json traces = Json::object();
    Json aliases = Json::object();
    for (const DemoVersion &version : registry.versions) {
        const DemoRun *run = registry.run(version.run);
        const TrainingCommit commit = trainingCommit(version.model, version.number);
        const auto tag = std::find_if(run->tags.begin(), run->tags.end(),
                                      [](const auto &pair) { return pair.first == "lakefs_commit"; });
        Json trace = {{"run", run->id}, {"run_name", run->name}, {"run_deleted", run->deleted}};
        if (!run->datasets.empty()) {
            const DemoDataset &logged = run->datasets.front();
            trace["dataset"] = {{"name", logged.name}, {"digest", logged.digest}};
            const std::string kept = registry.kept(*run, logged).source;
            const bool agrees = kept.find(commit.id) != std::string::npos;
            const bool pinned = agrees || tag != run->tags.end();
            trace["repository"] = commit.repository;
            trace["commit"] = pinned ? Json(commit.id) : Json(nullptr);
            trace["source_disagrees"] = !agrees && tag != run->tags.end();
        }
        traces[version.model + "@" + std::to_string(version.number)] = trace;
    }
    for (const DemoModel &model : registry.models)
        for (const auto &[alias, version] : model.aliases)
            aliases[model.name][alias] = version;
    int deleted = 0;
    Json statuses = Json::object();
    for (const DemoRun &run : registry.runs) {
        deleted += run.deleted ? 1 : 0;
        statuses[run.status] = statuses.value(run.status, 0) + 1;
    }
    return {{"experiments", registry.experiments.size()},
            {"runs", registry.runs.size()},
            {"runs_by_status", statuses},
            {"deleted_runs", deleted},
            {"models", plan.models.size()},
            {"versions", registry.versions.size()},
            {"logged_models", registry.loggedModels.size()},
            {"aliases", aliases},
            {"traces", traces}};
}

} // namespace andon::demo
