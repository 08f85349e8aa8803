#include "tests/integration/mlflow/filling.h"

#include <algorithm>
#include <limits>

namespace andon::test
{

namespace
{

using Json = nlohmann::json;
constexpr std::int64_t kStart = 1'795'000'000'000; ///< of the first run, UTC milliseconds
constexpr std::int64_t kMinute = 60'000;
constexpr double kMost = std::numeric_limits<double>::max();

Json pairs(const lineage::KeyValues &values)
{
    Json list = Json::array();
    for (const auto &[key, value] : values)
        list.push_back({{"key", key}, {"value", value}});
    return list;
}

/// A metric as it is sent; `kept` is what a reader must find: NaN is no value, infinity the largest number.
struct Point {
    std::string key = {};
    Json sent = {};
    std::optional<double> kept = {};
    std::int64_t at = 0;
    std::int64_t step = 0;
};

struct RunPlan {
    std::string name = {};
    std::string experiment = "fraud-training";
    int minute = 0; ///< it starts so long after kStart
    int minutes = 1; ///< it takes so long; 0: it still runs
    std::string status = "FINISHED";
    std::string user = "m.ortiz";
    std::vector<Point> points = {}; ///< the last one of a key is the latest
    lineage::KeyValues params = {};
    lineage::KeyValues tags = {};
    std::vector<lineage::DatasetInput> inputs = {};
    std::string keptSource = {}; ///< of the first input, "" when it is the run's own
    std::string keptBy2 = {}; ///< the same on 2.x, when it differs
    bool deleted = false;
};

std::string source(const char *hex)
{
    std::string commit;
    for (int i = 0; i < 64; ++i)
        commit += hex;
    return R"({"uri": "s3://vision-lake/)" + commit + R"(/images/"})";
}

lineage::DatasetInput transactions(const char *hex)
{
    return {
        .name = "transactions", .digest = "4f3a91c0", .sourceType = "s3", .source = source(hex), .context = "training"};
}

const std::vector<RunPlan> &plans()
{
    const std::string odd = "<b>not html</b> \"quotes\" 日本 é \\ \t";
    static const std::vector<RunPlan> kPlans = {
        {.name = "alpha",
         .minute = 1,
         .points = {{"auc", 0.9, 0.9, kStart, 0},
                    {"auc", 0.95, 0.95, kStart + 1, 1},
                    {"auc", 0.901, 0.901, kStart + 2, 2},
                    {"loss", "NaN", std::nullopt, kStart, 0}},
         .params = {{"depth", "7"}, {"lr", "0.001"}},
         .tags = {{"lakefs_commit", std::string(64, 'a')}, {"Team X", "q"}, {"note", odd}},
         .inputs = {transactions("a")}},
        // The same name and digest from another commit: the server keeps the first source.
        {.name = "beta",
         .minute = 2,
         .points = {{"auc", 0.8, 0.8, kStart, 0}, {"loss", "Infinity", kMost, kStart, 0}},
         .params = {{"lr", "0.01"}},
         .tags = {{"lakefs_commit", std::string(64, 'b')}},
         .inputs = {transactions("b"),
                    {.name = "holdout", .digest = "77aa", .sourceType = "http", .source = "{}", .context = "eval"}},
         .keptSource = source("a")},
        {.name = "gamma",
         .minute = 3,
         .status = "FAILED",
         .user = "s.ito",
         .points = {{"loss", "-Infinity", -kMost, kStart, 0}, {"tiny", 1e-7, 1e-7, kStart, 3}},
         .params = {{"depth", "8"}},
         .deleted = true},
        {.name = "delta", .minute = 4, .minutes = 0, .status = "RUNNING", .points = {{"auc", 0.85, 0.85, kStart, 0}}},
        {.name = "epsilon_1%", .minute = 5, .minutes = 600, .status = "KILLED"}, // ends long after the others
        {.name = "queued", .minute = 6, .minutes = 0, .status = "SCHEDULED", .user = "s.ito"},
        // In 3.x another experiment has its own row of the same dataset; in 2.x the server has one for all experiments.
        {.name = "alpha",
         .experiment = "vision <i>2</i> 日本",
         .minute = 7,
         .points = {{"auc", 1e22, 1e22, kStart, 0}, {"count", 3, 3.0, kStart, 0}},
         .tags = {{"lakefs_commit", std::string(64, 'c')}, {"mlflow.source.git.commit", std::string(40, '1')}},
         .inputs = {transactions("c")},
         .keptBy2 = source("a")},
        {.name = "lost", .experiment = "old", .minute = 8, .status = "FAILED"},
    };
    return kPlans;
}

lineage::RunStatus statusOf(const std::string &word)
{
    return word == "RUNNING"  ? lineage::RunStatus::Running
        : word == "SCHEDULED" ? lineage::RunStatus::Scheduled
        : word == "FINISHED"  ? lineage::RunStatus::Finished
        : word == "FAILED"    ? lineage::RunStatus::Failed
                              : lineage::RunStatus::Killed;
}

class Filler
{
public:
    Filler(Client &client, int major)
        : m_client(client)
        , m_major(major)
    {
    }

