#include "demo/mlflow/filtersyntax.h"
#include "demo/mlflow/mlflowcalls.h"
#include "demo/mlflow/ordering.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace andon::demo::mlflow
{

namespace
{

using Values = std::vector<std::string>;

/// Prompts are kept as models with this tag. Only a filter that asks for them finds them.
constexpr const char *kPrompt = "mlflow.prompt.is_prompt";

bool isPrompt(const Pairs &tags)
{
    return tagOf(tags, kPrompt) == Values{"true"};
}

bool isOfPrompts(const FilterClause &clause)
{
    return clause.key.entity == "tag" && clause.key.name == kPrompt;
}

/// Whether prompts are to be left out; then the filter's own words on it are dropped.
bool leavesPromptsOut(Filter &filter)
{
    const auto first = std::find_if(filter.begin(), filter.end(), isOfPrompts);
    if (first != filter.end()) {
        const std::string value = upper(first->values.front());
        if ((first->op == "=" && value == "TRUE") || (first->op == "!=" && value == "FALSE"))
            return false;
    }
    std::erase_if(filter, isOfPrompts);
    return true;
}

Values valuesOfModel(const DemoModel &model, const FilterKey &key)
{
    if (key.entity == "tag")
        return tagOf(model.tags, key.name);
    return {key.name == "name" ? model.name : std::to_string(model.updated)};
}

Answer searchModels(const Registry &registry, const Fields &fields)
{
    auto filter = parseFilter(fields.text("filter"), Searched::Models);
    const auto order = parseOrder(fields.list("order_by"), Searched::Models);
    if (!filter || !order)
        return refused(filter ? order.error() : filter.error());
    const bool noPrompts = leavesPromptsOut(*filter);
    std::vector<const DemoModel *> found;
    for (const DemoModel &model : registry.models)
        if (!(noPrompts && isPrompt(model.tags))
            && matches(*filter, [&](const FilterKey &key) { return valuesOfModel(model, key); }))
            found.push_back(&model);
    sortBy(found, *order, [](const DemoModel *model, const FilterKey &key) { return valuesOfModel(*model, key); });
    return paged(fields, {.key = "registered_models", .fallback = 100, .most = 1000, .anyNumber = true}, found.size(),
                 [&](std::size_t i) { return foundModelJson(registry, *found[i]); });
}

Answer noModel(const std::string &name)
{
    return missing("Registered Model with name=" + name + " not found");
}

Answer oneModel(const Registry &registry, const Fields &fields)
{
    const std::string name = fields.text("name");
    const DemoModel *model = registry.model(name);
    return model ? ok({{"registered_model", modelJson(registry, *model)}}) : noModel(name);
}

Answer oneAlias(const Registry &registry, const Fields &fields)
{
    const std::string name = fields.text("name");
    const std::string alias = fields.text("alias");
    const DemoModel *model = registry.model(name);
    if (!model)
        return noModel(name);
    const auto found = model->aliases.find(alias);
    for (const DemoVersion *version : versionsOf(registry, name))
        if (found != model->aliases.end() && version->number == found->second)
            return ok({{"model_version", versionWithAliases(registry, *version)}});
    return invalid("Registered model alias " + alias + " not found.");
}

Answer latestOfStages(const Registry &registry, const Fields &fields)
{
    static const Values kStages = {"None", "Staging", "Production", "Archived"};
    const std::string name = fields.text("name");
    if (!registry.model(name))
        return noModel(name);
    Values wanted;
    for (const std::string &stage : fields.list("stages")) {
        const auto known = std::find_if(kStages.begin(), kStages.end(),
                                        [&](const std::string &other) { return upper(other) == upper(stage); });
        if (known == kStages.end())
            return invalid("Invalid Model Version stage: " + stage
                           + ". Value must be one of None, Staging, Production, Archived.");
        wanted.push_back(*known);
    }
    Json answer = Json::object();
    for (const DemoVersion *version : latestVersions(registry, name))
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), version->stage) != wanted.end())
            answer["model_versions"].push_back(versionWithAliases(registry, *version));
    return ok(answer);
}

Values valuesOfVersion(const DemoVersion &version, const FilterKey &key)
{
    const std::string &name = key.name;
    if (key.entity == "tag")
        return tagOf(version.tags, name);
    return {name == "name"                     ? version.model
                : name == "run_id"             ? version.run
                : name == "source_path"        ? version.source
                : name == "version_number"     ? std::to_string(version.number)
                : name == "creation_timestamp" ? std::to_string(version.created)
                                               : std::to_string(version.updated)};
}

