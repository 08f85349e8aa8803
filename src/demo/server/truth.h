#pragma once
// What is true of the demo factory, from the values its dialects answer from. Pure.
#include "demo/lakefs/lakefsdialect.h"
#include "demo/mlflow/registrystory.h"

#include <nlohmann/json.hpp>

namespace andon::demo
{

[[nodiscard]] nlohmann::ordered_json dataTruth(const Plan &plan, const std::vector<History> &histories);
[[nodiscard]] nlohmann::ordered_json registryTruth(const Plan &plan, const Registry &registry,
                                                   const TrainingCommitOf &trainingCommit);

} // namespace andon::demo
