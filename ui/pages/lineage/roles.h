#pragma once
// What a version of a model is to people: in service, the last good one, another. By its aliases and stage; a registry
// knows no more. Values only.
#include "factory/lineageviews.h"

#include <QString>

#include <set>

namespace andon::ui
{

enum class VersionRole { Serving, LastGood, Other };

/// "fraud-llm@14".
[[nodiscard]] QString nameOf(const lineage::ModelVersion &version);
[[nodiscard]] VersionRole roleOf(const lineage::ModelVersion &version, const factory::ModelRow &model);
[[nodiscard]] QString roleWords(const lineage::ModelVersion &version, const factory::ModelRow &model);
[[nodiscard]] QString bandTitle(const lineage::ModelVersion &version, const factory::ModelRow &model);
/// What a version is best compared with: the last good one, that in service, else the one before; nullptr alone.
[[nodiscard]] const lineage::ModelVersion *versionBeside(const factory::ModelRow &model,
                                                         const core::ModelVersionNumber &version);
/// The data commits of a chain.
[[nodiscard]] std::set<std::string> dataOf(const lineage::Chain &chain);

} // namespace andon::ui
