#pragma once
// Pull requests as they are kept in the cache. Pure.
#include "core/result.h"
#include "versions/pull.h"

#include <string_view>

namespace andon::factory
{

[[nodiscard]] std::string packPulls(const std::vector<versions::PullRequest> &pulls);
[[nodiscard]] core::Result<std::vector<versions::PullRequest>> unpackPulls(std::string_view packed);

} // namespace andon::factory
