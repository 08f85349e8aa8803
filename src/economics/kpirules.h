#pragma once
// Amounts that are known or not, with their reason, and how a row of figures is made of them. Used by kpi.cpp alone.
#include "economics/formula.h"
#include "economics/kpi.h"

namespace andon::economics
{

/// A value, or the reason why there is none.
template <typename T> using Known = tl::expected<T, std::string>;

template <typename T> [[nodiscard]] Known<T> known(const Result<T> &result)
{
    if (result)
        return *result;
    return tl::make_unexpected(std::string("overflow")); // currencies are compared before
}

/// What a row is made of, for one model or for all.
struct Parts {
    Known<Money> cost = tl::make_unexpected(std::string("no-gpu-hours"));
    Known<Money> revenue = tl::make_unexpected(std::string("no-revenue"));
    Known<std::int64_t> input = tl::make_unexpected(std::string("no-tokens"));
    Known<std::int64_t> output = tl::make_unexpected(std::string("no-tokens"));
    Known<std::int64_t> busy = tl::make_unexpected(std::string("no-busy")); ///< micro-hours
    Known<std::int64_t> millijoules = tl::make_unexpected(std::string("no-energy"));
    Known<std::int64_t> allocated = tl::make_unexpected(std::string("no-gpu-hours")); ///< micro-hours
    std::vector<KpiInput> costInputs = {};
    std::vector<KpiInput> revenueInputs = {};
    std::vector<KpiInput> tokenInputs = {};
    std::vector<KpiInput> busyInputs = {};
    std::vector<KpiInput> energyInputs = {};
    std::string revenueFormula = {};
};

/// The parts of one model; shared is its share of the shared costs.
[[nodiscard]] Parts partsOf(const PriceBook &book, core::TimeRange window, const ModelUsage &usage,
                            const Money &shared);
/// Sums; what one of them lacks, the sum lacks for the same reason. none: why there is nothing to add.
[[nodiscard]] Parts sumOf(const std::vector<Parts> &all, const core::Currency &currency, const char *none);
void fill(KpiRow &row, const Parts &parts, const PriceBook &book, core::TimeRange window);

/// A counted value seen over enough of the window.
[[nodiscard]] Known<std::int64_t> enough(const Counted &counted, const char *absent);
/// GPU time at the price of its stretch, not yet rounded: pico-units × micro-hours.
[[nodiscard]] Known<Wide> priced(const PriceBook &book, core::TimeRange range, std::int64_t microHours);
/// The amount of a priced sum, rounded once.
[[nodiscard]] Known<Money> rounded(Wide picoMicroHours, const core::Currency &currency);
[[nodiscard]] Kpi figure(std::string key, KpiUnit unit, std::string formula, std::vector<KpiInput> inputs);
template <typename T> void set(Kpi &kpi, const Known<T> &value)
{
    if (value)
        kpi.value = *value;
    else
        kpi.missing = value.error();
}

} // namespace andon::economics
