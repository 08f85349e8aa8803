#pragma once
// Circuit breaker of one source: after enough failures in a row it answers with the last error instead of asking, and
// lets one probe through now and then. It also remembers until when the server asked to be left alone. Any thread.
#include "core/error.h"

#include <mutex>
#include <optional>

namespace andon::net
{

class Breaker
{
public:
    /// The error to answer with, or nullopt when a request may go out (while open: one per probe interval). Its
    /// retryAfterMs is the time to the next probe, or to the end of what the server asked for.
    [[nodiscard]] std::optional<core::Error> blocks(core::Instant now, std::int64_t probeMs);
    void failed(const core::Error &error, core::Instant now, int threshold);
    void succeeded();

    /// The server asked for `askedMs` of silence. At most `longestMs` of it go by without a probe.
    void hold(const core::Error &error, core::Instant now, std::int64_t askedMs, std::int64_t longestMs);
    /// What is left of a silence that can be waited for; the error to answer with when it is given up. nullopt: none.
    [[nodiscard]] std::optional<core::Error> held(core::Instant now);

private:
    std::mutex m_mutex;
    int m_failures = 0;
    bool m_open = false;
    core::Instant m_probe = {}; ///< of the last request that was let through
    core::Error m_error;

    core::Error m_heldError;
    core::Instant m_heldUntil = {}; ///< nothing goes out before
    core::Instant m_askedUntil = {}; ///< what the server asked for; may be far later
    std::int64_t m_window = 0; ///< one probe per so long until then
    bool m_probing = false; ///< it is under way
};

} // namespace andon::net
