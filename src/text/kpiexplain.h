#pragma once
// Why a figure is what it is, in words and numbers: how it was worked out, what went in, which answers it was counted
// from. One explanation on the screen, in a report and for a screen reader. Pure.
#include "economics/kpi.h"

#include <QString>

namespace andon::text
{

/// "Input tokens", from the key of an input.
[[nodiscard]] QString kpiInputName(const std::string &key);
/// An input's value in its unit: energy in kWh, times as dates.
[[nodiscard]] QString kpiInputValue(const economics::KpiInput &input);
/// What it counts and how: "Cost by allocation: all GPU time that was held, used or not". "" where there is nothing to
/// add to the title.
[[nodiscard]] QString kpiBasis(const std::string &key);
[[nodiscard]] QString kpiLongFormula(const std::string &formula); ///< "all cost ÷ all tokens of the window"

/// One step of the calculation: "C", "912.0 GPU-h × $2.50 + $240.00 shared", "$2 280.00".
struct KpiStep {
    QString symbol = {};
    QString words = {};
    QString result = {};
    bool operator==(const KpiStep &) const = default;
};
/// row: the row that the figure stands in, with cost, revenue and tokens; nullptr for one that stands alone. The last
/// step gives the figure itself.
[[nodiscard]] std::vector<KpiStep> kpiSteps(const economics::Kpi &kpi, const economics::KpiRow *row);

/// Inputs of the same kind of several models are one line, summed where they add up.
struct KpiInputLine {
    QString name = {};
    QString of = {}; ///< "6 models", "chat-small@6"
    QString value = {};
    QString source = {}; ///< "prometheus", "price book"
    std::optional<double> coverage = {}; ///< 0..1, the smallest of them
    bool operator==(const KpiInputLine &) const = default;
};
[[nodiscard]] std::vector<KpiInputLine> kpiInputLines(const economics::Kpi &kpi);
/// The smallest coverage of what was measured; nothing when nothing was.
[[nodiscard]] std::optional<double> kpiCoverage(const economics::Kpi &kpi);
/// The answers that it was counted from, each once, in the order of the inputs.
[[nodiscard]] std::vector<core::Evidence> kpiAnswers(const economics::Kpi &kpi);
/// "query=…&start=…" of a request apart: what was asked, where, over which time.
struct AskedQuery {
    QString call = {}; ///< "GET /api/v1/query_range"
    QString query = {}; ///< the PromQL alone, or the whole of the arguments
    QString range = {}; ///< "2026-11-24 16:17 UTC to 2026-11-25 16:17 UTC, step 5 min"; "" without
};
[[nodiscard]] AskedQuery askedQuery(const std::string &request);

[[nodiscard]] QString taxName(const std::string &key); ///< "Allocated, idle"
[[nodiscard]] QString taxMeaning(const std::string &key);
/// "▲ 8.2 % over target": how far a figure is from its target, "" without one. better: it is on the good side.
struct TargetGap {
    QString target = {}; ///< "$0.240"
    QString gap = {}; ///< "8.2 % over"
    bool met = true;
};
[[nodiscard]] std::optional<TargetGap> kpiTarget(const economics::Kpi &kpi);

} // namespace andon::text
