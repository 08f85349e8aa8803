#pragma once
// What the demo factory's model registry holds: experiments, runs, models, versions. Built once from the plan; the same
// plan gives the same registry.
#include "demo/story/plan.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace andon::demo
{

/// The data commit that a version was trained on, decided by the history of the data.
struct TrainingCommit {
    std::string repository = {};
    std::string id = {}; ///< 64 hex digits
    std::int64_t created = 0; ///< UTC seconds
};
using TrainingCommitOf = std::function<TrainingCommit(const std::string &model, int version)>;

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct DemoDataset {
    std::string name = {};
    std::string digest = {};
    std::string sourceType = "s3";
    std::string source = {}; ///< JSON text
    std::string schema = {};
    std::string profile = {};
};

struct DemoRun {
    std::string id = {}; ///< 32 hex digits
    std::string name = {};
    int experiment = 0;
    std::string user = {};
    std::string status = "FINISHED";
    bool deleted = false;
    std::int64_t start = 0; ///< UTC milliseconds
    std::int64_t end = 0; ///< 0 while it runs
    std::vector<std::pair<std::string, double>> metrics = {};
    Pairs params = {};
    Pairs tags = {};
    std::optional<DemoDataset> dataset = {}; ///< as the run logged it
    std::string loggedModel = {}; ///< "m-…" it made, "" for none
};

struct DemoVersion {
    std::string model = {};
    int number = 0;
    std::int64_t created = 0;
    std::string run = {};
    std::string loggedModel = {};
    Pairs tags = {};
    std::vector<std::string> aliases = {};
};

struct RegistryStory {
    std::vector<std::string> experiments = {}; ///< name of experiment i; 0 is "Default"
    std::vector<DemoRun> runs = {}; ///< by start, oldest first
    std::vector<DemoVersion> versions = {}; ///< by model, then number
    std::map<std::string, std::size_t> runById = {};
    /// (experiment, name, digest) → the run whose source the registry keeps: the first that logged it.
    std::map<std::string, std::size_t> datasetRow = {};
    std::int64_t created = 0; ///< of the server, UTC milliseconds

    [[nodiscard]] const DemoRun *run(const std::string &id) const;
    /// What the registry answers for a run's dataset: name and digest of its own, the rest of the first run's.
    [[nodiscard]] DemoDataset datasetOf(const DemoRun &run) const;
};

[[nodiscard]] RegistryStory makeRegistryStory(const Plan &plan, const TrainingCommitOf &trainingCommit);

} // namespace andon::demo
