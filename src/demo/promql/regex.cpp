#include "demo/promql/regex.h"

#include <algorithm>
#include <charconv>

namespace andon::demo::promql
{

namespace
{
QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

core::Result<void> refuse(std::string_view why, std::string_view what)
{
    return core::fail(core::ErrorKind::Invalid, "regexp",
                      "error parsing regexp: " + std::string(why) + ": `" + std::string(what) + "`");
}

bool isQuantifier(char c)
{
    return c == '*' || c == '+' || c == '?';
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// `(?` of RE2: flags, a group without a number, a named group. All else is of Perl.
core::Result<void> checkGroup(std::string_view rest)
{
    if (rest.starts_with("?P<"))
        return {};
    if (rest.starts_with("?")) {
        const std::size_t end = rest.find_first_not_of("imsU-", 1);
        if (end == std::string_view::npos || (rest[end] != ':' && rest[end] != ')') || (end == 1 && rest[end] == ')'))
            return refuse("invalid or unsupported Perl syntax", "(" + std::string(rest.substr(0, 2)));
    }
    return {};
}

/// What PCRE would take and RE2 does not.
core::Result<void> checkSyntax(std::string_view pattern)
{
    bool inClass = false;
    std::size_t classBegin = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\') {
            if (i + 1 == pattern.size())
                return refuse("trailing backslash at end of expression", "");
            const char next = pattern[++i];
            constexpr std::string_view known = "AbBdDfnrsStvwWxzaQEpPC0";
            if (isWordByte(next) && known.find(next) == std::string_view::npos)
                return refuse("invalid escape sequence", pattern.substr(i - 1, 2));
            continue;
        }
        if (inClass) {
            inClass = c != ']';
        } else if (c == '[') {
            inClass = true;
            classBegin = i;
            if (i + 1 < pattern.size() && pattern[i + 1] == '^')
                ++i;
            if (i + 1 < pattern.size() && pattern[i + 1] == ']')
                ++i;
        } else if (c == '(') {
            if (auto checked = checkGroup(pattern.substr(i + 1)); !checked)
                return checked;
        } else if (isQuantifier(c) && i > 0 && isQuantifier(pattern[i - 1]) && (i < 2 || pattern[i - 2] != '\\')
                   && c != '?') {
            return refuse("invalid nested repetition operator", pattern.substr(i - 1, 2));
        } else if (isQuantifier(c) && i == 0) {
            return refuse("missing argument to repetition operator", pattern.substr(0, 1));
        }
    }
    if (inClass)
        return refuse("missing closing ]", std::string(pattern.substr(classBegin)) + ")$");
    return {};
}

std::vector<std::string> wordsOf(std::string_view pattern)
{
    std::vector<std::string> words;
    if (pattern.find_first_of("\\.+*?()[]{}^$") != std::string_view::npos)
        return words;
    for (std::size_t from = 0;;) {
        const std::size_t bar = pattern.find('|', from);
        words.emplace_back(pattern.substr(from, bar - from));
        if (bar == std::string_view::npos)
            return words;
        from = bar + 1;
    }
}

/// In the words of Go where PCRE's are known.
std::string sentenceOf(const QRegularExpression &regex)
{
    const std::string said = regex.errorString().toStdString();
    if (said == "missing closing parenthesis")
        return "missing closing )";
    return said == "unmatched closing parenthesis" ? "unexpected )" : said;
}

std::string group(const QRegularExpressionMatch &match, std::string_view name)
{
    int number = 0;
    const auto end = std::from_chars(name.data(), name.data() + name.size(), number);
    if (end.ec == std::errc() && end.ptr == name.data() + name.size())
        return match.captured(number).toStdString();
    // Qt warns about a name that is not a group.
    const QStringList names = match.regularExpression().namedCaptureGroups();
    return names.contains(toQt(name)) ? match.captured(toQt(name)).toStdString() : std::string();
}
} // namespace

core::Result<Regex> Regex::make(std::string_view pattern)
{
    if (auto checked = checkSyntax(pattern); !checked)
        return core::fail(checked.error());
    Regex made;
    made.m_words = wordsOf(pattern);
    made.m_regex = QRegularExpression(QStringLiteral("\\A(?:") + toQt(pattern) + QStringLiteral(")\\z"));
    if (!made.m_regex.isValid())
        return core::fail(refuse(sentenceOf(made.m_regex), "^(?:" + std::string(pattern) + ")$").error());
    // Alone as well: `a)(b` would be whole between the parentheses of the anchors.
    if (const QRegularExpression alone(toQt(pattern)); !alone.isValid())
        return core::fail(refuse(sentenceOf(alone), pattern).error());
    made.m_regex.optimize();
    return made;
}

bool Regex::matches(std::string_view text) const
{
    if (!m_words.empty())
        return std::find(m_words.begin(), m_words.end(), text) != m_words.end();
    return m_regex.match(toQt(text)).hasMatch();
}

std::optional<std::string> Regex::expand(std::string_view text, std::string_view pattern) const
{
    const QRegularExpressionMatch match = m_regex.match(toQt(text));
    if (!match.hasMatch())
        return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < pattern.size();) {
        if (pattern[i] != '$') {
            out += pattern[i++];
            continue;
        }
        const bool brace = i + 1 < pattern.size() && pattern[i + 1] == '{';
        const std::size_t from = i + (brace ? 2 : 1);
        std::size_t end = from;
        while (end < pattern.size() && isWordByte(pattern[end]))
            ++end;
        const bool closed = !brace || (end < pattern.size() && pattern[end] == '}');
        if (end == from || !closed) { // `$$` is a dollar; a malformed reference stands for itself
            const bool twice = !brace && from < pattern.size() && pattern[from] == '$';
            out += '$';
            i += twice ? 2 : 1;
            continue;
        }
        out += group(match, pattern.substr(from, end - from));
        i = end + (brace ? 1 : 0);
    }
    return out;
}

} // namespace andon::demo::promql