Answer searchVersions(const Registry &registry, const Fields &fields)
{
    auto filter = parseFilter(fields.text("filter"), Searched::Versions);
    const auto order = parseOrder(fields.list("order_by"), Searched::Versions);
    const auto size = fields.number("max_results", 1);
    if (size && *size <= 0)
        return invalid("Invalid value for max_results. It must be a positive integer, but got "
                       + std::to_string(*size));
    if (!filter || !order)
        return refused(filter ? order.error() : filter.error());
    const bool noPrompts = leavesPromptsOut(*filter);
    std::set<std::string> prompts; // by the tags of their versions
    for (const DemoVersion &version : registry.versions)
        if (noPrompts && isPrompt(version.tags))
            prompts.insert(version.model);
    std::vector<const DemoVersion *> found;
    for (const DemoVersion &version : registry.versions)
        if (!prompts.contains(version.model)
            && matches(*filter, [&](const FilterKey &key) { return valuesOfVersion(version, key); }))
            found.push_back(&version);
    std::vector<OrderKey> keys = *order;
    if (keys.empty())
        keys = {{.key = {.name = "last_updated_timestamp"}, .ascending = false}};
    keys.push_back({.key = {.name = "name"}});
    keys.push_back({.key = {.name = "version_number"}, .ascending = false});
    sortBy(found, keys, [](const DemoVersion *v, const FilterKey &key) { return valuesOfVersion(*v, key); });
    return paged(fields, {.key = "model_versions", .fallback = 200'000, .most = 200'000}, found.size(),
                 [&](std::size_t i) { return versionJson(*found[i]); });
}

/// The version, or the server's words on it.
tl::expected<const DemoVersion *, Answer> find(const Registry &registry, const Fields &fields)
{
    const std::string version = fields.text("version");
    int number = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
    if (error != std::errc() || end != version.data() + version.size())
        return tl::make_unexpected(invalid("Parameter 'version' must be an integer, got '" + version + "'."));
    for (const DemoVersion *candidate : versionsOf(registry, fields.text("name")))
        if (candidate->number == number)
            return candidate;
    return tl::make_unexpected(
        missing("Model Version (name=" + fields.text("name") + ", version=" + version + ") not found"));
}

Answer oneVersion(const Registry &registry, const Fields &fields)
{
    const auto version = find(registry, fields);
    return version ? ok({{"model_version", versionWithAliases(registry, **version)}}) : version.error();
}

Answer downloadUri(const Registry &registry, const Fields &fields)
{
    const auto version = find(registry, fields);
    if (!version)
        return version.error();
    const std::string &source = (*version)->source;
    const DemoLoggedModel *model = source.starts_with("models:/") ? registry.loggedModel(source.substr(8)) : nullptr;
    return ok({{"artifact_uri", model ? model->artifactUri() : source}});
}

Values valuesOfLogged(const DemoLoggedModel &model, const FilterKey &key)
{
    const std::string &name = key.name;
    if (key.entity == "tag" || key.entity == "parameter")
        return tagOf(key.entity == "tag" ? model.tags : model.params, name);
    if (key.entity == "metric")
        return {};
    return {name == "name"                         ? model.name
                : name == "model_id"               ? model.id
                : name == "model_type"             ? model.type
                : name == "source_run_id"          ? model.run
                : name == "experiment_id"          ? std::to_string(model.experiment)
                : name == "status"                 ? (model.status == "LOGGED_MODEL_READY" ? "2" : "1") // its number
                : name.starts_with("last_updated") ? std::to_string(model.updated)
                                                   : std::to_string(model.created)};
}

/// A search of logged models. Its token belongs to it: another search refuses it.
struct LoggedSearch {
    Values experiments = {};
    Json filter = nullptr;
    Json orderBy = nullptr;
    std::vector<OrderKey> order = {};
};

tl::expected<LoggedSearch, Answer> loggedSearchOf(const Fields &fields)
{
    LoggedSearch out{.experiments = fields.list("experiment_ids")};
    if (fields.has("filter"))
        out.filter = fields.json.at("filter");
    if (!fields.has("order_by") || !fields.json.at("order_by").is_array())
        return out;
    for (const Json &item : fields.json.at("order_by")) {
        const std::string field = item.is_object() ? item.value("field_name", "") : "";
        const std::string name = field == "creation_time" ? "creation_timestamp" : field;
        const auto key = keyOf(name, Searched::LoggedModels);
        if (!key)
            return tl::make_unexpected(problem(400, "INVALID_PARAMETER_VALUE", "KAM04", "ATTRIBUTE_NOT_FOUND",
                                               "Invalid order by field name: " + field));
        const bool ascending = item.value("ascending", true);
        out.order.push_back({.key = *key, .ascending = ascending});
        if (out.orderBy.is_null())
            out.orderBy = Json::array();
        out.orderBy.push_back({{"field_name", field},
                               {"ascending", ascending},
                               {"dataset_name", item.value("dataset_name", Json(nullptr))},
                               {"dataset_digest", item.value("dataset_digest", Json(nullptr))}});
    }
    return out;
}

