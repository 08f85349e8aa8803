#include "demo/promql/evaluator.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace andon::demo::promql
{

namespace
{
constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

bool dropsName(Op op)
{
    return op <= Op::Pow;
}

Labels matchedLabels(const Matching &matching, const Labels &labels)
{
    if (matching.on)
        return keepLabels(labels, matching.labels);
    Labels rest = dropLabels(labels, matching.labels);
    setLabel(rest, kMetricName, {});
    return rest;
}

/// Numbers the match groups over both sides.
struct Groups {
    std::vector<std::size_t> left;
    std::vector<std::size_t> right;
    std::size_t count = 0;
};

Groups groupsOf(const Matching &matching, const Lanes &left, const Lanes &right)
{
    Groups groups;
    std::unordered_map<std::string, std::size_t> numbers;
    const auto number = [&](const Lanes &lanes, std::vector<std::size_t> &into) {
        for (const Lane &lane : lanes)
            into.push_back(
                numbers.try_emplace(keyOf(matchedLabels(matching, lane.labels)), numbers.size()).first->second);
    };
    number(left, groups.left);
    number(right, groups.right);
    groups.count = numbers.size();
    return groups;
}

Labels resultLabels(const Node &node, const Labels &many, const Labels &one)
{
    Labels labels = dropsName(node.op) ? withoutName(many) : many;
    if (node.matching.cardinality == Cardinality::OneToOne)
        labels = node.matching.on ? keepLabels(labels, node.matching.labels) : dropLabels(labels, node.matching.labels);
    for (const std::string &name : node.matching.include)
        setLabel(labels, name, labelOf(one, name));
    return node.returnBool ? withoutName(labels) : labels;
}

/// Vector with vector for the operators that compute and compare. `many` is the left side but for group_right.
class Joiner
{
public:
    Joiner(const Context &context, const Node &node, const Lanes &left, const Lanes &right)
        : m_context(context)
        , m_node(node)
        , m_swapped(node.matching.cardinality == Cardinality::OneToMany)
        , m_many(m_swapped ? right : left)
        , m_one(m_swapped ? left : right)
        , m_groups(groupsOf(node.matching, m_many, m_one))
        , m_partner(m_many.size())
        , m_oneOf(m_groups.count)
        , m_matched(m_groups.count)
    {
    }

    core::Result<Lanes> run()
    {
        for (std::size_t i = 0; i < m_context.steps.count; ++i)
            if (auto done = step(i); !done)
                return core::fail(done.error());
        return std::move(m_out);
    }

private:
    struct Partner {
        std::size_t one = kNobody;
        std::size_t out = kNobody;
    };

    core::Result<void> step(std::size_t i);
    core::Result<void> indexOne(std::size_t i);
    core::Result<void> claim(std::size_t group, const Labels &labels);
    std::size_t outLane(std::size_t many, std::size_t one);

    const Context &m_context;
    const Node &m_node;
    bool m_swapped;
    const Lanes &m_many;
    const Lanes &m_one;
    Groups m_groups; ///< left: of m_many, right: of m_one
    std::vector<Partner> m_partner; ///< of each lane of m_many: whom it met last, and where the result goes
    std::vector<std::size_t> m_oneOf; ///< of each group in this step
    std::vector<char> m_matched; ///< of each group in this step
    std::unordered_set<std::string> m_claims; ///< group and labels of the results of this step
    Lanes m_out;
};

core::Result<void> Joiner::indexOne(std::size_t i)
{
    std::fill(m_oneOf.begin(), m_oneOf.end(), kNobody);
    for (std::size_t lane = 0; lane < m_one.size(); ++lane) {
        if (isNone(m_one[lane].v[i]))
            continue;
        std::size_t &place = m_oneOf[m_groups.right[lane]];
        if (place != kNobody)
            return executionError("found duplicate series for the match group "
                                  + textOf(matchedLabels(m_node.matching, m_one[lane].labels)) + " on the "
                                  + (m_swapped ? "left" : "right") + " hand-side of the operation: ["
                                  + textOf(m_one[lane].labels) + ", " + textOf(m_one[place].labels)
                                  + "];many-to-many matching not allowed: matching labels must be unique on one side");
        place = lane;
    }
    return {};
}

std::size_t Joiner::outLane(std::size_t many, std::size_t one)
{
    Partner &partner = m_partner[many];
    if (partner.one != one) {
        partner = {one, m_out.size()};
        m_out.push_back({resultLabels(m_node, m_many[many].labels, m_one[one].labels),
                         std::vector<double>(m_context.steps.count, none())});
    }
    return partner.out;
}

core::Result<void> Joiner::claim(std::size_t group, const Labels &labels)
{
    if (m_node.matching.cardinality == Cardinality::OneToOne) {
        if (m_matched[group] != 0)
            return executionError(
                "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        m_matched[group] = 1;
    } else if (!m_claims.insert(std::to_string(group) + '/' + keyOf(labels)).second) {
        return executionError("multiple matches for labels: grouping labels must ensure unique matches");
    }
    return {};
}

core::Result<void> Joiner::step(std::size_t i)
{
    const auto here = [i](const Lane &lane) { return !isNone(lane.v[i]); };
    if (std::none_of(m_many.begin(), m_many.end(), here) || std::none_of(m_one.begin(), m_one.end(), here))
        return {};
    if (auto indexed = indexOne(i); !indexed)
        return indexed;
    std::fill(m_matched.begin(), m_matched.end(), 0);
    m_claims.clear();
    for (std::size_t lane = 0; lane < m_many.size(); ++lane) {
        const std::size_t one = m_oneOf[m_groups.left[lane]];
        if (isNone(m_many[lane].v[i]) || one == kNobody)
            continue;
        const double left = m_swapped ? m_one[one].v[i] : m_many[lane].v[i];
        const double right = m_swapped ? m_many[lane].v[i] : m_one[one].v[i];
        const auto value = operate(m_node.op, left, right);
        if (!value && !m_node.returnBool)
            continue;
        const std::size_t out = outLane(lane, one);
        if (auto claimed = claim(m_groups.left[lane], m_out[out].labels); !claimed)
            return claimed;
        m_out[out].v[i] = m_node.returnBool ? (value ? 1 : 0) : *value;
    }
    return {};
}

/// and, or, unless: a lane of a side is there, or not, as the other side's group is there in the step.
Lanes combine(const Context &context, const Node &node, Lanes left, Lanes right)
{
    const Groups groups = groupsOf(node.matching, left, right);
    std::vector<char> present(groups.count);
    for (std::size_t i = 0; i < context.steps.count; ++i) {
        std::fill(present.begin(), present.end(), 0);
        const Lanes &asked = node.op == Op::Or ? left : right;
        const auto &askedGroups = node.op == Op::Or ? groups.left : groups.right;
        for (std::size_t lane = 0; lane < asked.size(); ++lane)
            if (!isNone(asked[lane].v[i]))
                present[askedGroups[lane]] = 1;
        Lanes &filtered = node.op == Op::Or ? right : left;
        const auto &filteredGroups = node.op == Op::Or ? groups.right : groups.left;
        for (std::size_t lane = 0; lane < filtered.size(); ++lane)
            if ((present[filteredGroups[lane]] != 0) != (node.op == Op::And))
                filtered[lane].v[i] = none();
    }
    if (node.op == Op::Or)
        std::move(right.begin(), right.end(), std::back_inserter(left));
    return left;
}

/// A comparison keeps the value of the vector, on whichever side it is.
Lanes withScalar(const Node &node, Lanes lanes, const std::vector<double> &scalar, bool scalarIsLeft)
{
    for (Lane &lane : lanes) {
        for (std::size_t i = 0; i < scalar.size(); ++i) {
            double &v = lane.v[i];
            if (isNone(v))
                continue;
            const auto value = scalarIsLeft ? operate(node.op, scalar[i], v) : operate(node.op, v, scalar[i]);
            if (node.returnBool)
                v = value ? 1 : 0;
            else if (!value)
                v = none();
            else if (!isComparison(node.op))
                v = *value;
        }
        if (dropsName(node.op) || node.returnBool)
            lane.labels = withoutName(lane.labels);
    }
    return lanes;
}
} // namespace

std::optional<double> operate(Op op, double left, double right)
{
    const auto keep = [&](bool holds) { return holds ? std::optional(left) : std::nullopt; };
    switch (op) {
    case Op::Add:
        return left + right;
    case Op::Sub:
        return left - right;
    case Op::Mul:
        return left * right;
    case Op::Div:
        return left / right;
    case Op::Mod:
        return std::fmod(left, right);
    case Op::Pow:
        return std::pow(left, right);
    case Op::Atan2:
        return std::atan2(left, right);
    case Op::Eq:
        return keep(left == right);
    case Op::Ne:
        return keep(left != right);
    case Op::Lt:
        return keep(left < right);
    case Op::Le:
        return keep(left <= right);
    case Op::Gt:
        return keep(left > right);
    case Op::Ge:
        return keep(left >= right);
    case Op::And:
    case Op::Or:
    case Op::Unless:
        break;
    }
    return std::nullopt;
}

core::Result<Column> binary(const Context &context, const Node &node)
{
    auto left = evaluate(context, *node.args[0]);
    if (!left)
        return left;
    auto right = evaluate(context, *node.args[1]);
    if (!right)
        return right;
    if (left->isScalar && right->isScalar) {
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            const auto value = operate(node.op, left->scalar[i], right->scalar[i]);
            left->scalar[i] = isComparison(node.op) ? (value ? 1 : 0) : value.value_or(0);
        }
        return left;
    }
    core::Result<Lanes> lanes;
    if (left->isScalar)
        lanes = withScalar(node, std::move(right->lanes), left->scalar, true);
    else if (right->isScalar)
        lanes = withScalar(node, std::move(left->lanes), right->scalar, false);
    else if (isSetOperator(node.op))
        lanes = combine(context, node, std::move(left->lanes), std::move(right->lanes));
    else
        lanes = Joiner(context, node, left->lanes, right->lanes).run();
    if (lanes)
        lanes = merged(std::move(*lanes));
    if (!lanes)
        return core::fail(lanes.error());
    return Column{.lanes = std::move(*lanes)};
}

} // namespace andon::demo::promql
