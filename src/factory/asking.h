#pragma once
// The answers of several signals for one view, with the worst of their freshness. Internal to factory; one thread.
#include "factory/telemetryservice.h"

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
    [[nodiscard]] const core::Freshness &freshness() const { return m_freshness; }
    [[nodiscard]] core::TimeRange shown() const { return m_shown; } ///< that the answers are of: older from the cache

private:
    telemetry::Matrix ask(const SignalQuery &query, core::TimeRange range, std::int64_t stepMs, bool main);
    TelemetryService &m_telemetry;
    core::TimeRange m_range;
    core::TimeRange m_shown = {};
    Access m_access;
    const core::Cancel &m_cancel;
    core::Freshness m_freshness = {};
    bool m_any = false;
};

/// The series whose labels have `name` = `value`, or nullptr.
[[nodiscard]] const telemetry::Series *findSeries(const telemetry::Matrix &matrix, const char *name,
                                                  const std::string &value);
[[nodiscard]] std::optional<double> lastOf(const telemetry::Matrix &matrix, const char *name, const std::string &value);
[[nodiscard]] std::optional<double> median(std::vector<double> values);

} // namespace andon::factory
