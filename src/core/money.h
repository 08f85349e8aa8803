#pragma once
// Amounts are int64 micro-units, unit prices int64 pico-units, products 128-bit, rounded half-even once at the end.
// Never a double.
#include "core/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace andon::core
{

__extension__ using Wide = __int128;

/// value / divisor, rounded half to even. divisor > 0.
[[nodiscard]] Wide divideHalfEven(Wide value, Wide divisor);

/// ISO 4217, three upper-case letters. Amounts of different currencies are never added.
struct Currency {
    std::string code = "USD";
    auto operator<=>(const Currency &) const = default;
};

struct Money {
    std::int64_t micro = 0; ///< millionths of a unit of the currency
    Currency currency = {};
    bool operator==(const Money &) const = default;
};

struct UnitPrice {
    std::int64_t pico = 0; ///< 1e-12 units of the currency, per unit of what is priced
    Currency currency = {};
    bool operator==(const UnitPrice &) const = default;
};

/// Invalid when the currencies differ or the sum does not fit.
[[nodiscard]] Result<Money> add(const Money &a, const Money &b);
[[nodiscard]] Result<Money> subtract(const Money &a, const Money &b);
/// price × quantity, where quantity is an integer number of units / quantityScale (micro-hours: scale 1e6). Half-even.
/// Invalid on overflow.
[[nodiscard]] Result<Money> priceOf(const UnitPrice &price, Wide quantity, std::int64_t quantityScale = 1);
/// amount per `per` units: amount × per ÷ quantity, e.g. per = 1'000'000 tokens. Invalid when quantity ≤ 0 or on
/// overflow.
[[nodiscard]] Result<UnitPrice> ratio(const Money &amount, Wide quantity, std::int64_t per);
/// "2.50" → 2.5e12 pico. At most 12 decimals, no exponent. Invalid otherwise.
[[nodiscard]] Result<UnitPrice> parseUnitPrice(std::string_view decimal, const Currency &currency);
/// "12.345678" of micro-units, no grouping, shortest form with at least `minDecimals`. For JSON and CSV.
[[nodiscard]] std::string decimal(const Money &amount, int minDecimals = 2);
[[nodiscard]] std::string decimal(const UnitPrice &price, int minDecimals = 2);

} // namespace andon::core
