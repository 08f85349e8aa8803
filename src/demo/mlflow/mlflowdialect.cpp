#include "demo/mlflow/mlflowdialect.h"

#include "demo/mlflow/runfilter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;
using Answer = MlflowDialect::Answer;

Answer ok(const Json &json)
{
    return {.body = json.dump(2)};
}

Answer problem(int status, const std::string &code, const std::string &message)
{
    const std::string quoted = Json(message).dump();
    const char *state = code == "RESOURCE_DOES_NOT_EXIST" ? "KAM04" : "KAM00";
    return {.status = status,
            .body = R"({"error_code": ")" + code + R"(", "message": )" + quoted + R"(, "sqlstate": ")" + state
                + R"(", "error_class": ")" + code + R"("})"};
}

Answer invalid(const std::string &message)
{
    return problem(400, "INVALID_PARAMETER_VALUE", message);
}

Answer missing(const std::string &message)
{
    return problem(404, "RESOURCE_DOES_NOT_EXIST", message);
}

std::string page404()
{
    return "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL "
           "was "
           "not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n";
}

/// The fields of a request, from a query string or a JSON body.
struct Fields {
    Json json = Json::object();
    [[nodiscard]] std::string text(const char *key) const
    {
        const auto found = json.find(key);
        if (found == json.end())
            return {};
        return found->is_string() ? found->get<std::string>() : found->dump();
    }
    [[nodiscard]] std::int64_t number(const char *key, std::int64_t fallback) const
    {
        const std::string value = text(key);
        std::int64_t n = fallback;
        std::from_chars(value.data(), value.data() + value.size(), n);
        return n;
    }
    [[nodiscard]] std::vector<std::string> list(const char *key) const
    {
        std::vector<std::string> all;
        const auto found = json.find(key);
        if (found != json.end() && found->is_array())
            for (const Json &item : *found)
                all.push_back(item.is_string() ? item.get<std::string>() : item.dump());
        else if (found != json.end())
            all.push_back(text(key));
        return all;
    }
};

Json pairs(const Pairs &values)
{
    Json list = Json::array();
    for (const auto &[key, value] : values)
        list.push_back({{"key", key}, {"value", value}});
    return list;
}

