#include "demo/promql/engine.h"

#include "demo/promql/evaluator.h"
#include "demo/promql/parser.h"

#include <algorithm>

namespace andon::demo::promql
{

namespace
{
Value ofColumn(const Column &column, std::int64_t tMs)
{
    Value value;
    value.t = tMs;
    if (column.isScalar) {
        value.scalar = column.scalar[0];
        return value;
    }
    value.type = Value::Vector;
    for (const Lane &lane : column.lanes)
        if (!isNone(lane.v[0]))
            value.vector.push_back({lane.labels, lane.v[0]});
    return value;
}

Value matrixOf(Lanes lanes, const Steps &steps)
{
    Value value;
    value.type = Value::Matrix;
    for (Lane &lane : lanes) {
        Series series{std::move(lane.labels), {}};
        for (std::size_t i = 0; i < steps.count; ++i)
            if (!isNone(lane.v[i]))
                series.points.push_back({steps.at(i), lane.v[i]});
        if (!series.points.empty())
            value.matrix.push_back(std::move(series));
    }
    std::sort(value.matrix.begin(), value.matrix.end(),
              [](const Series &a, const Series &b) { return a.labels < b.labels; });
    return value;
}

tl::unexpected<core::Error> badData(std::string detail)
{
    core::Error error{.kind = core::ErrorKind::Invalid, .where = "promql", .hint = "bad_data"};
    error.detail = std::move(detail);
    return tl::make_unexpected(std::move(error));
}
} // namespace

core::Result<Value> instant(const SampleStore &store, std::string_view query, std::int64_t tMs)
{
    const auto tree = parse(query);
    if (!tree)
        return core::fail(tree.error());
    const Context context{store, {tMs, 1, 1, tMs}};
    const Node &root = unwrapped(**tree);
    Value value;
    value.t = tMs;
    if (root.kind == NodeKind::String) {
        value.type = Value::String;
        value.text = root.text;
        return value;
    }
    if (root.kind == NodeKind::Range) {
        value.type = Value::Matrix;
        value.matrix = windowAtStart(context, root);
        std::sort(value.matrix.begin(), value.matrix.end(),
                  [](const Series &a, const Series &b) { return a.labels < b.labels; });
        return value;
    }
    const auto column = evaluate(context, root);
    if (!column)
        return core::fail(column.error());
    return ofColumn(*column, tMs);
}

core::Result<Value> range(const SampleStore &store, std::string_view query, std::int64_t startMs, std::int64_t endMs,
                          std::int64_t stepMs)
{
    const auto tree = parse(query);
    if (!tree)
        return core::fail(tree.error());
    const ValueKind kind = kindOf(**tree);
    if (kind != ValueKind::Scalar && kind != ValueKind::Vector)
        return badData("invalid expression type " + quoted(nameOf(kind))
                       + " for range query, must be Scalar or instant Vector");
    if (stepMs <= 0)
        return badData("zero or negative query resolution step widths are not accepted. Try a positive integer");
    if (endMs < startMs)
        return badData("end timestamp must not be before start time");
    const Context context{store, {startMs, stepMs, static_cast<std::size_t>((endMs - startMs) / stepMs) + 1, endMs}};
    auto column = evaluate(context, **tree);
    if (!column)
        return core::fail(column.error());
    if (column->isScalar)
        column->lanes = {Lane{{}, std::move(column->scalar)}};
    return matrixOf(std::move(column->lanes), context.steps);
}

} // namespace andon::demo::promql
