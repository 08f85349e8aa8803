#include "demo/promql/evaluator.h"
#include "demo/promql/kahan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace andon::demo::promql
{

namespace
{
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double seconds(std::int64_t ms)
{
    return static_cast<double>(ms) / 1000;
}

/// The samples seldom lie on the edges of the window: the change is stretched to the edges, but by no more than half a
/// usual distance of samples where they are far, and never below a counter's zero.
double extrapolated(const Window &w, bool isCounter, bool isRate)
{
    if (w.v.size() < 2)
        return none();
    double result = w.v.back() - w.v.front();
    if (isCounter)
        for (std::size_t i = 1; i < w.v.size(); ++i)
            if (w.v[i] < w.v[i - 1])
                result += w.v[i - 1];
    double toStart = seconds(w.t.front() - w.from);
    const double toEnd = seconds(w.to - w.t.back());
    const double sampled = seconds(w.t.back() - w.t.front());
    const double distance = sampled / static_cast<double>(w.v.size() - 1);
    if (isCounter && result > 0 && w.v.front() >= 0)
        toStart = std::min(toStart, sampled * (w.v.front() / result));
    const double threshold = distance * 1.1;
    double interval = sampled;
    interval += toStart < threshold ? toStart : distance / 2;
    interval += toEnd < threshold ? toEnd : distance / 2;
    double factor = interval / sampled;
    if (isRate)
        factor /= seconds(w.to - w.from);
    return result * factor;
}

double rate(const Window &w)
{
    return extrapolated(w, true, true);
}
double increase(const Window &w)
{
    return extrapolated(w, true, false);
}
double delta(const Window &w)
{
    return extrapolated(w, false, false);
}

double lastTwo(const Window &w, bool isRate)
{
    if (w.v.size() < 2)
        return none();
    const double last = w.v.back();
    const double before = w.v[w.v.size() - 2];
    const double change = isRate && last < before ? last : last - before;
    const std::int64_t interval = w.t.back() - w.t[w.t.size() - 2];
    if (interval == 0)
        return none();
    return isRate ? change / seconds(interval) : change;
}
double irate(const Window &w)
{
    return lastTwo(w, true);
}
double idelta(const Window &w)
{
    return lastTwo(w, false);
}

struct Line {
    double slope = 0;
    double intercept = 0;
};

Line regression(const Window &w, std::int64_t interceptAt)
{
    const double first = w.v.front();
    if (std::all_of(w.v.begin(), w.v.end(), [&](double v) { return v == first; }))
        return std::isinf(first) ? Line{kNan, kNan} : Line{0, first};
    Kahan x;
    Kahan y;
    Kahan xy;
    Kahan xx;
    for (std::size_t i = 0; i < w.v.size(); ++i) {
        const double at = static_cast<double>(w.t[i] - interceptAt) / 1e3;
        x.add(at);
        y.add(w.v[i]);
        xy.add(at * w.v[i]);
        xx.add(at * at);
    }
    const auto n = static_cast<double>(w.v.size());
    const double covariance = xy.raw() - x.raw() * y.raw() / n;
    const double variance = xx.raw() - x.raw() * x.raw() / n;
    const double slope = covariance / variance;
    return {slope, y.raw() / n - slope * x.raw() / n};
}

double deriv(const Window &w)
{
    return w.v.size() < 2 ? none() : regression(w, w.t.front()).slope;
}

double sum(const Window &w)
{
    Kahan total;
    for (const double v : w.v)
        total.add(v);
    return total.value();
}

double average(const Window &w)
{
    Kahan mean;
    double count = 0;
    for (const double v : w.v) {
        ++count;
        if (std::isinf(mean.sum)) {
            if (std::isinf(v) && (mean.sum > 0) == (v > 0))
                continue;
            if (std::isfinite(v))
                continue; // an infinite mean stays
        }
        mean.add(v / count - mean.sum / count);
    }
    return mean.value();
}

double variance(const Window &w)
{
    Kahan mean;
    Kahan squares;
    double count = 0;
    for (const double v : w.v) {
        ++count;
        const double off = v - mean.raw();
        mean.add(off / count);
        squares.add(off * (v - mean.raw()));
    }
    return squares.raw() / count;
}
double deviation(const Window &w)
{
    return std::sqrt(variance(w));
}

double maximum(const Window &w)
{
    double best = w.v.front();
    for (const double v : w.v)
        if (v > best || std::isnan(best))
            best = v;
    return best;
}

double minimum(const Window &w)
{
    double best = w.v.front();
    for (const double v : w.v)
        if (v < best || std::isnan(best))
            best = v;
    return best;
}

double count(const Window &w)
{
    return static_cast<double>(w.v.size());
}
double last(const Window &w)
{
    return w.v.back();
}
double present(const Window &)
{
    return 1;
}

double changes(const Window &w)
{
    double found = 0;
    for (std::size_t i = 1; i < w.v.size(); ++i)
        if (w.v[i] != w.v[i - 1] && !(std::isnan(w.v[i]) && std::isnan(w.v[i - 1])))
            ++found;
    return found;
}

double resets(const Window &w)
{
    double found = 0;
    for (std::size_t i = 1; i < w.v.size(); ++i)
        found += w.v[i] < w.v[i - 1] ? 1 : 0;
    return found;
}

double quantileOverTime(const Window &w)
{
    std::vector<double> values(w.v.begin(), w.v.end());
    return quantile(w.param, values);
}

struct Named {
    std::string_view name;
    Take take;
};
constexpr std::array<Named, 19> kAll = {{{"rate", rate},
                                         {"increase", increase},
                                         {"delta", delta},
                                         {"irate", irate},
                                         {"idelta", idelta},
                                         {"deriv", deriv},
                                         {"sum_over_time", sum},
                                         {"avg_over_time", average},
                                         {"stddev_over_time", deviation},
                                         {"stdvar_over_time", variance},
                                         {"max_over_time", maximum},
                                         {"min_over_time", minimum},
                                         {"count_over_time", count},
                                         {"last_over_time", last},
                                         {"present_over_time", present},
                                         {"absent_over_time", present},
                                         {"changes", changes},
                                         {"resets", resets},
                                         {"quantile_over_time", quantileOverTime}}};
} // namespace

Take rangeFunction(std::string_view name)
{
    for (const Named &named : kAll)
        if (named.name == name)
            return named.take;
    return nullptr;
}

} // namespace andon::demo::promql
