#pragma once
// Repositories as recorded from a real server (history.md has the format), so that the dialect answers for them as that
// server did.
#include "core/result.h"
#include "demo/lakefs/history.h"

#include <string_view>

namespace andon::demo
{

/// Reads the text of a history file. `where` names it in errors.
[[nodiscard]] core::Result<std::vector<History>> parseHistories(std::string_view text, const std::string &where);
[[nodiscard]] core::Result<std::vector<History>> readHistories(const std::string &file);

} // namespace andon::demo
