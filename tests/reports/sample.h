#pragma once
// A report to try: a price book, a day of counts, sources that answered.
#include "reports/kpidata.h"

namespace andon::test
{

extern const core::Instant kMade;

/// models: as many as that; the first of them loses money.
[[nodiscard]] reports::KpiDocument sampleDocument(int models = 3);
/// The same day without GPU metrics: no cost, no tax, no utilisation.
[[nodiscard]] reports::KpiDocument sampleWithoutGpus();

} // namespace andon::test
