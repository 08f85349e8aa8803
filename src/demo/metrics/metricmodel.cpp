#include "demo/metrics/metricmodel.h"

#include <algorithm>

namespace andon::demo
{

namespace
{

promql::Labels sorted(promql::Labels labels)
{
    std::erase_if(labels, [](const auto &label) { return label.second.empty(); });
    std::sort(labels.begin(), labels.end());
    return labels;
}

} // namespace

MetricModel::MetricModel(const Plan &plan)
    : m_newest(plan.now.ms / kScrapeMs * kScrapeMs)
{
    m_oldest = m_newest - kKeptMs;
    addGpus(plan);
    addModels(plan);
    addArrays(plan);
    addNodes(plan);
    addKubernetes(plan);
    addServers(plan);
}

void MetricModel::add(const std::string &type, const std::string &name, promql::Labels labels, ValueAt at,
                      std::int64_t from, std::int64_t to)
{
    labels.emplace_back("__name__", name);
    m_byName[name].push_back(static_cast<int>(m_series.size()));
    std::string family = name;
    if (type == "histogram")
        family = name.substr(0, name.rfind('_'));
    m_types[family] = type;
    m_series.push_back({sorted(std::move(labels)), std::move(at), from, to});
}

bool MetricModel::exists(int series, std::int64_t fromMs, std::int64_t toMs) const
{
    const Series &s = m_series[static_cast<std::size_t>(series)];
    return fromMs <= toMs && toMs >= std::max(m_oldest, s.from) && fromMs <= std::min(m_newest, s.to - 1);
}

std::vector<int> MetricModel::select(const std::vector<promql::Matcher> &matchers) const
{
    const auto fits = [&](int series) {
        return promql::matches(m_series[static_cast<std::size_t>(series)].labels, matchers);
    };
    std::vector<int> found;
    for (const promql::Matcher &matcher : matchers)
        if (matcher.name() == "__name__" && matcher.type() == promql::Matcher::Equal) {
            if (const auto named = m_byName.find(matcher.value()); named != m_byName.end())
                std::copy_if(named->second.begin(), named->second.end(), std::back_inserter(found), fits);
            return found;
        }
    for (int series = 0; series < size(); ++series)
        if (fits(series))
            found.push_back(series);
    return found;
}

const promql::Labels &MetricModel::labels(int series) const
{
    return m_series[static_cast<std::size_t>(series)].labels;
}

double MetricModel::value(int series, std::int64_t tMs) const
{
    return m_series[static_cast<std::size_t>(series)].at(tMs);
}

void MetricModel::samples(int series, std::int64_t fromMs, std::int64_t toMs, std::vector<std::int64_t> &t,
                          std::vector<double> &v) const
{
    const Series &s = m_series[static_cast<std::size_t>(series)];
    const std::int64_t from = std::max({fromMs, m_oldest, s.from});
    const std::int64_t to = std::min({toMs, m_newest, s.to - 1});
    for (std::int64_t at = (from + kScrapeMs - 1) / kScrapeMs * kScrapeMs; at <= to; at += kScrapeMs) {
        t.push_back(at);
        v.push_back(s.at(at));
    }
}

std::optional<promql::Point> MetricModel::lastSample(int series, std::int64_t fromMs, std::int64_t toMs) const
{
    const Series &s = m_series[static_cast<std::size_t>(series)];
    const std::int64_t at = std::min({toMs, m_newest, s.to - 1}) / kScrapeMs * kScrapeMs;
    if (at < std::max({fromMs, m_oldest, s.from}))
        return std::nullopt;
    return promql::Point{at, s.at(at)};
}

} // namespace andon::demo
