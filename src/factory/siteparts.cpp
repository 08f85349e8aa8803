#include "factory/siteparts.h"

namespace andon::factory
{

core::Freshness cachedFreshness(core::Instant at, const SourceBoard &board, const std::string &kind)
{
    core::Freshness freshness{.state = core::FreshnessState::Cached, .at = at};
    const SourceState state = board.state(kind);
    if (state.kind.empty())
        freshness.state = at.known() ? core::FreshnessState::Cached : core::FreshnessState::NotConfigured;
    else if (state.freshness.error) {
        freshness.error = state.freshness.error;
        freshness.state = at.known() ? core::FreshnessState::Stale : core::FreshnessState::Unavailable;
        if (state.freshness.error->kind == core::ErrorKind::Forbidden && !at.known())
            freshness.state = core::FreshnessState::Forbidden;
    } else if (!at.known())
        freshness.state = core::FreshnessState::Loading;
    else if (state.freshness.state == core::FreshnessState::Live && at >= state.freshness.at - 60 * core::kSecond)
        freshness.state = core::FreshnessState::Live;
    return freshness;
}

} // namespace andon::factory