    Filled fill()
    {
        experiment("fraud-training", {{"team", "risk"}, {"a", "<script>"}});
        experiment("vision <i>2</i> 日本", {});
        experiment("old", {});
        for (const RunPlan &plan : plans())
            run(plan);
        call("POST", "experiments/delete", {{"experiment_id", m_out.experiments["old"]}});
        m_out.expectedExperiments.back().deleted = true;
        for (lineage::Run &lost : m_out.expectedRuns)
            lost.deleted |= lost.name == "lost"; // with its experiment
        registerModels();
        if (m_major == 3)
            logModels();
        aliasesAndStages();
        for (const RunPlan &plan : plans())
            if (plan.deleted)
                call("POST", "runs/delete", {{"run_id", m_out.runs[plan.name]}}); // its versions stay
        return std::move(m_out);
    }

private:
    Json call(const char *method, const std::string &what, const Json &body)
    {
        const Reply reply = m_client.ask({.method = method,
                                          .target = "/api/2.0/mlflow/" + what,
                                          .headers = {"Content-Type: application/json"},
                                          .body = body.dump()});
        if (reply.status != 200 && m_out.wrong.empty())
            m_out.wrong = what + " " + body.dump() + ": " + std::to_string(reply.status) + " " + reply.body;
        Json json = Json::parse(reply.body, nullptr, false);
        return json.is_object() ? json : Json::object();
    }

    void experiment(const std::string &name, const lineage::KeyValues &tags)
    {
        const Json made = call("POST", "experiments/create", {{"name", name}, {"tags", pairs(tags)}});
        const std::string id = made.value("experiment_id", "?");
        m_out.experiments[name] = id;
        m_out.expectedExperiments.push_back({.id = core::ExperimentId(id), .name = name, .tags = tags});
    }

    void run(const RunPlan &plan)
    {
        const std::int64_t start = kStart + plan.minute * kMinute;
        const Json made = call("POST", "runs/create",
                               {{"experiment_id", m_out.experiments[plan.experiment]},
                                {"run_name", plan.name},
                                {"start_time", start},
                                {"user_id", plan.user},
                                {"tags", pairs(plan.tags)}});
        const Json info = made.value("run", Json::object()).value("info", Json::object());
        lineage::Run out{.id = core::RunId(info.value("run_id", "?")),
                         .name = plan.name,
                         .experiment = core::ExperimentId(m_out.experiments[plan.experiment]),
                         .user = plan.user,
                         .status = statusOf(plan.status),
                         .deleted = plan.deleted,
                         .started = {start},
                         .artifactUri = info.value("artifact_uri", ""),
                         .params = plan.params,
                         .tags = plan.tags,
                         .inputs = plan.inputs};
        out.tags.emplace_back("mlflow.runName", plan.name);
        m_out.runs.emplace(plan.name, out.id.value);
        log(plan, out);
        if (plan.status != "RUNNING") {
            Json update{{"run_id", out.id.value}, {"status", plan.status}};
            if (plan.minutes)
                update["end_time"] = start + plan.minutes * kMinute;
            call("POST", "runs/update", update);
            out.ended = {plan.minutes ? start + plan.minutes * kMinute : 0};
        }
        const std::string &kept = m_major == 2 && !plan.keptBy2.empty() ? plan.keptBy2 : plan.keptSource;
        if (!kept.empty())
            out.inputs.front().source = kept;
        m_out.expectedRuns.push_back(std::move(out));
    }

