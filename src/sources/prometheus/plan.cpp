#include "sources/prometheus/plan.h"

#include <algorithm>
#include <map>

namespace andon::sources::prometheus
{

namespace
{
constexpr std::int64_t kMaxWindows = 1000;
}

core::Result<std::vector<core::TimeRange>> windowsOf(core::TimeRange range, std::int64_t stepMs)
{
    // VictoriaMetrics answers such questions as if they were others, so they are not asked.
    if (stepMs <= 0)
        return core::fail(core::ErrorKind::Invalid, "prometheus query_range", "the step must be above 0");
    if (range.to < range.from)
        return core::fail(core::ErrorKind::Invalid, "prometheus query_range", "the end lies before the start");
    const std::int64_t points = range.length() / stepMs + 1;
    if ((points + kMaxPoints - 1) / kMaxPoints > kMaxWindows)
        return core::fail(core::ErrorKind::Invalid, "prometheus query_range", "too many points: widen the step");
    std::vector<core::TimeRange> out;
    for (std::int64_t first = 0; first < points; first += kMaxPoints) {
        const std::int64_t last = std::min(first + kMaxPoints, points) - 1;
        out.push_back({range.from + first * stepMs, range.from + last * stepMs});
    }
    out.back().to = range.to; // as asked, also off the grid
    return out;
}

std::string secondsText(std::int64_t ms)
{
    const bool negative = ms < 0;
    const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
    std::string out = (negative ? "-" : "") + std::to_string(size / 1000);
    if (size % 1000 != 0) {
        std::string fraction = std::to_string(1000 + size % 1000).substr(1);
        while (fraction.back() == '0')
            fraction.pop_back();
        out += "." + fraction;
    }
    return out;
}

void append(telemetry::Matrix &all, telemetry::Matrix part)
{
    for (std::string &warning : part.warnings)
        if (std::find(all.warnings.begin(), all.warnings.end(), warning) == all.warnings.end())
            all.warnings.push_back(std::move(warning));
    std::map<telemetry::Labels, std::size_t> known;
    for (std::size_t i = 0; i < all.series.size(); ++i)
        known.emplace(all.series[i].labels, i);
    for (telemetry::Series &series : part.series) {
        const auto found = known.find(series.labels);
        if (found == known.end()) {
            all.series.push_back(std::move(series));
            continue;
        }
        telemetry::Series &into = all.series[found->second];
        into.t.insert(into.t.end(), series.t.begin(), series.t.end());
        into.v.insert(into.v.end(), series.v.begin(), series.v.end());
    }
}

} // namespace andon::sources::prometheus
