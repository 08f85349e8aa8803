#pragma once
// Two lists of lines beside each other: what is in both stands in one row. Pure.
#include <string>
#include <utility>
#include <vector>

namespace andon::text
{

/// Rows of (index in a, index in b); -1: not there. The longest common order where both are short enough, else whatever
/// begins and ends alike.
[[nodiscard]] std::vector<std::pair<int, int>> linePairs(const std::vector<std::string> &a,
                                                         const std::vector<std::string> &b);

} // namespace andon::text
