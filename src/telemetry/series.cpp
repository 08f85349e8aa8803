#include "telemetry/series.h"

#include <algorithm>
#include <cmath>

namespace andon::telemetry
{

namespace
{
bool byName(const std::pair<std::string, std::string> &pair, std::string_view name)
{
    return pair.first < name;
}
} // namespace

Labels::Labels(std::vector<std::pair<std::string, std::string>> pairs)
    : m_pairs(std::move(pairs))
{
    std::sort(m_pairs.begin(), m_pairs.end());
}

std::string_view Labels::get(std::string_view name) const
{
    const auto at = std::lower_bound(m_pairs.begin(), m_pairs.end(), name, byName);
    return at != m_pairs.end() && at->first == name ? std::string_view(at->second) : std::string_view();
}

void Labels::set(std::string name, std::string value)
{
    const auto at = std::lower_bound(m_pairs.begin(), m_pairs.end(), name, byName);
    if (at != m_pairs.end() && at->first == name)
        at->second = std::move(value);
    else
        m_pairs.emplace(at, std::move(name), std::move(value));
}

std::string Labels::text() const
{
    std::string out = "{";
    for (const auto &[name, value] : m_pairs)
        out += (out.size() > 1 ? "," : "") + name + "=\"" + value + "\"";
    return out + "}";
}

std::optional<double> last(const Series &series)
{
    return series.v.empty() ? std::nullopt : std::optional(series.v.back());
}

std::optional<double> mean(const Series &series)
{
    if (series.v.empty())
        return std::nullopt;
    double sum = 0;
    for (const double value : series.v)
        sum += value;
    return sum / static_cast<double>(series.v.size());
}

double coverage(const Series &series, core::TimeRange range, std::int64_t stepMs)
{
    if (stepMs <= 0 || !range.valid())
        return 0;
    const auto from = std::lower_bound(series.t.begin(), series.t.end(), range.from.ms);
    const auto to = std::lower_bound(series.t.begin(), series.t.end(), range.to.ms);
    const double steps = std::floor(static_cast<double>(range.length() - 1) / static_cast<double>(stepMs)) + 1;
    return std::min(1.0, static_cast<double>(to - from) / steps);
}

std::optional<double> counterDelta(const Series &series)
{
    if (series.v.size() < 2)
        return std::nullopt;
    double sum = 0;
    for (std::size_t i = 1; i < series.v.size(); ++i)
        sum += series.v[i] >= series.v[i - 1] ? series.v[i] - series.v[i - 1] : series.v[i];
    return sum;
}

} // namespace andon::telemetry
