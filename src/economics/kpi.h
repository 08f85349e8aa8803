#pragma once
// The figures of the factory as business: each with its formula, its inputs and their evidence, so that every number
// can be asked why; or with the reason why there is none. Σcost ÷ Σtokens over one closed window, never a mean of
// ratios. Pure.
#include "economics/ledger.h"
#include "economics/pricebook.h"

#include <variant>

namespace andon::economics
{

enum class KpiUnit { Money, MoneyPerMtok, Ratio, TokensPerSecond, TokensPerJoule, GpuHours, Days, Tokens, Time };

/// GPU-hours and days are double; tokens and times (UTC milliseconds) int64; money never a double.
using KpiValue = std::variant<core::Money, core::UnitPrice, std::int64_t, double>;

/// What went into a figure. Keys known to text/: "tokens_in", "tokens_out", "gpu_hours", "gpu_hour_price", "shared",
/// "price_in", "price_out", "paid_share", "billed", "busy_hours", "energy", "cost", "revenue", "tokens", "energised" …
struct KpiInput {
    std::string key = {};
    KpiUnit unit = KpiUnit::Money;
    std::optional<KpiValue> value = {};
    std::optional<double> coverage = {}; ///< 0..1 of the window; nothing for what is not measured (a price)
    std::string of = {}; ///< "chat-small@6" when it concerns one model, the file's words for a price
    std::vector<core::Evidence> evidence = {};
    bool operator==(const KpiInput &) const = default;
};

/// Either value or missing. Reasons: "coverage" (an input was seen for less than 95 % of the window), "no-tokens",
/// "no-gpu-hours", "no-price", "price-change", "no-revenue", "no-busy", "no-energy", "no-milestone", "no-models",
/// "tokens-not-read", "currency", "overflow", "window".
struct Kpi {
    std::string key = {}; ///< "cost_per_mtok", "gross_margin" …
    KpiUnit unit = KpiUnit::Money;
    std::optional<KpiValue> value = {};
    std::string missing = {};
    std::string formula = {}; ///< key of the formula in text/: "cost/tokens"
    std::vector<KpiInput> inputs = {};
    std::optional<KpiValue> target = {};

    [[nodiscard]] const core::Money *money() const { return value ? std::get_if<core::Money>(&*value) : nullptr; }
    [[nodiscard]] const core::UnitPrice *price() const
    {
        return value ? std::get_if<core::UnitPrice>(&*value) : nullptr;
    }
    [[nodiscard]] const double *number() const { return value ? std::get_if<double>(&*value) : nullptr; }
    bool operator==(const Kpi &) const = default;
};

/// One model version, or all of them (model empty). Cost is by allocation: all GPU time that the model held, used or
/// not, and its share of the shared costs by tokens.
struct KpiRow {
    core::ModelName model = {};
    core::ModelVersionNumber version = {};
    std::optional<std::int64_t> inputTokens = {};
    std::optional<std::int64_t> outputTokens = {};
    double gpus = 0; ///< mean over the window
    Kpi cost = {};
    Kpi revenue = {};
    Kpi margin = {}; ///< revenue − cost
    Kpi costPerMtok = {}; ///< over input and output tokens
    Kpi outputCostPerMtok = {}; ///< all cost on output tokens
    Kpi revenuePerMtok = {};
    Kpi marginPerMtok = {};
    Kpi grossMargin = {};
    Kpi tokensPerSecond = {};
    Kpi utilisation = {}; ///< ∫ gpu.busy ÷ allocated GPU time
    Kpi tokensPerJoule = {}; ///< at the GPU board
    bool losesMoney = false; ///< margin known and below 0
    bool operator==(const KpiRow &) const = default;
};

struct TaxClass {
    std::string key = {}; ///< "busy", "starved", "idle", "unallocated"
    std::int64_t microHours = 0;
    Kpi cost = {};
    bool operator==(const TaxClass &) const = default;
};

struct Tax {
    std::vector<TaxClass> classes = {}; ///< in that order; empty without GPU metrics
    Kpi total = {}; ///< of starved, idle and unallocated
    std::int64_t quotaMicroHours = 0;
    std::optional<core::Money> budget = {}; ///< of the window
    bool operator==(const Tax &) const = default;
};

struct ReleaseRow {
    Release release = {};
    Kpi sinceEnergised = {}; ///< first paid token − energised, in days: the headline
    Kpi sinceDelivered = {};
    Kpi sinceOrdered = {};
    Kpi carry = {}; ///< what the GPUs cost between energised and first paid
    std::optional<double> overTargetDays = {};
    bool operator==(const ReleaseRow &) const = default;
};

struct KpiReport {
    core::TimeRange window = {}; ///< closed: its end lies in the past
    core::Currency currency = {};
    KpiRow totals = {}; ///< Σ of the rows, ratios of the sums
    std::vector<KpiRow> models = {}; ///< smallest margin first, unknown ones last
    Tax tax = {};
    Kpi utilisation = {}; ///< of the fleet: every GPU held, training too; that of totals is of the GPUs that serve
    Kpi timeToMonetization = {}; ///< of the last release with a first paid token
    std::vector<ReleaseRow> releases = {}; ///< as in the price book
    std::map<std::string, std::string> owners = {}; ///< as in the price book: figure's key → who answers for it
    bool operator==(const KpiReport &) const = default;
};

constexpr double kMinCoverage = 0.95;

[[nodiscard]] KpiReport evaluate(const PriceBook &book, const Ledger &ledger);

} // namespace andon::economics
