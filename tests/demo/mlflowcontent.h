#pragma once
// Fills the demo's registry with what an MLflow server answered, and asks the demo's dialect as a client asks a server.
#include "demo/mlflow/mlflowdialect.h"

#include <nlohmann/json.hpp>

#include <string>

namespace andon::test
{

/// Adds what one answer tells of experiments, runs, models, versions or logged models; what is known is replaced.
void learn(demo::Registry &registry, const nlohmann::json &answer);
/// The points of one metric, from metrics/get-history.
void learnHistory(demo::Registry &registry, const std::string &run, const nlohmann::json &answer);

/// A request of the dialect: the target is path and query, encoded.
[[nodiscard]] demo::MlflowDialect::Request mlflowRequest(const std::string &method, const std::string &target,
                                                         const std::string &json = {});

} // namespace andon::test
