#include "factory/sourceboard.h"

namespace andon::factory
{

void SourceBoard::add(SourceState state)
{
    const std::scoped_lock lock(m_mutex);
    m_states.push_back(std::move(state));
}

void SourceBoard::answered(const std::string &kind, std::int64_t latencyMs)
{
    const std::scoped_lock lock(m_mutex);
    for (SourceState &state : m_states)
        if (state.kind == kind) {
            state.freshness = {.state = core::FreshnessState::Live, .at = m_clock.now()};
            state.latencyMs = latencyMs;
        }
}

void SourceBoard::failed(const std::string &kind, const core::Error &error)
{
    if (error.kind == core::ErrorKind::Cancelled)
        return;
    const std::scoped_lock lock(m_mutex);
    for (SourceState &state : m_states)
        if (state.kind == kind) {
            state.freshness.state =
                state.freshness.at.known() ? core::FreshnessState::Stale : core::FreshnessState::Unavailable;
            state.freshness.error = error;
        }
}

void SourceBoard::product(const std::string &kind, const std::string &product)
{
    const std::scoped_lock lock(m_mutex);
    for (SourceState &state : m_states)
        if (state.kind == kind)
            state.product = product;
}

std::vector<SourceState> SourceBoard::states(std::int64_t refreshMs) const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<SourceState> out = m_states;
    for (SourceState &state : out)
        if (state.freshness.state == core::FreshnessState::Live && m_clock.now() - state.freshness.at > 2 * refreshMs)
            state.freshness.state = core::FreshnessState::Cached;
    return out;
}

SourceState SourceBoard::state(const std::string &kind) const
{
    const std::scoped_lock lock(m_mutex);
    for (const SourceState &state : m_states)
        if (state.kind == kind)
            return state;
    return {};
}

bool SourceBoard::configured(const std::string &kind) const
{
    const std::scoped_lock lock(m_mutex);
    for (const SourceState &state : m_states)
        if (state.kind == kind)
            return true;
    return false;
}

} // namespace andon::factory
