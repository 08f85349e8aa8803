#include "demo/mlflow/mlflowcalls.h"
#include "demo/mlflow/ordering.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace andon::demo::mlflow
{

namespace
{

using Values = std::vector<std::string>;

/// view_type in its three words; the server takes their numbers and, for what it does not know, active ones.
bool isWanted(const std::string &view, bool deleted)
{
    if (view == "ALL" || view == "3")
        return true;
    return (view == "DELETED_ONLY" || view == "2") == deleted;
}

Values valuesOfExperiment(const Registry &registry, std::size_t i, const FilterKey &key)
{
    const DemoExperiment &experiment = registry.experiments[i];
    if (key.entity == "tag")
        return tagOf(experiment.tags, key.name);
    return {key.name == "name"                ? experiment.name
                : key.name == "experiment_id" ? std::to_string(i)
                : key.name == "creation_time" ? std::to_string(experiment.created)
                                              : std::to_string(experiment.updated)};
}

Answer searchExperiments(const Registry &registry, const Fields &fields)
{
    if (fields.has("order_by") && fields.json.at("order_by").is_number())
        return fields.refuse("order_by");
    const Paging paging{.key = "experiments", .fallback = 0, .saysLimit = true};
    const auto filter = parseFilter(fields.text("filter"), Searched::Experiments);
    const auto order = parseOrder(fields.list("order_by"), Searched::Experiments);
    if (fields.number("max_results", 0).value_or(0) > 0 && (!filter || !order))
        return refused(filter ? order.error() : filter.error());
    const auto valuesOf = [&](std::size_t i, const FilterKey &key) { return valuesOfExperiment(registry, i, key); };
    std::vector<std::size_t> found;
    for (std::size_t i = 0; filter && i < registry.experiments.size(); ++i)
        if (isWanted(fields.text("view_type"), registry.experiments[i].deleted)
            && matches(*filter, [&](const FilterKey &key) { return valuesOf(i, key); }))
            found.push_back(i);
    const std::vector<OrderKey> newestFirst{{.key = {.name = "creation_time"}, .ascending = false}};
    sortBy(found, order && !order->empty() ? *order : newestFirst, valuesOf);
    return paged(fields, paging, found.size(), [&](std::size_t i) { return experimentJson(registry, found[i]); });
}

Answer oneExperiment(const Registry &registry, const Fields &fields)
{
    const std::string id = fields.text("experiment_id");
    if (auto refusal = refuseExperiments({id}))
        return *refusal;
    for (std::size_t i = 0; i < registry.experiments.size(); ++i)
        if (std::to_string(i) == id)
            return ok({{"experiment", experimentJson(registry, i)}});
    return missing("No Experiment with id=" + id + " exists");
}

Answer experimentByName(const Registry &registry, const Fields &fields)
{
    const std::string name = fields.text("experiment_name");
    for (std::size_t i = 0; i < registry.experiments.size(); ++i)
        if (registry.experiments[i].name == name)
            return ok({{"experiment", experimentJson(registry, i)}});
    return missing("Could not find experiment with name '" + name + "'");
}

Values valuesOfMetric(const DemoRun &run, const std::string &name)
{
    const DemoMetric *metric = run.metric(name);
    if (!metric)
        return {};
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", metric->latest().value);
    return {text};
}

Values valuesOfRun(const DemoRun &run, const FilterKey &key)
{
    const std::string &name = key.name;
    if (key.entity == "tag")
        return tagOf(run.tags, name);
    if (key.entity == "parameter")
        return tagOf(run.params, name);
    if (key.entity == "metric")
        return valuesOfMetric(run, name);
    if (key.entity == "dataset") {
        Values values;
        for (const DemoDataset &dataset : run.datasets)
            values.push_back(name == "name" ? dataset.name : name == "digest" ? dataset.digest : dataset.context);
        return values;
    }
    if (name == "end_time")
        return run.end ? Values{std::to_string(run.end)} : Values{};
    return {name == "start_time" || name == "Created" || name == "created" ? std::to_string(run.start)
                : name == "run_id"                                         ? run.id
                : name == "status"                                         ? run.status
                : name == "user_id"                                        ? run.user
                : name == "artifact_uri"                                   ? run.artifactUri()
                                                                           : run.name};
}

Answer searchRuns(const Registry &registry, const Fields &fields)
{
    for (const char *key : {"experiment_ids", "order_by"})
        if (fields.has(key) && !fields.json.at(key).is_array())
            return fields.refuse(key);
    if (fields.has("filter") && !fields.json.at("filter").is_string())
        return fields.refuse("filter");
    const Values experiments = fields.list("experiment_ids");
    if (auto refusal = refuseExperiments(experiments))
        return *refusal;
    const auto filter = parseFilter(fields.text("filter"), Searched::Runs);
    const auto order = parseOrder(fields.list("order_by"), Searched::Runs);
    if (!filter || !order)
        return refused(filter ? order.error() : filter.error());
    std::vector<const DemoRun *> found;
    for (const DemoRun &run : registry.runs)
        if (isWanted(fields.text("run_view_type"), run.deleted) && contains(experiments, run.experiment)
            && matches(*filter, [&](const FilterKey &key) { return valuesOfRun(run, key); }))
            found.push_back(&run);
    std::sort(found.begin(), found.end(), [](const DemoRun *a, const DemoRun *b) {
        return std::tuple(-a->start, a->id) < std::tuple(-b->start, b->id);
    });
    sortBy(found, *order, [](const DemoRun *run, const FilterKey &key) { return valuesOfRun(*run, key); });
    return paged(fields, {.key = "runs"}, found.size(),
                 [&](std::size_t i) { return foundRunJson(registry, *found[i]); });
}

Answer noRun(const std::string &id)
{
    return missing("Run with id=" + id + " not found");
}

Answer oneRun(const Registry &registry, const Fields &fields)
{
    const std::string id = fields.text(fields.has("run_id") ? "run_id" : "run_uuid");
    const DemoRun *run = registry.run(id);
    return run ? ok({{"run", runJson(registry, *run)}}) : noRun(id);
}

Answer metricHistory(const Registry &registry, const Fields &fields)
{
    const DemoRun *run = registry.run(fields.text("run_id"));
    const std::string key = fields.text("metric_key");
    const DemoMetric *metric = run ? run->metric(key) : nullptr;
    Fields paging = fields;
    const auto size = fields.number("max_results", 1);
    if (!size)
        paging.json.erase("max_results");
    else if (*size <= 0)
        return invalid("Invalid value " + std::to_string(*size)
                       + " for parameter 'max_results' supplied. It must be a positive integer.");
    return paged(paging, {.key = "metrics", .fallback = 1'000'000'000, .most = 1'000'000'000},
                 metric ? metric->points.size() : 0, [&](std::size_t i) { return metricJson(key, metric->points[i]); });
}

/// One JSON line with sorted keys: this call is not made by protobuf.
Answer bulkHistory(const Registry &registry, const Fields &fields)
{
    const std::string key = fields.text("metric_key");
    Values ids = fields.list("run_id");
    std::sort(ids.begin(), ids.end());
    nlohmann::json list = nlohmann::json::array();
    for (const std::string &id : ids) {
        const DemoRun *run = registry.run(id);
        const DemoMetric *metric = run && !run->deleted ? run->metric(key) : nullptr;
        for (const DemoPoint &point : metric ? metric->points : std::vector<DemoPoint>()) {
            nlohmann::json item = metricJson(key, point);
            item["run_id"] = id;
            list.push_back(std::move(item));
        }
    }
    return {.body = nlohmann::json{{"metrics", std::move(list)}}.dump() + "\n"};
}

/// At most max_results points of each run, evenly over the steps, with the last one.
Answer sampledHistory(const Registry &registry, const Fields &fields)
{
    const std::string key = fields.text("metric_key");
    const auto most =
        static_cast<std::size_t>(std::max<std::int64_t>(2, fields.number("max_results", 2500).value_or(2)));
    Json answer = Json::object();
    for (const std::string &id : fields.list("run_ids")) {
        const DemoRun *run = registry.run(id);
        const DemoMetric *metric = run ? run->metric(key) : nullptr;
        const std::size_t count = metric ? metric->points.size() : 0;
        const std::size_t taken = std::min(count, most);
        for (std::size_t i = 0; i < taken; ++i) {
            const std::size_t at = i + 1 == taken ? count - 1 : i * count / taken;
            Json item = metricJson(key, metric->points[at]);
            item["run_id"] = id;
            answer["metrics"].push_back(std::move(item));
        }
    }
    return ok(answer);
}

Answer artifacts(const Registry &registry, const Fields &fields)
{
    const std::string id = fields.text("run_id");
    const DemoRun *run = registry.run(id);
    if (!run)
        return noRun(id);
    if (fields.text("path").find("..") != std::string::npos)
        return invalid("Invalid path");
    return ok({{"root_uri", run->artifactUri()}});
}

Answer searchDatasets(const Registry &registry, const Fields &fields)
{
    const Values experiments = fields.list("experiment_ids");
    if (experiments.empty())
        return invalid("SearchDatasets request must specify at least one experiment_id.");
    std::set<std::tuple<int, std::string, std::string, std::string>> rows;
    for (const DemoRun &run : registry.runs)
        for (const DemoDataset &dataset : run.datasets)
            if (contains(experiments, run.experiment))
                rows.emplace(run.experiment, dataset.name, dataset.digest, dataset.context);
    Json answer = Json::object();
    for (const auto &[experiment, name, digest, context] : rows)
        answer["dataset_summaries"].push_back(
            {{"experiment_id", std::to_string(experiment)}, {"name", name}, {"digest", digest}, {"context", context}});
    return ok(answer);
}

} // namespace

std::optional<Answer> refuseExperiments(const std::vector<std::string> &ids)
{
    for (const std::string &id : ids)
        if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos)
            return invalid("Invalid experiment ID '" + id + "'. Experiment ID must be a valid integer.");
    return std::nullopt;
}

