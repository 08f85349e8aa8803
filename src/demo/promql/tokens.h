#pragma once
// The parser's way over the tokens of a query. It throws Complaint, which never leaves parse().
#include "demo/promql/ast.h"
#include "demo/promql/lexer.h"

#include <cstdint>

namespace andon::demo::promql
{

class Tokens
{
public:
    explicit Tokens(std::string_view query)
        : m_tokens(tokenize(query))
    {
    }

    [[nodiscard]] const Token &peek(std::size_t ahead = 0) const;
    const Token &next(); ///< throws when it is an error of the lexer
    [[nodiscard]] int lastEnd() const { return m_lastEnd; }

    [[nodiscard]] bool peekWord(std::string_view keyword) const;
    bool acceptWord(std::string_view keyword);
    const Token &expect(TokenKind kind, std::string_view context = {}, std::string_view expected = {});
    [[nodiscard]] static bool isMetricName(const Token &token);

    [[nodiscard]] static bool startsExpression(const Token &token);

    /// Inside the arguments of an aggregation Prometheus says so when it names what it did not expect.
    void openAggregation(int more) { m_aggregations += more; }

    std::vector<std::string> groupingLabels();
    std::int64_t duration(std::string_view context);
    double signedNumber(std::string_view context, std::string_view expected);
    [[nodiscard]] double number(const Token &token) const;

    [[noreturn]] void unexpected(std::string_view context = {}, std::string_view expected = {}) const;
    [[noreturn]] void fail(int at, std::string text) const;

private:
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_lastEnd = 0;
    int m_aggregations = 0;
};

/// The stronger binds first.
struct Infix {
    std::string_view text = {};
    Op op = Op::Add;
    int strength = 0;
};
/// nullptr when the token is no operator between two expressions.
[[nodiscard]] const Infix *infixOf(const Token &token);

/// Go's %f.
[[nodiscard]] std::string goFloat(double value);

} // namespace andon::demo::promql
