#include "factory/registrycodec.h"

#include <nlohmann/json.hpp>

namespace andon::factory
{

namespace
{

using Json = nlohmann::json;

std::string dump(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

core::Error damaged()
{
    return {.kind = core::ErrorKind::Storage, .where = "cache", .detail = "a cached answer of the registry is damaged"};
}

std::string text(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

const Json &list(const Json &object, const char *key)
{
    static const Json empty = Json::array();
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : empty;
}

Json pairs(const lineage::KeyValues &values)
{
    Json all = Json::array();
    for (const auto &[key, value] : values)
        all.push_back({key, value});
    return all;
}

lineage::KeyValues pairsOf(const Json &object, const char *key)
{
    lineage::KeyValues all;
    for (const Json &pair : list(object, key))
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string())
            all.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    return all;
}

std::vector<std::string> strings(const Json &object, const char *key)
{
    std::vector<std::string> all;
    for (const Json &item : list(object, key))
        if (item.is_string())
            all.push_back(item.get<std::string>());
    return all;
}

} // namespace

std::string packRun(const lineage::Run &run)
{
    Json metrics = Json::array();
    for (const lineage::Metric &metric : run.metrics)
        metrics.push_back({metric.key, metric.value ? Json(*metric.value) : Json(), metric.at.ms, metric.step});
    Json inputs = Json::array();
    for (const lineage::DatasetInput &input : run.inputs)
        inputs.push_back({input.name, input.digest, input.sourceType, input.source, input.context});
    return dump({{"id", run.id.value},
                 {"name", run.name},
                 {"experiment", run.experiment.value},
                 {"user", run.user},
                 {"status", static_cast<int>(run.status)},
                 {"deleted", run.deleted},
                 {"started", run.started.ms},
                 {"ended", run.ended.ms},
                 {"artifacts", run.artifactUri},
                 {"metrics", metrics},
                 {"params", pairs(run.params)},
                 {"tags", pairs(run.tags)},
                 {"inputs", inputs},
                 {"model_inputs", run.modelInputs},
                 {"model_outputs", run.modelOutputs}});
}

core::Result<lineage::Run> unpackRun(std::string_view packed)
{
    const Json json = Json::parse(packed, nullptr, false);
    if (!json.is_object())
        return core::fail(damaged());
    lineage::Run run{.id = core::RunId(text(json, "id")),
                     .name = text(json, "name"),
                     .experiment = core::ExperimentId(text(json, "experiment")),
                     .user = text(json, "user"),
                     .status = static_cast<lineage::RunStatus>(number(json, "status"))};
    run.deleted = json.value("deleted", false);
    run.started = {number(json, "started")};
    run.ended = {number(json, "ended")};
    run.artifactUri = text(json, "artifacts");
    for (const Json &row : list(json, "metrics"))
        if (row.is_array() && row.size() == 4)
            run.metrics.push_back({.key = row[0].get<std::string>(),
                                   .value = row[1].is_number() ? std::optional(row[1].get<double>()) : std::nullopt,
                                   .at = {row[2].get<std::int64_t>()},
                                   .step = row[3].get<std::int64_t>()});
    run.params = pairsOf(json, "params");
    run.tags = pairsOf(json, "tags");
    for (const Json &row : list(json, "inputs"))
        if (row.is_array() && row.size() == 5)
            run.inputs.push_back({row[0].get<std::string>(), row[1].get<std::string>(), row[2].get<std::string>(),
                                  row[3].get<std::string>(), row[4].get<std::string>()});
    run.modelInputs = strings(json, "model_inputs");
    run.modelOutputs = strings(json, "model_outputs");
    return run;
}

std::string packModel(const lineage::RegisteredModel &model)
{
    Json aliases = Json::array();
    for (const lineage::Alias &alias : model.aliases)
        aliases.push_back({alias.name, alias.version.value});
    return dump({{"name", model.name.value},
                 {"created", model.created.ms},
                 {"updated", model.updated.ms},
                 {"description", model.description},
                 {"tags", pairs(model.tags)},
                 {"aliases", aliases}});
}

core::Result<lineage::RegisteredModel> unpackModel(std::string_view packed)
{
    const Json json = Json::parse(packed, nullptr, false);
    if (!json.is_object())
        return core::fail(damaged());
    lineage::RegisteredModel model{.name = core::ModelName(text(json, "name")),
                                   .created = {number(json, "created")},
                                   .updated = {number(json, "updated")},
                                   .description = text(json, "description"),
                                   .tags = pairsOf(json, "tags")};
    for (const auto &[name, version] : pairsOf(json, "aliases"))
        model.aliases.push_back({name, core::ModelVersionNumber(version)});
    return model;
}

std::string packVersion(const lineage::ModelVersion &version)
{
    return dump({{"model", version.model.value},
                 {"version", version.version.value},
                 {"created", version.created.ms},
                 {"updated", version.updated.ms},
                 {"user", version.user},
                 {"stage", version.stage},
                 {"description", version.description},
                 {"source", version.source},
                 {"run", version.run.value},
                 {"logged_model", version.loggedModel},
                 {"status", version.status},
                 {"tags", pairs(version.tags)},
                 {"aliases", version.aliases}});
}

core::Result<lineage::ModelVersion> unpackVersion(std::string_view packed)
{
    const Json json = Json::parse(packed, nullptr, false);
    if (!json.is_object())
        return core::fail(damaged());
    return lineage::ModelVersion{.model = core::ModelName(text(json, "model")),
                                 .version = core::ModelVersionNumber(text(json, "version")),
                                 .created = {number(json, "created")},
                                 .updated = {number(json, "updated")},
                                 .user = text(json, "user"),
                                 .stage = text(json, "stage"),
                                 .description = text(json, "description"),
                                 .source = text(json, "source"),
                                 .run = core::RunId(text(json, "run")),
                                 .loggedModel = text(json, "logged_model"),
                                 .status = text(json, "status"),
                                 .tags = pairsOf(json, "tags"),
                                 .aliases = strings(json, "aliases")};
}

std::string packEvidence(const std::vector<core::Evidence> &evidence)
{
    Json all = Json::array();
    for (const core::Evidence &e : evidence)
        all.push_back({{"source", e.source.value},
                       {"request", e.request},
                       {"status", e.httpStatus},
                       {"at", e.at.ms},
                       {"bytes", e.bytes},
                       {"rows", e.rows},
                       {"sha256", e.sha256}});
    return dump(all);
}

std::vector<core::Evidence> unpackEvidence(std::string_view packed)
{
    std::vector<core::Evidence> all;
    const Json json = Json::parse(packed, nullptr, false);
    for (const Json &row : json.is_array() ? json : Json::array())
        if (row.is_object())
            all.push_back({.source = core::SourceName(text(row, "source")),
                           .request = text(row, "request"),
                           .httpStatus = static_cast<int>(number(row, "status")),
                           .at = {number(row, "at")},
                           .bytes = number(row, "bytes"),
                           .rows = number(row, "rows"),
                           .sha256 = text(row, "sha256")});
    return all;
}

} // namespace andon::factory
