#include "sources/mlflow/decode.h"

#include "sources/shared/json.h"

namespace andon::sources::mlflow
{

namespace
{

core::Instant millis(const Object &object, const char *key)
{
    return {object.numOr(key, 0)};
}

lineage::KeyValues keyValues(const Object &object, const char *list)
{
    lineage::KeyValues out;
    object.each(list, false, [&](const Object &pair) { out.emplace_back(pair.str("key"), pair.strOr("value")); });
    return out;
}

lineage::RunStatus status(const std::string &word)
{
    if (word == "RUNNING")
        return lineage::RunStatus::Running;
    if (word == "SCHEDULED")
        return lineage::RunStatus::Scheduled;
    if (word == "FINISHED")
        return lineage::RunStatus::Finished;
    if (word == "FAILED")
        return lineage::RunStatus::Failed;
    if (word == "KILLED")
        return lineage::RunStatus::Killed;
    return lineage::RunStatus::Unknown; // a newer server's word: shown as unknown, not refused
}

lineage::DatasetInput datasetInput(const Object &object)
{
    const Object dataset = object.object("dataset");
    lineage::DatasetInput out{.name = dataset.str("name"),
                              .digest = dataset.strOr("digest"),
                              .sourceType = dataset.strOr("source_type"),
                              .source = dataset.strOr("source")};
    for (const auto &[key, value] : keyValues(object, "tags"))
        if (key == "mlflow.data.context")
            out.context = value;
    return out;
}

void readInfo(const Object &info, lineage::Run &run)
{
    std::string id = info.strOr("run_id");
    if (id.empty())
        id = info.strOr("run_uuid"); // the deprecated name is all that old servers send
    if (id.empty())
        info.decode().fail(info.path() + ".run_id", "missing");
    run.id = core::RunId(std::move(id));
    run.name = info.strOr("run_name");
    run.experiment = core::ExperimentId(info.str("experiment_id"));
    run.user = info.strOr("user_id");
    run.status = status(info.strOr("status"));
    run.deleted = info.strOr("lifecycle_stage") == "deleted";
    run.started = millis(info, "start_time");
    run.ended = millis(info, "end_time");
    run.artifactUri = info.strOr("artifact_uri");
}

void readData(const Object &data, lineage::Run &run)
{
    data.each("metrics", false, [&](const Object &metric) {
        run.metrics.push_back({.key = metric.str("key"),
                               .value = metric.real("value"),
                               .at = millis(metric, "timestamp"),
                               .step = metric.numOr("step", 0)});
    });
    run.params = keyValues(data, "params");
    run.tags = keyValues(data, "tags");
}

lineage::Run readRun(const Object &object)
{
    lineage::Run run;
    readInfo(object.object("info"), run);
    if (const auto data = object.objectOr("data"))
        readData(*data, run);
    if (const auto inputs = object.objectOr("inputs")) {
        inputs->each("dataset_inputs", false, [&](const Object &item) { run.inputs.push_back(datasetInput(item)); });
        inputs->each("model_inputs", false,
                     [&](const Object &item) { run.modelInputs.push_back(item.str("model_id")); });
    }
    if (const auto outputs = object.objectOr("outputs"))
        outputs->each("model_outputs", false,
                      [&](const Object &item) { run.modelOutputs.push_back(item.str("model_id")); });
    for (const auto &[key, value] : run.tags) {
        if (run.name.empty() && key == "mlflow.runName")
            run.name = value;
        if (run.user.empty() && key == "mlflow.user")
            run.user = value;
    }
    return run;
}

/// The id in "models:/m-…", "" for other sources.
std::string loggedModelOf(const std::string &source)
{
    static constexpr std::string_view kScheme = "models:/m-";
    if (!source.starts_with(kScheme))
        return {};
    const std::string id = source.substr(kScheme.size() - 2);
    return id.substr(0, id.find('/'));
}

lineage::ModelVersion readVersion(const Object &object)
{
    lineage::ModelVersion out{.model = core::ModelName(object.str("name")),
                              .version = core::ModelVersionNumber(object.str("version")),
                              .created = millis(object, "creation_timestamp"),
                              .updated = millis(object, "last_updated_timestamp"),
                              .user = object.strOr("user_id"),
                              .stage = object.strOr("current_stage"),
                              .description = object.strOr("description"),
                              .source = object.strOr("source"),
                              .run = core::RunId(object.strOr("run_id")),
                              .loggedModel = object.strOr("model_id"),
                              .status = object.strOr("status"),
                              .tags = keyValues(object, "tags"),
                              .aliases = object.strings("aliases")};
    if (out.loggedModel.empty())
        out.loggedModel = loggedModelOf(out.source);
    return out;
}

template <typename T, typename Fn>
core::Result<Page<T>> readPage(std::string_view body, const std::string &where, const char *list, Fn item)
{
    const auto json = parseJson(body, where);
    if (!json)
        return core::fail(json.error());
    Decode decode(where);
    const Object root(*json, decode, "$");
    Page<T> page;
    page.next = root.strOr("next_page_token");
    root.each(list, false, [&](const Object &object) { page.items.push_back(item(object)); });
    return decode.result(std::move(page));
}

} // namespace

core::Result<Page<lineage::Experiment>> decodeExperiments(std::string_view body)
{
    return readPage<lineage::Experiment>(body, "mlflow experiments/search", "experiments", [](const Object &object) {
        return lineage::Experiment{.id = core::ExperimentId(object.str("experiment_id")),
                                   .name = object.strOr("name"),
                                   .deleted = object.strOr("lifecycle_stage") == "deleted",
                                   .created = millis(object, "creation_time"),
                                   .updated = millis(object, "last_update_time"),
                                   .tags = keyValues(object, "tags")};
    });
}

core::Result<Page<lineage::Run>> decodeRuns(std::string_view body)
{
    return readPage<lineage::Run>(body, "mlflow runs/search", "runs", readRun);
}

core::Result<lineage::Run> decodeRun(std::string_view body)
{
    const auto json = parseJson(body, "mlflow runs/get");
    if (!json)
        return core::fail(json.error());
    Decode decode("mlflow runs/get");
    return decode.result(readRun(Object(*json, decode, "$").object("run")));
}

core::Result<Page<lineage::RegisteredModel>> decodeModels(std::string_view body)
{
    return readPage<lineage::RegisteredModel>(
        body, "mlflow registered-models/search", "registered_models", [](const Object &object) {
            lineage::RegisteredModel out{.name = core::ModelName(object.str("name")),
                                         .created = millis(object, "creation_timestamp"),
                                         .updated = millis(object, "last_updated_timestamp"),
                                         .description = object.strOr("description"),
                                         .tags = keyValues(object, "tags")};
            object.each("aliases", false, [&](const Object &alias) {
                out.aliases.push_back(
                    {.name = alias.str("alias"), .version = core::ModelVersionNumber(alias.str("version"))});
            });
            return out;
        });
}

core::Result<Page<lineage::ModelVersion>> decodeVersions(std::string_view body)
{
    return readPage<lineage::ModelVersion>(body, "mlflow model-versions/search", "model_versions", readVersion);
}

core::Result<Page<lineage::LoggedModel>> decodeLoggedModels(std::string_view body)
{
    return readPage<lineage::LoggedModel>(body, "mlflow logged-models/search", "models", [](const Object &object) {
        const Object info = object.object("info");
        return lineage::LoggedModel{.id = info.str("model_id"),
                                    .experiment = core::ExperimentId(info.str("experiment_id")),
                                    .name = info.strOr("name"),
                                    .sourceRun = core::RunId(info.strOr("source_run_id")),
                                    .artifactUri = info.strOr("artifact_uri"),
                                    .status = info.strOr("status"),
                                    .created = millis(info, "creation_timestamp_ms"),
                                    .tags = keyValues(info, "tags")};
    });
}

core::Result<std::string> decodeVersionText(std::string_view body)
{
    while (!body.empty() && (body.back() == '\n' || body.back() == '\r' || body.back() == ' '))
        body.remove_suffix(1);
    const bool plain = !body.empty() && body.size() <= 64 && body.front() >= '0' && body.front() <= '9'
        && body.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.+-") == std::string_view::npos;
    if (!plain)
        return core::fail(core::ErrorKind::Protocol, "mlflow version", "not a version number");
    return std::string(body);
}

int majorOf(std::string_view version)
{
    return static_cast<int>(parseInt(version.substr(0, version.find('.'))).value_or(0));
}

} // namespace andon::sources::mlflow
