#pragma once
// Ref expressions as lakeFS reads them (lakefs.md 1.4), answered from what is cached: branch, tag or commit id (or a
// unique prefix), then any of ^, ^N, ~N, and @ after a branch. Pure.
#include "core/result.h"
#include "versions/commitgraph.h"

namespace andon::versions
{

/// NotFound when nothing has that name, Invalid when it cannot be read or a prefix fits several commits.
[[nodiscard]] core::Result<std::int32_t> resolveRef(std::string_view expression, const std::vector<Ref> &refs,
                                                    const CommitGraph &graph);

} // namespace andon::versions
