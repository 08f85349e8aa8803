#include "demo/mlflow/runfilter.h"

#include <cctype>
#include <cstdlib>
#include <strings.h>

namespace andon::demo
{

namespace
{

/// Words, quoted strings and operators.
std::optional<std::vector<std::string>> split(const std::string &text)
{
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (std::isspace(static_cast<unsigned char>(c))) {
            ++i;
        } else if (c == '\'' || c == '"') {
            const std::size_t end = text.find(c, i + 1);
            if (end == std::string::npos)
                return std::nullopt;
            tokens.push_back("'" + text.substr(i + 1, end - i - 1));
            i = end + 1;
        } else if (c == '=' || c == '!' || c == '<' || c == '>') {
            const std::size_t size = i + 1 < text.size() && text[i + 1] == '=' ? 2 : 1;
            tokens.push_back(text.substr(i, size));
            i += size;
        } else {
            std::size_t end = i;
            bool quoted = false;
            while (end < text.size()
                   && (quoted
                       || (!std::isspace(static_cast<unsigned char>(text[end])) && text[end] != '=' && text[end] != '!'
                           && text[end] != '<' && text[end] != '>')))
                quoted ^= text[end++] == '`';
            tokens.push_back(text.substr(i, end - i));
            i = end;
        }
    }
    return tokens;
}

std::string lookUp(const Pairs &pairs, const std::string &key)
{
    for (const auto &[name, value] : pairs)
        if (name == key)
            return value;
    return {};
}

std::string valueOf(const DemoRun &run, std::string key)
{
    std::erase(key, '`');
    for (const char *prefix : {"attributes.", "attribute.", "attr.", "run."})
        if (key.starts_with(prefix))
            key = key.substr(std::string(prefix).size());
    for (const char *prefix : {"tags.", "tag."})
        if (key.starts_with(prefix))
            return lookUp(run.tags, key.substr(std::string(prefix).size()));
    for (const char *prefix : {"params.", "param.", "parameters."})
        if (key.starts_with(prefix))
            return lookUp(run.params, key.substr(std::string(prefix).size()));
    if (key == "start_time")
        return std::to_string(run.start);
    if (key == "end_time")
        return run.end ? std::to_string(run.end) : std::string();
    if (key == "run_id")
        return run.id;
    if (key == "status")
        return run.status;
    if (key == "run_name" || key == "Name")
        return run.name;
    if (key == "user_id")
        return run.user;
    if (key == "dataset.name")
        return run.dataset ? run.dataset->name : std::string();
    if (key == "dataset.digest")
        return run.dataset ? run.dataset->digest : std::string();
    if (key == "dataset.context")
        return run.dataset ? "training" : std::string();
    return {};
}

} // namespace

std::optional<std::vector<RunClause>> parseRunFilter(const std::string &filter)
{
    const auto tokens = split(filter);
    if (!tokens)
        return std::nullopt;
    std::vector<RunClause> clauses;
    for (std::size_t i = 0; i < tokens->size();) {
        if (i + 2 >= tokens->size())
            return std::nullopt;
        std::string value = (*tokens)[i + 2];
        if (value.starts_with('\''))
            value.erase(0, 1);
        clauses.push_back({(*tokens)[i], (*tokens)[i + 1], value});
        i += 3;
        if (i < tokens->size() && ::strcasecmp((*tokens)[i++].c_str(), "AND") != 0)
            return std::nullopt;
    }
    return clauses;
}

bool matches(const std::vector<RunClause> &clauses, const DemoRun &run)
{
    for (const RunClause &clause : clauses) {
        const std::string value = valueOf(run, clause.key);
        const bool time = clause.key.ends_with("_time");
        if (time && value.empty())
            return false;
        const long long a = time ? std::atoll(value.c_str()) : value.compare(clause.value);
        const long long b = time ? std::atoll(clause.value.c_str()) : 0;
        const bool holds = clause.op == "=" ? a == b
            : clause.op == "!="             ? a != b
            : clause.op == "<"              ? a < b
            : clause.op == "<="             ? a <= b
            : clause.op == ">"              ? a > b
            : clause.op == ">="             ? a >= b
                                : value.find(clause.value.substr(0, clause.value.find('%'))) != std::string::npos;
        if (!holds)
            return false;
    }
    return true;
}

} // namespace andon::demo
