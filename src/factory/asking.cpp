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

void AskSignals::take(const SignalQuery &query, const core::Freshness &freshness)
{
    std::optional<core::Freshness> &side = freshness.at.known() ? m_known : m_none;
    side = side ? core::worst(*side, freshness) : freshness;
    if (!freshness.at.known() && std::find(m_without.begin(), m_without.end(), query.signal.value) == m_without.end())
        m_without.push_back(query.signal.value);
}

core::Freshness AskSignals::freshness() const
{
    if (!m_known)
        return m_none.value_or(core::Freshness{});
    core::Freshness all = *m_known;
    if (!m_none)
        return all;
    std::string note = "not in the cache:";
    for (const std::string &signal : m_without)
        note += " " + signal;
    all.notes.push_back(std::move(note));
    if (m_none->error && all.state != core::FreshnessState::Stale) {
        all.state = core::FreshnessState::Partial;
        all.error = m_none->error;
    }
    return all;
}

telemetry::Matrix AskSignals::ask(const SignalQuery &query, core::TimeRange range, std::int64_t stepMs, bool main)
{
    const Key key(query, range.length(), stepMs);
    if (const auto found = m_answers.find(key); found != m_answers.end())
        return found->second;
    auto answer = m_telemetry.range(query, range, stepMs, m_access, m_cancel);
    if (!answer) {
        if (answer.error().hint != "no-signal")
            take(query, {.state = core::FreshnessState::Unavailable, .error = answer.error()});
        return m_answers[key];
    }
    take(query, answer->freshness);
    if (main && answer->value.range.valid())
        m_shown = answer->value.range;
    return m_answers[key] = std::move(answer->value.matrix);
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
