#pragma once
// A page of a diff as it stands in the cache. Pure.
#include "core/result.h"
#include "versions/diff.h"

namespace andon::factory
{

[[nodiscard]] std::string packDiff(const versions::DiffPage &page);
/// Storage when the bytes are damaged.
[[nodiscard]] core::Result<versions::DiffPage> unpackDiff(std::string_view packed);

} // namespace andon::factory
