#pragma once
// A store that holds its samples in vectors: for tests. Not changed while a query runs.
#include "demo/promql/engine.h"
#include "demo/promql/labels.h"

#include <algorithm>

namespace andon::test
{

class MemoryStore : public andon::demo::promql::SampleStore
{
public:
    using Labels = andon::demo::promql::Labels;
    using Points = std::vector<andon::demo::promql::Point>;

    /// Labels in any order.
    void add(const std::string &name, Labels labels, Points points)
    {
        labels.emplace_back("__name__", name);
        std::sort(labels.begin(), labels.end());
        m_series.push_back({std::move(labels), std::move(points)});
        std::sort(m_series.begin(), m_series.end(), [](const auto &a, const auto &b) { return a.labels < b.labels; });
    }
    [[nodiscard]] const std::vector<andon::demo::promql::Series> &all() const { return m_series; }
    [[nodiscard]] int reads() const { return m_reads; }

    [[nodiscard]] std::vector<int> select(const std::vector<andon::demo::promql::Matcher> &matchers) const override
    {
        std::vector<int> found;
        for (std::size_t i = 0; i < m_series.size(); ++i)
            if (matches(m_series[i].labels, matchers))
                found.push_back(static_cast<int>(i));
        return found;
    }
    [[nodiscard]] const Labels &labels(int series) const override
    {
        return m_series[static_cast<std::size_t>(series)].labels;
    }
    void samples(int series, std::int64_t fromMs, std::int64_t toMs, std::vector<std::int64_t> &t,
                 std::vector<double> &v) const override
    {
        ++m_reads;
        for (const auto &point : m_series[static_cast<std::size_t>(series)].points)
            if (point.t >= fromMs && point.t <= toMs) {
                t.push_back(point.t);
                v.push_back(point.v);
            }
    }

private:
    std::vector<andon::demo::promql::Series> m_series;
    mutable int m_reads = 0;
};

} // namespace andon::test
