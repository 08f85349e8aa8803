#pragma once
// What Compute and Storage show. Meaning only; words are in text/.
#include "factory/floorview.h"
#include "telemetry/starvation.h"

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
    int waitingGpus = 0; ///< now
    std::optional<double> waitingShare = {}; ///< of its GPU time in the range, ratio
    std::optional<double> watts = {};
    core::Instant since = {}; ///< when it began to wait or to idle; unknown when it computes
};

/// One GPU over the range, for the heat map.
struct GpuRow {
    std::string node = {};
    std::string gpu = {};
    std::string nameSpace = {}; ///< of who holds it now, "" when it is free
    std::string pod = {};
    telemetry::Series held = {}; ///< ratio 0..1 while somebody held it
    std::vector<std::int64_t> free = {}; ///< sample times at which nobody did
    std::optional<double> now = {};
    bool waiting = false;
    bool idle = false;
};

struct ComputeView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    std::vector<GpuRow> heat = {}; ///< by node and index
    std::string heatSignal = {}; ///< "gpu.sm_active" or "gpu.busy"
    std::int64_t heatStep = 0; ///< ms between two samples
    std::optional<double> waitingBusy = {}; ///< what gpu.busy says of the GPUs that wait: why it is not shown
    std::vector<Lane> lanes = {};
    std::vector<NodeRow> nodes = {};
    std::vector<WorkloadRow> workloads = {}; ///< worst first
    telemetry::Series notComputing = {}; ///< GPUs that are free, idle or wait, over the range
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
    std::optional<double> iopsNormal = {};
    std::optional<double> iopsLimit = {}; ///< the highest that was seen in 7 days
    telemetry::StationState state = {};
    core::Instant since = {}; ///< when latency rose above twice normal; unknown when it has not
};

/// Another cause that was looked for.
struct RivalCheck {
    std::string id = {}; ///< "X1" … "X8" of telemetry/starvation.h
    std::optional<bool> holds = {}; ///< nullopt: no series says
    std::optional<double> value = {}; ///< what decided
    telemetry::Unit unit = telemetry::Unit::None;
};

/// A workload of the diagnosis.
struct DiagnosisRow {
    std::string nameSpace = {};
    std::string pod = {};
    int gpus = 0;
    int waiting = 0; ///< of them, now
    std::optional<double> normal = {}; ///< mean SM activity while it did not wait, ratio
    core::Instant since = {}; ///< when it began to wait; unknown when it does not
    telemetry::StarvationVerdict verdict = {};
};

/// Do GPUs wait for storage? The rule of telemetry/starvation.h, asked for each workload that does not serve; no source
/// says who reads which array, so all are held against the worst one.
struct Diagnosis {
    std::vector<DiagnosisRow> workloads = {}; ///< worst first; empty when no GPU is held
    std::vector<RivalCheck> rivals = {}; ///< of the first workload
    int serving = 0; ///< workloads that were left out: little SM activity is normal while they decode
    int waitingGpus = 0; ///< of the workloads that are storage-bound
    core::Instant since = {}; ///< when the first of them began to wait
    std::optional<double> gpuHours = {}; ///< that they have waited within the range
    std::optional<core::Money> cost = {}; ///< of these GPU-hours, with a price book
    std::optional<core::Money> perHour = {}; ///< of the GPUs that wait now

    [[nodiscard]] telemetry::Starvation verdict() const
    {
        return workloads.empty() ? telemetry::Starvation::InsufficientData : workloads.front().verdict.verdict;
    }
    [[nodiscard]] bool storageBound() const { return telemetry::isStorageBound(verdict()); }
};

struct StorageView {
    core::TimeRange range = {};
    std::vector<Figure> figures = {};
    std::vector<Lane> lanes = {};
    std::vector<ArrayRow> arrays = {}; ///< worst first
    int starvedGpus = 0;
    std::optional<double> smActive = {}; ///< of the GPUs, now
    Diagnosis diagnosis = {};
    std::vector<EventMark> events = {}; ///< alerts that began within the range
};

} // namespace andon::factory
