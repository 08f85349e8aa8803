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
    if (m_probing) // what was under way when the server asked for silence does not end it
        m_heldUntil = m_askedUntil = {};
    m_probing = false;
}

void Breaker::hold(const core::Error &error, core::Instant now, std::int64_t askedMs, std::int64_t longestMs)
{
    const std::scoped_lock lock(m_mutex);
    m_heldError = error;
    m_window = longestMs;
    m_askedUntil = now + askedMs;
    m_heldUntil = now + std::min(askedMs, longestMs);
    m_probing = false;
}

std::optional<core::Error> Breaker::held(core::Instant now)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_heldUntil.known())
        return std::nullopt;
    if (now < m_heldUntil) {
        core::Error error = m_heldError;
        error.retryAfterMs = m_askedUntil - now;
        return error;
    }
    m_probing = now < m_askedUntil;
    m_heldUntil = m_probing ? now + m_window : core::Instant{};
    return std::nullopt;
}

} // namespace andon::net
