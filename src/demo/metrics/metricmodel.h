#pragma once
// The samples of the demo factory, computed when asked: every 30 s on whole half minutes, 400 days back. Each is a pure
// function of its series and its time; counters are exact integers that need no summing. Any thread.
#include "demo/promql/engine.h"
#include "demo/story/plan.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace andon::demo
{

constexpr std::int64_t kScrapeMs = 30'000;
constexpr std::int64_t kKeptMs = 400 * core::kDay;

class MetricModel final : public promql::SampleStore
{
public:
    explicit MetricModel(const Plan &plan);

    [[nodiscard]] std::vector<int> select(const std::vector<promql::Matcher> &matchers) const override;
    [[nodiscard]] const promql::Labels &labels(int series) const override;
    [[nodiscard]] std::optional<promql::Point> lastSample(int series, std::int64_t fromMs,
                                                          std::int64_t toMs) const override;
    void samples(int series, std::int64_t fromMs, std::int64_t toMs, std::vector<std::int64_t> &t,
                 std::vector<double> &v) const override;

    [[nodiscard]] int size() const { return static_cast<int>(m_series.size()); }
    [[nodiscard]] double value(int series, std::int64_t tMs) const;
    /// Whether it may have a sample in [from, to].
    [[nodiscard]] bool exists(int series, std::int64_t fromMs, std::int64_t toMs) const;
    /// "counter", "gauge", "histogram" of a metric family.
    [[nodiscard]] const std::unordered_map<std::string, std::string> &types() const { return m_types; }
    [[nodiscard]] std::int64_t newest() const { return m_newest; } ///< time of the last scrape, ms

private:
    using ValueAt = std::function<double(std::int64_t)>;
    struct Series {
        promql::Labels labels = {};
        ValueAt at = {};
        std::int64_t from = INT64_MIN; ///< it exists from here …
        std::int64_t to = INT64_MAX; ///< … up to here, excluded
    };
    void add(const std::string &type, const std::string &name, promql::Labels labels, ValueAt at,
             std::int64_t from = INT64_MIN, std::int64_t to = INT64_MAX);
    void addGpus(const Plan &plan);
    void addModels(const Plan &plan);
    void addArrays(const Plan &plan);
    void addNodes(const Plan &plan);
    void addKubernetes(const Plan &plan);
    void addServers(const Plan &plan);

    std::vector<Series> m_series;
    std::unordered_map<std::string, std::vector<int>> m_byName;
    std::unordered_map<std::string, std::string> m_types;
    std::int64_t m_oldest = 0;
    std::int64_t m_newest = 0;
};

/// What is true of the metrics, computed straight from the generators. Pretty JSON.
[[nodiscard]] std::string metricsTruthJson(const Plan &plan);

} // namespace andon::demo
