#include "economics/kpi.h"

#include "economics/kpirules.h"

#include <algorithm>

namespace andon::economics
{

namespace
{

Known<Money> perDayOver(const Money &perDay, core::TimeRange window)
{
    const Wide micro = core::divideHalfEven(static_cast<Wide>(perDay.micro) * window.length(), core::kDay);
    return Money{static_cast<std::int64_t>(micro), perDay.currency};
}

/// Shared costs go to the models by their tokens; the last share takes the remainder.
std::vector<std::int64_t> sharedShares(const PriceBook &book, const Ledger &ledger)
{
    std::vector<std::int64_t> weights;
    for (const ModelUsage &usage : ledger.models) {
        const auto in = enough(usage.input, "no-tokens");
        const auto out = enough(usage.output, "no-tokens");
        weights.push_back(in && out ? *in + *out : 0);
    }
    const Known<Money> total = book.sharedPerDay ? perDayOver(*book.sharedPerDay, ledger.window) : Money{};
    return shareOut(total->micro, weights);
}

void fillModels(KpiReport &report, const PriceBook &book, const Ledger &ledger)
{
    const std::vector<std::int64_t> shared = sharedShares(book, ledger);
    std::vector<Parts> all;
    for (std::size_t i = 0; i < ledger.models.size(); ++i) {
        const ModelUsage &usage = ledger.models[i];
        all.push_back(partsOf(book, ledger.window, usage, {shared[i], book.currency}));
        KpiRow &row = report.models.emplace_back();
        row.model = usage.model;
        row.version = usage.version;
        fill(row, all.back(), book, ledger.window);
    }
    Parts sum = sumOf(all, book.currency, ledger.tokensRead ? "no-models" : "tokens-not-read");
    // Shared costs that nobody used are still spent.
    const bool spread = std::any_of(shared.begin(), shared.end(), [](std::int64_t share) { return share != 0; });
    if (book.sharedPerDay && !spread && sum.cost)
        sum.cost = known(core::add(*sum.cost, *perDayOver(*book.sharedPerDay, ledger.window)));
    fill(report.totals, sum, book, ledger.window);
    std::stable_sort(report.models.begin(), report.models.end(), [](const KpiRow &a, const KpiRow &b) {
        const Money *left = a.margin.money();
        const Money *right = b.margin.money();
        return left && (!right || left->micro < right->micro);
    });
}

/// The classes of the tax are priced by stretch; the reason of the first that cannot be priced is kept.
Kpi taxCost(const std::string &key, const PriceBook &book, const Ledger &ledger,
            const std::function<std::int64_t(const TaxTime &)> &part)
{
    Wide sum = 0;
    std::int64_t hours = 0;
    std::string missing = ledger.fleet.empty() ? "no-gpu-hours" : "";
    for (const TaxTime &time : ledger.fleet) {
        hours += part(time);
        const auto one = priced(book, time.range, part(time));
        if (!one)
            missing = one.error();
        else if (__builtin_add_overflow(sum, *one, &sum))
            missing = "overflow";
    }
    if (missing.empty() && ledger.fleetCoverage < kMinCoverage)
        missing = "coverage";
    Kpi kpi = figure(key, KpiUnit::Money, "gpu_hours*price",
                     {{.key = "gpu_hours",
                       .unit = KpiUnit::GpuHours,
                       .value = static_cast<double>(hours) / kMicro,
                       .coverage = ledger.fleetCoverage,
                       .evidence = ledger.fleetEvidence}});
    if (!ledger.fleet.empty())
        if (const UnitPrice *price = book.gpuHourAt(ledger.fleet.back().range.from))
            kpi.inputs.push_back({.key = "gpu_hour_price", .unit = KpiUnit::Money, .value = *price});
    set(kpi, missing.empty() ? rounded(sum, book.currency) : tl::make_unexpected(missing));
    return kpi;
}

void fillTax(KpiReport &report, const PriceBook &book, const Ledger &ledger)
{
    static constexpr std::pair<const char *, std::int64_t TaxTime::*> kClasses[] = {
        {"busy", &TaxTime::busy},
        {"starved", &TaxTime::starved},
        {"idle", &TaxTime::idle},
        {"unallocated", &TaxTime::unallocated}};
    for (const auto &[key, member] : kClasses) {
        if (ledger.fleet.empty())
            break;
        TaxClass &one = report.tax.classes.emplace_back();
        one.key = key;
        for (const TaxTime &time : ledger.fleet)
            one.microHours += time.*member;
        report.tax.quotaMicroHours += one.microHours;
        one.cost = taxCost(std::string("tax_") + key, book, ledger,
                           [member = member](const TaxTime &time) { return time.*member; });
    }
    report.tax.total = taxCost("utilisation_tax", book, ledger,
                               [](const TaxTime &time) { return time.starved + time.idle + time.unallocated; });
    if (book.budgetPerDay)
        report.tax.budget = *perDayOver(*book.budgetPerDay, ledger.window);
}

void fillFleetUtilisation(KpiReport &report, const PriceBook &book, const Ledger &ledger)
{
    std::int64_t allocated = 0;
    for (const TaxTime &time : ledger.fleet)
        allocated += time.idle + time.starved + time.busy;
    Kpi kpi = figure("utilisation", KpiUnit::Ratio, "busy_hours/gpu_hours",
                     {{.key = "busy_hours",
                       .unit = KpiUnit::GpuHours,
                       .coverage = ledger.fleetBusy.coverage,
                       .evidence = ledger.fleetBusy.evidence},
                      {.key = "gpu_hours",
                       .unit = KpiUnit::GpuHours,
                       .value = static_cast<double>(allocated) / kMicro,
                       .coverage = ledger.fleetCoverage,
                       .evidence = ledger.fleetEvidence}});
    const auto busy = enough(ledger.fleetBusy, "no-busy");
    if (ledger.fleetBusy.value)
        kpi.inputs[0].value = static_cast<double>(*ledger.fleetBusy.value) / kMicro;
    if (!busy)
        kpi.missing = busy.error();
    else if (allocated <= 0)
        kpi.missing = "no-gpu-hours";
    else if (ledger.fleetCoverage < kMinCoverage)
        kpi.missing = "coverage";
    else
        kpi.value = static_cast<double>(*busy) / static_cast<double>(allocated);
    if (book.targets.utilisation)
        kpi.target = *book.targets.utilisation;
    report.utilisation = std::move(kpi);
}

Kpi daysBetween(const char *key, const char *from, Instant a, Instant b)
{
    Kpi kpi = figure(key, KpiUnit::Days, std::string("first_paid-") + from,
                     {{.key = from, .unit = KpiUnit::Time}, {.key = "first_paid", .unit = KpiUnit::Time}});
    if (a.known())
        kpi.inputs[0].value = a.ms;
    if (b.known())
        kpi.inputs[1].value = b.ms;
    if (a.known() && b.known())
        kpi.value = static_cast<double>(b - a) / static_cast<double>(core::kDay);
    else
        kpi.missing = "no-milestone";
    return kpi;
}

ReleaseRow releaseRow(const PriceBook &book, const Release &release)
{
    ReleaseRow row{.release = release};
    row.sinceEnergised = daysBetween("time_to_monetization", "energised", release.energised, release.firstPaid);
    row.sinceDelivered = daysBetween("since_delivered", "delivered", release.delivered, release.firstPaid);
    row.sinceOrdered = daysBetween("since_ordered", "ordered", release.ordered, release.firstPaid);
    row.carry = figure("carry", KpiUnit::Money, "price*gpus*time", row.sinceEnergised.inputs);
    const UnitPrice *price = book.gpuHourAt(release.energised);
    if (row.sinceEnergised.value && price)
        set(row.carry, known(carryCost(*price, release.gpus, release.firstPaid - release.energised)));
    else
        row.carry.missing = row.sinceEnergised.value ? "no-price" : "no-milestone";
    if (price)
        row.carry.inputs.push_back({.key = "gpu_hour_price", .unit = KpiUnit::Money, .value = *price});
    if (const auto &target = book.targets.timeToMonetizationDays) {
        row.sinceEnergised.target = *target;
        if (const double *days = row.sinceEnergised.number())
            row.overTargetDays = *days - *target;
    }
    return row;
}

void fillReleases(KpiReport &report, const PriceBook &book)
{
    report.timeToMonetization = daysBetween("time_to_monetization", "energised", {}, {});
    Instant last{};
    for (const Release &release : book.releases) {
        const ReleaseRow &row = report.releases.emplace_back(releaseRow(book, release));
        if (row.sinceEnergised.value && release.firstPaid >= last) {
            last = release.firstPaid;
            report.timeToMonetization = row.sinceEnergised;
            for (KpiInput &input : report.timeToMonetization.inputs)
                input.of = release.name;
        }
    }
}

} // namespace

KpiReport evaluate(const PriceBook &book, const Ledger &ledger)
{
    KpiReport report{.window = ledger.window, .currency = book.currency, .owners = book.owners};
    fillModels(report, book, ledger);
    fillTax(report, book, ledger);
    fillFleetUtilisation(report, book, ledger);
    fillReleases(report, book);
    return report;
}

} // namespace andon::economics
