#include "demo/mlflow/mlflowanswers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace andon::demo::mlflow
{

namespace
{

constexpr const char *kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Json pairs(const Pairs &values)
{
    Json list = Json::array();
    for (const auto &[key, value] : values)
        list.push_back({{"key", key}, {"value", value}});
    return list;
}

Json infoJson(const DemoRun &run)
{
    Json info = {{"run_uuid", run.id},   {"experiment_id", std::to_string(run.experiment)},
                 {"run_name", run.name}, {"user_id", run.user},
                 {"status", run.status}, {"start_time", run.start}};
    if (run.end)
        info["end_time"] = run.end;
    info["artifact_uri"] = run.artifactUri();
    info["lifecycle_stage"] = run.deleted ? "deleted" : "active";
    info["run_id"] = run.id;
    return info;
}

} // namespace

Answer ok(const Json &json)
{
    return {.body = json.dump(2, ' ', true, Json::error_handler_t::replace)};
}

Answer problem(int status, const std::string &code, const std::string &state, const std::string &family,
               const std::string &message)
{
    const std::string quoted = Json(message).dump(-1, ' ', true, Json::error_handler_t::replace);
    return {.status = status,
            .body = R"({"error_code": ")" + code + R"(", "message": )" + quoted + R"(, "sqlstate": ")" + state
                + R"(", "error_class": ")" + family + R"("})"};
}

Answer invalid(const std::string &message)
{
    return problem(400, "INVALID_PARAMETER_VALUE", "KAM00", "INVALID_PARAMETER_VALUE", message);
}

Answer missing(const std::string &message)
{
    return problem(404, "RESOURCE_DOES_NOT_EXIST", "KAM00", "RESOURCE_NOT_FOUND", message);
}

Answer refused(const Refusal &refusal)
{
    if (refusal.kind == Refusal::Kind::Crash)
        return crashPage();
    if (refusal.kind == Refusal::Kind::Internal)
        return problem(500, "INTERNAL_ERROR", "XXM00", "CLIENT_INTERNAL_ERROR", refusal.message);
    return invalid(refusal.message);
}

Answer page(int status, const std::string &title, const std::string &words)
{
    return {.status = status,
            .contentType = "text/html; charset=utf-8",
            .body = "<!doctype html>\n<html lang=en>\n<title>" + std::to_string(status) + " " + title + "</title>\n<h1>"
                + title + "</h1>\n<p>" + words + "</p>\n"};
}

Answer notFoundPage()
{
    return page(404, "Not Found",
                "The requested URL was not found on the server. If you entered the URL manually please check your "
                "spelling and try again.");
}

Answer crashPage()
{
    return page(
        500, "Internal Server Error",
        "The server encountered an internal error and was unable to complete your request. Either the server is "
        "overloaded or there is an error in the application.");
}

bool Fields::has(const char *key) const
{
    const auto found = json.find(key);
    return found != json.end() && !found->is_null() && *found != "";
}

