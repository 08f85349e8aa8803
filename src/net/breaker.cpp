#include "net/breaker.h"

namespace andon::net
{

std::optional<core::Error> Breaker::blocks(core::Instant now, std::int64_t probeMs)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_open)
        return std::nullopt;
    const std::int64_t wait = m_probe.ms + probeMs - now.ms;
    if (wait <= 0) {
        m_probe = now;
        return std::nullopt;
    }
    core::Error error = m_error;
    error.retryAfterMs = wait;
    return error;
}

void Breaker::failed(const core::Error &error, core::Instant now, int threshold)
{
    const std::scoped_lock lock(m_mutex);
    m_error = error;
    if (++m_failures < threshold || m_open)
        return;
    m_open = true;
    m_probe = now;
}

void Breaker::succeeded()
{
    const std::scoped_lock lock(m_mutex);
    m_failures = 0;
    m_open = false;
}

} // namespace andon::net
