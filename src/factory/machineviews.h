#pragma once
// What Compute and Storage show.
#include "factory/floorview.h"
#include "telemetry/starvation.h"

namespace andon::factory
{

struct NodeRow {
    std::string node = {};
    int gpus = 0;
    std::optional<double> busy = {}; ///< ratio, mean of the range's last 10 min
    std::optional<double> smActive = {}; ///< ratio
    std::optional<double> memory = {}; ///< ratio
    std::optional<double> watts = {};
    std::optional<double> celsius = {};
};

struct WorkloadRow {
    std::string nameSpace = {};
    std::string name = {}; ///< pod, or the model it serves
    std::string model = {}; ///< "fraud-llm@14", "" when unknown
    std::string kind = {}; ///< "train", "serve", ""
    int gpus = 0;
    std::optional<double> busy = {};
    std::optional<double> memory = {};
    std::optional<double> watts = {};
    bool idle = false; ///< allocated and never busy in the last 30 min of the range
};

struct ComputeView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    telemetry::Matrix heat = {}; ///< per GPU, labels node and gpu, ratio 0..1
    std::string heatSignal = {}; ///< "gpu.sm_active" or "gpu.busy"
    std::vector<Lane> lanes = {};
    std::vector<NodeRow> nodes = {};
    std::vector<WorkloadRow> workloads = {};
    std::vector<telemetry::Alert> alerts = {};
};

struct ArrayRow {
    std::string array = {};
    std::optional<double> read = {}; ///< B/s
    std::optional<double> write = {}; ///< B/s
    std::optional<double> iops = {};
    std::optional<double> readLatency = {}; ///< s
    std::optional<double> readNormal = {}; ///< B/s, median of the 7 days before
    std::optional<double> latencyNormal = {};
    std::optional<double> limit = {}; ///< B/s, p99 of 7 days or declared
    std::optional<double> space = {}; ///< ratio
    telemetry::StationState state = {};
};

struct StorageView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    telemetry::StarvationVerdict verdict = {};
    core::Instant since = {}; ///< when the verdict began, unknown when not starved
    std::string array = {}; ///< the array the verdict is about
    std::vector<Lane> lanes = {};
    std::vector<EventMark> events = {};
    std::vector<ArrayRow> arrays = {};
    std::vector<telemetry::Alert> alerts = {};
};

} // namespace andon::factory
