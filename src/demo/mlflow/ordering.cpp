#include "demo/mlflow/ordering.h"

#include "demo/mlflow/filtersyntax.h"

#include <cmath>
#include <cstdlib>
#include <set>

namespace andon::demo::mlflow
{

namespace
{

using Words = std::vector<std::string>;

/// The identifier, and the direction when there is one.
struct Parts {
    std::string identifier = {};
    std::string direction = {};
};

std::optional<Parts> partsOf(const std::string &text)
{
    const Shape shape = shapeOf(text);
    if (!shape.comparisons.empty() || shape.left.empty() || shape.left.size() > 2)
        return std::nullopt;
    return Parts{shape.left[0], shape.left.size() == 2 ? upper(shape.left[1]) : "ASC"};
}

Parsed<FilterKey> modelKey(const std::string &name)
{
    if (name == "name" || name == "timestamp")
        return FilterKey{.name = name};
    if (name == "last_updated_timestamp")
        return FilterKey{.name = "timestamp"};
    return refuse("Invalid order by key '" + name + "' specified. Valid keys are '" + pythonSet({"timestamp", "name"})
                  + "'");
}

Parsed<FilterKey> versionKey(const std::string &name)
{
    static const Words kKnown = {"name", "version_number", "creation_timestamp", "last_updated_timestamp"};
    if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end())
        return FilterKey{.name = name};
    if (name.starts_with("tags.") || name.starts_with("tag."))
        return refuse("Invalid order by key '" + name.substr(name.find('.') + 1) + "' specified. Valid keys are "
                      + pythonSet(kKnown));
    return refuse(badKey("attribute", name, kKnown));
}

Parsed<FilterKey> runKey(const std::string &name)
{
    static const Words kKnown = {"start_time", "end_time",     "run_name", "run_id", "user_id",
                                 "status",     "artifact_uri", "created",  "Created"};
    auto key = keyOf(name, Searched::Runs);
    const bool unknown = key ? key->entity == "attribute" && upper(key->name) == "RUN NAME"
                             : key.error().message.starts_with("Invalid attribute key");
    if (unknown)
        return refuse(badKey("attribute", name, kKnown));
    if (key && key->entity == "dataset")
        return refuse("Invalid identifier type 'dataset'");
    return key;
}

Parsed<FilterKey> orderKeyOf(const std::string &name, Searched searched)
{
    if (searched == Searched::Models)
        return modelKey(name);
    if (searched == Searched::Versions)
        return versionKey(name);
    if (searched == Searched::Runs)
        return runKey(name);
    auto key = keyOf(name, searched);
    if (key && key->entity != "attribute" && searched == Searched::Experiments)
        return refuse("Invalid order_by entity: " + key->entity);
    return key;
}

} // namespace

Parsed<std::vector<OrderKey>> parseOrder(const std::vector<std::string> &texts, Searched searched)
{
    std::vector<OrderKey> keys;
    std::set<std::pair<std::string, std::string>> seen;
    for (const std::string &text : texts) {
        const auto parts = partsOf(text);
        if (!parts)
            return refuse("Invalid order_by clause '" + text + "'. Could not be parsed.");
        if (parts->direction != "ASC" && parts->direction != "DESC")
            return refuse("Invalid ordering key in order_by clause '" + text + "'.");
        auto key = orderKeyOf(parts->identifier, searched);
        if (!key)
            return tl::make_unexpected(key.error());
        if (!seen.emplace(key->entity, key->name).second)
            return tl::make_unexpected(
                Refusal{.kind = Refusal::Kind::Internal,
                        .message = "`order_by` contains duplicate fields: " + pythonList(texts)});
        keys.push_back({std::move(*key), parts->direction == "ASC"});
    }
    return keys;
}

int compareValues(const OrderKey &key, const std::optional<std::string> &a, const std::optional<std::string> &b)
{
    if (!a || !b)
        return a ? -1 : b ? 1 : 0;
    int order = a->compare(*b);
    if (isNumeric(key.key) || key.key.name == "experiment_id") {
        const double x = std::strtod(a->c_str(), nullptr);
        const double y = std::strtod(b->c_str(), nullptr);
        if (std::isnan(x) || std::isnan(y))
            return std::isnan(x) - std::isnan(y);
        order = x < y ? -1 : x > y ? 1 : 0;
    }
    return key.ascending ? order : -order;
}

} // namespace andon::demo::mlflow
