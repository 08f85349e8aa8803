#pragma once
// Reads everything that a lakeFS says of some repositories, as src/demo/lakefs/history.md describes.
#include "tests/integration/lakefs/lake.h"

namespace andon::test
{

/// The text of a history file. Look at lake.wrong().
[[nodiscard]] std::string recordHistory(Lake &lake, const std::vector<std::string> &repositories);

} // namespace andon::test