std::string base64(const std::string &text)
{
    static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8 | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= text.size() ? kDigits[word >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

/// Tokens are the offset, as the server makes them: {"offset": N} in base64.
std::string tokenOf(std::size_t offset)
{
    return base64("{\"offset\": " + std::to_string(offset) + "}");
}

std::optional<std::size_t> offsetOf(const std::string &token, std::size_t total)
{
    if (token.empty())
        return 0;
    for (std::size_t offset = 0; offset <= total; ++offset)
        if (tokenOf(offset) == token)
            return offset;
    return std::nullopt;
}

/// A page of `items` under `key`; the server leaves an empty list out.
template <typename Item, typename ToJson>
Answer paged(const Fields &fields, const std::vector<Item> &items, const char *key, std::int64_t fallback,
             std::int64_t most, ToJson toJson)
{
    const std::int64_t size = fields.number("max_results", fallback);
    if (size <= 0)
        return invalid("Invalid value " + std::to_string(size)
                       + " for parameter 'max_results' supplied. It must be a positive integer");
    if (size > most)
        return invalid("Invalid value " + std::to_string(size)
                       + " for parameter 'max_results' supplied. It must be at most " + std::to_string(most));
    const auto from = offsetOf(fields.text("page_token"), items.size());
    if (!from)
        return invalid("Invalid page token, could not base64-decode");
    const std::size_t to = std::min(items.size(), *from + static_cast<std::size_t>(size));
    Json answer = Json::object();
    for (std::size_t i = *from; i < to; ++i)
        answer[key].push_back(toJson(items[i]));
    if (to < items.size())
        answer["next_page_token"] = tokenOf(to);
    return ok(answer);
}

Json experimentJson(const RegistryStory &story, std::size_t i)
{
    return {{"experiment_id", std::to_string(i)},
            {"name", story.experiments[i]},
            {"artifact_location", "mlflow-artifacts:/" + std::to_string(i)},
            {"lifecycle_stage", "active"},
            {"last_update_time", story.created + static_cast<std::int64_t>(i) * 1000},
            {"creation_time", story.created + static_cast<std::int64_t>(i) * 1000},
            {"workspace", "default"}};
}

Json infoJson(const DemoRun &run)
{
    Json info = {{"run_uuid", run.id},   {"experiment_id", std::to_string(run.experiment)},
                 {"run_name", run.name}, {"user_id", run.user},
                 {"status", run.status}, {"start_time", run.start}};
    if (run.end)
        info["end_time"] = run.end;
    info["artifact_uri"] = "mlflow-artifacts:/" + std::to_string(run.experiment) + "/" + run.id + "/artifacts";
    info["lifecycle_stage"] = run.deleted ? "deleted" : "active";
    info["run_id"] = run.id;
    return info;
}

Json runJson(const RegistryStory &story, const DemoRun &run)
{
    Json metrics = Json::array();
    for (const auto &[key, value] : run.metrics)
        metrics.push_back({{"key", key}, {"value", value}, {"timestamp", run.start + 60'000}, {"step", 0}});
    Json tags = pairs(run.tags);
    tags.push_back({{"key", "mlflow.runName"}, {"value", run.name}});
    Json inputs = Json::object();
    if (run.dataset) {
        const DemoDataset row = story.datasetOf(run);
        inputs["dataset_inputs"] =
            Json::array({{{"tags", Json::array({{{"key", "mlflow.data.context"}, {"value", "training"}}})},
                          {"dataset",
                           {{"name", run.dataset->name},
                            {"digest", run.dataset->digest},
                            {"source_type", row.sourceType},
                            {"source", row.source},
                            {"schema", row.schema},
                            {"profile", row.profile}}}}});
    }
    Json outputs = Json::object();
    if (!run.loggedModel.empty())
        outputs["model_outputs"] = Json::array({{{"model_id", run.loggedModel}, {"step", 0}}});
    Json data = Json::object();
    if (!metrics.empty())
        data["metrics"] = metrics;
    data["params"] = pairs(run.params);
    data["tags"] = tags;
    return {{"info", infoJson(run)}, {"data", data}, {"inputs", inputs}, {"outputs", outputs}};
}

Json versionJson(const DemoVersion &version, bool withAliases = true)
{
    Json json = {{"name", version.model},
                 {"version", std::to_string(version.number)},
                 {"creation_timestamp", version.created},
                 {"last_updated_timestamp", version.created},
                 {"current_stage", "None"},
                 {"description", ""},
                 {"source", "models:/" + version.loggedModel},
                 {"run_id", version.run},
                 {"status", "READY"},
                 {"tags", pairs(version.tags)},
                 {"run_link", ""}};
    if (withAliases && !version.aliases.empty())
        json["aliases"] = version.aliases;
    json["model_id"] = version.loggedModel;
    return json;
}

std::vector<const DemoVersion *> versionsOf(const RegistryStory &story, const std::string &model)
{
    std::vector<const DemoVersion *> all;
    for (const DemoVersion &version : story.versions)
        if (model.empty() || version.model == model)
            all.push_back(&version);
    std::reverse(all.begin(), all.end()); // newest first
    return all;
}

Json modelJson(const RegistryStory &story, const std::string &name)
{
    const auto versions = versionsOf(story, name);
    Json json = {{"name", name},
                 {"creation_timestamp", versions.back()->created - 1000},
                 {"last_updated_timestamp", versions.front()->created},
                 {"description", ""},
                 {"latest_versions", Json::array({versionJson(*versions.front(), false)})}};
    Json aliases = Json::array();
    for (const DemoVersion *version : versions)
        for (const std::string &alias : version->aliases)
            aliases.push_back({{"alias", alias}, {"version", std::to_string(version->number)}});
    if (!aliases.empty())
        json["aliases"] = aliases;
    return json;
}

std::vector<std::string> modelNames(const RegistryStory &story)
{
    std::vector<std::string> names;
    for (const DemoVersion &version : story.versions)
        names.push_back(version.model);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Json loggedModelJson(const RegistryStory &story, const DemoVersion &version)
{
    const DemoRun *run = story.run(version.run);
    return {
        {"info",
         {{"model_id", version.loggedModel},
          {"experiment_id", std::to_string(run->experiment)},
          {"name", version.model},
          {"creation_timestamp_ms", run->end},
          {"last_updated_timestamp_ms", run->end + 1000},
          {"artifact_uri",
           "mlflow-artifacts:/" + std::to_string(run->experiment) + "/models/" + version.loggedModel + "/artifacts"},
          {"status", "LOGGED_MODEL_READY"},
          {"model_type", "llm"},
          {"source_run_id", version.run},
          {"tags",
           Json::array(
               {{{"key", "mlflow.modelVersions"},
                 {"value",
                  "[{\"name\": \"" + version.model + "\", \"version\": " + std::to_string(version.number) + "}]"}}})}}},
        {"data", Json::object()}};
}

Answer searchRuns(const RegistryStory &story, const Fields &fields)
{
    const std::int64_t size = fields.number("max_results", 1000);
    if (size > 50'000)
        return invalid("Invalid value " + std::to_string(size)
                       + " for parameter 'max_results' supplied: It must be at most 50000, but got value "
                       + std::to_string(size));
    const auto filter = parseRunFilter(fields.text("filter"));
    if (!filter)
        return invalid("Invalid clause(s) in filter string: '" + fields.text("filter") + "'");
    const std::vector<std::string> wanted = fields.list("experiment_ids");
    const std::string view = fields.text("run_view_type");
    std::vector<const DemoRun *> found;
    for (const DemoRun &run : story.runs) {
        const bool here = std::find(wanted.begin(), wanted.end(), std::to_string(run.experiment)) != wanted.end();
        const bool stage = view == "ALL" || (view == "DELETED_ONLY") == run.deleted;
        if (here && stage && matches(*filter, run))
            found.push_back(&run);
    }
    // Newest first unless asked otherwise.
    bool ascending = false;
    for (const std::string &order : fields.list("order_by"))
        ascending |= order.find("start_time") != std::string::npos && order.find("ASC") != std::string::npos;
    if (!ascending)
        std::reverse(found.begin(), found.end());
    return paged(fields, found, "runs", 1000, 50'000, [&](const DemoRun *run) { return runJson(story, *run); });
}

Answer searchVersions(const RegistryStory &story, const Fields &fields)
{
    const auto filter = parseRunFilter(fields.text("filter"));
    if (!filter)
        return invalid("Invalid clause(s) in filter string: '" + fields.text("filter") + "'");
    std::vector<const DemoVersion *> found;
    for (const DemoVersion *version : versionsOf(story, {})) {
        const bool fits = std::all_of(filter->begin(), filter->end(), [&](const RunClause &clause) {
            const std::string &value = clause.key == "name" ? version->model
                : clause.key == "run_id"                    ? version->run
                                                            : clause.value;
            return clause.op == "=" ? value == clause.value : value != clause.value;
        });
        if (fits)
            found.push_back(version);
    }
    return paged(fields, found, "model_versions", 200'000, 200'000,
                 [](const DemoVersion *version) { return versionJson(*version); });
}

Answer oneVersion(const RegistryStory &story, const Fields &fields)
{
    const std::string name = fields.text("name");
    for (const DemoVersion *version : versionsOf(story, name))
        if (std::to_string(version->number) == fields.text("version"))
            return ok({{"model_version", versionJson(*version)}});
    return missing("Model Version (name=" + name + ", version=" + fields.text("version") + ") not found");
}

Answer oneAlias(const RegistryStory &story, const Fields &fields)
{
    for (const DemoVersion *version : versionsOf(story, fields.text("name")))
        for (const std::string &alias : version->aliases)
            if (alias == fields.text("alias"))
                return ok({{"model_version", versionJson(*version)}});
    return invalid("Registered model alias " + fields.text("alias") + " not found.");
}

Answer oneModel(const RegistryStory &story, const Fields &fields)
{
    const std::string name = fields.text("name");
    if (versionsOf(story, name).empty() || name.empty())
        return missing("Registered Model with name=" + name + " not found");
    return ok({{"registered_model", modelJson(story, name)}});
}

Answer oneExperiment(const RegistryStory &story, const Fields &fields, bool byName)
{
    const std::string key = fields.text(byName ? "experiment_name" : "experiment_id");
    for (std::size_t i = 0; i < story.experiments.size(); ++i)
        if (byName ? story.experiments[i] == key : std::to_string(i) == key)
            return ok({{"experiment", experimentJson(story, i)}});
    return missing(byName ? "Could not find experiment with name '" + key + "'"
                          : "No Experiment with id=" + key + " exists");
}

Answer oneRun(const RegistryStory &story, const Fields &fields)
{
    const std::string id = fields.text("run_id");
    const DemoRun *run = story.run(id);
    return run ? ok({{"run", runJson(story, *run)}}) : missing("Run with id=" + id + " not found");
}

Answer searchLoggedModels(const RegistryStory &story, const Fields &fields)
{
    const std::vector<std::string> wanted = fields.list("experiment_ids");
    std::vector<const DemoVersion *> found;
    for (const DemoVersion *version : versionsOf(story, {}))
        if (std::find(wanted.begin(), wanted.end(), std::to_string(story.run(version->run)->experiment))
            != wanted.end())
            found.push_back(version);
    return paged(fields, found, "models", 50, 50'000,
                 [&](const DemoVersion *version) { return loggedModelJson(story, *version); });
}

} // namespace

MlflowDialect::MlflowDialect(const Plan &plan, const TrainingCommitOf &trainingCommit)
    : m_story(makeRegistryStory(plan, trainingCommit))
{
}

Answer MlflowDialect::handle(std::string_view method, std::string_view path, const Pairs &params,
                             const std::string &contentType, const std::string &body) const
{
    if (path == "/health")
        return {.contentType = "text/plain; charset=utf-8", .body = "OK"};
    if (path == "/version")
        return {.contentType = "text/html; charset=utf-8", .body = "3.17.2"};
    Fields fields;
    for (const auto &[key, value] : params) {
        if (!fields.json.contains(key)) {
            fields.json[key] = value;
            continue;
        }
        if (!fields.json[key].is_array())
            fields.json[key] = Json::array({fields.json[key]});
        fields.json[key].push_back(value);
    }
    if (method == "POST") {
        if (!contentType.starts_with("application/json"))
            return invalid("Bad Request. Content-Type header must be 'application/json'.");
        fields.json = Json::parse(body, nullptr, false); // what cannot be read counts as an empty request
        if (!fields.json.is_object())
            fields.json = Json::object();
    }
    std::string call(path);
    for (const char *prefix : {"/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"})
        if (path.starts_with(prefix))
            call = path.substr(std::string_view(prefix).size());
    if (call == "experiments/search") {
        std::vector<std::size_t> all(m_story.experiments.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = all.size() - 1 - i; // newest first
        return paged(fields, all, "experiments", 0, 50'000, [&](std::size_t i) { return experimentJson(m_story, i); });
    }
    if (call == "runs/search" && method == "POST")
        return searchRuns(m_story, fields);
    if (call == "logged-models/search" && method == "POST")
        return searchLoggedModels(m_story, fields);
    if (method != "GET")
        return {.status = 404, .contentType = "text/html; charset=utf-8", .body = page404()};
    if (call == "experiments/get" || call == "experiments/get-by-name")
        return oneExperiment(m_story, fields, call.ends_with("name"));
    if (call == "runs/get")
        return oneRun(m_story, fields);
    if (call == "registered-models/search")
        return paged(fields, modelNames(m_story), "registered_models", 100, 1000,
                     [&](const std::string &name) { return modelJson(m_story, name); });
    if (call == "registered-models/get")
        return oneModel(m_story, fields);
    if (call == "registered-models/alias")
        return oneAlias(m_story, fields);
    if (call == "model-versions/search")
        return searchVersions(m_story, fields);
    if (call == "model-versions/get")
        return oneVersion(m_story, fields);
    if (call == "artifacts/list")
        return ok({{"root_uri", "mlflow-artifacts:/0/" + fields.text("run_id") + "/artifacts"}});
    if (call.starts_with("logged-models/")) {
        for (const DemoVersion &version : m_story.versions)
            if (call == "logged-models/" + version.loggedModel)
                return ok({{"model", loggedModelJson(m_story, version)}});
        return missing("Logged model with ID '" + call.substr(14) + "' not found.");
    }
    return {.status = 404, .contentType = "text/html; charset=utf-8", .body = page404()};
}

} // namespace andon::demo
