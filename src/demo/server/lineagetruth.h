#pragma once
// What is true of every model version's way down to its data: who made what of which commit, when, and how the registry
// shows it. Pure.
#include "demo/lakefs/history.h"
#include "demo/mlflow/registrystory.h"

#include <nlohmann/json.hpp>

namespace andon::demo
{

/// By "model@version": nodes, how each is known to come of the one before it, and what an auditor must know of it.
[[nodiscard]] nlohmann::ordered_json lineageTruth(const Registry &registry, const std::vector<History> &histories,
                                                  const TrainingCommitOf &trainingCommit);

} // namespace andon::demo
