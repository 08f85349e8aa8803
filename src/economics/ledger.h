#pragma once
// What was counted in one closed window [from, to): tokens, GPU-hours and energy, each with how much of the window was
// really seen. The factory fills it; kpi.h prices it. GPU time is in micro-hours: a millionth of one GPU's hour.
#include "core/evidence.h"
#include "core/ids.h"
#include "core/money.h"

#include <optional>
#include <vector>

namespace andon::economics
{

/// Seen over `coverage` (0..1) of the window. No value: no such series. Evidence: the answers it was counted from.
struct Counted {
    std::optional<std::int64_t> value = {};
    double coverage = 0;
    std::vector<core::Evidence> evidence = {};
    bool operator==(const Counted &) const = default;
};

/// GPU time within one stretch of constant price (PriceBook::stretches).
struct GpuTime {
    core::TimeRange range = {};
    std::int64_t microHours = 0;
    bool operator==(const GpuTime &) const = default;
};

struct ModelUsage {
    core::ModelName model = {};
    core::ModelVersionNumber version = {}; ///< "" when the metrics do not tell
    Counted input = {}; ///< tokens: counter deltas, never extrapolated rates
    Counted output = {}; ///< tokens; an embedding model has 0
    std::vector<GpuTime> allocated = {}; ///< of the GPUs that serve it
    double gpuCoverage = 0;
    std::vector<core::Evidence> gpuEvidence = {};
    Counted busy = {}; ///< micro-hours: ∫ gpu.busy over its GPUs
    Counted millijoules = {}; ///< at the GPU board
    std::optional<core::Money> billed = {}; ///< revenue of the window from a billing source
    std::vector<core::Evidence> billedEvidence = {};
    bool operator==(const ModelUsage &) const = default;
};

/// Each GPU-hour of the quota falls into the first that holds: unallocated, allocated and idle, starved, busy.
struct TaxTime {
    core::TimeRange range = {}; ///< one stretch of constant price
    std::int64_t unallocated = 0; ///< micro-hours, as are the others
    std::int64_t idle = 0;
    std::int64_t starved = 0;
    std::int64_t busy = 0;
    bool operator==(const TaxTime &) const = default;
};

struct Ledger {
    core::TimeRange window = {};
    std::vector<ModelUsage> models = {};
    bool tokensRead = true; ///< else which models served is not known
    std::vector<TaxTime> fleet = {};
    double fleetCoverage = 0;
    std::vector<core::Evidence> fleetEvidence = {};
    Counted fleetBusy = {}; ///< micro-hours: ∫ gpu.busy over all allocated GPUs
    bool operator==(const Ledger &) const = default;
};

/// total in parts by weight; each is rounded down and the last part with a weight takes the remainder. All weights 0:
/// all parts 0.
[[nodiscard]] std::vector<std::int64_t> shareOut(std::int64_t total, const std::vector<std::int64_t> &weights);

} // namespace andon::economics
