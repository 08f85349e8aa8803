#pragma once
// Do the GPUs of a workload wait for data, and does storage make them wait? Points by rule from what Prometheus has;
// the rule and its thresholds are those of the product's reference, uncalibrated. Pure.
#include "telemetry/baseline.h"

namespace andon::telemetry
{

/// What the utilisation was read from; engine and device activity hide waiting, so they cap what can be claimed.
enum class UtilisationSource { None, DeviceBusy, EngineActive, SmActive };

/// What else could explain it, each read by the caller: true, false or (nullopt) not known.
struct Rivals {
    std::optional<bool> cpuBound = {}; ///< X1 preprocessing
    std::optional<bool> network = {}; ///< X2
    std::optional<bool> throttled = {}; ///< X3
    std::optional<bool> noDemand = {}; ///< X4 serving with nothing running and nothing waiting
    std::optional<bool> checkpoint = {}; ///< X5 writes at least 5 times reads
    std::optional<bool> hardware = {}; ///< X6
    std::optional<bool> communication = {}; ///< X7
    std::optional<bool> warmUp = {}; ///< X8 first 10 minutes of a pod
};

/// All series at the same step over the window; an empty one is "not available".
struct StarvationInput {
    core::TimeRange window = {}; ///< the last 30 min
    std::int64_t stepMs = core::kMinute;
    int gpus = 0;
    bool allocated = false;
    bool memoryBoundDecode = false; ///< serving with DRAM active ≥ 0.5: low SM activity is normal there
    UtilisationSource source = UtilisationSource::None;
    Series utilisation = {}; ///< ratio, mean over the workload's GPUs
    Series blockedShare = {}; ///< D1: share of the time that the data loader blocks, ratio
    Series ioPressure = {}; ///< E1: PSI io some, ratio
    Series ioWait = {}; ///< E2: ratio
    Series readLatency = {}; ///< E3, s
    std::optional<double> latencyNormal = {}; ///< s, median of the 7 days before
    Series readThroughput = {}; ///< E4, B/s of the whole array
    std::optional<double> throughputLimit = {}; ///< B/s, declared or p99 of the 7 days before
    Series readPerGpu = {}; ///< E6, B/s
    std::optional<double> requiredPerGpu = {}; ///< B/s while it was fed
    std::optional<double> powerNormal = {}; ///< E7: p99 of the power, W
    Series power = {}; ///< W
    Rivals rivals = {};
};

enum class Starvation {
    InsufficientData,
    NotStarved,
    UnderUsed, ///< no input evidence
    InputElsewhere, ///< input-bound, but not by storage
    StoragePossible,
    StorageProbable,
    StorageConfirmed
};

/// One signal of the verdict.
struct Evidence {
    std::string id = {}; ///< "D1", "E1" … "E7"
    std::optional<double> value = {}; ///< of the last step; a ratio, r for E5
    double one = 0; ///< threshold of the first point
    double two = 0; ///< of the second
    int points = 0; ///< 0 to 2
    bool storageSide = false; ///< else wait-side
    bool operator==(const Evidence &) const = default;
};

struct StarvationVerdict {
    Starvation verdict = Starvation::InsufficientData;
    double holds = 0; ///< share of the window's evaluations that are at least as bad
    int storagePoints = 0; ///< at the last step
    int waitPoints = 0;
    std::optional<double> utilisation = {}; ///< ratio, mean over the window
    std::optional<double> estimatedUse = {}; ///< AU: share of the time that data would have let it compute, ratio
    std::vector<Evidence> evidence = {};
    std::vector<std::string> rivals = {}; ///< "X1" … that hold
    std::vector<std::string> missing = {}; ///< ids whose series are not there
    double confidence = 0; ///< of the seven signals E1 to E7, the share that is available
    bool operator==(const StarvationVerdict &) const = default;
};

/// `before`: the verdict of the evaluation before, for hysteresis: a state is entered when it held for 60 % of the
/// window and left below 40 %.
[[nodiscard]] StarvationVerdict diagnose(const StarvationInput &input,
                                         Starvation before = Starvation::InsufficientData);

[[nodiscard]] constexpr bool isStorageBound(Starvation verdict)
{
    return verdict >= Starvation::StoragePossible;
}

/// "confirmed", "probable", "possible", "elsewhere", "under-used", "fed", "unknown".
[[nodiscard]] const char *name(Starvation verdict);

/// GPU-hours lost to waiting: GPUs × (1 − AU) × hours.
[[nodiscard]] double lostGpuHours(int gpus, double estimatedUse, double hours);

} // namespace andon::telemetry
