#include "demo/lakefs/parameters.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace andon::demo::lakefs
{

namespace
{

enum class Kind { Text, Amount, Flag, Time, DiffType, PullStatus, NotEmpty, Path };

struct Parameter {
    const char *name;
    Kind kind;
    bool emptyIsMany = false; ///< it has a default: an empty value is taken for "more than one"
};

constexpr Parameter kParameters[] = {
    {"amount", Kind::Amount, true},
    {"limit", Kind::Flag},
    {"first_parent", Kind::Flag},
    {"presign", Kind::Flag},
    {"show_hidden", Kind::Flag, true},
    {"include_right_stats", Kind::Flag, true},
    {"user_metadata", Kind::Flag, true},
    {"since", Kind::Time},
    {"type", Kind::DiffType, true},
    {"status", Kind::PullStatus, true},
    {"objects", Kind::NotEmpty},
    {"prefixes", Kind::NotEmpty},
    {"path", Kind::Path},
};

constexpr Parameter kText{"", Kind::Text};

const Parameter &parameter(std::string_view name)
{
    for (const Parameter &one : kParameters)
        if (name == one.name)
            return one;
    return kText;
}

std::optional<bool> flagIn(const std::string &text)
{
    for (const char *word : {"1", "t", "T", "true", "TRUE", "True"})
        if (text == word)
            return true;
    for (const char *word : {"0", "f", "F", "false", "FALSE", "False"})
        if (text == word)
            return false;
    return std::nullopt;
}

Answer inQuery(std::string_view name, const std::string &words)
{
    return message(400, "parameter \"" + std::string(name) + "\" in query has an error: " + words);
}

Answer invalidFormat(std::string_view name, const std::string &words)
{
    return {.status = 400,
            .contentType = "text/plain; charset=utf-8",
            .body = "Invalid format for parameter " + std::string(name) + ": " + words + "\n",
            .headers = {{"X-Content-Type-Options", "nosniff"}}};
}

std::optional<Answer> refusedAmount(const std::string &text)
{
    std::int64_t amount = 100;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument)
        return inQuery("amount", "value " + text + ": an invalid integer: invalid syntax");
    if (error != std::errc())
        return inQuery("amount", "value " + text + ": an invalid integer: value out of range");
    if (amount <= 1000 && amount >= -1)
        return std::nullopt;
    return inQuery("amount",
                   std::string("number must be at ") + (amount > 1000 ? "most 1000" : "least -1")
                       + "\nSchema:\n  {\n    \"default\": 100,\n    \"maximum\": 1000,\n    \"minimum\": -1,\n    "
                         "\"type\": \"integer\"\n  }\n\nValue:\n  "
                       + std::to_string(amount) + "\n");
}

std::optional<Answer> refusedWord(std::string_view name, const std::string &value,
                                  const std::vector<std::string> &words, const char *fallback, const std::string &about)
{
    if (std::find(words.begin(), words.end(), value) != words.end())
        return std::nullopt;
    std::string list;
    std::string lines;
    for (const std::string &word : words) {
        list += (list.empty() ? "\"" : ",\"") + word + "\"";
        lines += (lines.empty() ? "      \"" : ",\n      \"") + word + "\"";
    }
    return inQuery(name,
                   "value is not one of the allowed values [" + list + "]\nSchema:\n  {\n    \"default\": \"" + fallback
                       + "\",\n" + about + "    \"enum\": [\n" + lines
                       + "\n    ],\n    \"type\": \"string\"\n  }\n\nValue:\n  \"" + value + "\"\n");
}

std::optional<Answer> refusedValue(std::string_view name, const Parameter &known, const std::string &value)
{
    if (value.empty()) {
        if (known.kind == Kind::Text || known.kind == Kind::Time || known.emptyIsMany)
            return std::nullopt;
        return inQuery(name, "empty value is not allowed");
    }
    switch (known.kind) {
    case Kind::Amount:
        return refusedAmount(value);
    case Kind::Flag:
        return flagIn(value) ? std::nullopt
                             : std::optional(inQuery(name, "value " + value + ": an invalid boolean: invalid syntax"));
    case Kind::Time:
        return looksLikeTime(value)
            ? std::nullopt
            : std::optional(inQuery(
                name,
                "string doesn't match the format \"date-time\": string doesn't match pattern \"^[0-9]{4}-(0[1-9]|10|11|"
                "12)-(0[1-9]|[12][0-9]|3[01])T([0-1][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)[0-9]"
                "{2}:[0-9]{2})?$\""));
    case Kind::DiffType:
        return refusedWord(name, value, {"two_dot", "three_dot"}, "three_dot", {});
    case Kind::PullStatus:
        return refusedWord(name, value, {"open", "closed", "all"}, "all",
                           "    \"description\": \"filter pull requests by status\",\n");
    default:
        return std::nullopt;
    }
}

bool isBranchName(const std::string &name)
{
    const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    return !name.empty() && word(name[0])
        && std::all_of(name.begin(), name.end(), [&](char c) { return word(c) || c == '-'; });
}

bool isTagName(const std::string &name)
{
    const auto bad = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == 127
            || std::string_view("^:?*[\\/").find(c) != std::string::npos;
    };
    return !name.empty() && name != "@" && !name.ends_with('.') && !name.ends_with(".lock")
        && name.find("..") == std::string::npos && name.find("@{") == std::string::npos
        && std::none_of(name.begin(), name.end(), bad);
}

