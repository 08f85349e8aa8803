#pragma once
// Two hours of awkward series: resets, gaps, late starts, early ends, odd values, bent histograms. Always the same.
#include "tests/demopromql/memorystore.h"

namespace andon::test
{

inline constexpr std::int64_t kBeginMs = 1'795'000'000'000;
inline constexpr std::int64_t kEndMs = kBeginMs + 7'200'000;

[[nodiscard]] MemoryStore awkwardSamples();
[[nodiscard]] std::string openMetrics(const MemoryStore &store);

} // namespace andon::test
