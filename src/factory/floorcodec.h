#pragma once
// The Floor as it was shown last, as bytes: a start shows it at once, before anything is read and computed anew. Pure.
#include "core/result.h"
#include "factory/floorview.h"

#include <string_view>

namespace andon::factory
{

[[nodiscard]] std::string packFloor(const FloorView &view);
/// Storage when the bytes are damaged or of another build.
[[nodiscard]] core::Result<FloorView> unpackFloor(std::string_view bytes);

} // namespace andon::factory
