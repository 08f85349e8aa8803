#include "demo/promql/evaluator.h"

namespace andon::demo::promql
{

namespace
{
core::Result<Column> unary(const Context &context, const Node &node)
{
    auto column = evaluate(context, *node.args[0]);
    if (!column || node.op == Op::Add)
        return column;
    for (double &v : column->scalar)
        v = -v;
    for (Lane &lane : column->lanes) {
        for (double &v : lane.v)
            if (!isNone(v))
                v = -v;
        lane.labels = withoutName(lane.labels);
    }
    auto lanes = distinct(std::move(column->lanes));
    if (!lanes)
        return core::fail(lanes.error());
    column->lanes = std::move(*lanes);
    return column;
}
} // namespace

core::Result<Column> evaluate(const Context &context, const Node &node)
{
    switch (node.kind) {
    case NodeKind::Number:
        return Column{.isScalar = true, .scalar = std::vector<double>(context.steps.count, node.number)};
    case NodeKind::Selector:
        return Column{.lanes = selectLanes(context, node, false)};
    case NodeKind::Call:
        return callFunction(context, node);
    case NodeKind::Aggregation:
        return aggregate(context, node);
    case NodeKind::Binary:
        return binary(context, node);
    case NodeKind::Unary:
        return unary(context, node);
    case NodeKind::Paren:
        return evaluate(context, *node.args[0]);
    case NodeKind::String:
    case NodeKind::Range:
        break;
    }
    return executionError("a string or a range vector has no value at each step");
}

core::Result<std::vector<double>> evaluateScalar(const Context &context, const Node &node)
{
    auto column = evaluate(context, node);
    if (!column)
        return core::fail(column.error());
    return std::move(column->scalar);
}

} // namespace andon::demo::promql
