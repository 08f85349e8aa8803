#pragma once
#include <string>
#include <string_view>

namespace andon::net
{

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

} // namespace andon::net
