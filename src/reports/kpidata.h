#pragma once
// The KPI report as data: what a document holds, and its text for programs. Pure; needs no QtGui.
#include "core/freshness.h"
#include "economics/kpi.h"

namespace andon::reports
{

struct SourceLine {
    std::string kind = {};
    std::string product = {};
    core::Freshness freshness = {};
};

struct KpiDocument {
    std::string site = {};
    core::Instant made = {};
    economics::KpiReport report = {};
    core::Freshness freshness = {}; ///< of the figures
    std::vector<SourceLine> sources = {};
};

/// Rows of figures: model, key, value, unit, missing, formula. Cells that a spreadsheet would run are guarded.
[[nodiscard]] std::string toCsv(const KpiDocument &document);
/// Every figure with its formula, inputs, coverage and evidence.
[[nodiscard]] std::string toJson(const KpiDocument &document);

} // namespace andon::reports