    void log(const RunPlan &plan, lineage::Run &out)
    {
        Json metrics = Json::array();
        for (const Point &point : plan.points) {
            metrics.push_back(
                {{"key", point.key}, {"value", point.sent}, {"timestamp", point.at}, {"step", point.step}});
            std::erase_if(out.metrics, [&](const lineage::Metric &metric) { return metric.key == point.key; });
            out.metrics.push_back({.key = point.key, .value = point.kept, .at = {point.at}, .step = point.step});
        }
        if (!plan.points.empty() || !plan.params.empty())
            call("POST", "runs/log-batch",
                 {{"run_id", out.id.value}, {"metrics", metrics}, {"params", pairs(plan.params)}});
        Json datasets = Json::array();
        for (const lineage::DatasetInput &input : plan.inputs)
            datasets.push_back({{"tags", pairs({{"mlflow.data.context", input.context}})},
                                {"dataset",
                                 {{"name", input.name},
                                  {"digest", input.digest},
                                  {"source_type", input.sourceType},
                                  {"source", input.source},
                                  {"schema", "{}"},
                                  {"profile", R"({"num_rows": 1000})"}}}});
        if (!datasets.empty())
            call("POST", "runs/log-inputs", {{"run_id", out.id.value}, {"datasets", datasets}});
    }

    void model(const std::string &name, const std::string &description, const lineage::KeyValues &tags)
    {
        const Json made = call("POST", "registered-models/create",
                               {{"name", name}, {"description", description}, {"tags", pairs(tags)}});
        const Json json = made.value("registered_model", Json::object());
        const core::Instant at{json.value("creation_timestamp", std::int64_t(0))};
        m_out.expectedModels.push_back(
            {.name = core::ModelName(name), .created = at, .updated = at, .description = description, .tags = tags});
    }

    lineage::RegisteredModel &expected(const std::string &name)
    {
        return *std::find_if(m_out.expectedModels.begin(), m_out.expectedModels.end(),
                             [&](const auto &model) { return model.name.value == name; });
    }

    void version(const std::string &name, const std::string &uri, const std::string &runName,
                 Json more = Json::object(), const lineage::KeyValues &tags = {})
    {
        more.update({{"name", name}, {"source", uri}, {"run_id", m_out.runs[runName]}, {"tags", pairs(tags)}});
        const Json made = call("POST", "model-versions/create", more);
        const Json json = made.value("model_version", Json::object());
        const core::Instant at{json.value("creation_timestamp", std::int64_t(0))};
        m_out.expectedVersions.push_back({.model = core::ModelName(name),
                                          .version = core::ModelVersionNumber(json.value("version", "?")),
                                          .created = at,
                                          .updated = at,
                                          .stage = "None",
                                          .description = more.value("description", ""),
                                          .source = uri,
                                          .run = core::RunId(m_out.runs[runName]),
                                          .loggedModel = uri.starts_with("models:/") ? uri.substr(8) : "",
                                          .status = "READY",
                                          .tags = tags});
        expected(name).updated = at;
    }

    void registerModels()
    {
        model("audio_tag", "", {});
        model("fraud", "Card <b>fraud</b>", {{"owner", "risk"}, {"tier", "1"}});
        model("vision-defect", "日本", {});
        // A prompt is kept as a model; searches of models leave it out.
        const Json prompt = pairs({{"mlflow.prompt.is_prompt", "true"}});
        call("POST", "registered-models/create", {{"name", "greeting"}, {"tags", prompt}});
        call("POST", "model-versions/create", {{"name", "greeting"}, {"source", "dummy-source"}, {"tags", prompt}});
        version("fraud", "runs:/" + m_out.runs["alpha"] + "/model", "alpha", {}, {{"gate", "passed"}});
        version("fraud", "runs:/" + m_out.runs["gamma"] + "/model", "gamma", {{"description", "of a deleted run"}});
        version("fraud", "mlflow-artifacts:/1/" + m_out.runs["beta"] + "/artifacts/model", "beta");
        version("vision-defect", "runs:/" + m_out.runs["alpha"] + "/model", "alpha");
    }

