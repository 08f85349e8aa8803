#pragma once
// The calls below /repositories/{repository}. Internal to the dialect.
#include "demo/lakefs/lakefsanswers.h"

namespace andon::demo::lakefs
{

/// path: the decoded segments after the repository's name.
[[nodiscard]] Answer callRepository(const History &history, const std::vector<std::string> &path, const Params &params);

} // namespace andon::demo::lakefs
