#pragma once
// Collects what the storage diagnosis reads, workload by workload, and asks the rule of telemetry/starvation.h.
// Internal to factory; one thread.
#include "economics/pricebook.h"
#include "factory/asking.h"
#include "factory/machineviews.h"
#include "telemetry/gpufleet.h"

namespace andon::factory
{

/// What the page knows already.
struct DiagnosisSubject {
    const std::vector<telemetry::WorkloadCourse> &courses; ///< over the range of the page
    const telemetry::Matrix &power; ///< per GPU, over the same range
    const ArrayRow *array = nullptr; ///< the worst one; nullptr: no array is known
    bool engineIsDevice = false; ///< gpu.busy comes from device utilisation, which hides waiting
    core::Instant now = {}; ///< the end of the range
    std::int64_t stepMs = 0; ///< of the range
};

/// Asks the last hour at one minute: half of it for the hysteresis, half for the verdict.
[[nodiscard]] Diagnosis diagnoseStorage(AskSignals &ask, const DiagnosisSubject &subject);

/// Adds up what the storage-bound workloads waited within the range, and prices it when there is a book.
void countWaiting(Diagnosis &diagnosis, const std::vector<telemetry::WorkloadCourse> &courses, std::int64_t stepMs,
                  const economics::PriceBook *book);

/// What this many GPU-hours cost at the price of an instant. nullopt without a price.
[[nodiscard]] std::optional<core::Money> gpuCost(const economics::PriceBook *book, core::Instant at, double gpuHours);

} // namespace andon::factory
