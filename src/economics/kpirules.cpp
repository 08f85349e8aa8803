#include "economics/kpirules.h"

#include <limits>

namespace andon::economics
{

namespace
{

auto because(std::string reason)
{
    return tl::make_unexpected(std::move(reason));
}

std::string nameOf(const ModelUsage &usage)
{
    return usage.version.empty() ? usage.model.value : usage.model.value + "@" + usage.version.value;
}

Known<std::int64_t> plus(const Known<std::int64_t> &a, const Known<std::int64_t> &b)
{
    if (!a || !b)
        return a ? b : a;
    std::int64_t sum = 0;
    if (__builtin_add_overflow(*a, *b, &sum))
        return because("overflow");
    return sum;
}

Known<Money> plus(const Known<Money> &a, const Known<Money> &b)
{
    if (!a || !b)
        return a ? b : a;
    if (a->currency != b->currency)
        return because("currency");
    return known(core::add(*a, *b));
}

Known<Money> minus(const Known<Money> &a, const Known<Money> &b)
{
    if (!a || !b)
        return a ? b : a;
    if (a->currency != b->currency)
        return because("currency");
    return known(core::subtract(*a, *b));
}

Known<UnitPrice> perMtok(const Known<Money> &amount, const Known<std::int64_t> &tokens)
{
    if (!amount)
        return because(amount.error());
    if (!tokens)
        return because(tokens.error());
    if (*tokens <= 0)
        return because("no-tokens");
    return known(core::ratio(*amount, *tokens, kMtok));
}

Known<double> quotient(const Known<std::int64_t> &a, const Known<std::int64_t> &b, double factor, const char *absent)
{
    if (!a || !b)
        return because(a ? b.error() : a.error());
    if (*b <= 0)
        return because(absent);
    return static_cast<double>(*a) * factor / static_cast<double>(*b);
}

KpiInput counted(const char *key, KpiUnit unit, const Counted &counted, const std::string &of)
{
    KpiInput input{.key = key, .unit = unit, .coverage = counted.coverage, .of = of, .evidence = counted.evidence};
    if (counted.value)
        input.value = *counted.value;
    return input;
}

KpiInput hours(const char *key, std::optional<std::int64_t> microHours, double coverage, const std::string &of,
               const std::vector<core::Evidence> &evidence)
{
    KpiInput input{.key = key, .unit = KpiUnit::GpuHours, .coverage = coverage, .of = of, .evidence = evidence};
    if (microHours)
        input.value = static_cast<double>(*microHours) / kMicro;
    return input;
}

void cost(Parts &parts, const PriceBook &book, core::TimeRange window, const ModelUsage &usage, const Money &shared)
{
    const std::string of = nameOf(usage);
    Wide sum = 0;
    Known<std::int64_t> micro = usage.allocated.empty() ? Known<std::int64_t>(because("no-gpu-hours")) : 0;
    std::string missing = micro ? std::string() : micro.error();
    for (const GpuTime &time : usage.allocated) {
        micro = plus(micro, time.microHours);
        if (time.range.from < window.from || window.to < time.range.to)
            missing = "window";
        const auto one = priced(book, time.range, time.microHours);
        if (!one && missing.empty())
            missing = one.error();
        if (one && __builtin_add_overflow(sum, *one, &sum))
            missing = "overflow";
        if (const UnitPrice *price = book.gpuHourAt(time.range.from))
            parts.costInputs.push_back({.key = "gpu_hour_price", .unit = KpiUnit::Money, .value = *price, .of = of});
    }
    parts.allocated = micro;
    if (missing.empty() && usage.gpuCoverage < kMinCoverage)
        missing = "coverage";
    if (missing.empty())
        parts.cost = plus(rounded(sum, book.currency), Known<Money>(shared));
    else
        parts.cost = because(missing);
    parts.costInputs.push_back(
        hours("gpu_hours", micro ? std::optional(*micro) : std::nullopt, usage.gpuCoverage, of, usage.gpuEvidence));
    if (book.sharedPerDay)
        parts.costInputs.push_back({.key = "shared", .unit = KpiUnit::Money, .value = shared, .of = of});
}

void revenue(Parts &parts, const PriceBook &book, const ModelUsage &usage)
{
    const std::string of = nameOf(usage);
    if (usage.billed) {
        parts.revenueFormula = "billed";
        parts.revenue = usage.billed->currency == book.currency ? Known<Money>(*usage.billed) : because("currency");
        parts.revenueInputs.push_back({.key = "billed",
                                       .unit = KpiUnit::Money,
                                       .value = *usage.billed,
                                       .of = of,
                                       .evidence = usage.billedEvidence});
        return;
    }
    parts.revenueFormula = book.paidSharePpm ? "list_price*paid_share" : "list_price";
    const ModelPrice *price = book.priceOf(usage.model, usage.version);
    parts.revenueInputs = parts.tokenInputs;
    if (!price) {
        parts.revenue = because("no-price");
        return;
    }
    parts.revenueInputs.push_back(
        {.key = "price_in", .unit = KpiUnit::MoneyPerMtok, .value = price->inputPerMtok, .of = price->match});
    parts.revenueInputs.push_back(
        {.key = "price_out", .unit = KpiUnit::MoneyPerMtok, .value = price->outputPerMtok, .of = price->match});
    const std::int64_t share = book.paidSharePpm.value_or(kMicro);
    if (book.paidSharePpm)
        parts.revenueInputs.push_back(
            {.key = "paid_share", .unit = KpiUnit::Ratio, .value = static_cast<double>(share) / kMicro});
    if (!parts.input || !parts.output)
        parts.revenue = because(parts.input ? parts.output.error() : parts.input.error());
    else
        parts.revenue =
            known(listRevenue(*parts.input, price->inputPerMtok, *parts.output, price->outputPerMtok, share));
}

template <typename T> void append(std::vector<T> &into, const std::vector<T> &from)
{
    into.insert(into.end(), from.begin(), from.end());
}

std::vector<KpiInput> joined(std::vector<KpiInput> a, const std::vector<KpiInput> &b)
{
    append(a, b);
    return a;
}

} // namespace

Known<std::int64_t> enough(const Counted &counted, const char *absent)
{
    if (!counted.value)
        return because(absent);
    if (counted.coverage < kMinCoverage)
        return because("coverage");
    return *counted.value;
}

Known<Wide> priced(const PriceBook &book, core::TimeRange range, std::int64_t microHours)
{
    const UnitPrice *first = book.gpuHourAt(range.from);
    const UnitPrice *last = book.gpuHourAt(range.to - 1);
    if (!first)
        return because("no-price");
    if (*first != *last)
        return because("price-change"); // the ledger was not cut where the price changes
    return static_cast<Wide>(first->pico) * microHours;
}

Known<Money> rounded(Wide picoMicroHours, const core::Currency &currency)
{
    const Wide micro = core::divideHalfEven(picoMicroHours, static_cast<Wide>(kMicro) * 1'000'000);
    if (micro > std::numeric_limits<std::int64_t>::max() || micro < std::numeric_limits<std::int64_t>::min())
        return because("overflow");
    return Money{static_cast<std::int64_t>(micro), currency};
}

Kpi figure(std::string key, KpiUnit unit, std::string formula, std::vector<KpiInput> inputs)
{
    return {.key = std::move(key), .unit = unit, .formula = std::move(formula), .inputs = std::move(inputs)};
}

Parts partsOf(const PriceBook &book, core::TimeRange window, const ModelUsage &usage, const Money &shared)
{
    const std::string of = nameOf(usage);
    Parts parts;
    parts.input = enough(usage.input, "no-tokens");
    parts.output = enough(usage.output, "no-tokens");
    parts.tokenInputs = {counted("tokens_in", KpiUnit::Tokens, usage.input, of),
                         counted("tokens_out", KpiUnit::Tokens, usage.output, of)};
    cost(parts, book, window, usage, shared);
    revenue(parts, book, usage);
    parts.busy = enough(usage.busy, "no-busy");
    parts.busyInputs = {hours("busy_hours", usage.busy.value, usage.busy.coverage, of, usage.busy.evidence)};
    parts.millijoules = enough(usage.millijoules, "no-energy");
    parts.energyInputs = {counted("energy", KpiUnit::TokensPerJoule, usage.millijoules, of)};
    return parts;
}

Parts sumOf(const std::vector<Parts> &all, const core::Currency &currency, const char *none)
{
    Parts sum;
    if (all.empty()) {
        sum.cost = sum.revenue = because(none);
        sum.input = sum.output = sum.busy = sum.millijoules = sum.allocated = because(none);
        return sum;
    }
    sum.cost = sum.revenue = Money{0, currency};
    sum.input = sum.output = sum.busy = sum.millijoules = sum.allocated = 0;
    for (const Parts &one : all) {
        sum.cost = plus(sum.cost, one.cost);
        sum.revenue = plus(sum.revenue, one.revenue);
        sum.input = plus(sum.input, one.input);
        sum.output = plus(sum.output, one.output);
        sum.busy = plus(sum.busy, one.busy);
        sum.millijoules = plus(sum.millijoules, one.millijoules);
        sum.allocated = plus(sum.allocated, one.allocated);
        append(sum.costInputs, one.costInputs);
        append(sum.revenueInputs, one.revenueInputs);
        append(sum.tokenInputs, one.tokenInputs);
        append(sum.busyInputs, one.busyInputs);
        append(sum.energyInputs, one.energyInputs);
        sum.revenueFormula = sum.revenueFormula.empty() || sum.revenueFormula == one.revenueFormula
            ? one.revenueFormula
            : "billed+list_price";
    }
    return sum;
}

void fill(KpiRow &row, const Parts &parts, const PriceBook &book, core::TimeRange window)
{
    const Known<std::int64_t> tokens = plus(parts.input, parts.output);
    const Known<Money> margin = minus(parts.revenue, parts.cost);
    const std::vector<KpiInput> both = joined(parts.revenueInputs, parts.costInputs);
    const double hoursLong = static_cast<double>(window.length()) / core::kHour;
    row.inputTokens = parts.input ? std::optional(*parts.input) : std::nullopt;
    row.outputTokens = parts.output ? std::optional(*parts.output) : std::nullopt;
    row.gpus = parts.allocated && hoursLong > 0 ? static_cast<double>(*parts.allocated) / kMicro / hoursLong : 0;
    const auto make = [](Kpi &kpi, const char *key, KpiUnit unit, std::string formula, std::vector<KpiInput> inputs,
                         const auto &value) {
        kpi = figure(key, unit, std::move(formula), std::move(inputs));
        set(kpi, value);
    };
    make(row.cost, "cost", KpiUnit::Money, "gpu_hours*price+shared", parts.costInputs, parts.cost);
    make(row.revenue, "revenue", KpiUnit::Money, parts.revenueFormula, parts.revenueInputs, parts.revenue);
    make(row.margin, "margin", KpiUnit::Money, "revenue-cost", both, margin);
    make(row.costPerMtok, "cost_per_mtok", KpiUnit::MoneyPerMtok, "cost/tokens",
         joined(parts.costInputs, parts.tokenInputs), perMtok(parts.cost, tokens));
    make(row.outputCostPerMtok, "output_cost_per_mtok", KpiUnit::MoneyPerMtok, "cost/tokens_out",
         joined(parts.costInputs, parts.tokenInputs), perMtok(parts.cost, parts.output));
    make(row.revenuePerMtok, "revenue_per_mtok", KpiUnit::MoneyPerMtok, "revenue/tokens",
         parts.revenueFormula == "billed" ? joined(parts.revenueInputs, parts.tokenInputs) : parts.revenueInputs,
         perMtok(parts.revenue, tokens));
    make(row.marginPerMtok, "margin_per_mtok", KpiUnit::MoneyPerMtok, "(revenue-cost)/tokens", both,
         perMtok(margin, tokens));
    Known<double> gross = because(margin ? "no-revenue" : margin.error());
    if (margin)
        if (const auto share = grossMargin(*parts.revenue, *parts.cost))
            gross = *share;
    make(row.grossMargin, "gross_margin", KpiUnit::Ratio, "(revenue-cost)/revenue", both, gross);
    make(row.tokensPerSecond, "tokens_per_second", KpiUnit::TokensPerSecond, "tokens/time", parts.tokenInputs,
         quotient(tokens, window.length(), 1000, "window"));
    make(row.utilisation, "utilisation", KpiUnit::Ratio, "busy_hours/gpu_hours",
         joined(parts.busyInputs, parts.costInputs), quotient(parts.busy, parts.allocated, 1, "no-gpu-hours"));
    make(row.tokensPerJoule, "tokens_per_joule", KpiUnit::TokensPerJoule, "tokens/energy",
         joined(parts.tokenInputs, parts.energyInputs), quotient(tokens, parts.millijoules, 1000, "no-energy"));
    row.losesMoney = margin && margin->micro < 0;
    const Targets &targets = book.targets;
    if (targets.costPerMtok)
        row.costPerMtok.target = *targets.costPerMtok;
    if (targets.revenuePerMtok)
        row.revenuePerMtok.target = *targets.revenuePerMtok;
    if (targets.grossMargin)
        row.grossMargin.target = *targets.grossMargin;
    if (targets.utilisation)
        row.utilisation.target = *targets.utilisation;
}

} // namespace andon::economics
