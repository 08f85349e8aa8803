#include "factory/asking.h"

#include <algorithm>

namespace andon::factory
{

telemetry::Matrix AskSignals::operator()(const char *signal, telemetry::Aggregation aggregation,
                                         std::vector<std::string> by, std::int64_t stepMs)
{
    return ask({core::SignalName(signal), aggregation, std::move(by)}, m_range, stepMs, true);
}

telemetry::Matrix AskSignals::past(const char *signal, telemetry::Aggregation aggregation, std::vector<std::string> by,
                                   std::int64_t stepMs, std::int64_t length)
{
    return ask({core::SignalName(signal), aggregation, std::move(by)}, {m_range.to - length, m_range.to}, stepMs,
               false);
}

telemetry::Matrix AskSignals::ask(const SignalQuery &query, core::TimeRange range, std::int64_t stepMs, bool main)
{
    auto answer = m_telemetry.range(query, range, stepMs, m_access, m_cancel);
    if (!answer) {
        if (answer.error().hint != "no-signal") {
            const core::Freshness failed{.state = core::FreshnessState::Unavailable, .error = answer.error()};
            m_freshness = m_any ? core::worst(m_freshness, failed) : failed;
            m_any = true;
        }
        return {};
    }
    m_freshness = m_any ? core::worst(m_freshness, answer->freshness) : answer->freshness;
    m_any = true;
    if (main && answer->value.range.valid())
        m_shown = answer->value.range;
    return std::move(answer->value.matrix);
}

const telemetry::Series *findSeries(const telemetry::Matrix &matrix, const char *name, const std::string &value)
{
    for (const telemetry::Series &series : matrix.series)
        if (series.labels.get(name) == value)
            return &series;
    return nullptr;
}

std::optional<double> lastOf(const telemetry::Matrix &matrix, const char *name, const std::string &value)
{
    const telemetry::Series *series = findSeries(matrix, name, value);
    return series ? telemetry::last(*series) : std::nullopt;
}

std::optional<double> median(std::vector<double> values)
{
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace andon::factory
