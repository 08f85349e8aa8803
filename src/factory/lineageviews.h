#pragma once
// What Lineage shows.
#include "lineage/chain.h"

namespace andon::factory
{

struct ModelRow {
    core::ModelName model = {};
    std::vector<lineage::ModelVersion> versions = {}; ///< newest first
    std::vector<lineage::Alias> aliases = {};
};

struct LineageView {
    std::vector<ModelRow> models = {};
    core::ModelName model = {};
    core::ModelVersionNumber version = {};
    lineage::Chain chain = {};
};

} // namespace andon::factory