std::string Fields::text(const char *key) const
{
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::vector<std::string> Fields::list(const char *key) const
{
    std::vector<std::string> all;
    const auto found = json.find(key);
    if (found != json.end() && found->is_array())
        for (const Json &item : *found)
            all.push_back(item.is_string() ? item.get<std::string>() : item.dump());
    else if (found != json.end() && !found->is_null())
        all.push_back(text(key));
    return all;
}

std::optional<std::int64_t> Fields::number(const char *key, std::int64_t fallback) const
{
    if (!has(key))
        return fallback;
    const std::string value = text(key);
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
    if (error != std::errc() || end != value.data() + value.size())
        return std::nullopt;
    return n;
}

Answer Fields::refuse(const char *key) const
{
    const Json &value = json.at(key);
    const char *type = value.is_string() ? "str"
        : value.is_number_integer()      ? "int"
        : value.is_array()               ? "list"
                                         : "dict";
    return invalid("Invalid value " + value.dump() + " for parameter '" + key + "' supplied:  Hint: Value was of type '"
                   + type + "'. See the API docs for more information about request parameters.");
}

std::string base64(const std::string &text)
{
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

std::optional<std::string> fromBase64(const std::string &token)
{
    std::string out;
    unsigned word = 0;
    int digits = 0;
    for (const char c : token) {
        const char *digit = std::find(kDigits, kDigits + 64, c);
        if (digit == kDigits + 64)
            continue; // padding, and what is no digit at all
        word = word << 6 | static_cast<unsigned>(digit - kDigits);
        if (++digits % 4 != 1)
            out += static_cast<char>(word >> (digits % 4 == 0 ? 0 : digits % 4 == 3 ? 2 : 4) & 255);
    }
    const auto padding = std::count(token.begin(), token.end(), '=');
    if (digits % 4 == 1 || (digits % 4 != 0 && padding < 4 - digits % 4))
        return std::nullopt;
    return out;
}

Answer paged(const Fields &fields, const Paging &paging, std::size_t count,
             const std::function<Json(std::size_t)> &item)
{
    const auto size = fields.number("max_results", paging.fallback);
    if (!size)
        return fields.refuse("max_results");
    const std::string said = std::to_string(*size);
    if (*size <= 0 && !paging.anyNumber)
        return invalid("Invalid value " + said
                       + " for parameter 'max_results' supplied. It must be a positive integer");
    if (*size > paging.most)
        return !paging.saysLimit
            ? fields.refuse("max_results")
            : invalid("Invalid value " + said + " for parameter 'max_results' supplied. It must be at most "
                      + std::to_string(paging.most));
    std::int64_t from = 0;
    if (const std::string token = fields.text("page_token"); !token.empty()) {
        const auto text = fromBase64(token);
        if (!text)
            return invalid("Invalid page token, could not base64-decode");
        const Json json = Json::parse(*text, nullptr, false);
        if (json.is_discarded())
            return invalid("Invalid page token, decoded value=b'" + *text + "'");
        if (!json.is_object() || !json.contains("offset") || !json["offset"].is_number_integer())
            return invalid("Invalid page token, parsed value=" + json.dump());
        from = json["offset"].get<std::int64_t>();
    }
    const auto all = static_cast<std::int64_t>(count);
    const std::int64_t begin = std::clamp<std::int64_t>(from, 0, all);
    const std::int64_t end = std::clamp<std::int64_t>(begin + *size, begin, all);
    Json answer = Json::object();
    for (std::int64_t i = begin; i < end; ++i)
        answer[paging.key].push_back(item(static_cast<std::size_t>(i)));
    if (begin + *size < all)
        answer["next_page_token"] = base64("{\"offset\": " + std::to_string(from + *size) + "}");
    return ok(answer);
}

Json experimentJson(const Registry &registry, std::size_t i)
{
    const DemoExperiment &experiment = registry.experiments[i];
    Json json = {{"experiment_id", std::to_string(i)},
                 {"name", experiment.name},
                 {"artifact_location", "mlflow-artifacts:/" + std::to_string(i)},
                 {"lifecycle_stage", experiment.deleted ? "deleted" : "active"},
                 {"last_update_time", experiment.updated},
                 {"creation_time", experiment.created}};
    if (!experiment.tags.empty())
        json["tags"] = pairs(experiment.tags);
    json["workspace"] = "default";
    return json;
}

Json metricJson(const std::string &key, const DemoPoint &point)
{
    constexpr double kMost = std::numeric_limits<double>::max(); // all that an SQL store keeps of infinity
    const Json value = std::isnan(point.value) ? Json("NaN") : Json(std::clamp(point.value, -kMost, kMost));
    return {{"key", key}, {"value", value}, {"timestamp", point.at}, {"step", point.step}};
}

Json runJson(const Registry &registry, const DemoRun &run)
{
    Json data = Json::object();
    for (const DemoMetric &metric : run.metrics)
        data["metrics"].push_back(metricJson(metric.key, metric.latest()));
    if (!run.params.empty())
        data["params"] = pairs(run.params);
    if (!run.tags.empty())
        data["tags"] = pairs(run.tags);
    Json inputs = Json::object();
    for (const DemoDataset &logged : run.datasets) {
        const DemoDataset row = registry.kept(run, logged);
        Json dataset = {
            {"name", row.name}, {"digest", row.digest}, {"source_type", row.sourceType}, {"source", row.source}};
        if (!row.schema.empty())
            dataset["schema"] = row.schema;
        if (!row.profile.empty())
            dataset["profile"] = row.profile;
        inputs["dataset_inputs"].push_back(
            {{"tags", pairs({{"mlflow.data.context", row.context}})}, {"dataset", std::move(dataset)}});
    }
    for (const std::string &id : run.modelInputs)
        inputs["model_inputs"].push_back({{"model_id", id}});
    Json outputs = Json::object();
    for (const std::string &id : run.modelOutputs)
        outputs["model_outputs"].push_back({{"model_id", id}, {"step", 0}});
    return {{"info", infoJson(run)}, {"data", data}, {"inputs", inputs}, {"outputs", outputs}};
}

Json foundRunJson(const Registry &registry, const DemoRun &run)
{
    Json json = runJson(registry, run);
    json["inputs"].erase("model_inputs");
    return json;
}

Json versionJson(const DemoVersion &version)
{
    Json json = {{"name", version.model},
                 {"version", std::to_string(version.number)},
                 {"creation_timestamp", version.created},
                 {"last_updated_timestamp", version.updated},
                 {"current_stage", version.stage},
                 {"description", version.description},
                 {"source", version.source},
                 {"run_id", version.run},
                 {"status", "READY"}};
    if (!version.tags.empty())
        json["tags"] = pairs(version.tags);
    json["run_link"] = "";
    return json;
}

Json versionWithAliases(const Registry &registry, const DemoVersion &version)
{
    Json json = versionJson(version);
    if (const DemoModel *model = registry.model(version.model))
        for (const auto &[alias, number] : model->aliases)
            if (number == version.number)
                json["aliases"].push_back(alias);
    return json;
}

std::vector<const DemoVersion *> versionsOf(const Registry &registry, const std::string &model)
{
    std::vector<const DemoVersion *> all;
    for (const DemoVersion &version : registry.versions)
        if (version.model == model)
            all.push_back(&version);
    return all;
}

std::vector<const DemoVersion *> latestVersions(const Registry &registry, const std::string &model)
{
    std::vector<const DemoVersion *> latest;
    for (const DemoVersion *version : versionsOf(registry, model)) {
        const auto same = std::find_if(latest.begin(), latest.end(),
                                       [&](const DemoVersion *other) { return other->stage == version->stage; });
        if (same == latest.end())
            latest.push_back(version);
        else
            *same = version;
    }
    return latest;
}

namespace
{

Json modelWith(const DemoModel &model, const std::vector<const DemoVersion *> &latest)
{
    Json json = {
        {"name", model.name}, {"creation_timestamp", model.created}, {"last_updated_timestamp", model.updated}};
    if (!model.description.empty())
        json["description"] = model.description;
    for (const DemoVersion *version : latest)
        json["latest_versions"].push_back(versionJson(*version));
    if (!model.tags.empty())
        json["tags"] = pairs(model.tags);
    for (const auto &[alias, version] : model.aliases)
        json["aliases"].push_back({{"alias", alias}, {"version", std::to_string(version)}});
    return json;
}

} // namespace

Json modelJson(const Registry &registry, const DemoModel &model)
{
    return modelWith(model, latestVersions(registry, model.name));
}

Json foundModelJson(const Registry &registry, const DemoModel &model)
{
    auto latest = latestVersions(registry, model.name);
    std::sort(latest.begin(), latest.end(), [](const auto *a, const auto *b) { return a->stage < b->stage; });
    return modelWith(model, latest);
}

Json loggedModelJson(const DemoLoggedModel &model)
{
    Json info = {{"model_id", model.id},
                 {"experiment_id", std::to_string(model.experiment)},
                 {"name", model.name},
                 {"creation_timestamp_ms", model.created},
                 {"last_updated_timestamp_ms", model.updated},
                 {"artifact_uri", model.artifactUri()},
                 {"status", model.status},
                 {"model_type", model.type},
                 {"source_run_id", model.run}};
    if (!model.tags.empty())
        info["tags"] = pairs(model.tags);
    Json data = Json::object();
    if (!model.params.empty())
        data["params"] = pairs(model.params);
    return {{"info", info}, {"data", data}};
}

} // namespace andon::demo::mlflow
