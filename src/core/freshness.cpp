#include "core/freshness.h"

#include <algorithm>

namespace andon::core
{

namespace
{
int badness(FreshnessState state)
{
    switch (state) {
    case FreshnessState::Live:
        return 0;
    case FreshnessState::Cached:
        return 1;
    case FreshnessState::Loading:
        return 2;
    case FreshnessState::NotConfigured:
        return 3;
    case FreshnessState::Partial:
        return 4;
    case FreshnessState::Stale:
        return 5;
    case FreshnessState::Forbidden:
        return 6;
    case FreshnessState::Unavailable:
        return 7;
    }
    return 7;
}
} // namespace

Freshness worst(const Freshness &a, const Freshness &b)
{
    const bool aWorse = badness(a.state) >= badness(b.state);
    Freshness out = aWorse ? a : b;
    const Freshness &other = aWorse ? b : a;
    if (!out.at.known() || (other.at.known() && other.at < out.at))
        out.at = other.at;
    if (!out.error)
        out.error = other.error;
    for (const std::string &note : other.notes)
        if (std::find(out.notes.begin(), out.notes.end(), note) == out.notes.end())
            out.notes.push_back(note);
    return out;
}

} // namespace andon::core
