#pragma once
// The pull requests of a made history: how most merges of late were proposed, and what still waits. Pure.
#include "demo/lakefs/history.h"
#include "demo/story/plan.h"

namespace andon::demo
{

/// As the server writes them, by id. The merge of the story had none.
[[nodiscard]] std::vector<std::string> makePulls(const Plan &plan, const History &history);

} // namespace andon::demo
