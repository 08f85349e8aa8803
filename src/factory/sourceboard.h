#pragma once
// How each source of a site is doing: last answer, latency, last error. Written by workers, read by the status area.
// Any thread.
#include "core/clock.h"
#include "core/freshness.h"
#include "core/ids.h"

#include <map>
#include <mutex>
#include <vector>

namespace andon::factory
{

struct SourceState {
    core::SourceName name = {};
    std::string kind = {}; ///< "lakefs", "prometheus", "mlflow"
    std::string server = {}; ///< scheme://host:port
    std::string product = {}; ///< "lakeFS 1.84.0", "" until probed
    bool plainHttp = false; ///< not loopback and not encrypted: a permanent badge
    core::Freshness freshness = {};
    std::int64_t latencyMs = -1; ///< of the last answer; -1 when there was none
};

class SourceBoard
{
public:
    explicit SourceBoard(const core::Clock &clock)
        : m_clock(clock)
    {
    }

    void add(SourceState state);
    void answered(const std::string &kind, std::int64_t latencyMs);
    void failed(const std::string &kind, const core::Error &error);
    void product(const std::string &kind, const std::string &product);
    /// Live becomes cached when the last answer is older than two refresh intervals.
    [[nodiscard]] std::vector<SourceState> states(std::int64_t refreshMs) const;
    [[nodiscard]] SourceState state(const std::string &kind) const; ///< empty when there is no such source
    [[nodiscard]] bool configured(const std::string &kind) const;

private:
    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::vector<SourceState> m_states; // a handful
};

} // namespace andon::factory
