#pragma once
// The part of MLflow's filter language that clients of a registry use: comparisons joined by AND. Pure.
#include "demo/mlflow/registrystory.h"

namespace andon::demo
{

struct RunClause {
    std::string key = {}; ///< "attributes.start_time", "tags.x", "params.x", "dataset.name", "name", "run_id"
    std::string op = {}; ///< = != < <= > >= LIKE ILIKE
    std::string value = {};
};

/// nullopt for what the server would refuse.
[[nodiscard]] std::optional<std::vector<RunClause>> parseRunFilter(const std::string &filter);
[[nodiscard]] bool matches(const std::vector<RunClause> &clauses, const DemoRun &run);

} // namespace andon::demo
