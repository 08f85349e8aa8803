#pragma once
// What the registry said, as it stands in the cache. Pure; a damaged row is Storage.
#include "core/result.h"
#include "lineage/registry.h"

#include <string_view>

namespace andon::factory
{

[[nodiscard]] std::string packRun(const lineage::Run &run);
[[nodiscard]] core::Result<lineage::Run> unpackRun(std::string_view text);
[[nodiscard]] std::string packModel(const lineage::RegisteredModel &model);
[[nodiscard]] core::Result<lineage::RegisteredModel> unpackModel(std::string_view text);
[[nodiscard]] std::string packVersion(const lineage::ModelVersion &version);
[[nodiscard]] core::Result<lineage::ModelVersion> unpackVersion(std::string_view text);
[[nodiscard]] std::string packEvidence(const std::vector<core::Evidence> &evidence);
[[nodiscard]] std::vector<core::Evidence> unpackEvidence(std::string_view text);

} // namespace andon::factory
