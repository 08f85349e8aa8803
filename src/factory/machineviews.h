#pragma once
// What Compute and Storage show. Meaning only; words are in text/.
#include "factory/floorview.h"

namespace andon::factory
{

struct NodeRow {
    std::string node = {};
    int gpus = 0;
    std::optional<double> busy = {}; ///< ratio, now
    std::optional<double> smActive = {}; ///< ratio
    std::optional<double> memory = {}; ///< ratio
    std::optional<double> watts = {};
    std::optional<double> celsius = {};
};

struct WorkloadRow {
    std::string nameSpace = {};
    std::string pod = {};
    int gpus = 0;
    std::optional<double> busy = {};
    std::optional<double> smActive = {};
    std::optional<double> memory = {};
    bool idle = false; ///< allocated and not busy in the last 30 min
    bool starved = false; ///< busy, and its multiprocessors mostly wait
};

struct ComputeView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    telemetry::Matrix heat = {}; ///< per GPU, labels node and gpu, ratio 0..1
    std::string heatSignal = {}; ///< "gpu.sm_active" or "gpu.busy"
    std::vector<Lane> lanes = {};
    std::vector<NodeRow> nodes = {};
    std::vector<WorkloadRow> workloads = {};
    int quota = 0;
    int allocated = 0;
    int idle = 0;
    int starved = 0;
};

struct ArrayRow {
    std::string array = {};
    std::optional<double> read = {}; ///< B/s
    std::optional<double> write = {}; ///< B/s
    std::optional<double> iops = {};
    std::optional<double> readLatency = {}; ///< s
    std::optional<double> readNormal = {}; ///< B/s, median of the 7 days before
    std::optional<double> latencyNormal = {};
    std::optional<double> limit = {}; ///< B/s, the highest that was seen in 7 days
    std::optional<double> space = {}; ///< ratio
    telemetry::StationState state = {};
    core::Instant since = {}; ///< when latency rose above twice normal; unknown when it has not
};

struct StorageView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    std::vector<Lane> lanes = {};
    std::vector<ArrayRow> arrays = {}; ///< worst first
    int starvedGpus = 0;
    std::optional<double> smActive = {}; ///< of the GPUs, now
};

} // namespace andon::factory
