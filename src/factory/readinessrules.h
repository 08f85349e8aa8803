#pragma once
// The rules of a dataset's readiness from their text file. Pure.
#include "core/result.h"
#include "versions/readiness.h"

#include <string_view>

namespace andon::factory
{

[[nodiscard]] core::Result<std::vector<versions::ReadinessRule>> parseReadinessRules(std::string_view yaml,
                                                                                     const std::string &file);

} // namespace andon::factory
