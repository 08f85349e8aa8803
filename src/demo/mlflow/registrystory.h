#pragma once
// Fills the demo factory's model registry from the plan; the same plan gives the same registry.
#include "demo/mlflow/registry.h"
#include "demo/story/plan.h"

#include <functional>

namespace andon::demo
{

/// The data commit that a version was trained on, decided by the history of the data.
struct TrainingCommit {
    std::string repository = {};
    std::string id = {}; ///< 64 hex digits
    std::int64_t created = 0; ///< UTC seconds
};
using TrainingCommitOf = std::function<TrainingCommit(const std::string &model, int version)>;

[[nodiscard]] Registry makeRegistry(const Plan &plan, const TrainingCommitOf &trainingCommit);

} // namespace andon::demo
