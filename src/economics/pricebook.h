#pragma once
// The price book of a site, a YAML file that people write: what a GPU-hour costs and since when, what a token is sold
// for, shared costs, targets, and when each release was ordered, energised and first paid. Plain values.
#include "core/ids.h"
#include "core/money.h"

#include <map>
#include <optional>
#include <vector>

namespace andon::economics
{

using core::Instant;
using core::Money;
using core::UnitPrice;

struct GpuPrice {
    Instant from = {}; ///< unknown: since ever
    UnitPrice perHour = {}; ///< of one GPU
    bool operator==(const GpuPrice &) const = default;
};

struct ModelPrice {
    std::string match = {}; ///< glob with * over "name@version", or over "name" when it has no @
    UnitPrice inputPerMtok = {}; ///< per 1,000,000 tokens
    UnitPrice outputPerMtok = {};
    bool operator==(const ModelPrice &) const = default;
};

struct Targets {
    std::optional<UnitPrice> costPerMtok = {};
    std::optional<UnitPrice> revenuePerMtok = {};
    std::optional<double> grossMargin = {}; ///< 0..1
    std::optional<double> utilisation = {}; ///< 0..1
    std::optional<double> timeToMonetizationDays = {};
    bool operator==(const Targets &) const = default;
};

/// Milestones of a block of GPUs, m0..m6 of the reference. Unknown ones have not happened or nobody wrote them down.
struct Release {
    std::string name = {};
    int gpus = 0;
    Instant ordered = {};
    Instant delivered = {};
    Instant energised = {};
    Instant busy = {};
    Instant firstToken = {};
    Instant firstPaid = {};
    Instant ramped = {};
    bool operator==(const Release &) const = default;
};

struct PriceBook {
    core::Currency currency = {};
    std::vector<GpuPrice> gpuHour = {}; ///< by from, ascending
    std::vector<ModelPrice> models = {}; ///< the first that matches is used
    std::optional<Money> sharedPerDay = {}; ///< storage, network, gateway
    std::optional<std::int64_t> paidSharePpm = {}; ///< millionths of the tokens that somebody pays for
    Targets targets = {};
    std::optional<Money> budgetPerDay = {}; ///< for the utilisation tax
    std::optional<int> quotaGpus = {};
    std::vector<Release> releases = {};
    std::map<std::string, std::string> owners = {}; ///< of a figure, by its key ("gross_margin"): who answers for it

    /// nullptr before the first price.
    [[nodiscard]] const UnitPrice *gpuHourAt(Instant t) const;
    [[nodiscard]] const ModelPrice *priceOf(const core::ModelName &model,
                                            const core::ModelVersionNumber &version) const;
    /// The window cut where the price of a GPU-hour changes.
    [[nodiscard]] std::vector<core::TimeRange> stretches(core::TimeRange window) const;
    bool operator==(const PriceBook &) const = default;
};

/// Invalid with "file:line" on a bad entry, an unknown key, or a number that is no plain decimal. Money is never read
/// through a double.
[[nodiscard]] core::Result<PriceBook> parsePriceBook(std::string_view yaml, const std::string &file);

} // namespace andon::economics