bool contains(const std::vector<std::string> &experiments, int experiment)
{
    return std::find(experiments.begin(), experiments.end(), std::to_string(experiment)) != experiments.end();
}

std::vector<std::string> tagOf(const Pairs &pairs, const std::string &key)
{
    for (const auto &[name, value] : pairs)
        if (name == key)
            return {value};
    return {};
}

const std::vector<CallEntry> &runCalls()
{
    static const std::vector<CallEntry> kCalls = {
        {"experiments/search", searchExperiments, "POST GET"},
        {"experiments/get", oneExperiment, "GET", "experiment_id"},
        {"experiments/get-by-name", experimentByName, "GET", "experiment_name"},
        {"experiments/search-datasets", searchDatasets, "POST", "", true},
        {"runs/search", searchRuns, "POST"},
        {"runs/get", oneRun, "GET", "run_id|run_uuid"},
        {"metrics/get-history", metricHistory, "GET", "run_id metric_key"},
        {"metrics/get-history-bulk", bulkHistory, "GET", "run_id metric_key", true},
        {"metrics/get-history-bulk-interval", sampledHistory, "GET", "run_ids metric_key", true},
        {"artifacts/list", artifacts, "GET", "run_id"},
    };
    return kCalls;
}

} // namespace andon::demo::mlflow
