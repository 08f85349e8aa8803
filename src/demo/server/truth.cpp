#include "demo/server/truth.h"

#include <algorithm>

namespace andon::demo
{

namespace
{
using Json = nlohmann::ordered_json;
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
