#include "demo/promql/labels.h"
#include "demo/promql/parser.h"

#include <algorithm>
#include <array>

namespace andon::demo::promql
{

namespace
{
using Found = std::optional<Complaint>;

Found expectType(const Node &node, ValueKind wanted, const std::string &context)
{
    const ValueKind got = kindOf(node);
    if (got == wanted)
        return std::nullopt;
    return Complaint{node.begin,
                     "expected type " + std::string(nameOf(wanted)) + " in " + context + ", got "
                         + std::string(nameOf(got))};
}

Found checkSelector(const Node &node)
{
    if (!node.text.empty()) {
        for (std::size_t i = 0; i + 1 < node.matchers.size(); ++i)
            if (node.matchers[i].name() == kMetricName)
                return Complaint{node.begin,
                                 "metric name must not be set twice: " + quoted(node.text) + " or "
                                     + quoted(node.matchers[i].value())};
        return std::nullopt;
    }
    if (std::all_of(node.matchers.begin(), node.matchers.end(), [](const Matcher &m) { return m.matches({}); }))
        return Complaint{node.begin, "vector selector must contain at least one non-empty matcher"};
    return std::nullopt;
}

Found checkMatching(const Node &node, bool vectors)
{
    if (!vectors && !node.matching.labels.empty())
        return Complaint{node.begin, "vector matching only allowed between instant vectors"};
    if (vectors && isSetOperator(node.op) && node.matching.cardinality != Cardinality::ManyToMany)
        return Complaint{node.begin, "no grouping allowed for \"" + std::string(nameOf(node.op)) + "\" operation"};
    if (!vectors && isSetOperator(node.op))
        return Complaint{node.begin,
                         "set operator \"" + std::string(nameOf(node.op))
                             + "\" not allowed in binary scalar expression"};
    return std::nullopt;
}

Found checkBinary(const Node &node)
{
    const ValueKind left = kindOf(*node.args[0]);
    const ValueKind right = kindOf(*node.args[1]);
    const bool scalars = left == ValueKind::Scalar && right == ValueKind::Scalar;
    if (node.returnBool && !isComparison(node.op))
        return Complaint{node.opBegin, "bool modifier can only be used on comparison operators"};
    if (isComparison(node.op) && !node.returnBool && scalars)
        return Complaint{node.opBegin, "comparisons between scalars must use BOOL modifier"};
    if (node.matching.on)
        for (const std::string &label : node.matching.labels)
            if (std::find(node.matching.include.begin(), node.matching.include.end(), label)
                != node.matching.include.end())
                return Complaint{node.opBegin,
                                 "label " + quoted(label) + " must not occur in ON and GROUP clause at once"};
    for (const auto &arg : node.args)
        if (kindOf(*arg) != ValueKind::Scalar && kindOf(*arg) != ValueKind::Vector)
            return Complaint{arg->begin, "binary expression must contain only scalar and instant vector types"};
    return checkMatching(node, left == ValueKind::Vector && right == ValueKind::Vector);
}

Found checkCall(const Node &node)
{
    const FunctionSpec &function = *node.function;
    const auto declared = static_cast<int>(function.args.size());
    const auto given = static_cast<int>(node.args.size());
    const auto wrong = [&](const char *bound, int count) {
        return Complaint{node.begin,
                         std::string("expected ") + bound + std::to_string(count) + " argument(s) in call to "
                             + quoted(function.name) + ", got " + std::to_string(given)};
    };
    if (function.variadic == 0 && given != declared)
        return wrong("", declared);
    if (function.variadic != 0 && given < declared - 1)
        return wrong("at least ", declared - 1);
    if (function.variadic > 0 && given > declared - 1 + function.variadic)
        return wrong("at most ", declared - 1 + function.variadic);
    for (int i = 0; i < given; ++i) {
        const auto type = function.args[static_cast<std::size_t>(std::min(i, declared - 1))];
        if (auto found =
                expectType(*node.args[static_cast<std::size_t>(i)], type, "call to function " + quoted(function.name)))
            return found;
    }
    return std::nullopt;
}

Found checkAggregation(const Node &node)
{
    if (auto found = expectType(*node.args[0], ValueKind::Vector, "aggregation expression"))
        return found;
    if (node.args.size() < 2)
        return std::nullopt;
    const ValueKind wanted = node.aggregate == Aggregate::CountValues ? ValueKind::Text : ValueKind::Scalar;
    return expectType(*node.args[1], wanted, "aggregation parameter");
}

Found checkNode(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Selector:
        return checkSelector(node);
    case NodeKind::Call:
        return checkCall(node);
    case NodeKind::Aggregation:
        return checkAggregation(node);
    case NodeKind::Binary:
        return checkBinary(node);
    case NodeKind::Unary: {
        const ValueKind kind = kindOf(*node.args[0]);
        if (kind != ValueKind::Scalar && kind != ValueKind::Vector)
            return Complaint{node.begin,
                             "unary expression only allowed on expressions of type scalar or instant vector, got \""
                                 + std::string(nameOf(kind)) + "\""};
        return std::nullopt;
    }
    case NodeKind::Number:
    case NodeKind::String:
    case NodeKind::Range:
    case NodeKind::Paren:
        return std::nullopt;
    }
    return std::nullopt;
}
} // namespace

std::optional<Complaint> checkTypes(Node &node)
{
    for (const auto &arg : node.args)
        if (auto found = checkTypes(*arg))
            return found;
    return checkNode(node);
}

ValueKind kindOf(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Number:
        return ValueKind::Scalar;
    case NodeKind::String:
        return ValueKind::Text;
    case NodeKind::Selector:
    case NodeKind::Aggregation:
        return ValueKind::Vector;
    case NodeKind::Range:
        return ValueKind::Matrix;
    case NodeKind::Call:
        return node.function->gives;
    case NodeKind::Unary:
    case NodeKind::Paren:
        return kindOf(*node.args[0]);
    case NodeKind::Binary: {
        const bool scalars = kindOf(*node.args[0]) == ValueKind::Scalar && kindOf(*node.args[1]) == ValueKind::Scalar;
        return scalars ? ValueKind::Scalar : ValueKind::Vector;
    }
    }
    return ValueKind::None;
}

const Node &unwrapped(const Node &node)
{
    return node.kind == NodeKind::Paren ? unwrapped(*node.args[0]) : node;
}

std::string_view nameOf(Op op)
{
    constexpr std::array<std::string_view, 16> names = {
        "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", "<=", ">", ">=", "and", "or", "unless"};
    return names[static_cast<std::size_t>(op)];
}

} // namespace andon::demo::promql
