#pragma once
// An error as JSON and back, for what crosses from one process to another. Pure.
#include "core/error.h"

#include <nlohmann/json_fwd.hpp>

namespace andon::profile
{

[[nodiscard]] nlohmann::ordered_json errorJson(const core::Error &error);
/// What is missing or of another type stays empty; an unknown kind is Protocol.
[[nodiscard]] core::Error errorFrom(const nlohmann::ordered_json &json);

} // namespace andon::profile
