#include "sources/prometheus/scan.h"

#include "sources/shared/json.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace andon::sources::prometheus
{

namespace
{

constexpr int kMaxDepth = 64;
constexpr std::int64_t kMaxSeconds = 1'000'000'000'000LL; // the year 33658: beyond it a time is nonsense
constexpr std::ptrdiff_t kMaxSecondsDigits = 12;

// Exactly representable: a mantissa below 2^53 times or by one of them is rounded once, so it is the nearest double
// (Clinger 1990).
constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t kExact = 1ULL << 53;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string &out, unsigned code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        if (lead < 0x80)
            continue;
        const int more = lead >= 0xc2 && lead < 0xe0 ? 1
            : lead >= 0xe0 && lead < 0xf0            ? 2
            : lead >= 0xf0 && lead < 0xf5            ? 3
                                                     : 0;
        if (more == 0 || text.size() - i < static_cast<std::size_t>(more))
            return false;
        const auto second = static_cast<unsigned char>(text[i]);
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90)
            || (lead == 0xf4 && second > 0x8f))
            return false;
        for (int k = 0; k < more; ++k)
            if ((static_cast<unsigned char>(text[i++]) & 0xc0) != 0x80)
                return false;
    }
    return true;
}

/// The number that eight digits make, two at a time, four at a time, all at once; -1 when one of them is no digit.
std::int64_t eightDigits(const char *at)
{
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    word ^= 0x3030303030303030U; // a digit is 0 to 9 now
    if (((word + 0x7676767676767676U) | word) & 0x8080808080808080U)
        return -1;
    word = (word * 10 + (word >> 8)) & 0x00ff00ff00ff00ffU;
    word = (word * 100 + (word >> 16)) & 0x0000ffff0000ffffU;
    return static_cast<std::int64_t>((word * 10000 + (word >> 32)) & 0xffffffffU);
}

/// Appends the digits at `at` to the number; the place after them. More than 19 overflow: the caller counts.
const char *digits(const char *at, const char *end, std::uint64_t &number)
{
    while (end - at >= 8) {
        const std::int64_t eight = eightDigits(at);
        if (eight < 0)
            break;
        number = number * 100'000'000 + static_cast<std::uint64_t>(eight);
        at += 8;
    }
    while (at != end && isDigit(*at))
        number = number * 10 + static_cast<std::uint64_t>(*at++ - '0');
    return at;
}

/// A decimal without an exponent whose digits fit a double; the place after it, nullptr: ask the slow way.
const char *fastDecimal(const char *at, const char *end, double &out)
{
    const bool negative = at != end && *at == '-';
    if (negative)
        ++at;
    const char *const first = at;
    std::uint64_t mantissa = 0;
    at = digits(at, end, mantissa);
    std::ptrdiff_t count = at - first;
    std::ptrdiff_t fraction = 0;
    if (count == 0)
        return nullptr;
    if (at != end && *at == '.') {
        const char *const point = ++at;
        at = digits(at, end, mantissa);
        fraction = at - point;
        count += fraction;
    }
    if (count > 19 || mantissa > kExact || fraction > 22)
        return nullptr;
    const double value = static_cast<double>(mantissa) / kPowers[static_cast<std::size_t>(fraction)];
    out = negative ? -value : value;
    return at;
}

/// Any finite decimal at the start of the text; the place after it, nullptr when there is none.
const char *decimal(const char *at, const char *end, double &out)
{
    const char *const fast = fastDecimal(at, end, out);
    if (fast && (fast == end || (*fast != 'e' && *fast != 'E')))
        return fast;
    // Digits first, so none of the words that from_chars would take ("inf", "nan") gets here.
    const char *const first = at != end && *at == '-' ? at + 1 : at;
    if (first == end || !isDigit(*first))
        return nullptr;
    const auto [after, code] = std::from_chars(at, end, out);
    return code == std::errc() ? after : nullptr;
}

} // namespace

bool parseSample(std::string_view text, double &out)
{
    const char *const end = text.data() + text.size();
    if (decimal(text.data(), end, out) == end && !text.empty())
        return true;
    const auto value = parseReal(text);
    if (value)
        out = *value;
    return value.has_value();
}

bool Scan::fail(const char *expected)
{
    if (!m_failed) {
        m_failed = true;
        m_words = std::string(expected) + " was expected at byte " + std::to_string(offset());
    }
    m_at = m_end;
    return false;
}

bool Scan::plainString(std::string_view &out)
{
    if (!expect('"', "a string"))
        return false;
    const char *const first = m_at;
    while (m_at != m_end && *m_at != '"' && *m_at != '\\')
        ++m_at;
    if (m_at == m_end || *m_at != '"')
        return fail("a plain string");
    out = {first, static_cast<std::size_t>(m_at - first)};
    ++m_at;
    return true;
}

bool Scan::hex4(unsigned &out)
{
    out = 0;
    for (int i = 0; i < 4; ++i, ++m_at) {
        if (m_at == m_end)
            return fail("four hex digits");
        const char c = *m_at;
        const int digit = isDigit(c) ? c - '0'
            : c >= 'a' && c <= 'f'   ? c - 'a' + 10
            : c >= 'A' && c <= 'F'   ? c - 'A' + 10
                                     : -1;
        if (digit < 0)
            return fail("four hex digits");
        out = out * 16 + static_cast<unsigned>(digit);
    }
    return true;
}

