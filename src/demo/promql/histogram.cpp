#include "demo/promql/evaluator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace andon::demo::promql
{

namespace
{
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

struct Bucket {
    double upper = 0;
    double count = 0; ///< of all observations up to it
};

/// One histogram: its lanes by rising bound.
struct Histogram {
    Labels labels = {};
    std::vector<std::pair<double, std::size_t>> lanes = {};
};

/// Equal bounds are added up; a count below the one before it, as scrapes that are not atomic give, is raised.
void tidy(std::vector<Bucket> &buckets)
{
    std::size_t last = 0;
    for (std::size_t i = 1; i < buckets.size(); ++i) {
        if (buckets[i].upper == buckets[last].upper)
            buckets[last].count += buckets[i].count;
        else
            buckets[++last] = buckets[i];
    }
    buckets.resize(last + 1);
    double most = buckets[0].count;
    for (Bucket &bucket : buckets) {
        if (bucket.count > most)
            most = bucket.count;
        else if (bucket.count < most)
            bucket.count = most;
    }
}

double bucketQuantile(double q, std::vector<Bucket> &buckets)
{
    if (std::isnan(q))
        return kNan;
    if (q < 0)
        return -kInf;
    if (q > 1)
        return kInf;
    if (buckets.back().upper != kInf)
        return kNan;
    tidy(buckets);
    if (buckets.size() < 2 || buckets.back().count == 0)
        return kNan;
    double rank = q * buckets.back().count;
    const auto found = std::partition_point(buckets.begin(), buckets.end() - 1,
                                            [&](const Bucket &bucket) { return !(bucket.count >= rank); });
    if (found == buckets.end() - 1)
        return buckets[buckets.size() - 2].upper;
    if (found == buckets.begin() && found->upper <= 0)
        return found->upper;
    double start = 0;
    double count = found->count;
    if (found != buckets.begin()) {
        start = (found - 1)->upper;
        count -= (found - 1)->count;
        rank -= (found - 1)->count;
    }
    return start + (found->upper - start) * (rank / count);
}

std::vector<Histogram> histogramsOf(const Lanes &lanes)
{
    std::vector<Histogram> found;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const auto upper = parseFloat(labelOf(lanes[i].labels, "le"));
        if (!upper)
            continue;
        Labels labels = withoutName(lanes[i].labels);
        setLabel(labels, "le", {});
        const auto [place, fresh] = places.try_emplace(keyOf(labels), found.size());
        if (fresh)
            found.push_back({std::move(labels), {}});
        found[place->second].lanes.emplace_back(*upper, i);
    }
    for (Histogram &histogram : found)
        std::stable_sort(histogram.lanes.begin(), histogram.lanes.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
    return found;
}
} // namespace

core::Result<Column> histogramQuantile(const Context &context, const Node &call)
{
    const auto q = evaluateScalar(context, *call.args[0]);
    if (!q)
        return core::fail(q.error());
    auto column = evaluate(context, *call.args[1]);
    if (!column)
        return column;
    Lanes out;
    std::vector<Bucket> buckets;
    for (const Histogram &histogram : histogramsOf(column->lanes)) {
        Lane lane{histogram.labels, std::vector<double>(context.steps.count, none())};
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            buckets.clear();
            for (const auto &[upper, place] : histogram.lanes)
                if (!isNone(column->lanes[place].v[i]))
                    buckets.push_back({upper, column->lanes[place].v[i]});
            if (!buckets.empty())
                lane.v[i] = bucketQuantile((*q)[i], buckets);
        }
        out.push_back(std::move(lane));
    }
    auto lanes = merged(std::move(out));
    if (!lanes)
        return core::fail(lanes.error());
    return Column{.lanes = std::move(*lanes)};
}

} // namespace andon::demo::promql
