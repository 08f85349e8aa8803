#include "demo/promql/literal.h"

#include <cstdint>

namespace andon::demo::promql
{

namespace
{
/// Go's %#U of a byte.
std::string codePoint(char c)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const std::string code = std::string("U+00") + digits[byte >> 4] + digits[byte & 15];
    return byte < 0x20 || byte >= 0x7f ? code : code + " '" + c + "'";
}

void appendUtf8(std::string &text, std::uint32_t code)
{
    const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xe0 | (code >> 12));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xf0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = static_cast<char>(c | 32);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : 99;
}

struct Code {
    int digits = 0;
    std::uint32_t base = 16;
    std::uint32_t largest = 0x10ffff;
    bool isByte = false;
};

Code codeOf(char c)
{
    switch (c) {
    case 'x':
        return {2, 16, 255, true};
    case 'u':
        return {4};
    case 'U':
        return {8};
    default:
        return c >= '0' && c <= '7' ? Code{3, 8, 255, true} : Code{};
    }
}

/// After a backslash.
void readEscape(std::string_view query, char quote, Literal &literal)
{
    constexpr std::string_view names = "abfnrtv\\";
    constexpr std::string_view values = "\a\b\f\n\r\t\v\\";
    std::size_t &at = literal.end;
    if (at >= query.size()) {
        literal.error = "escape sequence not terminated";
        return;
    }
    const char c = query[at++];
    const std::size_t name = names.find(c);
    if (c == quote || name != std::string_view::npos) {
        literal.value += c == quote ? quote : values[name];
        return;
    }
    const Code code = codeOf(c);
    if (code.digits == 0) {
        literal.error = "unknown escape sequence " + codePoint(c);
        return;
    }
    at -= code.base == 8 ? 1 : 0;
    std::uint32_t number = 0;
    for (int i = 0; i < code.digits; ++i, ++at) {
        if (at >= query.size()) {
            literal.error = "escape sequence not terminated";
            return;
        }
        const auto digit = static_cast<std::uint32_t>(digitOf(query[at]));
        if (digit >= code.base) {
            literal.error = "illegal character " + codePoint(query[at]) + " in escape sequence";
            return;
        }
        number = number * code.base + digit;
    }
    if (number > code.largest || (!code.isByte && number >= 0xd800 && number < 0xe000))
        literal.error = "escape sequence is an invalid Unicode code point";
    else if (code.isByte)
        literal.value += static_cast<char>(number);
    else
        appendUtf8(literal.value, number);
}
} // namespace

Literal readLiteral(std::string_view query, std::size_t at, char quote)
{
    Literal literal;
    literal.end = at;
    while (literal.error.empty()) {
        if (literal.end >= query.size() || (query[literal.end] == '\n' && quote != '`')) {
            literal.error = quote == '`' ? "unterminated raw string" : "unterminated quoted string";
            break;
        }
        const char c = query[literal.end++];
        if (c == quote)
            break;
        if (c == '\\' && quote != '`')
            readEscape(query, quote, literal);
        else
            literal.value += c;
    }
    return literal;
}

} // namespace andon::demo::promql
