#pragma once
// One condition on a label: the regular expression is anchored and compiled once. Copies share it; any thread.
#include "core/result.h"
#include "demo/promql/values.h"

#include <memory>

namespace andon::demo::promql
{

class Regex;

class Matcher
{
public:
    enum Type { Equal, NotEqual, Regexp, NotRegexp };

    Matcher() = default;
    /// Fails, with the sentence of Go's regexp where it is simple, when the expression is not one of RE2.
    [[nodiscard]] static core::Result<Matcher> make(Type type, std::string name, std::string value);

    [[nodiscard]] Type type() const { return m_type; }
    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] const std::string &value() const { return m_value; }
    /// A label that is not there has the value "".
    [[nodiscard]] bool matches(std::string_view labelValue) const;

private:
    Type m_type = Equal;
    std::string m_name;
    std::string m_value;
    std::shared_ptr<const Regex> m_regex;
};

[[nodiscard]] bool matches(const Labels &labels, const std::vector<Matcher> &matchers);

} // namespace andon::demo::promql
