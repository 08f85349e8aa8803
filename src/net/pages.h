#pragma once
// Paging with the guards that a hostile or broken server needs. Worker threads.
#include "core/cancel.h"
#include "core/result.h"

#include <set>
#include <string>

namespace andon::net
{

/// Calls fetch(token) until it returns an empty next token. fetch: (const std::string &token) -> Result<std::string
/// next>. Protocol on a token that repeats or on more than maxPages.
template <typename Fetch>
[[nodiscard]] core::Result<void> eachPage(const std::string &where, int maxPages, const core::Cancel &cancel,
                                          Fetch fetch)
{
    std::set<std::string> seen;
    std::string token;
    for (int page = 0; page < maxPages; ++page) {
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, where, {});
        core::Result<std::string> next = fetch(token);
        if (!next)
            return core::fail(next.error());
        if (next->empty())
            return {};
        if (!seen.insert(*next).second)
            return core::fail(core::ErrorKind::Protocol, where, "the server repeats a page token");
        token = std::move(*next);
    }
    return core::fail(core::ErrorKind::Protocol, where, "more than " + std::to_string(maxPages) + " pages");
}

} // namespace andon::net
