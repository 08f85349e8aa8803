#pragma once
// What recorded logs tell of the order of commits within one second: the server walks by finer dates than it shows.
#include "demo/lakefs/history.h"

namespace andon::demo
{

/// Sets DemoCommit::order. Each log is the whole log of one head, as the server gave it.
void orderInSeconds(History &history, const std::vector<std::vector<std::int32_t>> &logs);

} // namespace andon::demo
