#include "tests/demo/mlflowcontent.h"

#include <QUrl>

#include <algorithm>
#include <limits>

namespace andon::test
{

namespace
{

using Json = nlohmann::json;

const Json &listOf(const Json &json, const char *key)
{
    static const Json kNone = Json::array();
    const auto found = json.find(key);
    return found == json.end() ? kNone : *found;
}

demo::Pairs pairsOf(const Json &json, const char *key)
{
    demo::Pairs pairs;
    for (const Json &pair : listOf(json, key))
        pairs.emplace_back(pair.at("key").get<std::string>(), pair.value("value", ""));
    return pairs;
}

demo::DemoPoint pointOf(const Json &metric)
{
    const Json &value = metric.at("value");
    return {.value = value.is_string() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>(),
            .at = metric.at("timestamp"),
            .step = metric.value("step", std::int64_t(0))};
}

template <typename Item, typename Same> void put(std::vector<Item> &items, Item item, Same same)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item &other) { return same(other, item); });
    if (found == items.end())
        items.push_back(std::move(item));
    else
        *found = std::move(item);
}

void learnExperiment(demo::Registry &registry, const Json &json)
{
    const std::size_t id = std::stoul(json.at("experiment_id").get<std::string>());
    registry.experiments.resize(std::max(registry.experiments.size(), id + 1));
    registry.experiments[id] = {.name = json.at("name"),
                                .created = json.at("creation_time"),
                                .updated = json.at("last_update_time"),
                                .deleted = json.at("lifecycle_stage") == "deleted",
                                .tags = pairsOf(json, "tags")};
}

demo::DemoDataset datasetOf(const Json &input)
{
    const Json &json = input.at("dataset");
    demo::DemoDataset out{.name = json.at("name"),
                          .digest = json.at("digest"),
                          .sourceType = json.at("source_type"),
                          .source = json.at("source"),
                          .schema = json.value("schema", ""),
                          .profile = json.value("profile", ""),
                          .context = {}};
    for (const auto &[key, value] : pairsOf(input, "tags"))
        if (key == "mlflow.data.context")
            out.context = value;
    return out;
}

void learnRun(demo::Registry &registry, const Json &json)
{
    const Json &info = json.at("info");
    demo::DemoRun run{.id = info.at("run_id"),
                      .name = info.at("run_name"),
                      .experiment = std::stoi(info.at("experiment_id").get<std::string>()),
                      .user = info.at("user_id"),
                      .status = info.at("status"),
                      .deleted = info.at("lifecycle_stage") == "deleted",
                      .start = info.at("start_time"),
                      .end = info.value("end_time", std::int64_t(0)),
                      .params = pairsOf(json.at("data"), "params"),
                      .tags = pairsOf(json.at("data"), "tags")};
    for (const Json &metric : listOf(json.at("data"), "metrics"))
        run.metrics.push_back({.key = metric.at("key"), .points = {pointOf(metric)}});
    for (const Json &input : listOf(json.at("inputs"), "dataset_inputs"))
        run.datasets.push_back(datasetOf(input));
    for (const Json &input : listOf(json.at("inputs"), "model_inputs"))
        run.modelInputs.push_back(input.at("model_id"));
    if (json.contains("outputs"))
        for (const Json &output : listOf(json.at("outputs"), "model_outputs"))
            run.modelOutputs.push_back(output.at("model_id"));
    put(registry.runs, std::move(run), [](const auto &a, const auto &b) { return a.id == b.id; });
}

void learnVersion(demo::Registry &registry, const Json &json)
{
    put(registry.versions,
        demo::DemoVersion{.model = json.at("name"),
                          .number = std::stoi(json.at("version").get<std::string>()),
                          .created = json.at("creation_timestamp"),
                          .updated = json.at("last_updated_timestamp"),
                          .stage = json.at("current_stage"),
                          .description = json.at("description"),
                          .source = json.at("source"),
                          .run = json.at("run_id"),
                          .tags = pairsOf(json, "tags")},
        [](const auto &a, const auto &b) { return a.model == b.model && a.number == b.number; });
}

void learnModel(demo::Registry &registry, const Json &json)
{
    demo::DemoModel model{.name = json.at("name"),
                          .created = json.at("creation_timestamp"),
                          .updated = json.at("last_updated_timestamp"),
                          .description = json.value("description", ""),
                          .tags = pairsOf(json, "tags")};
    for (const Json &alias : listOf(json, "aliases"))
        model.aliases[alias.at("alias")] = std::stoi(alias.at("version").get<std::string>());
    put(registry.models, std::move(model), [](const auto &a, const auto &b) { return a.name == b.name; });
}

void learnLogged(demo::Registry &registry, const Json &json)
{
    const Json &info = json.at("info");
    put(registry.loggedModels,
        demo::DemoLoggedModel{.id = info.at("model_id"),
                              .experiment = std::stoi(info.at("experiment_id").get<std::string>()),
                              .name = info.at("name"),
                              .created = info.at("creation_timestamp_ms"),
                              .updated = info.at("last_updated_timestamp_ms"),
                              .status = info.at("status"),
                              .type = info.at("model_type"),
                              .run = info.at("source_run_id"),
                              .params = pairsOf(json.at("data"), "params"),
                              .tags = pairsOf(info, "tags")},
        [](const auto &a, const auto &b) { return a.id == b.id; });
}

} // namespace

void learn(demo::Registry &registry, const Json &answer)
{
    for (const Json &item : listOf(answer, "experiments"))
        learnExperiment(registry, item);
    for (const Json &item : listOf(answer, "runs"))
        learnRun(registry, item);
    if (answer.contains("run"))
        learnRun(registry, answer.at("run"));
    for (const Json &item : listOf(answer, "registered_models"))
        learnModel(registry, item);
    for (const Json &item : listOf(answer, "model_versions"))
        learnVersion(registry, item);
    for (const Json &item : listOf(answer, "models"))
        learnLogged(registry, item);
}

void learnHistory(demo::Registry &registry, const std::string &run, const Json &answer)
{
    for (demo::DemoRun &known : registry.runs) {
        if (known.id != run)
            continue;
        for (demo::DemoMetric &metric : known.metrics) {
            std::vector<demo::DemoPoint> points;
            for (const Json &point : listOf(answer, "metrics"))
                if (point.at("key") == metric.key)
                    points.push_back(pointOf(point));
            if (!points.empty())
                metric.points = std::move(points);
        }
    }
}

demo::MlflowDialect::Request mlflowRequest(const std::string &method, const std::string &target,
                                           const std::string &json)
{
    const std::size_t question = target.find('?');
    demo::MlflowDialect::Request request{.method = method, .path = target.substr(0, question), .body = json};
    const auto decoded = [](std::string text) {
        std::replace(text.begin(), text.end(), '+', ' ');
        return QUrl::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
    };
    std::size_t from = question == std::string::npos ? target.size() : question + 1;
    while (from < target.size()) {
        const std::size_t to = std::min(target.find('&', from), target.size());
        const std::string pair = target.substr(from, to - from);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        request.params.emplace_back(decoded(pair.substr(0, equals)),
                                    decoded(equals < pair.size() ? pair.substr(equals + 1) : std::string()));
        from = to + 1;
    }
    if (method == "POST")
        request.contentType = "application/json";
    return request;
}

} // namespace andon::test
