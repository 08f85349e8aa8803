#pragma once
// The text files of resources/ that the programs need, compiled in.
#include <string_view>
#include <utility>
#include <vector>

namespace andon::app
{

/// name: path below resources/. "" when there is no such file.
[[nodiscard]] std::string_view resource(std::string_view name);
[[nodiscard]] const std::vector<std::pair<std::string_view, std::string_view>> &resources();

} // namespace andon::app
