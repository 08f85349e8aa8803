#pragma once
// Repositories as recorded from a real server (history.md has the format), so that the dialect answers for them as that
// server did.
#include "core/result.h"
#include "demo/lakefs/lakefsdialect.h"

#include <string_view>

namespace andon::demo
{

struct Recording {
    ServerWords server = {};
    std::vector<History> repositories = {};
};

/// Reads the text of a history file. `where` names it in errors.
[[nodiscard]] core::Result<Recording> parseHistories(std::string_view text, const std::string &where);
[[nodiscard]] core::Result<Recording> readHistories(const std::string &file);

} // namespace andon::demo
