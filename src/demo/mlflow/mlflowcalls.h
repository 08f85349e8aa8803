#pragma once
// The calls of the MLflow API that the demo registry answers. Internal to the dialect.
#include "demo/mlflow/mlflowanswers.h"

namespace andon::demo::mlflow
{

using Handler = Answer (*)(const Registry &, const Fields &);

struct CallEntry {
    const char *path = ""; ///< below /api/2.0/mlflow/
    Handler handler = nullptr;
    const char *methods = "GET"; ///< "GET", "POST" or "POST GET"
    const char *required = ""; ///< parameters that must be there, with a space between
    bool ajaxOnly = false; ///< below /ajax-api alone
};

[[nodiscard]] const std::vector<CallEntry> &runCalls(); ///< experiments, runs, metrics, datasets
[[nodiscard]] const std::vector<CallEntry> &modelCalls(); ///< models, versions, logged models
[[nodiscard]] Answer oneLoggedModel(const Registry &registry, const std::string &id);

/// "Invalid experiment ID 'x'. …" when one of them is no number.
[[nodiscard]] std::optional<Answer> refuseExperiments(const std::vector<std::string> &ids);
[[nodiscard]] bool contains(const std::vector<std::string> &experiments, int experiment);
[[nodiscard]] std::vector<std::string> tagOf(const Pairs &pairs, const std::string &key); ///< its value, or nothing

} // namespace andon::demo::mlflow