    lineage::LoggedModel &loggedModel(const std::string &name, const std::string &runName, const std::string &type)
    {
        Json body{{"experiment_id", m_out.experiments["fraud-training"]},
                  {"name", name},
                  {"params", pairs({{"depth", "8"}})},
                  {"tags", pairs({{"t", "1"}})}};
        if (!runName.empty())
            body["source_run_id"] = m_out.runs[runName];
        if (!type.empty())
            body["model_type"] = type;
        const Json made = call("POST", "logged-models", body);
        const Json info = made.value("model", Json::object()).value("info", Json::object());
        const std::string id = info.value("model_id", "?");
        m_out.logged[name] = id;
        m_out.expectedLogged.push_back({.id = id,
                                        .experiment = core::ExperimentId(m_out.experiments["fraud-training"]),
                                        .name = name,
                                        .sourceRun = core::RunId(runName.empty() ? "" : m_out.runs[runName]),
                                        .artifactUri = info.value("artifact_uri", ""),
                                        .status = "LOGGED_MODEL_PENDING",
                                        .created = {info.value("creation_timestamp_ms", std::int64_t(0))},
                                        .tags = {{"t", "1"}}});
        return m_out.expectedLogged.back();
    }

    lineage::Run &expectedRun(const std::string &name)
    {
        return *std::find_if(m_out.expectedRuns.begin(), m_out.expectedRuns.end(),
                             [&](const lineage::Run &run) { return run.id.value == m_out.runs[name]; });
    }

    void logModels()
    {
        lineage::LoggedModel &made = loggedModel("fraud-xgb", "beta", "classifier");
        call("PATCH", "logged-models/" + made.id, {{"model_id", made.id}, {"status", "LOGGED_MODEL_READY"}});
        made.status = "LOGGED_MODEL_READY";
        call("POST", "runs/outputs",
             {{"run_id", m_out.runs["beta"]}, {"models", {{{"model_id", made.id}, {"step", 0}}}}});
        expectedRun("beta").modelOutputs = {made.id};
        call("POST", "runs/log-inputs", {{"run_id", m_out.runs["delta"]}, {"models", {{{"model_id", made.id}}}}});
        expectedRun("delta").modelInputs = {made.id};
        version("fraud", "models:/" + made.id, "beta", {{"model_id", made.id}});
        made.tags.emplace_back("mlflow.modelVersions", R"([{"name": "fraud", "version": 4}])");
        (void)loggedModel("fraud-lr", "", "");
    }

    void aliasesAndStages()
    {
        for (const auto &[alias, number] : {std::pair("champion", "3"), {"rollback", "1"}, {"a", "3"}}) {
            call("POST", "registered-models/alias", {{"name", "fraud"}, {"alias", alias}, {"version", number}});
            expected("fraud").aliases.push_back({.name = alias, .version = core::ModelVersionNumber(number)});
        }
        for (const auto &[number, stage] : {std::pair("2", "Production"), {"1", "Staging"}}) {
            const Json made =
                call("POST", "model-versions/transition-stage",
                     {{"name", "fraud"}, {"version", number}, {"stage", stage}, {"archive_existing_versions", false}});
            const Json json = made.value("model_version", Json::object());
            for (lineage::ModelVersion &version : m_out.expectedVersions)
                if (version.model.value == "fraud" && version.version.value == number) {
                    version.stage = stage;
                    version.updated = {json.value("last_updated_timestamp", std::int64_t(0))};
                    expected("fraud").updated = version.updated;
                }
        }
    }

    Client &m_client;
    int m_major;
    Filled m_out;
};

} // namespace

Filled fill(Client &client, int major)
{
    return Filler(client, major).fill();
}

void normalise(lineage::Experiment &experiment)
{
    std::sort(experiment.tags.begin(), experiment.tags.end());
}

void normalise(lineage::Run &run)
{
    std::sort(run.tags.begin(), run.tags.end());
    std::sort(run.params.begin(), run.params.end());
    std::sort(run.metrics.begin(), run.metrics.end(), [](const auto &a, const auto &b) { return a.key < b.key; });
    std::sort(run.inputs.begin(), run.inputs.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
}

void normalise(lineage::RegisteredModel &model)
{
    std::sort(model.tags.begin(), model.tags.end());
    std::sort(model.aliases.begin(), model.aliases.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
}

void normalise(lineage::ModelVersion &version)
{
    std::sort(version.tags.begin(), version.tags.end());
    std::sort(version.aliases.begin(), version.aliases.end());
}

void normalise(lineage::LoggedModel &model)
{
    std::sort(model.tags.begin(), model.tags.end());
}

} // namespace andon::test
