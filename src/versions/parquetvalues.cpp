// What a value of a Parquet file is, from its bytes (PLAIN of Encodings.md in parquet-format).
#include "versions/parquettypes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace andon::versions
{

namespace
{

using Order = ParquetType::Order;
using Shape = ParquetType::Shape;

constexpr std::size_t kMostCharacters = 64; // of a text
constexpr std::size_t kMostDecimalBytes = 32;

std::uint64_t little(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::int64_t signedLittle(std::string_view bytes)
{
    return bytes.size() == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(little(bytes)))
                             : static_cast<std::int64_t>(little(bytes));
}

double floating(std::string_view bytes)
{
    if (bytes.size() == 8) {
        const std::uint64_t bits = little(bytes);
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
    const auto bits = static_cast<std::uint32_t>(little(bytes));
    if (bytes.size() == 4) {
        float value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return static_cast<double>(value);
    }
    const int exponent = static_cast<int>(bits >> 10 & 31);
    const double part = bits & 1023;
    const double size = exponent == 31 ? (part > 0 ? NAN : INFINITY)
        : exponent == 0                ? std::ldexp(part, -24)
                                       : std::ldexp(1024 + part, exponent - 25);
    return bits >> 15 ? -size : size;
}

/// Two's complement, the first byte first.
bool isNegative(std::string_view big)
{
    return !big.empty() && (static_cast<unsigned char>(big.front()) & 0x80) != 0;
}

std::string decimalText(std::string_view big, int scale)
{
    std::array<unsigned char, kMostDecimalBytes> magnitude{};
    const bool negative = isNegative(big);
    unsigned carry = negative ? 1 : 0;
    for (std::size_t i = big.size(); i-- > 0;) {
        const unsigned byte = static_cast<unsigned char>(big[i]);
        const unsigned next = (negative ? byte ^ 0xff : byte) + carry;
        magnitude[i] = static_cast<unsigned char>(next);
        carry = next >> 8;
    }
    std::string digits; // the last one first
    for (bool more = true; more;) {
        unsigned rest = 0;
        more = false;
        for (std::size_t i = 0; i < big.size(); ++i) {
            const unsigned value = rest << 8 | magnitude[i];
            magnitude[i] = static_cast<unsigned char>(value / 10);
            rest = value % 10;
            more = more || magnitude[i] != 0;
        }
        digits += static_cast<char>('0' + rest);
    }
    while (digits.size() <= static_cast<std::size_t>(scale))
        digits += '0';
    if (scale > 0)
        digits.insert(static_cast<std::size_t>(scale), 1, '.');
    if (negative)
        digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string dateText(std::int64_t days)
{
    // Civil from days (Howard Hinnant's algorithm).
    const std::int64_t z = days + 719468;
    const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int64_t doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    char text[48];
    std::snprintf(text, sizeof text, "%04lld-%02d-%02d", static_cast<long long>(yoe + era * 400 + (month <= 2 ? 1 : 0)),
                  static_cast<int>(month), static_cast<int>(doy - (153 * mp + 2) / 5 + 1));
    return text;
}

/// digits: 3 of milliseconds … 9 of nanoseconds.
std::string timeText(std::int64_t units, int digits)
{
    std::int64_t second = 1;
    for (int i = 0; i < digits; ++i)
        second *= 10;
    const std::int64_t seconds = units / second;
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(seconds / 3600 % 100),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    std::string part = std::to_string(second + units % second); // 1 and the digits
    part.front() = '.';
    part.erase(part.find_last_not_of('0') + 1);
    return part.size() > 1 ? text + part : text;
}

std::string timestampText(std::int64_t units, int digits)
{
    std::int64_t day = 86400;
    for (int i = 0; i < digits; ++i)
        day *= 10;
    const std::int64_t rest = units % day;
    return dateText(units / day - (rest < 0 ? 1 : 0)) + " " + timeText(rest < 0 ? rest + day : rest, digits);
}

/// How many bytes the next character of UTF-8 has; 0: it is none, or a control character.
std::size_t characterAt(std::string_view text)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
    const unsigned first = at(0);
    const std::size_t size = first < 0x80 ? 1
        : first < 0xc2                    ? 0
        : first < 0xe0                    ? 2
        : first < 0xf0                    ? 3
        : first < 0xf5                    ? 4
                                          : 0;
    if (size > text.size() || (size == 1 && ((first < 0x20 && (first < 9 || first > 13)) || first == 0x7f)))
        return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((at(i) & 0xc0) != 0x80)
            return 0;
    const bool overlong = (first == 0xe0 && at(1) < 0xa0) || (first == 0xf0 && at(1) < 0x90);
    const bool beyond = (first == 0xed && at(1) > 0x9f) || (first == 0xf4 && at(1) > 0x8f);
    return overlong || beyond ? 0 : size;
}

std::optional<std::string> textOf(std::string_view bytes, bool exact)
{
    std::size_t at = 0;
    for (std::size_t characters = 0; at < bytes.size() && characters < kMostCharacters; ++characters) {
        const std::size_t size = characterAt(bytes.substr(at));
        if (size == 0 && (exact || bytes.size() - at > 3))
            return std::nullopt;
        if (size == 0)
            break; // cut off within a character
        at += size;
    }
    if (bytes.empty())
        return "\"\"";
    return std::string(bytes.substr(0, at)) + (at < bytes.size() || !exact ? "…" : "");
}

std::string uuidText(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        char hex[4];
        std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(static_cast<unsigned char>(bytes[i])));
        text += (i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "") + std::string(hex);
    }
    return text;
}

/// Of one length, the sign repeated in front.
std::string extended(std::string_view big, std::size_t size)
{
    return std::string(size - big.size(), isNegative(big) ? '\xff' : '\0') + std::string(big);
}

std::string bigEndian(std::string_view bytes)
{
    return {bytes.rbegin(), bytes.rend()};
}

} // namespace

