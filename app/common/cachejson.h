#pragma once
// The cache's statistics as JSON, for andonctl and the support bundle. Pure.
#include "store/cachekeeper.h"

#include <nlohmann/json_fwd.hpp>

namespace andon::app
{

[[nodiscard]] nlohmann::ordered_json evictionJson(const store::Eviction &eviction);
[[nodiscard]] nlohmann::ordered_json cacheJson(const store::CacheStatistics &statistics, std::int64_t capBytes);

} // namespace andon::app