bool Scan::escape(std::string &out)
{
    static constexpr char kFrom[] = "\"\\/bfnrt";
    static constexpr char kTo[] = "\"\\/\b\f\n\r\t";
    if (m_at == m_end)
        return fail("an escape");
    const char c = *m_at++;
    if (c != 'u') {
        const char *const found = c == '\0' ? nullptr : std::strchr(kFrom, c);
        if (!found)
            return fail("an escape");
        out += kTo[found - kFrom];
        return true;
    }
    unsigned code = 0;
    if (!hex4(code))
        return false;
    if (code >= 0xd800 && code < 0xe000) {
        unsigned low = 0;
        if (code >= 0xdc00 || m_end - m_at < 2 || m_at[0] != '\\' || m_at[1] != 'u')
            return fail("a surrogate pair");
        m_at += 2;
        if (!hex4(low) || low < 0xdc00 || low >= 0xe000)
            return fail("a surrogate pair");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    appendUtf8(out, code);
    return true;
}

bool Scan::string(std::string &out)
{
    out.clear();
    if (!expect('"', "a string"))
        return false;
    for (;;) {
        const char *const first = m_at;
        while (m_at != m_end && *m_at != '"' && *m_at != '\\' && static_cast<unsigned char>(*m_at) >= 0x20)
            ++m_at;
        out.append(first, m_at);
        if (m_at == m_end || static_cast<unsigned char>(*m_at) < 0x20)
            return fail("the end of a string");
        if (*m_at++ == '"')
            return isUtf8(out) || fail("UTF-8");
        if (!escape(out))
            return false;
    }
}

bool Scan::milliseconds(std::int64_t &out)
{
    skipSpace();
    const char *const first = m_at;
    std::int64_t whole = 0;
    while (m_at != m_end && isDigit(*m_at) && whole < kMaxSeconds)
        whole = whole * 10 + (*m_at++ - '0');
    if (m_at != first && m_at != m_end && (*m_at == ',' || *m_at == ']') && whole < kMaxSeconds) {
        out = whole * 1000;
        return true;
    }
    m_at = first;
    while (m_at != m_end
           && (isDigit(*m_at) || *m_at == '.' || *m_at == '-' || *m_at == '+' || *m_at == 'e' || *m_at == 'E'))
        ++m_at;
    double seconds = 0;
    if (first == m_at || *first == '+' || !parseSample({first, static_cast<std::size_t>(m_at - first)}, seconds)
        || !(std::abs(seconds) < static_cast<double>(kMaxSeconds)))
        return fail("a time in seconds");
    out = std::llround(seconds * 1000);
    return true;
}

bool Scan::sampleValue(double &out)
{
    std::string_view text;
    if (!plainString(text))
        return false;
    return parseSample(text, out) || fail("a sample value");
}

bool Scan::usualSample(std::int64_t &ms, double &value)
{
    if (m_at == m_end || *m_at != '[')
        return false;
    const char *const first = m_at + 1;
    std::uint64_t seconds = 0;
    const char *const comma = digits(first, m_end, seconds);
    const std::ptrdiff_t count = comma - first;
    if (count == 0 || count > kMaxSecondsDigits || m_end - comma < 2 || comma[0] != ',' || comma[1] != '"')
        return false;
    const char *const quote = decimal(comma + 2, m_end, value);
    if (!quote || m_end - quote < 2 || quote[0] != '"' || quote[1] != ']')
        return false;
    ms = static_cast<std::int64_t>(seconds) * 1000;
    m_at = quote + 2;
    return true;
}

bool Scan::skipScalar()
{
    if (m_at != m_end && *m_at == '"') {
        std::string ignored;
        return string(ignored);
    }
    const char *const first = m_at;
    while (m_at != m_end && std::strchr(",]}: \t\r\n\"[{", *m_at) == nullptr)
        ++m_at;
    const std::string_view word(first, static_cast<std::size_t>(m_at - first));
    double number = 0;
    if (word == "true" || word == "false" || word == "null")
        return true;
    return (!word.empty() && (isDigit(word.front()) || word.front() == '-') && parseSample(word, number))
        || fail("a value");
}

bool Scan::skip()
{
    std::string open; // the brackets we are in: no recursion, so depth is no danger
    std::string key;
    do {
        skipSpace();
        if (m_at != m_end && (*m_at == '{' || *m_at == '[')) {
            open += *m_at++;
            if (open.size() > kMaxDepth)
                return fail("at most 64 levels");
            if (take(open.back() == '{' ? '}' : ']'))
                open.pop_back();
            else if (open.back() == '{' && !(string(key) && expect(':', "':'")))
                return false;
            else
                continue;
        } else if (!skipScalar()) {
            return false;
        }
        while (!open.empty() && !take(',')) {
            if (!expect(open.back() == '{' ? '}' : ']', "',' or a closing bracket"))
                return false;
            open.pop_back();
        }
        if (!open.empty() && open.back() == '{' && !(string(key) && expect(':', "':'")))
            return false;
    } while (!open.empty());
    return ok();
}

} // namespace andon::sources::prometheus
