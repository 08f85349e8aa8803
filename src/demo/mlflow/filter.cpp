#include "demo/mlflow/filter.h"

#include "demo/mlflow/filtersyntax.h"

#include <algorithm>
#include <cstdlib>

namespace andon::demo::mlflow
{

namespace
{

using Words = std::vector<std::string>;

bool has(const Words &words, const std::string &word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

const Words &attributesOf(Searched searched)
{
    static const Words kRuns = {"end_time", "artifact_uri", "start_time", "run_name", "Created",  "created",
                                "status",   "user_id",      "run_id",     "Run name", "run name", "Run Name"};
    static const Words kExperiments = {"experiment_id", "creation_time", "last_update_time", "name"};
    static const Words kModels = {"name"};
    static const Words kVersions = {"run_id", "source_path", "version_number", "name"};
    static const Words kLogged = {"name",
                                  "model_id",
                                  "model_type",
                                  "status",
                                  "source_run_id",
                                  "experiment_id",
                                  "creation_timestamp",
                                  "creation_timestamp_ms",
                                  "last_updated_timestamp",
                                  "last_updated_timestamp_ms"};
    return searched == Searched::Runs       ? kRuns
        : searched == Searched::Experiments ? kExperiments
        : searched == Searched::Models      ? kModels
        : searched == Searched::Versions    ? kVersions
                                            : kLogged;
}

/// Attributes that may be compared with a list.
const Words &listedOf(Searched searched)
{
    static const Words kRuns = {"run_id"};
    static const Words kExperiments = {"experiment_id"};
    static const Words kModels = {"name"};
    static const Words kVersions = {"name", "run_id"};
    static const Words kLogged = {"name", "model_id", "model_type", "status", "source_run_id", "experiment_id"};
    return searched == Searched::Runs       ? kRuns
        : searched == Searched::Experiments ? kExperiments
        : searched == Searched::Models      ? kModels
        : searched == Searched::Versions    ? kVersions
                                            : kLogged;
}

std::string runEntity(const std::string &word)
{
    static const std::vector<std::pair<std::string, std::string>> kNames = {
        {"metrics", "metric"},       {"metric", "metric"},       {"params", "parameter"}, {"param", "parameter"},
        {"parameters", "parameter"}, {"parameter", "parameter"}, {"tags", "tag"},         {"tag", "tag"},
        {"attributes", "attribute"}, {"attribute", "attribute"}, {"attr", "attribute"},   {"run", "attribute"},
        {"datasets", "dataset"},     {"dataset", "dataset"}};
    for (const auto &[name, entity] : kNames)
        if (name == word)
            return entity;
    return {};
}

Parsed<std::string> entityOf(const std::string &word, Searched searched)
{
    if (searched == Searched::Runs) {
        const std::string entity = runEntity(word);
        return entity.empty() ? Parsed<std::string>(refuse("Invalid entity type '" + word
                                                           + "'. Valid values are ['metric', 'parameter', 'tag', "
                                                             "'attribute', 'dataset']"))
                              : entity;
    }
    if (searched == Searched::LoggedModels) {
        if (word == "attributes" || word == "metrics" || word == "params" || word == "tags")
            return runEntity(word);
        return refuse("Invalid entity type: '" + word
                      + "'. Expected one of ['attributes', 'metrics', 'params', 'tags'].");
    }
    if (word == "attribute" || word == "tag" || word == "tags")
        return runEntity(word);
    return refuse("Invalid entity type '" + word + "'. Valid entity types are ('attribute', 'tag', 'tags')");
}

bool isListOp(const std::string &op)
{
    return op == "IN" || op == "NOT IN";
}

bool isNullOp(const std::string &op)
{
    return op.starts_with("IS ");
}

/// Which comparators a key takes; the server tells them all when it refuses another one.
Words comparatorsOf(const FilterKey &key, Searched searched)
{
    if (isNumeric(key))
        return {"=", "!=", "<", "<=", ">", ">="};
    if (key.entity == "attribute" || key.entity == "dataset")
        return {"=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"};
    if (searched == Searched::Runs || searched == Searched::Experiments)
        return {"=", "!=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"};
    return {"=", "!=", "LIKE", "ILIKE"};
}

std::optional<Refusal> refuseOp(const FilterClause &clause, Searched searched)
{
    const auto &[entity, name] = clause.key;
    const Words known = comparatorsOf(clause.key, searched);
    if (has(known, clause.op))
        return std::nullopt;
    if (searched == Searched::LoggedModels)
        return Refusal{.message = "Invalid comparison operator for " + entity + "s." + name + ": '" + clause.op
                           + "'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN')."};
    if (searched == Searched::Models || searched == Searched::Versions)
        return Refusal{.message = "Invalid comparator for " + entity + (isNumeric(clause.key) ? " " + name : "") + ": "
                           + clause.op};
    const bool number = isNumeric(clause.key) || entity == "dataset";
    // Of a numeric attribute the server names what a text takes.
    const Words named = entity == "attribute" ? comparatorsOf({.name = "name"}, searched) : known;
    return Refusal{.message =
                       "Invalid comparator '" + clause.op + "' not one of '" + pythonSet(named) + (number ? "" : "'")};
}

std::optional<Refusal> refuseNull(const FilterKey &key, Searched searched)
{
    const bool runs = searched == Searched::Runs;
    if (searched == Searched::Models || searched == Searched::Versions)
        return Refusal{.kind = Refusal::Kind::Crash};
    if (key.entity == "tag" || (runs && key.entity == "parameter"))
        return std::nullopt;
    return Refusal{.message = std::string("IS NULL / IS NOT NULL is only supported for tags")
                       + (runs ? " and params, not for '" + key.entity + "' '" : ", not for " + key.entity + " '")
                       + key.name + "'"};
}

std::string notText(const FilterKey &key, const std::string &value, Searched searched)
{
    if (searched == Searched::Versions && key.entity == "attribute")
        return "Only the '" + pythonSet({"creation_timestamp", "version_number", "last_updated_timestamp"})
            + "' attributes support comparison with numeric values.";
    const std::string what = key.entity == "dataset" ? "dataset attributes"
        : key.entity == "attribute"                  ? "attributes"
                                                     : key.entity + " (e.g. 'my-value')";
    const bool orList = searched == Searched::Models && key.entity == "attribute";
    return std::string("Expected a quoted string value ") + (orList ? "or a list of quoted string values " : "")
        + "for " + what + ". Got value " + value;
}

Parsed<Words> listValue(const FilterKey &key, const std::string &value, Searched searched)
{
    if (key.entity != "dataset" && key.entity != "attribute")
        return refuse(notText(key, value, searched));
    if (key.entity == "attribute" && !has(listedOf(searched), key.name))
        return refuse("Only " + pythonList(listedOf(searched))
                      + " attributes support comparison with a list of quoted string values.");
    auto items = listOf(value);
    if (!items)
        return tl::make_unexpected(Refusal{.kind = Refusal::Kind::Crash});
    if (items->empty())
        return refuse("While parsing a list in the query, expected a non-empty list of string values, but got empty "
                      "list");
    return *items;
}

Parsed<Words> numberValue(const FilterKey &key, const std::string &value, Searched searched)
{
    const auto text = unquoted(value);
    const bool quotedToo = searched == Searched::Versions && text;
    if (!isNumber(quotedToo ? *text : value) && searched == Searched::LoggedModels)
        return tl::make_unexpected(Refusal{.kind = Refusal::Kind::Internal,
                                           .message = "could not convert string to float: " + pythonText(value)});
    if (!isNumber(quotedToo ? *text : value) && searched != Searched::Versions)
        return refuse(key.entity == "metric"
                          ? "Expected numeric value type for metric. Found " + value
                          : "Expected numeric value type for numeric attribute: " + key.name + ". Found " + value);
    if (value.front() == '(')
        return listValue(key, value, searched);
    if (!text && !isNumber(value))
        return refuse("Parameter value is either not quoted or unidentified quote types used for string value " + value
                      + ". Use either single or double quotes.");
    return Words{text.value_or(value)};
}

/// What a comparison compares with.
Parsed<Words> valueOf(const FilterKey &key, const std::string &value, Searched searched)
{
    if (isNumeric(key))
        return numberValue(key, value, searched);
    if (value.front() == '(')
        return listValue(key, value, searched);
    if (const auto text = unquoted(value))
        return Words{*text};
    if (searched == Searched::LoggedModels)
        return Words{value};
    if (isNumber(value))
        return refuse(notText(key, value, searched));
    return refuse("Parameter value is either not quoted or unidentified quote types used for string value " + value
                  + ". Use either single or double quotes.");
}

Parsed<FilterClause> clauseOf(const Comparison &comparison, Searched searched)
{
    if (comparison.identifier.front() == '\'')
        return refuse("Invalid comparison clause. Expected 'Identifier' found '" + comparison.identifier + "'");
    const auto key = keyOf(comparison.identifier, searched);
    if (!key)
        return tl::make_unexpected(key.error());
    FilterClause clause{.key = *key, .op = comparison.op};
    if (isNullOp(clause.op) && searched == Searched::LoggedModels)
        return refuse("Invalid comparison: " + comparison.identifier + clause.op
                      + ". Expected a comparison with 3 tokens.");
    if (isNullOp(clause.op)) {
        if (auto refusal = refuseNull(*key, searched))
            return tl::make_unexpected(*refusal);
        return clause;
    }
    auto values = valueOf(*key, comparison.value, searched);
    if (!values)
        return tl::make_unexpected(values.error());
    clause.values = std::move(*values);
    if (auto refusal = refuseOp(clause, searched))
        return tl::make_unexpected(*refusal);
    return clause;
}

/// SQL's LIKE: % any text, _ any character.
bool like(const char *text, const char *pattern)
{
    if (!*pattern)
        return !*text;
    if (*pattern == '%')
        return like(text, pattern + 1) || (*text && like(text + 1, pattern));
    return *text && (*pattern == '_' || *pattern == *text) && like(text + 1, pattern + 1);
}

template <typename T> bool compare(const std::string &op, const T &a, const T &b)
{
    return op == "=" ? a == b
        : op == "!=" ? a != b
        : op == "<"  ? a < b
        : op == "<=" ? a <= b
        : op == ">"  ? a > b
                     : a >= b;
}

bool holds(const FilterClause &clause, const std::string &value)
{
    const std::string &wanted = clause.values.front();
    if (clause.op == "LIKE")
        return like(value.c_str(), wanted.c_str());
    if (clause.op == "ILIKE")
        return like(upper(value).c_str(), upper(wanted).c_str());
    if (isListOp(clause.op))
        return has(clause.values, value) == (clause.op == "IN");
    if (isNumeric(clause.key))
        return compare(clause.op, std::strtod(value.c_str(), nullptr), std::strtod(wanted.c_str(), nullptr));
    return compare(clause.op, value, wanted);
}

} // namespace

tl::unexpected<Refusal> refuse(std::string message)
{
    return tl::make_unexpected(Refusal{.message = std::move(message)});
}

std::string pythonSet(const std::vector<std::string> &items)
{
    const std::string list = pythonList(items);
    return "{" + list.substr(1, list.size() - 2) + "}";
}

std::string badKey(const std::string &what, const std::string &key, const std::vector<std::string> &known)
{
    return "Invalid " + what + " key '" + key + "' specified. Valid keys are '" + pythonSet(known) + "'";
}

bool isNumeric(const FilterKey &key)
{
    static const Words kNumbers = {"start_time",
                                   "end_time",
                                   "Created",
                                   "created",
                                   "creation_time",
                                   "last_update_time",
                                   "version_number",
                                   "creation_timestamp",
                                   "creation_timestamp_ms",
                                   "last_updated_timestamp",
                                   "last_updated_timestamp_ms",
                                   "timestamp"};
    return key.entity == "metric" || (key.entity == "attribute" && has(kNumbers, key.name));
}

Parsed<FilterKey> keyOf(const std::string &identifier, Searched searched)
{
    const std::size_t dot = unquoted(identifier, "\"`") ? std::string::npos : identifier.find('.');
    FilterKey key;
    const std::string rest = dot == std::string::npos ? identifier : identifier.substr(dot + 1);
    key.name =
        unquoted(rest, searched == Searched::LoggedModels && dot == std::string::npos ? "" : "'\"`").value_or(rest);
    if (dot != std::string::npos) {
        auto entity = entityOf(identifier.substr(0, dot), searched);
        if (!entity)
            return tl::make_unexpected(entity.error());
        key.entity = *entity;
    }
    static const Words kDataset = {"digest", "context", "name"};
    if (key.entity == "dataset" && !has(kDataset, key.name))
        return refuse(badKey("dataset", key.name, kDataset));
    if (key.entity != "attribute" || has(attributesOf(searched), key.name))
        return key;
    if (searched == Searched::LoggedModels)
        return tl::make_unexpected(
            Refusal{.kind = Refusal::Kind::Internal,
                    .message = "type object 'SqlLoggedModel' has no attribute " + pythonText(rest)});
    return refuse(badKey("attribute", key.name, attributesOf(searched)));
}

Parsed<Filter> parseFilter(const std::string &text, Searched searched)
{
    const Shape shape = shapeOf(text);
    if (!shape.left.empty() && searched == Searched::LoggedModels)
        return refuse("Invalid filter string: " + pythonText(text)
                      + ". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = "
                        "0.01').");
    if (!shape.left.empty()) {
        std::string words;
        for (const std::string &word : shape.left)
            words += (words.empty() ? "" : ", ") + (searched == Searched::Runs ? "'" + word + "'" : word);
        return refuse("Invalid clause(s) in filter string: " + words);
    }
    Filter filter;
    for (const Comparison &comparison : shape.comparisons) {
        auto clause = clauseOf(comparison, searched);
        if (!clause)
            return tl::make_unexpected(clause.error());
        filter.push_back(std::move(*clause));
    }
    return filter;
}

bool matches(const Filter &filter, const ValuesOf &valuesOf)
{
    return std::all_of(filter.begin(), filter.end(), [&](const FilterClause &clause) {
        const std::vector<std::string> values = valuesOf(clause.key);
        if (isNullOp(clause.op))
            return values.empty() == (clause.op == "IS NULL");
        return std::any_of(values.begin(), values.end(),
                           [&](const std::string &value) { return holds(clause, value); });
    });
}

} // namespace andon::demo::mlflow
