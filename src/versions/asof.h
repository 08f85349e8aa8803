#pragma once
// A history as it was at a moment. Branch heads are not kept by the server: where they were is told from the commits'
// dates. Pure.
#include "versions/commitgraph.h"

namespace andon::versions
{

struct HistoryAt {
    std::vector<GraphCommit> commits = {};
    std::vector<Ref> refs = {};
};

/// The commits dated at or before `seconds` (UTC), and each ref at the first of them along its first parents; a ref
/// without one is left out.
[[nodiscard]] HistoryAt historyAt(std::vector<GraphCommit> commits, const std::vector<Ref> &refs, std::int64_t seconds);
/// The commits reachable from `head`, it included, and of the refs those that point at one; the default branch points
/// at head. All of it empty when head is unknown.
[[nodiscard]] HistoryAt historyOf(std::vector<GraphCommit> commits, const std::vector<Ref> &refs, const Oid &head,
                                  const RefName &defaultBranch);

} // namespace andon::versions
