#pragma once

namespace andon::factory
{

enum class Access {
    Remembered, ///< what was shown last, at once; only for views that say so: NotFound when there is none
    CacheOnly, ///< never touches the network
    Refresh, ///< asks the sources and saves what they said; falls back to the cache
};

} // namespace andon::factory
