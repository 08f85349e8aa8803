#pragma once
// Circuit breaker of one source: after enough failures in a row it answers with the last error instead of asking, and
// lets one probe through now and then. Any thread.
#include "core/error.h"

#include <mutex>
#include <optional>

namespace andon::net
{

class Breaker
{
public:
    /// The error to answer with, or nullopt when a request may go out (while open: one per probe interval).
    [[nodiscard]] std::optional<core::Error> blocks(core::Instant now, std::int64_t probeMs);
    void failed(const core::Error &error, core::Instant now, int threshold);
    void succeeded();

private:
    std::mutex m_mutex;
    int m_failures = 0;
    bool m_open = false;
    core::Instant m_probe = {}; ///< of the last request that was let through
    core::Error m_error;
};

} // namespace andon::net
