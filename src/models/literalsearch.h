#pragma once
// Where bytes stand in many bytes: sixteen places at a time. Pure; any thread.
#include <cstddef>
#include <string_view>

namespace andon::models
{

/// The first place of `needle` at or after `from`; std::string_view::npos when there is none. An empty needle is
/// everywhere.
[[nodiscard]] std::size_t findLiteral(std::string_view haystack, std::string_view needle, std::size_t from);

} // namespace andon::models
