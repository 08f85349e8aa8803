#pragma once
// What a model registry holds: experiments, runs, models, versions, logged models. Plain values.
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace andon::demo
{

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Its id is its index in the registry.
struct DemoExperiment {
    std::string name = {};
    std::int64_t created = 0; ///< UTC milliseconds, as all times here
    std::int64_t updated = 0;
    bool deleted = false;
    Pairs tags = {};
};

struct DemoDataset {
    std::string name = {};
    std::string digest = {};
    std::string sourceType = "s3";
    std::string source = {}; ///< JSON text
    std::string schema = {};
    std::string profile = {};
    std::string context = "training";
};

struct DemoPoint {
    double value = 0;
    std::int64_t at = 0;
    std::int64_t step = 0;
};

struct DemoMetric {
    std::string key = {};
    std::vector<DemoPoint> points = {}; ///< as logged

    [[nodiscard]] const DemoPoint &latest() const; ///< of the last step; there is at least one
};

struct DemoRun {
    std::string id = {}; ///< 32 hex digits
    std::string name = {};
    int experiment = 0;
    std::string user = {};
    std::string status = "FINISHED";
    bool deleted = false;
    std::int64_t start = 0;
    std::int64_t end = 0; ///< 0 while it runs
    std::vector<DemoMetric> metrics = {};
    Pairs params = {};
    Pairs tags = {};
    std::vector<DemoDataset> datasets = {}; ///< as the run logged them
    std::vector<std::string> modelInputs = {}; ///< logged models, "m-…"
    std::vector<std::string> modelOutputs = {};

    [[nodiscard]] std::string artifactUri() const;
    [[nodiscard]] const DemoMetric *metric(const std::string &key) const; ///< nullptr for an unknown key
};

struct DemoModel {
    std::string name = {};
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::string description = {};
    Pairs tags = {};
    std::map<std::string, int> aliases = {}; ///< alias → version
};

struct DemoVersion {
    std::string model = {};
    int number = 0;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::string stage = "None";
    std::string description = {};
    std::string source = {}; ///< "models:/m-…", "runs:/…" or the address of an artifact
    std::string run = {};
    Pairs tags = {};
};

struct DemoLoggedModel {
    std::string id = {}; ///< "m-" and 32 hex digits
    int experiment = 0;
    std::string name = {};
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::string status = "LOGGED_MODEL_READY";
    std::string type = {};
    std::string run = {}; ///< that made it, "" for none
    Pairs params = {};
    Pairs tags = {};

    [[nodiscard]] std::string artifactUri() const;
};

struct Registry {
    std::vector<DemoExperiment> experiments = {}; ///< 0 is "Default"
    std::vector<DemoRun> runs = {}; ///< in the order in which they logged their datasets
    std::vector<DemoModel> models = {};
    std::vector<DemoVersion> versions = {};
    std::vector<DemoLoggedModel> loggedModels = {};

    void index(); ///< call when everything is in: sorts models by name, versions by model and number
    [[nodiscard]] const DemoRun *run(const std::string &id) const;
    [[nodiscard]] const DemoModel *model(const std::string &name) const;
    [[nodiscard]] const DemoLoggedModel *loggedModel(const std::string &id) const;
    /// What the registry answers for a dataset that the run logged: it keeps one row per experiment, name and digest,
    /// that of the first run which logged it. Name, digest and context are the run's own.
    [[nodiscard]] DemoDataset kept(const DemoRun &run, const DemoDataset &logged) const;

private:
    std::map<std::string, std::size_t> m_runById;
    std::map<std::string, DemoDataset> m_rows;
};

} // namespace andon::demo
