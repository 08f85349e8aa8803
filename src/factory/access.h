#pragma once

namespace andon::factory
{

enum class Access {
    CacheOnly, ///< never touches the network
    Refresh, ///< asks the sources and saves what they said; falls back to the cache
};

} // namespace andon::factory
