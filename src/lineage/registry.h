#pragma once
// What a model registry (MLflow) says of experiments, runs, models and their versions. Plain values.
#include "core/evidence.h"
#include "core/ids.h"
#include "core/instant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace andon::lineage
{

using core::ExperimentId;
using core::Instant;
using core::ModelName;
using core::ModelVersionNumber;
using core::RunId;
using KeyValues = std::vector<std::pair<std::string, std::string>>; ///< in the order of the answer

[[nodiscard]] const std::string *find(const KeyValues &values, std::string_view key); ///< nullptr when absent

struct Experiment {
    ExperimentId id = {};
    std::string name = {};
    bool deleted = false;
    Instant created = {};
    Instant updated = {};
    KeyValues tags = {};
    bool operator==(const Experiment &) const = default;
};

/// A dataset as a run read it. The registry keeps one row per (experiment, name, digest): source is evidence for the
/// first run of that key only.
struct DatasetInput {
    std::string name = {};
    std::string digest = {}; ///< weak: 8 hex digits over at most 10,000 rows
    std::string sourceType = {};
    std::string source = {}; ///< JSON text as the registry has it
    std::string context = {}; ///< "training", "eval" …
    bool operator==(const DatasetInput &) const = default;
};

enum class RunStatus { Running, Scheduled, Finished, Failed, Killed, Unknown };
[[nodiscard]] const char *name(RunStatus status); ///< "finished"

struct Metric {
    std::string key = {};
    std::optional<double> value = {}; ///< NaN is "no value"
    Instant at = {};
    std::int64_t step = 0;
    bool operator==(const Metric &) const = default;
};

struct Run {
    RunId id = {};
    std::string name = {};
    ExperimentId experiment = {};
    std::string user = {};
    RunStatus status = RunStatus::Unknown;
    bool deleted = false;
    Instant started = {};
    Instant ended = {}; ///< unknown while it runs
    std::string artifactUri = {};
    std::vector<Metric> metrics = {};
    KeyValues params = {};
    KeyValues tags = {};
    std::vector<DatasetInput> inputs = {};
    std::vector<std::string> modelInputs = {}; ///< logged model ids (3.x)
    std::vector<std::string> modelOutputs = {}; ///< logged model ids (3.x)
    bool operator==(const Run &) const = default;
};

/// The run as it was at a moment: not yet there, still running, or as it ended. Metrics of later are left out; tags
/// keep no history and stay.
[[nodiscard]] std::optional<Run> runAt(Run run, Instant at);

struct Alias {
    std::string name = {};
    ModelVersionNumber version = {};
    bool operator==(const Alias &) const = default;
};

struct RegisteredModel {
    ModelName name = {};
    Instant created = {};
    Instant updated = {};
    std::string description = {};
    KeyValues tags = {};
    std::vector<Alias> aliases = {};
    bool operator==(const RegisteredModel &) const = default;
};

struct ModelVersion {
    ModelName model = {};
    ModelVersionNumber version = {};
    Instant created = {};
    Instant updated = {};
    std::string user = {};
    std::string stage = {};
    std::string description = {};
    std::string source = {}; ///< artifact URI, "runs:/…" or "models:/m-…"
    RunId run = {};
    std::string loggedModel = {}; ///< 3.x
    std::string status = {};
    KeyValues tags = {};
    std::vector<std::string> aliases = {};
    bool operator==(const ModelVersion &) const = default;
};

struct LoggedModel {
    std::string id = {};
    ExperimentId experiment = {};
    std::string name = {};
    RunId sourceRun = {};
    std::string artifactUri = {};
    std::string status = {};
    Instant created = {};
    KeyValues tags = {};
    bool operator==(const LoggedModel &) const = default;
};

} // namespace andon::lineage
