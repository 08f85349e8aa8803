#pragma once
// An anchored regular expression with the syntax of RE2, matched by PCRE. Immutable; any thread.
#include "core/result.h"

#include <QRegularExpression>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace andon::demo::promql
{

class Regex
{
public:
    [[nodiscard]] static core::Result<Regex> make(std::string_view pattern);

    [[nodiscard]] bool matches(std::string_view text) const;
    /// Go's Expand: `$1`, `${1}`, `$name`, `${name}` and `$$` in `pattern`. Nothing when the text does not match.
    [[nodiscard]] std::optional<std::string> expand(std::string_view text, std::string_view pattern) const;

private:
    std::vector<std::string> m_words; ///< when the pattern is only `a|b|c`: no need of PCRE
    QRegularExpression m_regex;
};

} // namespace andon::demo::promql
