#include "demo/promql/evaluator.h"
#include "demo/promql/parser.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace andon::demo::promql
{

namespace
{
/// One group at one step.
struct Group {
    double value = 0;
    double mean = 0;
    double count = 0;
};

Labels groupLabels(const Node &node, const Labels &labels)
{
    if (!node.without)
        return keepLabels(labels, node.grouping);
    Labels rest = dropLabels(labels, node.grouping);
    setLabel(rest, kMetricName, {});
    return rest;
}

void addToMean(Group &group, double v)
{
    if (std::isinf(group.mean)) {
        if (std::isinf(v) && (group.mean > 0) == (v > 0))
            return;
        if (std::isfinite(v))
            return; // an infinite mean stays
    }
    group.mean += v / group.count - group.mean / group.count;
}

void add(Aggregate kind, Group &group, double v)
{
    if (++group.count == 1) {
        group.value = kind == Aggregate::Stddev || kind == Aggregate::Stdvar ? 0 : v;
        group.mean = v;
        return;
    }
    switch (kind) {
    case Aggregate::Sum:
        group.value += v;
        break;
    case Aggregate::Avg:
        addToMean(group, v);
        break;
    case Aggregate::Max:
        if (group.value < v || std::isnan(group.value))
            group.value = v;
        break;
    case Aggregate::Min:
        if (group.value > v || std::isnan(group.value))
            group.value = v;
        break;
    case Aggregate::Stddev:
    case Aggregate::Stdvar: {
        const double off = v - group.mean;
        group.mean += off / group.count;
        group.value += off * (v - group.mean);
        break;
    }
    default:
        break;
    }
}

double resultOf(Aggregate kind, const Group &group)
{
    if (group.count == 0)
        return none();
    switch (kind) {
    case Aggregate::Avg:
        return group.mean;
    case Aggregate::Count:
        return group.count;
    case Aggregate::Group:
        return 1;
    case Aggregate::Stdvar:
        return group.value / group.count;
    case Aggregate::Stddev:
        return std::sqrt(group.value / group.count);
    default:
        return group.value;
    }
}

/// Lanes by group, in the order in which a group's first lane comes.
struct Groups {
    std::vector<Labels> labels;
    std::vector<std::vector<std::size_t>> members;
};

Groups groupsOf(const Node &node, const Lanes &lanes)
{
    Groups groups;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        Labels labels = groupLabels(node, lanes[i].labels);
        const auto [place, fresh] = places.try_emplace(keyOf(labels), groups.labels.size());
        if (fresh) {
            groups.labels.push_back(std::move(labels));
            groups.members.emplace_back();
        }
        groups.members[place->second].push_back(i);
    }
    return groups;
}

Lanes foldGroups(const Context &context, const Node &node, const Lanes &lanes)
{
    const Groups groups = groupsOf(node, lanes);
    Lanes out;
    for (std::size_t g = 0; g < groups.labels.size(); ++g) {
        std::vector<Group> folded(context.steps.count);
        for (const std::size_t member : groups.members[g])
            for (std::size_t i = 0; i < context.steps.count; ++i)
                if (!isNone(lanes[member].v[i]))
                    add(node.aggregate, folded[i], lanes[member].v[i]);
        Lane lane{groups.labels[g], std::vector<double>(context.steps.count, none())};
        for (std::size_t i = 0; i < context.steps.count; ++i)
            lane.v[i] = resultOf(node.aggregate, folded[i]);
        out.push_back(std::move(lane));
    }
    return out;
}

Lanes quantiles(const Context &context, const Node &node, const Lanes &lanes, const std::vector<double> &q)
{
    const Groups groups = groupsOf(node, lanes);
    Lanes out;
    std::vector<double> values;
    for (std::size_t g = 0; g < groups.labels.size(); ++g) {
        Lane lane{groups.labels[g], std::vector<double>(context.steps.count, none())};
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            values.clear();
            for (const std::size_t member : groups.members[g])
                if (!isNone(lanes[member].v[i]))
                    values.push_back(lanes[member].v[i]);
            if (!values.empty())
                lane.v[i] = quantile(q[i], values);
        }
        out.push_back(std::move(lane));
    }
    return out;
}

/// A heap as Go's container/heap moves it: which of equal values stay depends on it.
class Best
{
public:
    struct Entry {
        double v = 0;
        std::size_t lane = 0;
    };

    Best(bool largest, std::size_t size)
        : m_largest(largest)
        , m_size(size)
    {
    }