/// As Python writes JSON: with a space after each comma and colon.
std::string spaced(const Json &json)
{
    std::string out;
    bool quoted = false;
    bool escaped = false;
    for (const char c : json.dump(-1, ' ', true, Json::error_handler_t::replace)) {
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        out += c;
        if (!quoted && (c == ',' || c == ':'))
            out += ' ';
    }
    return out;
}

std::optional<Answer> refuseToken(const LoggedSearch &search, const std::string &token)
{
    if (token.empty())
        return std::nullopt;
    const auto text = fromBase64(token);
    const Json said = Json::parse(text.value_or("?"), nullptr, false);
    if (!text || !said.is_object() || !said.contains("experiment_ids") || !said.contains("offset"))
        return text && text->empty()
            ? invalid("Invalid page token: " + token + ". Expecting value: line 1 column 1 (char 0)")
            : crashPage();
    if (said["experiment_ids"] != Json(search.experiments))
        return invalid("Experiment IDs in the page token do not match the requested experiment IDs. Expected: "
                       + pythonList(search.experiments)
                       + ". Found: " + pythonList(said["experiment_ids"].get<Values>()));
    const auto words = [](const Json &json) { return json.is_string() ? json.get<std::string>() : "None"; };
    if (said.value("filter_string", Json(nullptr)) != search.filter)
        return invalid("Filter string in the page token does not match the requested filter string. Expected: "
                       + words(search.filter) + ". Found: " + words(said.value("filter_string", Json(nullptr))));
    return std::nullopt;
}

Answer searchLoggedModels(const Registry &registry, const Fields &fields)
{
    const auto search = loggedSearchOf(fields);
    if (!search)
        return search.error();
    if (auto refusal = refuseExperiments(search->experiments))
        return *refusal;
    if (auto refusal = refuseToken(*search, fields.text("page_token")))
        return *refusal;
    const auto filter = parseFilter(fields.text("filter"), Searched::LoggedModels);
    if (!filter)
        return refused(filter.error());
    std::vector<const DemoLoggedModel *> found;
    for (const DemoLoggedModel &model : registry.loggedModels)
        if (contains(search->experiments, model.experiment) && fields.list("datasets").empty()
            && matches(*filter, [&](const FilterKey &key) { return valuesOfLogged(model, key); }))
            found.push_back(&model);
    std::vector<OrderKey> keys = search->order;
    keys.push_back({.key = {.name = "creation_timestamp"}, .ascending = false});
    sortBy(found, keys, [](const DemoLoggedModel *m, const FilterKey &key) { return valuesOfLogged(*m, key); });
    Fields page = fields;
    if (fields.number("max_results", 50) == 0)
        page.json.erase("max_results");
    Answer answer = paged(page, {.key = "models", .fallback = 50, .anyNumber = true}, found.size(),
                          [&](std::size_t i) { return loggedModelJson(*found[i]); });
    Json json = Json::parse(answer.body);
    if (answer.status != 200 || !json.contains("next_page_token"))
        return answer;
    const Json offset = Json::parse(fromBase64(json["next_page_token"]).value_or("{}"));
    json["next_page_token"] = base64(spaced({{"experiment_ids", search->experiments},
                                             {"filter_string", search->filter},
                                             {"order_by", search->orderBy},
                                             {"offset", offset.value("offset", 0)}}));
    return ok(json);
}

} // namespace

Answer oneLoggedModel(const Registry &registry, const std::string &id)
{
    const DemoLoggedModel *model = registry.loggedModel(id);
    return model ? ok({{"model", loggedModelJson(*model)}}) : missing("Logged model with ID '" + id + "' not found.");
}

const std::vector<CallEntry> &modelCalls()
{
    static const std::vector<CallEntry> kCalls = {
        {"registered-models/search", searchModels},
        {"registered-models/get", oneModel, "GET", "name"},
        {"registered-models/alias", oneAlias, "GET", "name alias"},
        {"registered-models/get-latest-versions", latestOfStages, "POST GET", "name"},
        {"model-versions/search", searchVersions},
        {"model-versions/get", oneVersion, "GET", "name version"},
        {"model-versions/get-download-uri", downloadUri, "GET", "name version"},
        {"logged-models/search", searchLoggedModels, "POST"},
    };
    return kCalls;
}

} // namespace andon::demo::mlflow
