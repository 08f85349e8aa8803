#pragma once
// What the drawer "Why this number" says of a figure. Values only.
#include "economics/kpi.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

/// A figure with where it stands: of what, over which window, in which row.
struct AskedKpi {
    economics::Kpi kpi = {};
    QString of = {}; ///< "All models", "chat-small@6"
    economics::KpiRow row = {}; ///< with the key "" in its cost: it stands alone
    bool inRow = false;
};

[[nodiscard]] std::vector<Fact> kpiFacts(const AskedKpi &asked, const economics::KpiReport &report, core::Instant now);

} // namespace andon::ui
