#include "demo/promql/evaluator.h"
#include "demo/promql/functiontables.h"
#include "demo/promql/parser.h"
#include "demo/promql/regex.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace andon::demo::promql
{

namespace
{
using Scalars = std::vector<double>;

core::Result<Column> vectorOf(core::Result<Lanes> lanes)
{
    if (!lanes)
        return core::fail(lanes.error());
    return Column{.lanes = std::move(*lanes)};
}

/// The values that are there become fn(value, step); the metric's name goes.
template <typename Fn> core::Result<Column> mapped(Lanes lanes, Fn fn)
{
    for (Lane &lane : lanes) {
        for (std::size_t i = 0; i < lane.v.size(); ++i)
            if (!isNone(lane.v[i]))
                lane.v[i] = fn(lane.v[i], i);
        lane.labels = withoutName(lane.labels);
    }
    return vectorOf(merged(std::move(lanes)));
}

/// Go's math.Max and math.Min: a NaN wins over all but the infinity.
double goMax(double a, double b)
{
    if (std::isnan(a) || std::isnan(b)) {
        const double inf = std::numeric_limits<double>::infinity();
        return a == inf || b == inf ? inf : std::numeric_limits<double>::quiet_NaN();
    }
    return std::max(a, b);
}
double goMin(double a, double b)
{
    return -goMax(-a, -b);
}

struct Arguments {
    Lanes lanes = {};
    std::vector<Scalars> scalars = {};
};

core::Result<Arguments> argumentsOf(const Context &context, const Node &call)
{
    Arguments out;
    for (const auto &arg : call.args) {
        if (kindOf(*arg) == ValueKind::Text)
            continue;
        auto column = evaluate(context, *arg);
        if (!column)
            return core::fail(column.error());
        if (column->isScalar)
            out.scalars.push_back(std::move(column->scalar));
        else
            out.lanes = std::move(column->lanes);
    }
    return out;
}

core::Result<Column> clamp(std::string_view name, Arguments args)
{
    const Scalars &first = args.scalars[0];
    if (name == "clamp_min")
        return mapped(std::move(args.lanes), [&](double v, std::size_t i) { return goMax(first[i], v); });
    if (name == "clamp_max")
        return mapped(std::move(args.lanes), [&](double v, std::size_t i) { return goMin(first[i], v); });
    const Scalars &last = args.scalars[1];
    return mapped(std::move(args.lanes), [&](double v, std::size_t i) {
        return last[i] < first[i] ? none() : goMax(first[i], goMin(last[i], v));
    });
}

core::Result<Column> roundTo(Arguments args)
{
    const Scalars to = args.scalars.empty() ? Scalars() : args.scalars[0];
    return mapped(std::move(args.lanes), [&](double v, std::size_t i) {
        const double inverse = 1.0 / (to.empty() ? 1.0 : to[i]); // dividing by it loses less than multiplying
        return std::floor(v * inverse + 0.5) / inverse;
    });
}

core::Result<Column> sorted(Lanes lanes, bool descending)
{
    if (!lanes.empty() && lanes[0].v.size() == 1)
        std::stable_sort(lanes.begin(), lanes.end(), [&](const Lane &a, const Lane &b) {
            if (std::isnan(a.v[0]) || std::isnan(b.v[0]))
                return !std::isnan(a.v[0]);
            return descending ? a.v[0] > b.v[0] : a.v[0] < b.v[0];
        });
    return Column{.lanes = std::move(lanes)};
}

/// Of a selector the labels that it asks for with `=`, once each.
Labels labelsOfAbsent(const Node &arg)
{
    const Node &node = arg.kind == NodeKind::Range ? *arg.args[0] : arg;
    Labels labels;
    std::vector<std::string> seen;
    if (node.kind != NodeKind::Selector)
        return labels;
    for (const Matcher &matcher : node.matchers) {
        if (matcher.name() == kMetricName)
            continue;
        const bool twice = std::find(seen.begin(), seen.end(), matcher.name()) != seen.end();
        if (matcher.type() == Matcher::Equal && !twice) {
            setLabel(labels, matcher.name(), matcher.value());
            seen.push_back(matcher.name());
        } else {
            setLabel(labels, matcher.name(), {});
        }
    }
    return labels;
}

Column absent(const Context &context, const Node &call, const Lanes &lanes)
{
    Lane lane{labelsOfAbsent(*call.args[0]), Scalars(context.steps.count, 1)};
    for (const Lane &found : lanes)
        for (std::size_t i = 0; i < lane.v.size(); ++i)
            if (!isNone(found.v[i]))
                lane.v[i] = none();
    Column column;
    if (!std::all_of(lane.v.begin(), lane.v.end(), isNone))
        column.lanes.push_back(std::move(lane));
    return column;
}

Column toScalar(const Context &context, const Lanes &lanes)
{
    Column column{.isScalar = true, .scalar = Scalars(context.steps.count)};
    for (std::size_t i = 0; i < context.steps.count; ++i) {
        double value = std::numeric_limits<double>::quiet_NaN();
        int found = 0;
        for (const Lane &lane : lanes)
            if (!isNone(lane.v[i]) && ++found == 1)
                value = lane.v[i];
        column.scalar[i] = found == 1 ? value : std::numeric_limits<double>::quiet_NaN();
    }
    return column;
}

Scalars times(const Steps &steps)
{
    Scalars out(steps.count);
    for (std::size_t i = 0; i < steps.count; ++i)
        out[i] = static_cast<double>(steps.at(i)) / 1000;
    return out;
}

core::Result<Column> timestamp(const Context &context, const Node &call)
{
    const Node &arg = unwrapped(*call.args[0]);
    if (arg.kind == NodeKind::Selector)
        return mapped(selectLanes(context, arg, true), [](double v, std::size_t) { return v; });
    auto column = evaluate(context, arg);
    if (!column)
        return column;
    return mapped(std::move(column->lanes), [now = times(context.steps)](double, std::size_t i) { return now[i]; });
}

core::Result<Column> labelReplace(const Node &call, Lanes lanes)
{
    const auto text = [&](std::size_t i) -> const std::string & { return unwrapped(*call.args[i]).text; };
    const auto regex = Regex::make(text(4));
    if (!regex)
        return executionError("invalid regular expression in label_replace(): " + text(4));
    if (!isLabelName(text(1)))
        return executionError("invalid destination label name in label_replace(): " + text(1));
    for (Lane &lane : lanes)
        if (const auto value = regex->expand(labelOf(lane.labels, text(3)), text(2)))
            setLabel(lane.labels, text(1), *value);
    return vectorOf(merged(std::move(lanes)));
}

core::Result<Column> labelJoin(const Node &call, Lanes lanes)
{
    const auto text = [&](std::size_t i) -> const std::string & { return unwrapped(*call.args[i]).text; };
    for (std::size_t i = 3; i < call.args.size(); ++i)
        if (!isLabelName(text(i)))
            return executionError("invalid source label name in label_join(): " + text(i));
    if (!isLabelName(text(1)))
        return executionError("invalid destination label name in label_join(): " + text(1));
    for (Lane &lane : lanes) {
        std::string value;
        for (std::size_t i = 3; i < call.args.size(); ++i)
            value.append(i == 3 ? "" : text(2)).append(labelOf(lane.labels, text(i)));
        setLabel(lane.labels, text(1), value);
    }
    return vectorOf(merged(std::move(lanes)));
}

core::Result<Column> overRange(const Context &context, const Node &call, Take take)
{
    Scalars params;
    for (const auto &arg : call.args) {
        if (kindOf(*arg) != ValueKind::Scalar)
            continue;
        auto scalar = evaluateScalar(context, *arg);
        if (!scalar)
            return core::fail(scalar.error());
        params = std::move(*scalar);
    }
    Lanes lanes = slide(context, unwrapped(*call.args.back()), params, take);
    if (call.text == "absent_over_time")
        return absent(context, call, lanes);
    if (call.text != "last_over_time")
        for (Lane &lane : lanes)
            lane.labels = withoutName(lane.labels);
    return vectorOf(distinct(std::move(lanes)));
}

core::Result<Column> ofDate(const Context &context, DatePart part, Arguments args, bool given)
{
    if (!given)
        args.lanes = {Lane{{}, times(context.steps)}};
    return mapped(std::move(args.lanes), [part](double v, std::size_t) { return part(v); });
}
} // namespace

core::Result<Column> callFunction(const Context &context, const Node &call)
{
    const std::string_view name = call.text;
    if (const Take take = rangeFunction(name))
        return overRange(context, call, take);
    if (name == "histogram_quantile")
        return histogramQuantile(context, call);
    if (name == "timestamp")
        return timestamp(context, call);
    auto args = argumentsOf(context, call);
    if (!args)
        return core::fail(args.error());
    if (const Elementwise fn = elementwise(name))
        return mapped(std::move(args->lanes), [fn](double v, std::size_t) { return fn(v); });
    if (const DatePart part = datePart(name))
        return ofDate(context, part, std::move(*args), !call.args.empty());
    if (name.starts_with("clamp"))
        return clamp(name, std::move(*args));
    if (name == "round")
        return roundTo(std::move(*args));
    if (name.starts_with("sort"))
        return sorted(std::move(args->lanes), name == "sort_desc");
    if (name == "absent")
        return absent(context, call, args->lanes);
    if (name == "scalar")
        return toScalar(context, args->lanes);
    if (name == "vector")
        return Column{.lanes = {Lane{{}, std::move(args->scalars[0])}}};
    if (name == "time")
        return Column{.isScalar = true, .scalar = times(context.steps)};
    if (name == "pi")
        return Column{.isScalar = true, .scalar = Scalars(context.steps.count, 3.14159265358979323846)};
    if (name == "label_replace")
        return labelReplace(call, std::move(args->lanes));
    if (name == "label_join")
        return labelJoin(call, std::move(args->lanes));
    return executionError("the function " + quoted(name) + " is not supported");
}

} // namespace andon::demo::promql
