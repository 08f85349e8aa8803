#include "demo/promql/lexer.h"

#include "demo/promql/labels.h"
#include "demo/promql/literal.h"

#include <algorithm>
#include <array>

namespace andon::demo::promql
{

namespace
{
constexpr int kEnd = -1;

bool isDigit(int c)
{
    return c >= '0' && c <= '9';
}
bool isAlpha(int c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isSpace(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

constexpr std::array<std::string_view, 12> kAggregators = {
    "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "count_values", "quantile"};
constexpr std::array<std::string_view, 10> kKeywords = {"offset",     "by",          "without", "on",    "ignoring",
                                                        "group_left", "group_right", "bool",    "start", "end"};
constexpr std::array<std::string_view, 4> kWordOperators = {"and", "or", "unless", "atan2"};

class Lexer
{
public:
    explicit Lexer(std::string_view query)
        : m_query(query)
    {
    }

    std::vector<Token> run()
    {
        while (m_tokens.empty() || !closed())
            m_braceOpen ? insideBraces() : statement();
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] bool closed() const
    {
        return m_tokens.back().kind == TokenKind::End || m_tokens.back().kind == TokenKind::Error;
    }
    [[nodiscard]] int peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_query.size() ? static_cast<unsigned char>(m_query[m_at + ahead]) : kEnd;
    }
    int next()
    {
        const int c = peek();
        ++m_at;
        return c;
    }
    bool accept(std::string_view set)
    {
        const bool ok = peek() != kEnd && set.find(static_cast<char>(peek())) != std::string_view::npos;
        m_at += ok ? 1 : 0;
        return ok;
    }
    void acceptRun(std::string_view set)
    {
        while (accept(set)) { }
    }
    [[nodiscard]] std::string written() const { return std::string(m_query.substr(m_start, m_at - m_start)); }

    void emit(TokenKind kind, std::string word = {})
    {
        m_tokens.push_back(
            {kind, static_cast<int>(m_start), static_cast<int>(std::min(m_at, m_query.size())), written(), word});
    }
    void error(const std::string &message)
    {
        m_tokens.push_back({TokenKind::Error,
                            static_cast<int>(m_start),
                            static_cast<int>(std::min(m_at, m_query.size())),
                            message,
                            {}});
    }
    /// The character at `at` as Go writes a rune with %q; the end of the text is its rune 0xFFFFFFFF.
    [[nodiscard]] std::string rune(std::size_t at) const
    {
        if (at >= m_query.size())
            return "'\xef\xbf\xbd'";
        const auto lead = static_cast<unsigned char>(m_query[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        std::string text = quoted(m_query.substr(at, length));
        text = text == "\"\\\"\"" ? "\"" : text.substr(1, text.size() - 2);
        return "'" + (text == "'" ? "\\'" : text) + "'";
    }
    void unexpected(const std::string &what, std::size_t at) { error(what + rune(at)); }

    void skipSpaces()
    {
        while (isSpace(peek()) || peek() == '#')
            if (peek() == '#')
                while (peek() != kEnd && peek() != '\n')
                    ++m_at;
            else
                ++m_at;
        m_start = m_at;
    }
    void statement();
    void punctuation();
    void comparison(int c);
    void insideBraces();
    void word();
    void string(char quote);
    bool scanNumber();
    bool restOfDuration();
    void numberOrDuration();
    void bracket();

    std::string_view m_query;
    std::size_t m_at = 0;
    std::size_t m_start = 0;
    bool m_braceOpen = false;
    bool m_bracketOpen = false;
    int m_parens = 0;
    std::vector<Token> m_tokens;
};

void Lexer::statement()
{
    skipSpaces();
    const int c = peek();
    if (c == kEnd) {
        if (m_parens != 0)
            error("unclosed left parenthesis");
        else if (m_bracketOpen)
            error("unclosed left bracket");
        else
            emit(TokenKind::End);
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
        numberOrDuration();
    } else if (c == '"' || c == '\'' || c == '`') {
        string(static_cast<char>(next()));
    } else if (c == ':' && m_bracketOpen) {
        ++m_at;
        emit(TokenKind::Colon);
    } else if (isAlpha(c) || c == ':') {
        word();
    } else {
        punctuation();
    }
}

void Lexer::punctuation()
{
    const int c = next();
    switch (c) {
    case ',':
        return emit(TokenKind::Comma);
    case '(':
        ++m_parens;
        return emit(TokenKind::LeftParen);
    case ')':
        if (--m_parens >= 0)
            return emit(TokenKind::RightParen);
        m_start = m_at;
        return unexpected("unexpected right parenthesis ", m_at - 1);
    case '{':
        m_braceOpen = true;
        return emit(TokenKind::LeftBrace);
    case '[':
        return bracket();
    case ']':
        if (!m_bracketOpen)
            return unexpected("unexpected right bracket ", m_start);
        m_bracketOpen = false;
        return emit(TokenKind::RightBracket);
    case '=':
    case '!':
    case '<':
    case '>':
        return comparison(c);
    default:
        if (std::string_view("+-*/%^@").find(static_cast<char>(c)) != std::string_view::npos)
            return emit(TokenKind::Operator, std::string(1, static_cast<char>(c)));
        return unexpected("unexpected character: ", m_start);
    }
}

void Lexer::comparison(int c)
{
    if (peek() == '=') {
        ++m_at;
        return emit(TokenKind::Operator, written());
    }
    if (c == '=')
        return peek() == '~' ? unexpected("unexpected character after '=': ", m_at) : emit(TokenKind::Equal);
    if (c == '!')
        return unexpected("unexpected character after '!': ", m_at);
    emit(TokenKind::Operator, written());
}

void Lexer::bracket()
{
    if (m_bracketOpen)
        return unexpected("unexpected left bracket ", m_start);
    emit(TokenKind::LeftBracket);
    m_bracketOpen = true;
    skipSpaces();
    if (scanNumber())
        return error("missing unit character in duration");
    if (!restOfDuration()) {
        return error("bad duration syntax: " + quoted(written()));
    }
    emit(TokenKind::Duration);
}

void Lexer::insideBraces()
{
    skipSpaces();
    const int c = next();
    if (c == kEnd)
        return error("unexpected end of input inside braces");
    if (isAlpha(c)) {
        while (isAlpha(peek()) || isDigit(peek()))
            ++m_at;
        return emit(TokenKind::Identifier);
    }
    switch (c) {
    case ',':
        return emit(TokenKind::Comma);
    case '"':
    case '\'':
    case '`':
        return string(static_cast<char>(c));
    case '=':
        return accept("~") ? emit(TokenKind::Operator, "=~") : emit(TokenKind::Equal);
    case '!':
        if (!accept("=~"))
            return unexpected("unexpected character after '!' inside braces: ", m_at);
        return emit(TokenKind::Operator, written());
    case '{':
        return unexpected("unexpected left brace ", m_start);
    case '}':
        m_braceOpen = false;
        return emit(TokenKind::RightBrace);
    default:
        return unexpected("unexpected character inside braces: ", m_start);
    }
}

void Lexer::word()
{
    while (isAlpha(peek()) || isDigit(peek()) || peek() == ':')
        ++m_at;
    const std::string small = lower(written());
    const auto isOneOf = [&](const auto &words) { return std::find(words.begin(), words.end(), small) != words.end(); };
    if (small == "inf" || small == "nan")
        emit(TokenKind::Number);
    else if (isOneOf(kAggregators))
        emit(TokenKind::Aggregator, small);
    else if (isOneOf(kKeywords))
        emit(TokenKind::Keyword, small);
    else if (isOneOf(kWordOperators))
        emit(TokenKind::Operator, small);
    else
        emit(small.find(':') == std::string::npos ? TokenKind::Identifier : TokenKind::MetricIdentifier);
}

bool Lexer::scanNumber()
{
    std::string_view digits = "0123456789";
    if (accept("0") && accept("xX"))
        digits = "0123456789abcdefABCDEF";
    acceptRun(digits);
    if (accept("."))
        acceptRun(digits);
    if (accept("eE")) {
        accept("+-");
        acceptRun("0123456789");
    }
    return !isAlpha(peek()) && !isDigit(peek());
}

bool Lexer::restOfDuration()
{
    if (!accept("smhdwy"))
        return false;
    accept("s");
    while (accept("0123456789")) {
        acceptRun("0123456789");
        if (!accept("smhdw"))
            return false;
        accept("s");
    }
    if (!isAlpha(peek()) && !isDigit(peek()))
        return true;
    ++m_at; // Prometheus quotes the character that does not fit
    return false;
}

void Lexer::numberOrDuration()
{
    if (scanNumber())
        return emit(TokenKind::Number);
    if (restOfDuration())
        return emit(TokenKind::Duration);
    error("bad number or duration syntax: " + quoted(written()));
}

void Lexer::string(char quote)
{
    const Literal literal = readLiteral(m_query, m_at, quote);
    m_at = literal.end;
    if (literal.error.empty())
        emit(TokenKind::Text, literal.value);
    else
        error(literal.error);
}
} // namespace

std::vector<Token> tokenize(std::string_view query)
{
    return Lexer(query).run();
}

} // namespace andon::demo::promql