bool isReadable(const ParquetType &type, std::string_view bytes)
{
    if (type.order == Order::None || (type.width != 0 && bytes.size() != type.width))
        return false;
    if (type.order == Order::Floating)
        return !std::isnan(floating(bytes));
    return type.order != Order::SignedBytes || (!bytes.empty() && bytes.size() <= kMostDecimalBytes);
}

bool isBefore(const ParquetType &type, std::string_view a, std::string_view b)
{
    switch (type.order) {
    case Order::Signed:
        return signedLittle(a) < signedLittle(b);
    case Order::Unsigned:
        return little(a) < little(b);
    case Order::Floating:
        return floating(a) < floating(b);
    case Order::SignedBytes:
        if (isNegative(a) != isNegative(b))
            return isNegative(a);
        return extended(a, std::max(a.size(), b.size())) < extended(b, std::max(a.size(), b.size()));
    case Order::Bytes: // of char_traits<char>: as unsigned
        return a < b;
    case Order::None:
        break;
    }
    return false;
}

std::optional<std::string> written(const ParquetType &type, std::string_view bytes, bool exact)
{
    if (!isReadable(type, bytes))
        return std::nullopt;
    switch (type.shape) {
    case Shape::Boolean:
        return little(bytes) ? "true" : "false";
    case Shape::Integer:
        return type.order == Order::Signed ? std::to_string(signedLittle(bytes)) : std::to_string(little(bytes));
    case Shape::Floating: {
        char text[40];
        const double value = floating(bytes);
        const auto end = type.width == 8 ? std::to_chars(text, text + sizeof text, value)
                                         : std::to_chars(text, text + sizeof text, static_cast<float>(value));
        return std::string(text, end.ptr);
    }
    case Shape::Decimal:
        return decimalText(type.order == Order::Signed ? bigEndian(bytes) : std::string(bytes), type.digits);
    case Shape::Date:
        return dateText(signedLittle(bytes));
    case Shape::Time:
        return signedLittle(bytes) < 0 ? std::nullopt : std::optional(timeText(signedLittle(bytes), type.digits));
    case Shape::Timestamp:
        return timestampText(signedLittle(bytes), type.digits);
    case Shape::Text:
        return textOf(bytes, exact);
    case Shape::Uuid:
        return uuidText(bytes);
    case Shape::Other:
        break;
    }
    return std::nullopt;
}

} // namespace andon::versions
