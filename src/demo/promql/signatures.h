#pragma once
// The functions that exist: their arguments and what they give. Constant data; any thread.
#include <string_view>
#include <vector>

namespace andon::demo::promql
{

enum class ValueKind { None, Scalar, Vector, Matrix, Text };

/// As Prometheus writes it in an error: "instant vector".
[[nodiscard]] std::string_view nameOf(ValueKind kind);

struct FunctionSpec {
    std::string_view name = {};
    std::vector<ValueKind> args = {};
    int variadic = 0; ///< how many of the last arguments may be left out; -1: the last may be repeated or left out
    ValueKind gives = ValueKind::Vector;
};

/// nullptr when there is none.
[[nodiscard]] const FunctionSpec *functionNamed(std::string_view name);

} // namespace andon::demo::promql
