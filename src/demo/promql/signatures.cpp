#include "demo/promql/signatures.h"

#include <algorithm>

namespace andon::demo::promql
{

namespace
{
std::vector<FunctionSpec> allFunctions()
{
    constexpr auto S = ValueKind::Scalar;
    constexpr auto V = ValueKind::Vector;
    constexpr auto M = ValueKind::Matrix;
    constexpr auto T = ValueKind::Text;
    std::vector<FunctionSpec> all = {
        {"clamp", {V, S, S}},
        {"clamp_max", {V, S}},
        {"clamp_min", {V, S}},
        {"histogram_quantile", {S, V}},
        {"label_join", {V, T, T, T}, -1},
        {"label_replace", {V, T, T, T, T}},
        {"pi", {}, 0, S},
        {"quantile_over_time", {S, M}},
        {"round", {V, S}, 1},
        {"scalar", {V}, 0, S},
        {"time", {}, 0, S},
        {"vector", {S}},
    };
    for (const char *name : {"abs", "absent", "acos", "acosh", "asin",      "asinh", "atan",  "atanh", "ceil",
                             "cos", "cosh",   "deg",  "exp",   "floor",     "ln",    "log10", "log2",  "rad",
                             "sgn", "sin",    "sinh", "sort",  "sort_desc", "sqrt",  "tan",   "tanh",  "timestamp"})
        all.push_back({name, {V}});
    for (const char *name :
         {"day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"})
        all.push_back({name, {V}, 1});
    for (const char *name :
         {"absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase",
          "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets",
          "stddev_over_time", "stdvar_over_time", "sum_over_time"})
        all.push_back({name, {M}});
    return all;
}
} // namespace

std::string_view nameOf(ValueKind kind)
{
    switch (kind) {
    case ValueKind::None:
        return "none";
    case ValueKind::Scalar:
        return "scalar";
    case ValueKind::Vector:
        return "instant vector";
    case ValueKind::Matrix:
        return "range vector";
    case ValueKind::Text:
        return "string";
    }
    return {};
}

const FunctionSpec *functionNamed(std::string_view name)
{
    static const std::vector<FunctionSpec> all = allFunctions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const FunctionSpec &f) { return f.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace andon::demo::promql
