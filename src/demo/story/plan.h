#pragma once
// The facts of the demo factory's one story, decided once from scale, seed and the frozen "now"; every dialect tells
// them. Pure: the same arguments give the same plan, and all times hang on `now`.
#include "core/instant.h"

#include <cstdint>
#include <string>
#include <vector>

namespace andon::demo
{

using core::Instant;

enum class Scale { Small, Factory, Huge };
[[nodiscard]] const char *nameOf(Scale scale); ///< "small"

struct RepositoryPlan {
    std::string name = {};
    std::int64_t commits = 0; ///< exactly, over all refs, the repository's initial commit included
};

/// A registered model. A deployed one is served by `servingGpus` GPUs.
struct ModelPlan {
    std::string name = {};
    int versions = 1; ///< numbered 1 … versions
    int deployed = 0; ///< the version that serves now; 0: none
    Instant deployedAt = {};
    int deployedBefore = 0; ///< the version that served before deployedAt; 0: none
    int servingGpus = 0;
    double promptTokensPerSecond = 0; ///< mean over a day, whole deployment
    double generatedTokensPerSecond = 0;
};

/// What occupies GPUs: one pod per workload (training job or serving deployment), or a notebook that sits idle.
struct WorkloadPlan {
    enum class Kind { Train, Serve, Notebook };
    Kind kind = Kind::Train;
    std::string nameSpace = {};
    std::string pod = {};
    std::string model = {}; ///< registered model it trains or serves, "" for a notebook
    int version = 0; ///< that it serves; 0 for others
    std::string array = {}; ///< the storage array it reads
    Instant started = {};
};

struct GpuPlan {
    int node = 0; ///< index into nodes
    int index = 0; ///< on its node
    std::string uuid = {}; ///< "GPU-…"
    int workload = -1; ///< index into workloads, -1: free
};

struct ArrayPlan {
    std::string name = {};
    double readLimit = 0; ///< B/s
    double normalRead = 0; ///< B/s, mean
    double normalWrite = 0;
    double normalReadLatency = 0; ///< s
};

struct Plan {
    Scale scale = Scale::Small;
    std::uint64_t seed = 1;
    Instant now = {}; ///< the story always ends here
    std::string site = "ams-1";
    std::vector<RepositoryPlan> repositories = {}; ///< ml-data first
    std::vector<ModelPlan> models = {}; ///< nine; fraud-llm and chat-small among them
    std::vector<std::string> nodes = {}; ///< "gpu-01" …
    int gpusPerNode = 8;
    int quotaGpus = 0; ///< all of them
    std::vector<GpuPlan> gpus = {}; ///< node-major
    std::vector<WorkloadPlan> workloads = {};
    std::vector<ArrayPlan> arrays = {};

    // The ingest that broke the model.
    std::string dataRepository = "ml-data";
    std::string ingestBranch = "ingest-42";
    std::string skippedHook = "schema-check";
    Instant ingestMerged = {}; ///< 9 days ago
    std::string failedModel = "fraud-llm";
    int failedVersion = 14;
    int lastGoodVersion = 13;
    std::string failedRunName = "fraud-llm-812";
    std::string lastGoodRunName = "fraud-llm-774";
    Instant deployedAt = {}; ///< 3 days ago
    double qualityBefore = 0.912; ///< model.quality (auc) before deployedAt
    double qualityAfter = 0.812; ///< 11 % lower

    // The array that starves the GPUs.
    std::string saturatedArray = "fb-ams-03";
    Instant saturatedSince = {}; ///< hours ago; the first scrape that shows it
    Instant starvedSince = {}; ///< minutes later, when what was read ahead is used up

    std::string losingModel = "chat-small";
    // The model whose dataset source the registry attributes to an earlier commit than the run's own tag.
    std::string sharedDatasetModel = "risk-scorer";
};

/// now is rounded down to whole seconds.
[[nodiscard]] Plan makePlan(Scale scale, std::uint64_t seed, Instant now);

constexpr std::int64_t kLeastCommits = 420; ///< of the largest repository: what the story needs
/// Gives the largest repository so many commits and the others in proportion. At least kLeastCommits.
void holdCommits(Plan &plan, std::int64_t commits);

/// Uniform [0, 1) that depends on nothing but its arguments. For everything in the story that looks random.
[[nodiscard]] double noise(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0);

} // namespace andon::demo
