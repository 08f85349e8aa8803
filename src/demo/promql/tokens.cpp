#include "demo/promql/tokens.h"

#include "demo/promql/labels.h"
#include "demo/promql/parser.h"

#include <array>
#include <charconv>
#include <cmath>

namespace andon::demo::promql
{

namespace
{
struct Unit {
    std::string_view name = {};
    std::int64_t ms = 0;
};
constexpr std::array<Unit, 7> kUnits = {{{"y", 31'536'000'000},
                                         {"w", 604'800'000},
                                         {"d", 86'400'000},
                                         {"h", 3'600'000},
                                         {"m", 60'000},
                                         {"s", 1000},
                                         {"ms", 1}}};
constexpr double kLongest = 9.2e12; // a Go duration holds 292 years of nanoseconds

constexpr std::array<Infix, 16> kInfix = {{{"or", Op::Or, 1},
                                           {"and", Op::And, 2},
                                           {"unless", Op::Unless, 2},
                                           {"==", Op::Eq, 3},
                                           {"!=", Op::Ne, 3},
                                           {"<", Op::Lt, 3},
                                           {"<=", Op::Le, 3},
                                           {">", Op::Gt, 3},
                                           {">=", Op::Ge, 3},
                                           {"+", Op::Add, 4},
                                           {"-", Op::Sub, 4},
                                           {"*", Op::Mul, 5},
                                           {"/", Op::Div, 5},
                                           {"%", Op::Mod, 5},
                                           {"atan2", Op::Atan2, 5},
                                           {"^", Op::Pow, 6}}};

/// Units in falling order, each once; -1 when it is not one, -2 when it is too long.
std::int64_t parseDuration(std::string_view text)
{
    std::int64_t total = 0;
    for (std::size_t unit = 0; !text.empty();) {
        std::int64_t count = 0;
        const auto digits = std::from_chars(text.data(), text.data() + text.size(), count);
        if (digits.ec == std::errc::result_out_of_range)
            return -2;
        if (digits.ec != std::errc())
            return -1;
        text.remove_prefix(static_cast<std::size_t>(digits.ptr - text.data()));
        const std::string_view name = text.substr(0, text.find_first_of("0123456789"));
        while (unit < kUnits.size() && kUnits[unit].name != name)
            ++unit;
        if (unit == kUnits.size())
            return -1;
        if (static_cast<double>(count) * static_cast<double>(kUnits[unit].ms) + static_cast<double>(total) > kLongest)
            return -2;
        total += count * kUnits[unit].ms;
        ++unit;
        text.remove_prefix(name.size());
    }
    return total;
}
} // namespace

const Infix *infixOf(const Token &token)
{
    if (token.kind == TokenKind::Operator)
        for (const Infix &infix : kInfix)
            if (infix.text == token.word)
                return &infix;
    return nullptr;
}

std::string describe(const Token &token)
{
    const std::string shortened =
        token.text.size() > 10 ? quoted(token.text.substr(0, 10)) + "..." : quoted(token.text);
    switch (token.kind) {
    case TokenKind::End:
        return "end of input";
    case TokenKind::Error:
        return token.text;
    case TokenKind::Number:
        return "number " + shortened;
    case TokenKind::Duration:
        return "duration " + shortened;
    case TokenKind::Text:
        return "string " + shortened;
    case TokenKind::Identifier:
        return "identifier " + quoted(token.text);
    case TokenKind::MetricIdentifier:
        return "metric identifier " + quoted(token.text);
    case TokenKind::Keyword:
        return token.word == "start" || token.word == "end" ? quoted(token.text) : "<" + token.text + ">";
    case TokenKind::Aggregator:
        return "<aggr:" + token.text + ">";
    case TokenKind::Operator:
        return (token.word == "@" ? "\"<Item 57385>\" " : "") + ("<op:" + token.text + ">"); // it has no name for @
    default:
        return quoted(token.text);
    }
}

const Token &Tokens::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

const Token &Tokens::next()
{
    const Token &token = peek();
    if (token.kind == TokenKind::Error)
        fail(token.begin, token.text);
    m_lastEnd = token.end;
    m_at = std::min(m_at + 1, m_tokens.size() - 1);
    return token;
}

bool Tokens::peekWord(std::string_view keyword) const
{
    return peek().kind == TokenKind::Keyword && peek().word == keyword;
}

bool Tokens::acceptWord(std::string_view keyword)
{
    const bool ok = peekWord(keyword);
    if (ok)
        next();
    return ok;
}

const Token &Tokens::expect(TokenKind kind, std::string_view context, std::string_view expected)
{
    if (peek().kind != kind)
        unexpected(context, expected);
    return next();
}

bool Tokens::isMetricName(const Token &token)
{
    switch (token.kind) {
    case TokenKind::Identifier:
    case TokenKind::MetricIdentifier:
    case TokenKind::Aggregator:
        return true;
    case TokenKind::Keyword:
        return token.word == "by" || token.word == "offset" || token.word == "without" || token.word == "start"
            || token.word == "end";
    case TokenKind::Operator:
        return token.word == "and" || token.word == "or" || token.word == "unless";
    default:
        return false;
    }
}

bool Tokens::startsExpression(const Token &token)
{
    const bool sign = token.kind == TokenKind::Operator && (token.word == "+" || token.word == "-");
    return sign || isMetricName(token) || token.kind == TokenKind::Number || token.kind == TokenKind::Text
        || token.kind == TokenKind::LeftParen || token.kind == TokenKind::LeftBrace;
}

std::vector<std::string> Tokens::groupingLabels()
{
    std::vector<std::string> labels;
    if (peek().kind != TokenKind::LeftParen)
        unexpected("grouping opts", "\"(\"");
    next();
    while (peek().kind != TokenKind::RightParen) {
        if (!isLabelName(peek().text) || peek().kind == TokenKind::Error || peek().kind == TokenKind::Number)
            unexpected("grouping opts", "label");
        labels.push_back(next().text);
        if (peek().kind != TokenKind::Comma && peek().kind != TokenKind::RightParen)
            unexpected("grouping opts", "\",\" or \")\"");
        if (peek().kind == TokenKind::Comma)
            next();
    }
    next();
    return labels;
}

std::int64_t Tokens::duration(std::string_view context)
{
    if (peek().kind != TokenKind::Duration)
        unexpected(context, context.empty() ? "" : "duration");
    const Token &token = next();
    const std::int64_t length = parseDuration(token.text);
    if (length == -1)
        fail(token.begin, "not a valid duration string: " + quoted(token.text));
    if (length == -2)
        fail(token.begin, "duration out of range");
    if (length == 0)
        fail(token.begin, "duration must be greater than 0");
    return length;
}

double Tokens::signedNumber(std::string_view context, std::string_view expected)
{
    const bool sign = peek().kind == TokenKind::Operator && (peek().word == "-" || peek().word == "+");
    const bool negative = sign && next().word == "-";
    if (peek().kind != TokenKind::Number)
        unexpected(context, expected);
    const double value = number(next());
    return negative ? -value : value;
}

double Tokens::number(const Token &token) const
{
    const std::string_view text = token.text;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        std::uint64_t value = 0;
        const auto end = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
        if (end.ec == std::errc() && end.ptr == text.data() + text.size())
            return static_cast<double>(value);
    } else if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("01234567") == std::string_view::npos) {
        // Go reads a leading 0 as octal.
        std::uint64_t value = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), value, 8).ec == std::errc())
            return static_cast<double>(value);
    } else if (const auto value = parseFloat(text)) {
        return *value;
    }
    double ignored = 0;
    const bool tooLarge =
        std::from_chars(text.data(), text.data() + text.size(), ignored).ec == std::errc::result_out_of_range;
    fail(token.begin,
         "error parsing number: strconv.ParseFloat: parsing " + quoted(text)
             + (tooLarge ? ": value out of range" : ": invalid syntax"));
}

void Tokens::unexpected(std::string_view context, std::string_view expected) const
{
    const Token &token = peek();
    if (token.kind == TokenKind::Error)
        fail(token.begin, token.text);
    std::string text = "unexpected " + describe(token);
    if (!context.empty() || m_aggregations > 0)
        text.append(" in ").append(context.empty() ? "aggregation" : context);
    if (!expected.empty())
        text.append(", expected ").append(expected);
    fail(token.begin, std::move(text));
}

void Tokens::fail(int at, std::string text) const
{
    throw Complaint{at, std::move(text)};
}

std::string goFloat(double value)
{
    std::array<char, 400> buffer = {};
    if (!std::isfinite(value))
        return fixedText(value);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 6);
    return {buffer.data(), end.ptr};
}

} // namespace andon::demo::promql