    void offer(Entry entry)
    {
        if (m_heap.size() == m_size) {
            if (!before(m_heap[0].v, entry.v) && !std::isnan(m_heap[0].v))
                return;
            m_heap[0] = m_heap.back();
            m_heap.pop_back();
            down(0);
        }
        m_heap.push_back(entry);
        up(m_heap.size() - 1);
    }
    /// Best first.
    std::vector<Entry> take()
    {
        std::stable_sort(m_heap.begin(), m_heap.end(), [&](const Entry &a, const Entry &b) {
            return std::isnan(b.v) ? !std::isnan(a.v) : before(b.v, a.v);
        });
        return std::move(m_heap);
    }

private:
    [[nodiscard]] bool before(double a, double b) const { return m_largest ? a < b : a > b; }
    [[nodiscard]] bool less(std::size_t a, std::size_t b) const
    {
        return std::isnan(m_heap[a].v) || before(m_heap[a].v, m_heap[b].v);
    }
    void up(std::size_t child)
    {
        while (child > 0 && less(child, (child - 1) / 2)) {
            std::swap(m_heap[child], m_heap[(child - 1) / 2]);
            child = (child - 1) / 2;
        }
    }
    void down(std::size_t parent)
    {
        for (std::size_t child = 2 * parent + 1; child < m_heap.size(); child = 2 * parent + 1) {
            if (child + 1 < m_heap.size() && less(child + 1, child))
                ++child;
            if (!less(child, parent))
                break;
            std::swap(m_heap[parent], m_heap[child]);
            parent = child;
        }
    }

    bool m_largest;
    std::size_t m_size;
    std::vector<Entry> m_heap;
};

/// The k of one step; a k that is not a 64-bit number is an error, one below 1 gives nothing.
core::Result<std::size_t> wantedCount(double k, std::size_t lanes)
{
    constexpr double limit = 9223372036854775807.0;
    if (!(k <= limit && k >= -limit))
        return executionError("Scalar value " + goText(k) + " overflows int64");
    return k < 1 ? 0 : static_cast<std::size_t>(std::min(k, static_cast<double>(lanes)));
}

core::Result<Lanes> bestOf(const Context &context, const Node &node, const Lanes &lanes, const std::vector<double> &k)
{
    const Groups groups = groupsOf(node, lanes);
    Lanes out;
    for (const Lane &lane : lanes)
        out.push_back({lane.labels, std::vector<double>(context.steps.count, none())});
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < context.steps.count; ++i) {
        const auto wanted = wantedCount(k[i], lanes.size());
        if (!wanted)
            return core::fail(wanted.error());
        for (const auto &members : groups.members) {
            Best best(node.aggregate == Aggregate::TopK, *wanted);
            for (const std::size_t member : members)
                if (*wanted > 0 && !isNone(lanes[member].v[i]))
                    best.offer({lanes[member].v[i], member});
            for (const Best::Entry &entry : best.take()) {
                out[entry.lane].v[i] = entry.v;
                order.push_back(entry.lane);
            }
        }
    }
    if (context.steps.count > 1)
        return out;
    Lanes ordered; // an instant query shows the best first
    for (const std::size_t lane : order)
        ordered.push_back(std::move(out[lane]));
    return ordered;
}

core::Result<Lanes> countValues(const Context &context, const Node &node, const Lanes &lanes)
{
    const std::string &label = unwrapped(*node.args[1]).text;
    if (!isLabelName(label))
        return executionError("invalid label name " + quoted(label));
    Lanes out;
    std::unordered_map<std::string, std::size_t> places;
    for (const Lane &lane : lanes) {
        const Labels base = groupLabels(node, lane.labels);
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            if (isNone(lane.v[i]))
                continue;
            Labels labels = base;
            setLabel(labels, label, fixedText(lane.v[i]));
            const auto [place, fresh] = places.try_emplace(keyOf(labels), out.size());
            if (fresh)
                out.push_back({std::move(labels), std::vector<double>(context.steps.count, none())});
            double &slot = out[place->second].v[i];
            slot = isNone(slot) ? 1 : slot + 1;
        }
    }
    return out;
}
} // namespace

core::Result<Column> aggregate(const Context &context, const Node &node)
{
    auto input = evaluate(context, *node.args[0]);
    if (!input)
        return input;
    std::vector<double> params;
    if (node.args.size() > 1 && node.aggregate != Aggregate::CountValues) {
        auto scalar = evaluateScalar(context, *node.args[1]);
        if (!scalar)
            return core::fail(scalar.error());
        params = std::move(*scalar);
    }
    core::Result<Lanes> lanes;
    switch (node.aggregate) {
    case Aggregate::TopK:
    case Aggregate::BottomK:
        lanes = bestOf(context, node, input->lanes, params);
        break;
    case Aggregate::Quantile:
        lanes = quantiles(context, node, input->lanes, params);
        break;
    case Aggregate::CountValues:
        lanes = countValues(context, node, input->lanes);
        break;
    default:
        lanes = foldGroups(context, node, input->lanes);
        break;
    }
    if (lanes)
        lanes = merged(std::move(*lanes));
    if (!lanes)
        return core::fail(lanes.error());
    return Column{.lanes = std::move(*lanes)};
}

} // namespace andon::demo::promql
