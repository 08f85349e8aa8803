#pragma once
// A query as a tree. Values, built by the parser and then only read.
#include "demo/promql/matcher.h"

#include <cstdint>
#include <memory>

namespace andon::demo::promql
{

enum class Op { Add, Sub, Mul, Div, Mod, Pow, Atan2, Eq, Ne, Lt, Le, Gt, Ge, And, Or, Unless };
enum class Aggregate { Sum, Avg, Count, Min, Max, Group, Stddev, Stdvar, TopK, BottomK, CountValues, Quantile };
enum class NodeKind { Number, String, Selector, Range, Call, Aggregation, Binary, Unary, Paren };
enum class At { None, Time, Start, End };
enum class Cardinality { OneToOne, ManyToOne, OneToMany, ManyToMany };

struct Matching {
    Cardinality cardinality = Cardinality::OneToOne;
    bool on = false;
    std::vector<std::string> labels = {};
    std::vector<std::string> include = {}; ///< of group_left and group_right
};

struct FunctionSpec;

struct Node {
    NodeKind kind = NodeKind::Number;
    int begin = 0; ///< offsets in the query
    int end = 0;
    int opBegin = 0; ///< of a binary operator
    double number = 0;
    std::string text = {}; ///< of a string, a metric, a function
    std::vector<Matcher> matchers = {}; ///< Selector; its Range has it as args[0]
    std::int64_t offsetMs = 0;
    At at = At::None;
    std::int64_t atMs = 0;
    std::int64_t rangeMs = 0;
    const FunctionSpec *function = nullptr;
    Op op = Op::Add;
    bool returnBool = false;
    Matching matching = {};
    Aggregate aggregate = Aggregate::Sum;
    bool without = false;
    std::vector<std::string> grouping = {};
    std::vector<std::unique_ptr<Node>> args = {}; ///< Aggregation: the expression, then the parameter
};

[[nodiscard]] inline bool isComparison(Op op)
{
    return op >= Op::Eq && op <= Op::Ge;
}
[[nodiscard]] inline bool isSetOperator(Op op)
{
    return op >= Op::And;
}

} // namespace andon::demo::promql
