#pragma once
// A pull request of lakeFS: a proposal to merge one branch into another. Plain values.
#include "versions/repository.h"

namespace andon::versions
{

enum class PullStatus { Open, Merged, Closed, Unknown };
[[nodiscard]] const char *nameOf(PullStatus status); ///< "open"

struct PullRequest {
    std::string id = {};
    PullStatus status = PullStatus::Unknown;
    std::string title = {};
    std::string description = {}; ///< "" in a list: only asked one by one
    std::string author = {};
    Instant created = {};
    Instant closed = {}; ///< merged or closed; unknown while it is open
    RefName source = {};
    RefName destination = {};
    CommitId merged = {}; ///< "" in a list, and unless it was merged
    bool operator==(const PullRequest &) const = default;
};

} // namespace andon::versions
