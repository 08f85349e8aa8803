#pragma once
// The KPI report: one document on screen, in a PDF, as CSV and as JSON. Any thread; painting needs a QGuiApplication.
#include "core/freshness.h"
#include "economics/kpi.h"

#include <QPainter>

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

/// Pages in points (1/72 inch), A4 upright: 595 × 842.
constexpr double kPageWidth = 595;
constexpr double kPageHeight = 842;
[[nodiscard]] int pageCount(const KpiDocument &document);
/// One page, dark on white, into a painter whose unit is the point.
void paintPage(QPainter &painter, const KpiDocument &document, int page);

[[nodiscard]] core::Result<void> writePdf(const KpiDocument &document, const std::string &path);
/// Rows of figures: model, key, value, unit, missing, formula. Cells that a spreadsheet would run are guarded.
[[nodiscard]] std::string toCsv(const KpiDocument &document);
/// Every figure with its formula, inputs, coverage and evidence.
[[nodiscard]] std::string toJson(const KpiDocument &document);

} // namespace andon::reports
