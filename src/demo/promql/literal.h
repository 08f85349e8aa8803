#pragma once
// Reads a string of a query: quoted with " or ' and escaped as in Go, or raw between backquotes. Pure; any thread.
#include <string>
#include <string_view>

namespace andon::demo::promql
{

struct Literal {
    std::string value = {};
    std::size_t end = 0; ///< the offset after the closing quote
    std::string error = {}; ///< "" when all is well, else Prometheus's sentence
};

/// `at` is the offset after the opening quote.
[[nodiscard]] Literal readLiteral(std::string_view query, std::size_t at, char quote);

} // namespace andon::demo::promql
