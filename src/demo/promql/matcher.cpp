#include "demo/promql/matcher.h"

#include "demo/promql/labels.h"
#include "demo/promql/regex.h"

#include <algorithm>

namespace andon::demo::promql
{

core::Result<Matcher> Matcher::make(Type type, std::string name, std::string value)
{
    Matcher made;
    if (type == Regexp || type == NotRegexp) {
        auto regex = Regex::make(value);
        if (!regex)
            return core::fail(regex.error());
        made.m_regex = std::make_shared<const Regex>(std::move(*regex));
    }
    made.m_type = type;
    made.m_name = std::move(name);
    made.m_value = std::move(value);
    return made;
}

bool Matcher::matches(std::string_view labelValue) const
{
    switch (m_type) {
    case Equal:
        return labelValue == m_value;
    case NotEqual:
        return labelValue != m_value;
    case Regexp:
        return m_regex->matches(labelValue);
    case NotRegexp:
        return !m_regex->matches(labelValue);
    }
    return false;
}

bool matches(const Labels &labels, const std::vector<Matcher> &matchers)
{
    return std::all_of(matchers.begin(), matchers.end(),
                       [&](const Matcher &matcher) { return matcher.matches(labelOf(labels, matcher.name())); });
}

} // namespace andon::demo::promql
