#pragma once
// What the server refuses before it looks at a call, in its words: query parameters that its specification does not
// allow, and names in the path that can stand for nothing. Internal to the dialect.
#include "demo/lakefs/routes.h"

namespace andon::demo::lakefs
{

/// Values outside of the specification; comes before signing in.
[[nodiscard]] std::optional<Answer> refusedValues(const Found &found, const Params &params);
/// One value was expected and several came, or an empty one.
[[nodiscard]] std::optional<Answer> ambiguous(const Found &found, const Params &params);
[[nodiscard]] std::optional<Answer> refusedNames(const Found &found);
[[nodiscard]] std::optional<Answer> refusedRange(const std::string &range); ///< value of the header

// Of parameters that were not refused.
[[nodiscard]] int amountOf(const Params &params); ///< 0 and -1 are 100
[[nodiscard]] bool isOnPage(const std::string &name, const Params &params); ///< by prefix and after
[[nodiscard]] bool flagOf(const Params &params, std::string_view name, bool fallback = false);

} // namespace andon::demo::lakefs
