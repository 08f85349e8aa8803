#pragma once
// Figures and money as people read them: one format on screen, in andonctl and in a report. Pure.
#include "economics/kpi.h"
#include "telemetry/signal.h"
#include "text/units.h"

namespace andon::text
{

/// "$0.214", "−$12.40", "1 284.50 SEK": the currency's sign where everybody knows it.
[[nodiscard]] QString money(const core::Money &amount, int decimals = 2);
[[nodiscard]] QString price(const core::UnitPrice &price, int decimals = 3);
/// The value in its unit, or "—".
[[nodiscard]] QString kpiValue(const economics::Kpi &kpi);
/// Why there is none, in words; "" when there is one.
[[nodiscard]] QString kpiMissing(const economics::Kpi &kpi);
/// "Cost per 1 M tokens", from a figure's key.
[[nodiscard]] QString kpiTitle(const std::string &key);
/// The formula in words: "all cost ÷ all tokens of the window".
[[nodiscard]] QString kpiFormula(const std::string &key);
[[nodiscard]] QString kpiInput(const economics::KpiInput &input); ///< "tokens_in: 1 451 533 573"

/// A measured value in its unit: "176 GB/s", "8.4 ms", "87 %".
[[nodiscard]] QString quantity(std::optional<double> value, telemetry::Unit unit);
/// Digits and unit apart, for a large figure with a small unit.
struct Quantity {
    QString digits = {};
    QString unit = {};
};
[[nodiscard]] Quantity splitQuantity(std::optional<double> value, telemetry::Unit unit);

} // namespace andon::text
