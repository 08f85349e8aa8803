#pragma once
// How values stand in a column. Internal to store.
#include "core/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::store
{

/// Pairs as "3:key5:value…": any bytes survive.
[[nodiscard]] std::string packPairs(const std::vector<std::pair<std::string, std::string>> &pairs);
/// Stops at the first damage.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> unpackPairs(std::string_view packed);

} // namespace andon::store
