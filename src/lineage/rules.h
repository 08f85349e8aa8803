#pragma once
// The six rules from a dataset to its data commit (reference lineage-and-registry 1.5 and 1.6). Used by resolve.cpp.
#include "lineage/datasource.h"
#include "lineage/resolve.h"

#include <optional>

namespace andon::lineage
{

struct RuleResult {
    std::optional<CommitAt> commit = {}; ///< nothing when no rule fired
    EdgeMethod method = EdgeMethod::Inferred;
    std::vector<RuleOutcome> outcomes = {}; ///< rules 1..6, in that order
    std::vector<Finding> findings = {};
};

/// dataset null: a run that logged none; then only what the run itself says (rules 2 and 6) can tell.
[[nodiscard]] RuleResult resolveDataset(const TraceInputs &inputs, const DatasetInput *dataset);

/// Another run with the same (experiment, name, digest) that did not begin later: the registry keeps the first source.
[[nodiscard]] bool sharesRow(const TraceInputs &inputs, const DatasetInput &dataset);

} // namespace andon::lineage
