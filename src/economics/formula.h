#pragma once
// The formulas of the KPI reference (telemetry-and-economics, section 5) as pure functions. Money in, money out: rates
// and shares come as scaled integers, so nothing is a double until it is a plain ratio for display.
#include "core/money.h"

#include <optional>
#include <utility>
#include <vector>

namespace andon::economics
{

using core::Money;
using core::Result;
using core::UnitPrice;
using core::Wide;

constexpr std::int64_t kMtok = 1'000'000;
constexpr std::int64_t kMicro = 1'000'000; ///< micro-hours in an hour, millionths in a whole

/// GPU-hour price ÷ (tokens per second and GPU × 3600) per Mtok. Rate in millionths of a token per second.
[[nodiscard]] Result<UnitPrice> costPerMtokAtRate(const UnitPrice &gpuHour, std::int64_t microTokensPerSecond);
/// The same at a utilisation in millionths; break-even where it equals the price.
[[nodiscard]] Result<UnitPrice> costPerMtokAtRate(const UnitPrice &gpuHour, std::int64_t microTokensPerSecond,
                                                  std::int64_t utilisationPpm);
/// Price ÷ utilisation: what an hour of use costs.
[[nodiscard]] Result<UnitPrice> perUtilisedHour(const UnitPrice &gpuHour, std::int64_t utilisationPpm);
/// GPU time × price.
[[nodiscard]] Result<Money> gpuCost(const UnitPrice &gpuHour, Wide microHours);
/// p × hours × (1 − u).
[[nodiscard]] Result<Money> idleCost(const UnitPrice &gpuHour, Wide microHours, std::int64_t utilisationPpm);
/// (Tin × in + Tout × out) × paid share, prices per Mtok; rounded once.
[[nodiscard]] Result<Money> listRevenue(std::int64_t inputTokens, const UnitPrice &inputPerMtok,
                                        std::int64_t outputTokens, const UnitPrice &outputPerMtok,
                                        std::int64_t paidSharePpm = kMicro);
/// (R − C) ÷ R; nothing when R is 0 or the currencies differ.
[[nodiscard]] std::optional<double> grossMargin(const Money &revenue, const Money &cost);
/// p × GPUs × time between.
[[nodiscard]] Result<Money> carryCost(const UnitPrice &gpuHour, int gpus, std::int64_t ms);
/// Energy × price per kWh.
[[nodiscard]] Result<Money> energyCost(const UnitPrice &perKwh, Wide millijoules);

[[nodiscard]] std::optional<double> tokensPerJoule(std::int64_t tokens, std::int64_t millijoules);
[[nodiscard]] std::optional<double> joulesPerToken(std::int64_t millijoules, std::int64_t tokens);
[[nodiscard]] double kwh(std::int64_t millijoules);
[[nodiscard]] std::optional<double> kwhPerMtok(std::int64_t millijoules, std::int64_t tokens);
/// tokens/s ÷ megawatts of mean power.
[[nodiscard]] std::optional<double> tokensPerSecondPerMw(double tokensPerSecond, double watts);
/// tokens/s × flop per token ÷ peak: 2N for inference, 6N for training.
[[nodiscard]] std::optional<double> modelFlopsUtilisation(double tokensPerSecond, double flopsPerToken,
                                                          double peakFlops);
/// Prometheus knows only the share of each objective; all at once lies in [max(0, Σ − (n − 1)), min].
[[nodiscard]] std::optional<std::pair<double, double>> goodputBounds(const std::vector<double> &shares);
/// GPU time lost to waiting at an accelerator utilisation, and what raising it saves for the same work. Micro-hours.
[[nodiscard]] std::int64_t lostMicroHours(std::int64_t microHours, std::int64_t auPpm);
[[nodiscard]] std::int64_t savedMicroHours(std::int64_t microHours, std::int64_t auPpm, std::int64_t raisedPpm);

} // namespace andon::economics
