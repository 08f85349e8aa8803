#pragma once

namespace andon::factory
{

enum class Access {
    Remembered, ///< what was shown last, at once; only for views that say so: NotFound when there is none
    CacheOnly, ///< never touches the network
    Refresh, ///< asks the sources and saves what they said; falls back to the cache
    Share, ///< as Refresh, but what was answered in this half minute to the same question is not asked again
};

/// Whether the sources may be asked.
[[nodiscard]] constexpr bool asks(Access access)
{
    return access == Access::Refresh || access == Access::Share;
}

} // namespace andon::factory
