#pragma once
// Bodies of the MLflow REST API 2.0 (servers 2.x and 3.x) as subject values. Pure; each returns Protocol with the path
// of what was wrong. An absent list is an empty one: the server leaves it out.
#include "core/result.h"
#include "lineage/registry.h"

#include <string_view>

namespace andon::sources::mlflow
{

template <typename T> struct Page {
    std::vector<T> items = {};
    std::string next = {}; ///< "" at the end, whether the server leaves the token out or empty
};

[[nodiscard]] core::Result<Page<lineage::Experiment>> decodeExperiments(std::string_view body);
[[nodiscard]] core::Result<Page<lineage::Run>> decodeRuns(std::string_view body);
[[nodiscard]] core::Result<lineage::Run> decodeRun(std::string_view body);
[[nodiscard]] core::Result<Page<lineage::RegisteredModel>> decodeModels(std::string_view body);
[[nodiscard]] core::Result<Page<lineage::ModelVersion>> decodeVersions(std::string_view body);
[[nodiscard]] core::Result<Page<lineage::LoggedModel>> decodeLoggedModels(std::string_view body);
/// The plain text of /version: "3.17.2".
[[nodiscard]] core::Result<std::string> decodeVersionText(std::string_view body);
/// 3 of "3.17.2"; 0 when it does not begin with a number.
[[nodiscard]] int majorOf(std::string_view version);

} // namespace andon::sources::mlflow
