#include "demo/promql/evaluator.h"

#include <algorithm>

namespace andon::demo::promql
{

namespace
{
struct Samples {
    std::vector<std::int64_t> t;
    std::vector<double> v;
};

/// The instant that a selector looks at in a step.
std::int64_t lookAt(const Steps &steps, const Node &selector, std::size_t step)
{
    switch (selector.at) {
    case At::None:
        return steps.at(step) - selector.offsetMs;
    case At::Time:
        return selector.atMs - selector.offsetMs;
    case At::Start:
        return steps.start - selector.offsetMs;
    case At::End:
        return steps.end - selector.offsetMs;
    }
    return 0;
}

void dropStale(Samples &samples)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < samples.v.size(); ++i) {
        if (isNone(samples.v[i]))
            continue;
        samples.t[kept] = samples.t[i];
        samples.v[kept++] = samples.v[i];
    }
    samples.t.resize(kept);
    samples.v.resize(kept);
}

void read(const Context &context, const Node &selector, int series, std::int64_t back, Samples &samples)
{
    samples.t.clear();
    samples.v.clear();
    const std::int64_t first = lookAt(context.steps, selector, 0);
    const std::int64_t last = lookAt(context.steps, selector, context.steps.count - 1);
    context.store.samples(series, first - back, last, samples.t, samples.v);
}
} // namespace

Lanes selectLanes(const Context &context, const Node &selector, bool timestamps)
{
    Lanes lanes;
    for (const int series : context.store.select(selector.matchers)) {
        Lane lane{context.store.labels(series), std::vector<double>(context.steps.count, none())};
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            const std::int64_t now = lookAt(context.steps, selector, i);
            const auto sample = context.store.lastSample(series, now - kLookbackMs, now);
            if (sample && !isNone(sample->v))
                lane.v[i] = timestamps ? static_cast<double>(sample->t) / 1000 : sample->v;
        }
        if (!std::all_of(lane.v.begin(), lane.v.end(), isNone))
            lanes.push_back(std::move(lane));
    }
    return lanes;
}

Lanes slide(const Context &context, const Node &range, std::span<const double> params, Take take)
{
    const Node &selector = *range.args[0];
    Lanes lanes;
    Samples samples;
    for (const int series : context.store.select(selector.matchers)) {
        read(context, selector, series, range.rangeMs, samples);
        dropStale(samples);
        if (samples.t.empty())
            continue;
        Lane lane{context.store.labels(series), std::vector<double>(context.steps.count, none())};
        const std::span<const std::int64_t> t = samples.t;
        const std::span<const double> v = samples.v;
        std::size_t first = 0;
        std::size_t after = 0;
        for (std::size_t i = 0; i < context.steps.count; ++i) {
            const std::int64_t to = lookAt(context.steps, selector, i);
            const std::int64_t from = to - range.rangeMs;
            while (after < t.size() && t[after] <= to)
                ++after;
            while (first < after && t[first] < from)
                ++first;
            if (first < after)
                lane.v[i] = take({t.subspan(first, after - first), v.subspan(first, after - first), from, to,
                                  params.empty() ? 0 : params[i]});
        }
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

std::vector<Series> windowAtStart(const Context &context, const Node &range)
{
    std::vector<Series> found;
    Samples samples;
    for (const int series : context.store.select(range.args[0]->matchers)) {
        read(context, *range.args[0], series, range.rangeMs, samples);
        dropStale(samples);
        if (samples.t.empty())
            continue;
        Series window{context.store.labels(series), {}};
        for (std::size_t i = 0; i < samples.t.size(); ++i)
            window.points.push_back({samples.t[i], samples.v[i]});
        found.push_back(std::move(window));
    }
    return found;
}

} // namespace andon::demo::promql
