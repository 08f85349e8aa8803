#pragma once
// How far many refs are from one: what each has that the base has not, and the other way round. All of them in a few
// passes over the graph, 64 refs each. Pure.
#include "versions/commitgraph.h"

namespace andon::versions
{

struct Distance {
    std::int64_t ahead = 0; ///< commits that the ref has and the base has not
    std::int64_t behind = 0;
    bool operator==(const Distance &) const = default;
};

/// One entry per row of `rows`, which may repeat; base and rows are rows of the graph.
[[nodiscard]] std::vector<Distance> distances(const CommitGraph &graph, const std::vector<std::int32_t> &rows,
                                              std::int32_t base);

} // namespace andon::versions
