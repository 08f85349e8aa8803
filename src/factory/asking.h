#pragma once
// The answers of several signals for one view, with the worst of their freshness. Internal to factory; one thread.
#include "factory/telemetryservice.h"

#include <tuple>

namespace andon::factory
{

class AskSignals
{
public:
    AskSignals(TelemetryService &telemetry, core::TimeRange range, Access access, const core::Cancel &cancel)
        : m_telemetry(telemetry)
        , m_range(range)
        , m_access(access)
        , m_cancel(cancel)
    {
    }
    /// An empty matrix when the signal is missing or failed; freshness() tells.
    [[nodiscard]] telemetry::Matrix operator()(const char *signal, telemetry::Aggregation aggregation,
                                               std::vector<std::string> by, std::int64_t stepMs);
    /// Another length of the past, for what is normal.
    [[nodiscard]] telemetry::Matrix past(const char *signal, telemetry::Aggregation aggregation,
                                         std::vector<std::string> by, std::int64_t stepMs, std::int64_t length);
    /// Of all answers: the worst of those that have a value. What is missing makes it partial, not unavailable, as long
    /// as something is there.
    [[nodiscard]] core::Freshness freshness() const;
    [[nodiscard]] core::TimeRange shown() const { return m_shown; } ///< that the answers are of: older from the cache

private:
    telemetry::Matrix ask(const SignalQuery &query, core::TimeRange range, std::int64_t stepMs, bool main);
    void take(const SignalQuery &query, const core::Freshness &freshness);

    using Key = std::tuple<SignalQuery, std::int64_t, std::int64_t>; ///< query, length, step
    TelemetryService &m_telemetry;
    core::TimeRange m_range;
    core::TimeRange m_shown = {};
    Access m_access;
    const core::Cancel &m_cancel;
    std::map<Key, telemetry::Matrix> m_answers; ///< Floor asks what Compute and Storage ask
    std::optional<core::Freshness> m_known = {}; ///< of the answers that have a value
    std::optional<core::Freshness> m_none = {}; ///< of those that have none
    std::vector<std::string> m_without; ///< their signals
};

/// The series whose labels have `name` = `value`, or nullptr.
[[nodiscard]] const telemetry::Series *findSeries(const telemetry::Matrix &matrix, const char *name,
                                                  const std::string &value);
[[nodiscard]] std::optional<double> lastOf(const telemetry::Matrix &matrix, const char *name, const std::string &value);
[[nodiscard]] std::optional<double> median(std::vector<double> values);

} // namespace andon::factory
