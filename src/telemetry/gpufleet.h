#pragma once
// What each GPU of a fleet does, read from two series per holder: engine busy and SM active. Pure.
#include "telemetry/series.h"

#include <array>

namespace andon::telemetry
{

// A GPU whose engine is busy while its multiprocessors are not, waits for data. The utilisation tax uses the same.
constexpr double kGpuBusy = 0.8;
constexpr double kGpuWaiting = 0.4; ///< SM active below this
constexpr double kGpuIdle = 0.01; ///< busy below this

enum class GpuState { Unknown, Free, Idle, Waiting, Computing };
[[nodiscard]] GpuState gpuState(bool held, std::optional<double> busy, std::optional<double> active);

/// One holder of one GPU; a GPU that changed hands within the range has several.
struct GpuHolding {
    std::string node = {};
    std::string gpu = {}; ///< index on its node
    std::string uuid = {};
    std::string nameSpace = {};
    std::string pod = {}; ///< "": nobody held it
    const Series *busy = nullptr; ///< of the matrix it was made from
    const Series *active = nullptr;

    [[nodiscard]] bool held() const { return !pod.empty(); }
    /// Has a sample in the two steps before `to`: it holds the GPU now.
    [[nodiscard]] bool current(core::Instant to, std::int64_t stepMs) const;
};

/// Pairs the series of both matrices by GPU and holder; sorted by node, index and holder. The matrices must outlive it.
[[nodiscard]] std::vector<GpuHolding> holdings(const Matrix &busy, const Matrix &active);

/// How many GPUs of one workload were in each state at one step.
struct WorkloadStep {
    std::int64_t t = 0;
    std::array<int, 5> gpus = {}; ///< by GpuState
    [[nodiscard]] int in(GpuState state) const { return gpus[static_cast<std::size_t>(state)]; }
    [[nodiscard]] int held() const { return in(GpuState::Idle) + in(GpuState::Waiting) + in(GpuState::Computing); }
};

/// A workload's GPUs over the range; steps ascend in time.
struct WorkloadCourse {
    std::string nameSpace = {};
    std::string pod = {};
    std::vector<const GpuHolding *> gpus = {};
    std::vector<WorkloadStep> steps = {};

    /// Since when, without a break until the last step, at least half of its GPUs have been in the state. Unknown when
    /// they are not now; the first step when it began before the range.
    [[nodiscard]] core::Instant since(GpuState state) const;
    /// Share of the held GPU time that was spent in the state.
    [[nodiscard]] std::optional<double> share(GpuState state) const;
};

/// Of all pods, by namespace and pod. The holdings must outlive it.
[[nodiscard]] std::vector<WorkloadCourse> courses(const std::vector<GpuHolding> &holdings);

/// The mean of several series at each time that any of them has.
[[nodiscard]] Series meanOf(const std::vector<const Series *> &series);
/// Their sum, as `sum()` of the engine.
[[nodiscard]] Series sumOf(const std::vector<const Series *> &series);
/// The mean over the last `lengthMs` before the newest sample.
[[nodiscard]] std::optional<double> recentMean(const Series &series, std::int64_t lengthMs);

} // namespace andon::telemetry