bool isRefExpression(const std::string &name)
{
    return std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::isspace(c); });
}

bool isRepositoryName(const std::string &name)
{
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return name.size() >= 3 && name.size() <= 63 && name[0] != '-' && std::all_of(name.begin(), name.end(), fits);
}

std::optional<Answer> refusedName(bool fits, const char *argument, const char *what)
{
    if (fits)
        return std::nullopt;
    return message(400, std::string("argument ") + argument + ": " + what + ": invalid value: validation error");
}

} // namespace

std::optional<Answer> refusedValues(const Found &found, const Params &params)
{
    for (const std::string_view name : found.query) {
        const Parameter &known = parameter(name);
        bool given = false;
        for (const auto &[key, value] : params) {
            if (key != name)
                continue;
            given = true;
            if (auto refused = refusedValue(name, known, value))
                return refused;
            if (known.kind != Kind::NotEmpty)
                break; // of several values the first is looked at
        }
        if (known.kind == Kind::Path && !given)
            return inQuery(name, "value is required but missing");
    }
    return std::nullopt;
}

std::optional<Answer> ambiguous(const Found &found, const Params &params)
{
    for (const std::string_view name : found.query) {
        const Parameter &known = parameter(name);
        if (known.kind == Kind::NotEmpty)
            continue; // a list
        const std::string since = known.kind == Kind::Time ? param(params, name) : std::string();
        if (!since.empty() && !parseTime(since)) // a day or a zone that is not
            return invalidFormat(name,
                                 "error parsing '" + since + "' as RFC3339 or 2006-01-02 time: parsing time \"" + since
                                     + "\": extra text: \"" + since.substr(since.find('T')) + "\"");
        const auto count =
            std::count_if(params.begin(), params.end(), [&](const auto &pair) { return pair.first == name; });
        if (count < 2 && !(count == 1 && known.emptyIsMany && param(params, name).empty()))
            continue;
        return invalidFormat(name, "multiple values for single value parameter '" + std::string(name) + "'");
    }
    return std::nullopt;
}

std::optional<Answer> refusedNames(const Found &found)
{
    const auto &names = found.names;
    if (auto refused = refusedName(isRepositoryName(names[0]), "repository", "repository id"))
        return refused;
    switch (found.call) {
    case Call::Branch:
    case Call::BranchDiff:
        return refusedName(isBranchName(names[1]), "branch", "branch id");
    case Call::Tag:
        return refusedName(isTagName(names[1]), "tagID", "tag id");
    case Call::Log:
    case Call::Objects:
    case Call::ObjectList:
    case Call::ObjectStat:
    case Call::ObjectProperties:
        return refusedName(isRefExpression(names[1]), "ref", "ref");
    case Call::Diff:
        if (auto refused = refusedName(isRefExpression(names[1]), "left", "ref"))
            return refused;
        return refusedName(isRefExpression(names[2]), "right", "ref");
    case Call::MergeBase: // the other way round
        if (auto refused = refusedName(isRefExpression(names[2]), "destination", "ref"))
            return refused;
        return refusedName(isRefExpression(names[1]), "source", "ref");
    default:
        return std::nullopt;
    }
}

std::optional<Answer> refusedRange(const std::string &range)
{
    const bool fits = range.starts_with("bytes=") && range.find('-') != std::string::npos
        && range.find_first_not_of("0123456789-, ", 6) == std::string::npos;
    if (range.empty() || fits)
        return std::nullopt;
    return message(
        400,
        "parameter \"Range\" in header has an error: string doesn't match the regular expression "
        "\"^bytes=((\\d*-\\d*,? ?)+)$\"\nSchema:\n  {\n    \"pattern\": \"^bytes=((\\\\d*-\\\\d*,? ?)+)$\",\n"
        "    \"type\": \"string\"\n  }\n\nValue:\n  \""
            + range + "\"\n");
}

int amountOf(const Params &params)
{
    const std::string text = param(params, "amount", "100");
    int amount = 100;
    std::from_chars(text.data(), text.data() + text.size(), amount);
    return amount <= 0 ? 100 : amount;
}

bool isOnPage(const std::string &name, const Params &params)
{
    return name.starts_with(param(params, "prefix"))
        && (param(params, "after").empty() || name > param(params, "after"));
}

bool flagOf(const Params &params, std::string_view name, bool fallback)
{
    return flagIn(param(params, name)).value_or(fallback);
}

} // namespace andon::demo::lakefs
