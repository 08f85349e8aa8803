#include "demo/promql/evaluator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace andon::demo::promql
{

namespace
{
constexpr const char *kTwins = "vector cannot contain metrics with the same labelset";

bool isEmpty(const Lane &lane)
{
    return std::all_of(lane.v.begin(), lane.v.end(), isNone);
}

bool join(Lane &into, const Lane &from)
{
    for (std::size_t i = 0; i < into.v.size(); ++i) {
        if (isNone(from.v[i]))
            continue;
        if (!isNone(into.v[i]))
            return false;
        into.v[i] = from.v[i];
    }
    return true;
}
} // namespace

core::Result<Lanes> merged(Lanes lanes)
{
    Lanes out;
    out.reserve(lanes.size());
    std::unordered_map<std::string, std::size_t> places;
    for (Lane &lane : lanes) {
        if (isEmpty(lane))
            continue;
        const auto [place, fresh] = places.try_emplace(keyOf(lane.labels), out.size());
        if (fresh)
            out.push_back(std::move(lane));
        else if (!join(out[place->second], lane))
            return executionError(kTwins);
    }
    return out;
}

core::Result<Lanes> distinct(Lanes lanes)
{
    std::erase_if(lanes, isEmpty);
    std::unordered_map<std::string, bool> seen;
    for (const Lane &lane : lanes)
        if (!seen.try_emplace(keyOf(lane.labels), true).second)
            return executionError(kTwins);
    return lanes;
}

tl::unexpected<core::Error> executionError(std::string detail)
{
    core::Error error{.kind = core::ErrorKind::Invalid, .where = "promql", .hint = "execution"};
    error.detail = std::move(detail);
    return tl::make_unexpected(std::move(error));
}

double quantile(double q, std::vector<double> &values)
{
    if (values.empty() || std::isnan(q))
        return std::numeric_limits<double>::quiet_NaN();
    if (q < 0)
        return -std::numeric_limits<double>::infinity();
    if (q > 1)
        return std::numeric_limits<double>::infinity();
    std::sort(values.begin(), values.end(),
              [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; }); // NaN is the smallest
    const auto n = static_cast<double>(values.size());
    const double rank = q * (n - 1);
    const double lower = std::max(0.0, std::floor(rank));
    const double upper = std::min(n - 1, lower + 1);
    const double weight = rank - std::floor(rank);
    return values[static_cast<std::size_t>(lower)] * (1 - weight) + values[static_cast<std::size_t>(upper)] * weight;
}

std::string goText(double value)
{
    const double size = std::abs(value);
    if (!std::isfinite(value) || (size < 1e21 && (size >= 1e-4 || size == 0)))
        return fixedText(value);
    std::array<char, 40> buffer = {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    return {buffer.data(), end.ptr};
}

double staleMarker()
{
    return none();
}

bool isStaleMarker(double value)
{
    return isNone(value);
}

SampleStore::~SampleStore() = default;

std::optional<Point> SampleStore::lastSample(int series, std::int64_t fromMs, std::int64_t toMs) const
{
    std::vector<std::int64_t> t;
    std::vector<double> v;
    samples(series, fromMs, toMs, t, v);
    return t.empty() ? std::nullopt : std::optional(Point{t.back(), v.back()});
}

} // namespace andon::demo::promql
