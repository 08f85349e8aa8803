#pragma once
// What the inspector says of a node or an edge of a chain. Values only.
#include "ui/pages/lineage/chainview.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

[[nodiscard]] std::vector<Fact> chainFacts(const ChainBand &band, const ChainChoice &choice, core::Instant now);

} // namespace andon::ui
