#pragma once
// Cuts a query into tokens. Pure; any thread.
#include <string>
#include <string_view>
#include <vector>

namespace andon::demo::promql
{

enum class TokenKind {
    End,
    Error,
    Number,
    Duration,
    Text,
    Identifier,
    MetricIdentifier,
    Keyword,
    Aggregator,
    Operator,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    Equal
};

struct Token {
    TokenKind kind = TokenKind::End;
    int begin = 0;
    int end = 0;
    std::string text = {}; ///< as written; the message of an Error
    std::string word = {}; ///< lower case of a Keyword, an Aggregator and an Operator; the value of a Text
};

/// The last token is End or Error.
[[nodiscard]] std::vector<Token> tokenize(std::string_view query);

/// How Prometheus names a token after "unexpected".
[[nodiscard]] std::string describe(const Token &token);

} // namespace andon::demo::promql
