#pragma once
// Which runs read a commit's data, and what they made of it: the chain of a model version, asked from its other end.
// Pure.
#include "lineage/resolve.h"

#include <map>

namespace andon::lineage
{

struct Use {
    RunId run = {};
    std::string name = {}; ///< of the run, "" when it has none
    RunStatus status = RunStatus::Unknown;
    Instant started = {};
    bool deleted = false;
    std::string dataset = {}; ///< that the run logged, "" when only its own words name the commit
    EdgeMethod method = EdgeMethod::Inferred; ///< how it is known
    std::vector<std::pair<ModelName, ModelVersionNumber>> made = {}; ///< registered from that run, oldest first
    bool operator==(const Use &) const = default;
};

struct CommitOrder {
    bool operator()(const CommitAt &a, const CommitAt &b) const
    {
        return a.repository != b.repository ? a.repository < b.repository : a.commit < b.commit;
    }
};
using Uses = std::map<CommitAt, std::vector<Use>, CommitOrder>; ///< of each commit, newest run first

/// By the rules of trace(), for all runs: what the chain of a version ends in is what it is found under here.
/// rowsAcross: as in TraceInputs.
[[nodiscard]] Uses usesOf(const std::vector<Run> &runs, const std::vector<ModelVersion> &versions,
                          const Lookups &lookups, bool rowsAcross);

} // namespace andon::lineage
