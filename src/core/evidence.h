#pragma once
// The raw answer behind a number, an edge or an action: what was asked, when, and the SHA-256 of what came back.
#include "core/ids.h"
#include "core/instant.h"

#include <string>

namespace andon::core
{

struct Evidence {
    SourceName source = {};
    std::string request = {}; ///< "GET /api/v1/repositories/…", no credentials
    int httpStatus = 0;
    Instant at = {}; ///< when the answer was read
    std::int64_t bytes = 0; ///< of the decoded body
    std::int64_t rows = 0; ///< items decoded from it
    std::string sha256 = {}; ///< 64 hex digits of the decoded body
    bool operator==(const Evidence &) const = default;
};

} // namespace andon::core
