#pragma once
// From a model version back to the commits of its data: nodes, edges that say how they are known, and findings. Pure:
// everything that must be looked up is handed in, and nothing is asked twice without need.
#include "lineage/chain.h"
#include "versions/hookrun.h"

#include <functional>

namespace andon::lineage
{

using core::CommitId;
using core::RefName;
using core::RepositoryId;

struct CommitAt {
    RepositoryId repository = {};
    CommitId commit = {};
    bool operator==(const CommitAt &) const = default;
};

/// What the repositories can tell. An absent function is one that knows nothing.
struct Lookups {
    /// The commit of an id, of a unique prefix, or of what a branch or tag is now.
    std::function<std::optional<versions::Commit>(const RepositoryId &, const RefName &)> commit = {};
    /// What a tag was known to point to at a time (rule 3).
    std::function<std::optional<CommitId>(const RepositoryId &, const RefName &, Instant)> tagAt = {};
    /// The commit whose objects have the addresses or checksums that the run read (rule 4).
    std::function<std::optional<CommitAt>(const DatasetInput &)> sameObjects = {};
    /// The commit that is registered for a dataset's name and digest (rule 5).
    std::function<std::optional<CommitAt>(const DatasetInput &)> registered = {};
    /// The head of a branch at a time, from the observed history or the log (rule 6).
    std::function<std::optional<CommitId>(const RepositoryId &, const RefName &, Instant)> headAt = {};
    /// The gate runs of a commit, with their hooks.
    std::function<std::vector<versions::ActionRun>(const RepositoryId &, const CommitId &)> hookRuns = {};
};

struct DeploymentFacts {
    std::string name = {}; ///< "serving/fraud-llm-vllm-0"
    Instant since = {};
    EdgeMethod method = EdgeMethod::Declared; ///< how the version that it serves is known
    KeyValues facts = {};
    std::vector<core::Evidence> evidence = {};
};

/// Tags or parameters of a run that name its data; the first that is there is used.
struct TraceKeys {
    std::vector<std::string> commit = {"lakefs_commit", "lakefs_commit_id", "lakefs_commit_hash", "lakefs.commit_id",
                                       "lakefs.commit"};
    std::vector<std::string> repository = {"lakefs_repo", "lakefs_repository", "lakefs.repository", "lakefs.repo"};
    std::vector<std::string> branch = {"lakefs_branch", "lakefs.branch"};
};

struct TraceInputs {
    ModelVersion version = {};
    std::vector<core::Evidence> versionEvidence = {};
    std::optional<Run> run = {}; ///< that made it; nothing when the registry does not have it
    std::vector<core::Evidence> runEvidence = {};
    /// Other runs with the same dataset name and digest; the run itself may be among them.
    std::vector<Run> sharing = {};
    bool rowsAcrossExperiments = false; ///< the registry keeps one dataset row for all experiments: MLflow 2.x
    std::vector<DeploymentFacts> deployments = {};
    Lookups lookups = {};
    TraceKeys keys = {};
};

/// Node ids: "deployment:<name>", "model:<name>@<version>", "run:<id>", "dataset:<experiment>/<name>/<digest>",
/// "commit:<repository>@<id>", "source:<repository>/<branch or id>".
/// Findings of the chain: "no-run", "missing-run", "deleted-run", "missing-dataset". Of a dataset's edge to its commit:
/// "weak-digest", "unpinned", "shared-dataset-row", "source-disagrees", "commit-unknown", "gate-skipped",
/// "gate-failed"; of the edge from a dataset without a commit to its run: "no-commit", "weak-digest", "unpinned".
[[nodiscard]] Chain trace(const TraceInputs &inputs);

} // namespace andon::lineage
