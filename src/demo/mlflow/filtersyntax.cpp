#include "demo/mlflow/filtersyntax.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace andon::demo::mlflow
{

namespace
{

bool isSpace(char c)
{
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// Where the quote that opens at `from` is closed; "''" and "\\'" do not close it. npos: nowhere.
std::size_t closeOf(std::string_view text, std::size_t from)
{
    const char quote = text[from];
    for (std::size_t i = from + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == quote && i + 1 < text.size() && text[i + 1] == quote)
            ++i;
        else if (text[i] == quote)
            return i;
    }
    return std::string_view::npos;
}

/// Where the token that begins at `from` ends. A quote that is never closed is a token of its own.
std::size_t endOf(std::string_view text, std::size_t from)
{
    static constexpr std::string_view kOwn = "=!<>,;";
    const char first = text[from];
    if (first == '\'' || first == '"' || first == '`') {
        const std::size_t close = closeOf(text, from);
        return close == std::string_view::npos ? from + 1 : close + 1;
    }
    if (first == '(') {
        const std::size_t close = text.find(')', from);
        return close == std::string_view::npos ? text.size() : close + 1;
    }
    if (kOwn.find(first) != std::string_view::npos) {
        const bool pair = from + 1 < text.size() && (text[from + 1] == '=' || (first == '<' && text[from + 1] == '>'));
        return from + (pair && first != ',' && first != ';' ? 2 : 1);
    }
    std::size_t to = from;
    while (to < text.size() && !isSpace(text[to]) && kOwn.find(text[to]) == std::string_view::npos && text[to] != '(') {
        const char c = text[to];
        const std::size_t close = c == '\'' || c == '"' || c == '`' ? closeOf(text, to) : std::string_view::npos;
        to = close == std::string_view::npos ? to + 1 : close + 1; // tags."a b"
    }
    return to;
}

std::vector<std::string> tokensOf(std::string_view text)
{
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size();) {
        if (isSpace(text[i])) {
            ++i;
            continue;
        }
        const std::size_t to = endOf(text, i);
        tokens.emplace_back(text.substr(i, to - i));
        i = to;
    }
    return tokens;
}

bool isWord(const std::string &token)
{
    static constexpr std::array<std::string_view, 10> kKeywords{"AND", "OR",   "NOT",   "IS",      "NULL",
                                                                "IN",  "LIKE", "ILIKE", "BETWEEN", ";"};
    const std::string word = upper(token);
    const bool openQuote = token.size() == 1 && std::string_view("'\"`").find(token[0]) != std::string_view::npos;
    return !openQuote && std::find(kKeywords.begin(), kKeywords.end(), word) == kKeywords.end()
        && std::string_view("=!<>,(").find(token.front()) == std::string_view::npos;
}

bool isOperator(const std::string &op)
{
    static constexpr std::array<std::string_view, 8> kOperators{"=", "!=", "<", "<=", ">", ">=", "==", "<>"};
    return std::find(kOperators.begin(), kOperators.end(), op) != kOperators.end();
}

/// The comparison that begins at `i`, which moves past it.
std::optional<Comparison> comparisonAt(const std::vector<std::string> &tokens, std::size_t &i)
{
    const auto word = [&](std::size_t k) { return k < tokens.size() ? upper(tokens[k]) : std::string(); };
    if (!isWord(tokens[i]))
        return std::nullopt;
    std::size_t at = i + 1;
    Comparison out{.identifier = tokens[i], .op = word(at)};
    if (out.op == "IS") {
        const bool negated = word(at + 1) == "NOT";
        if (word(at + (negated ? 2 : 1)) != "NULL")
            return std::nullopt;
        out.op = negated ? "IS NOT NULL" : "IS NULL";
        i = at + (negated ? 3 : 2);
        return out;
    }
    if (out.op == "NOT")
        out.op += " " + word(++at);
    const bool list = out.op == "IN" || out.op == "NOT IN";
    const bool like = out.op.ends_with("LIKE");
    if ((!list && !like && !isOperator(out.op)) || ++at >= tokens.size())
        return std::nullopt;
    out.value = tokens[at];
    const bool group = out.value.front() == '(';
    const bool odd = std::isdigit(static_cast<unsigned char>(out.value.front())) && !isNumber(out.value); // 0x10
    if ((list && !group) || (!group && !isWord(out.value)) || odd)
        return std::nullopt;
    i = at + 1;
    return out;
}

} // namespace

Shape shapeOf(std::string_view text)
{
    const std::vector<std::string> tokens = tokensOf(text);
    Shape out;
    for (std::size_t i = 0; i < tokens.size();) {
        if (upper(tokens[i]) == "AND") {
            ++i;
            continue;
        }
        if (auto comparison = comparisonAt(tokens, i))
            out.comparisons.push_back(std::move(*comparison));
        else
            out.left.push_back(tokens[i++]);
    }
    return out;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

bool isNumber(const std::string &text)
{
    char *end = nullptr;
    (void)std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && text.find_first_not_of("0123456789.eE+-") == std::string::npos
        && text.front() != '+';
}

std::optional<std::string> unquoted(const std::string &text, std::string_view kinds)
{
    if (text.size() < 2 || text.front() != text.back() || kinds.find(text.front()) == std::string_view::npos)
        return std::nullopt;
    return text.substr(1, text.size() - 2);
}

std::optional<std::vector<std::string>> listOf(const std::string &text)
{
    std::vector<std::string> out;
    for (const std::string &token : tokensOf(std::string_view(text).substr(1, text.size() - 2))) {
        const auto item = unquoted(token);
        if (!item && token != ",")
            return std::nullopt;
        if (item)
            out.push_back(*item);
    }
    return out;
}

std::string pythonText(const std::string &text)
{
    const char quote = text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote || c == '\\')
            out += '\\';
        out += c;
    }
    return out + quote;
}

std::string pythonList(const std::vector<std::string> &items)
{
    std::string text;
    for (const std::string &item : items)
        text += (text.empty() ? "" : ", ") + pythonText(item);
    return "[" + text + "]";
}

} // namespace andon::demo::mlflow
