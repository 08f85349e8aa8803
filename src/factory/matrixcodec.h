#pragma once
// Series as they stand in the cache: label texts, then times and values as packed runs, compressed. Pure.
#include "core/result.h"
#include "telemetry/series.h"

namespace andon::factory
{

[[nodiscard]] std::string packMatrix(const telemetry::Matrix &matrix);
/// Storage when the bytes are damaged.
[[nodiscard]] core::Result<telemetry::Matrix> unpackMatrix(std::string_view packed);

} // namespace andon::factory
