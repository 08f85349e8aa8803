#pragma once
// Server text as it may be shown: data, never markup, control or direction. Pure; any thread.
#include <QString>

#include <string_view>

namespace andon::text
{

/// UTF-8 with invalid bytes as U+FFFD; C0, C1 and bidirectional controls as visible marks, line breaks and tabs as one
/// space: for one line.
[[nodiscard]] QString visible(std::string_view utf8);
/// The same, keeping line breaks and tabs: for a text box.
[[nodiscard]] QString visibleLines(std::string_view utf8);
/// The first 12 hex digits of a commit id; other text stays.
[[nodiscard]] QString shortId(std::string_view id);

} // namespace andon::text
