#include "core/money.h"

#include <limits>

namespace andon::core
{

namespace
{
Result<std::int64_t> narrow(Wide value)
{
    if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
        return fail(ErrorKind::Invalid, "money", "the amount does not fit in 64 bits");
    return static_cast<std::int64_t>(value);
}

std::string decimalOf(std::int64_t value, int scaleDigits, int minDecimals)
{
    const bool negative = value < 0;
    const auto magnitude = static_cast<unsigned long long>(value);
    std::string digits = std::to_string(negative ? 0ULL - magnitude : magnitude);
    if (static_cast<int>(digits.size()) <= scaleDigits)
        digits.insert(0, static_cast<std::size_t>(scaleDigits + 1) - digits.size(), '0');
    std::string fraction = digits.substr(digits.size() - static_cast<std::size_t>(scaleDigits));
    while (static_cast<int>(fraction.size()) > minDecimals && fraction.back() == '0')
        fraction.pop_back();
    std::string out = negative ? "-" : "";
    out += digits.substr(0, digits.size() - static_cast<std::size_t>(scaleDigits));
    if (!fraction.empty())
        out += "." + fraction;
    return out;
}
} // namespace

Wide divideHalfEven(Wide value, Wide divisor)
{
    const Wide quotient = value / divisor;
    const Wide remainder = value % divisor;
    const Wide magnitude = remainder < 0 ? -remainder : remainder;
    const Wide twice = magnitude * 2;
    if (twice < divisor || (twice == divisor && quotient % 2 == 0))
        return quotient;
    return quotient + (value < 0 ? -1 : 1);
}

Result<Money> add(const Money &a, const Money &b)
{
    if (a.currency != b.currency)
        return fail(ErrorKind::Invalid, "money", "currencies differ: " + a.currency.code + " and " + b.currency.code);
    return narrow(static_cast<Wide>(a.micro) + b.micro).map([&](std::int64_t micro) {
        return Money{micro, a.currency};
    });
}

Result<Money> subtract(const Money &a, const Money &b)
{
    if (a.currency != b.currency)
        return fail(ErrorKind::Invalid, "money", "currencies differ: " + a.currency.code + " and " + b.currency.code);
    return narrow(static_cast<Wide>(a.micro) - b.micro).map([&](std::int64_t micro) {
        return Money{micro, a.currency};
    });
}

Result<Money> priceOf(const UnitPrice &price, Wide quantity, std::int64_t quantityScale)
{
    if (quantityScale <= 0)
        return fail(ErrorKind::Invalid, "money", "the scale of a quantity must be positive");
    Wide product = 0;
    if (__builtin_mul_overflow(static_cast<Wide>(price.pico), quantity, &product))
        return fail(ErrorKind::Invalid, "money", "the product does not fit in 128 bits");
    return narrow(divideHalfEven(product, static_cast<Wide>(quantityScale) * 1'000'000)).map([&](std::int64_t micro) {
        return Money{micro, price.currency};
    });
}

Result<UnitPrice> ratio(const Money &amount, Wide quantity, std::int64_t per)
{
    if (quantity <= 0)
        return fail(ErrorKind::Invalid, "money", "a price per unit needs a positive quantity");
    Wide product = 0;
    if (__builtin_mul_overflow(static_cast<Wide>(amount.micro) * 1'000'000, static_cast<Wide>(per), &product))
        return fail(ErrorKind::Invalid, "money", "the product does not fit in 128 bits");
    return narrow(divideHalfEven(product, quantity)).map([&](std::int64_t pico) {
        return UnitPrice{pico, amount.currency};
    });
}

Result<UnitPrice> parseUnitPrice(std::string_view text, const Currency &currency)
{
    const auto bad = [&] { return fail(ErrorKind::Invalid, "price", "not a decimal number: " + std::string(text)); };
    const bool negative = text.starts_with('-');
    std::string_view rest = text.substr(negative ? 1 : 0);
    Wide value = 0;
    int decimals = -1;
    bool anyDigit = false;
    for (const char c : rest) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c >= '0' && c <= '9') {
            anyDigit = true;
            value = value * 10 + (c - '0');
            if (decimals >= 0 && ++decimals > 12)
                return bad();
            if (value > static_cast<Wide>(std::numeric_limits<std::int64_t>::max()))
                return bad();
        } else {
            return bad();
        }
    }
    if (!anyDigit)
        return bad();
    for (int i = decimals < 0 ? 0 : decimals; i < 12; ++i)
        value *= 10;
    return narrow(negative ? -value : value).map([&](std::int64_t pico) { return UnitPrice{pico, currency}; });
}

std::string decimal(const Money &amount, int minDecimals)
{
    return decimalOf(amount.micro, 6, minDecimals);
}

std::string decimal(const UnitPrice &price, int minDecimals)
{
    return decimalOf(price.pico, 12, minDecimals);
}

} // namespace andon::core
