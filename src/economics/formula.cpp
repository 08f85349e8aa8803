#include "economics/formula.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace andon::economics
{

namespace
{

Result<std::int64_t> narrow(Wide value)
{
    if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
        return core::fail(core::ErrorKind::Invalid, "economics", "the amount does not fit in 64 bits");
    return static_cast<std::int64_t>(value);
}

/// value × factor ÷ divisor, half-even.
Result<UnitPrice> scaled(const UnitPrice &price, Wide factor, Wide divisor)
{
    Wide product = 0;
    if (divisor <= 0)
        return core::fail(core::ErrorKind::Invalid, "economics", "a rate above 0 is needed");
    if (__builtin_mul_overflow(static_cast<Wide>(price.pico), factor, &product))
        return core::fail(core::ErrorKind::Invalid, "economics", "the product does not fit in 128 bits");
    const auto pico = narrow(core::divideHalfEven(product, divisor));
    if (!pico)
        return core::fail(pico.error());
    return UnitPrice{*pico, price.currency};
}

} // namespace

Result<UnitPrice> costPerMtokAtRate(const UnitPrice &gpuHour, std::int64_t microTokensPerSecond)
{
    return scaled(gpuHour, static_cast<Wide>(kMtok) * kMicro, static_cast<Wide>(microTokensPerSecond) * 3600);
}

Result<UnitPrice> costPerMtokAtRate(const UnitPrice &gpuHour, std::int64_t microTokensPerSecond,
                                    std::int64_t utilisationPpm)
{
    return scaled(gpuHour, static_cast<Wide>(kMtok) * kMicro * kMicro,
                  static_cast<Wide>(microTokensPerSecond) * 3600 * utilisationPpm);
}

Result<UnitPrice> perUtilisedHour(const UnitPrice &gpuHour, std::int64_t utilisationPpm)
{
    return scaled(gpuHour, kMicro, utilisationPpm);
}

Result<Money> gpuCost(const UnitPrice &gpuHour, Wide microHours)
{
    return core::priceOf(gpuHour, microHours, kMicro);
}

Result<Money> idleCost(const UnitPrice &gpuHour, Wide microHours, std::int64_t utilisationPpm)
{
    if (utilisationPpm < 0 || utilisationPpm > kMicro)
        return core::fail(core::ErrorKind::Invalid, "economics", "a utilisation from 0 to 1 is needed");
    return core::priceOf(gpuHour, microHours * (kMicro - utilisationPpm), kMicro * kMicro);
}

Result<Money> listRevenue(std::int64_t inputTokens, const UnitPrice &inputPerMtok, std::int64_t outputTokens,
                          const UnitPrice &outputPerMtok, std::int64_t paidSharePpm)
{
    if (inputPerMtok.currency != outputPerMtok.currency)
        return core::fail(core::ErrorKind::Invalid, "economics", "currencies differ");
    const Wide in = static_cast<Wide>(inputTokens) * inputPerMtok.pico; // 63 + 63 bits fit
    const Wide out = static_cast<Wide>(outputTokens) * outputPerMtok.pico;
    Wide sum = 0;
    Wide paid = 0;
    if (__builtin_add_overflow(in, out, &sum) || __builtin_mul_overflow(sum, static_cast<Wide>(paidSharePpm), &paid))
        return core::fail(core::ErrorKind::Invalid, "economics", "the product does not fit in 128 bits");
    const auto micro = narrow(core::divideHalfEven(paid, static_cast<Wide>(1'000'000) * kMtok * kMicro));
    if (!micro)
        return core::fail(micro.error());
    return Money{*micro, inputPerMtok.currency};
}

std::optional<double> grossMargin(const Money &revenue, const Money &cost)
{
    if (revenue.currency != cost.currency || revenue.micro == 0)
        return std::nullopt;
    return static_cast<double>(static_cast<Wide>(revenue.micro) - cost.micro) / static_cast<double>(revenue.micro);
}

Result<Money> carryCost(const UnitPrice &gpuHour, int gpus, std::int64_t ms)
{
    return core::priceOf(gpuHour, static_cast<Wide>(gpus) * ms, 3'600'000);
}

Result<Money> energyCost(const UnitPrice &perKwh, Wide millijoules)
{
    return core::priceOf(perKwh, millijoules, 3'600'000'000);
}

std::optional<double> tokensPerJoule(std::int64_t tokens, std::int64_t millijoules)
{
    if (millijoules <= 0)
        return std::nullopt;
    return static_cast<double>(tokens) * 1000 / static_cast<double>(millijoules);
}

std::optional<double> joulesPerToken(std::int64_t millijoules, std::int64_t tokens)
{
    if (tokens <= 0)
        return std::nullopt;
    return static_cast<double>(millijoules) / 1000 / static_cast<double>(tokens);
}

double kwh(std::int64_t millijoules)
{
    return static_cast<double>(millijoules) / 3.6e9;
}

std::optional<double> kwhPerMtok(std::int64_t millijoules, std::int64_t tokens)
{
    if (tokens <= 0)
        return std::nullopt;
    return kwh(millijoules) * static_cast<double>(kMtok) / static_cast<double>(tokens);
}

std::optional<double> tokensPerSecondPerMw(double tokensPerSecond, double watts)
{
    if (!(watts > 0))
        return std::nullopt;
    return tokensPerSecond * 1e6 / watts;
}

std::optional<double> modelFlopsUtilisation(double tokensPerSecond, double flopsPerToken, double peakFlops)
{
    if (!(peakFlops > 0))
        return std::nullopt;
    return tokensPerSecond * flopsPerToken / peakFlops;
}

std::optional<std::pair<double, double>> goodputBounds(const std::vector<double> &shares)
{
    if (shares.empty())
        return std::nullopt;
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    return std::pair(std::max(0.0, sum - static_cast<double>(shares.size() - 1)),
                     *std::min_element(shares.begin(), shares.end()));
}

std::int64_t lostMicroHours(std::int64_t microHours, std::int64_t auPpm)
{
    return static_cast<std::int64_t>(core::divideHalfEven(static_cast<Wide>(microHours) * (kMicro - auPpm), kMicro));
}

std::int64_t savedMicroHours(std::int64_t microHours, std::int64_t auPpm, std::int64_t raisedPpm)
{
    if (raisedPpm <= 0)
        return 0;
    return microHours
        - static_cast<std::int64_t>(core::divideHalfEven(static_cast<Wide>(microHours) * auPpm, raisedPpm));
}

} // namespace andon::economics
