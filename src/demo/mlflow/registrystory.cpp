#include "demo/mlflow/registrystory.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace andon::demo
{

namespace
{

constexpr const char *kUsers[] = {"m.ortiz", "a.lind", "s.ito", "r.chen", "d.costa"};

std::string hex(const Plan &plan, std::uint64_t a, std::uint64_t b, int digits)
{
    std::string text;
    for (std::uint64_t part = 0; static_cast<int>(text.size()) < digits; ++part) {
        char chunk[16];
        std::snprintf(chunk, sizeof chunk, "%08x",
                      static_cast<unsigned>(noise(plan.seed, a * 1315423911U + b, 77 + part) * 4294967295.0));
        text += chunk;
    }
    return text.substr(0, static_cast<std::size_t>(digits));
}

class Builder
{
public:
    Builder(const Plan &plan, const TrainingCommitOf &commitOf)
        : m_plan(plan)
        , m_commitOf(commitOf)
    {
    }

    Registry build()
    {
        addExperiment("Default");
        for (std::size_t m = 0; m < m_plan.models.size(); ++m)
            addModel(m);
        std::stable_sort(m_out.runs.begin(), m_out.runs.end(),
                         [](const DemoRun &a, const DemoRun &b) { return a.start < b.start; });
        m_out.index();
        return std::move(m_out);
    }

private:
    int addExperiment(const std::string &name)
    {
        const auto id = static_cast<int>(m_out.experiments.size());
        const std::int64_t at = (m_plan.now - 400 * core::kDay).ms + id * core::kSecond;
        m_out.experiments.push_back({.name = name, .created = at, .updated = at});
        return id;
    }

    DemoRun base(std::size_t model, int experiment, std::uint64_t n)
    {
        DemoRun run{.id = hex(m_plan, model * 1000 + 17, n, 32), .experiment = experiment};
        run.user = kUsers[static_cast<std::size_t>(noise(m_plan.seed, n, model) * 5)];
        run.params = {{"batch_size", std::to_string(64 << (n % 4))},
                      {"epochs", std::to_string(3 + n % 5)},
                      {"learning_rate", n % 2 ? "0.0003" : "0.0001"}};
        run.tags = {{"mlflow.source.git.commit", hex(m_plan, 5, n / 7, 40)},
                    {"mlflow.source.type", "JOB"},
                    {"mlflow.user", run.user}};
        return run;
    }

    void describeData(DemoRun &run, const std::string &model, int version, const TrainingCommit &commit)
    {
        DemoDataset data{.name = model + "-train", .digest = commit.id.substr(0, 8)};
        data.source = R"({"uri": "s3://)" + commit.repository + "/" + commit.id + "/train/" + model + R"("})";
        data.schema = R"({"mlflow_colspec": [{"type": "long", "name": "id"}, {"type": "double", "name": "amount"}]})";
        data.profile = R"({"num_rows": )"
            + std::to_string(1'000'000 + static_cast<int>(noise(m_plan.seed, run.start % 1000) * 9e6)) + "}";
        run.tags.emplace_back("lakefs_branch", "main");
        run.tags.emplace_back("lakefs_commit", commit.id);
        run.tags.emplace_back("lakefs_repo", commit.repository);
        if (model == m_plan.sharedDatasetModel) {
            data.digest = "5e1fca7e"; // the same rows were logged again: the registry keeps the first run's source
        } else if (model == "chat-large") {
            data.sourceType = "lakefs";
            data.source = R"({"uri": "lakefs://)" + commit.repository + "/" + commit.id + "/train/" + model + R"("})";
        } else if (model == "code-assist" && version == 2) {
            data.source = R"({"uri": "s3://)" + commit.repository + R"(/main/train/code-assist"})"; // a branch
            dropLakefsTags(run);
        } else if (model == "vision-qa" && version % 2) {
            dropLakefsTags(run); // the source alone says it
        }
        run.datasets.push_back(data);
        if (model == "speech-to-text") { // never logged its data
            run.datasets.clear();
            dropLakefsTags(run);
        }
    }

    static void dropLakefsTags(DemoRun &run)
    {
        std::erase_if(run.tags, [](const auto &tag) { return tag.first.starts_with("lakefs_"); });
    }

    void addModel(std::size_t m)
    {
        const ModelPlan &model = m_plan.models[m];
        const int experiment = addExperiment(model.name + "-training");
        m_out.models.push_back({.name = model.name});
        for (int v = 1; v <= model.versions; ++v)
            addVersion(m, experiment, v);
        addSweep(m, experiment);
        addTraining(m, experiment);
    }

    void addSweep(std::size_t m, int experiment)
    {
        const ModelPlan &model = m_plan.models[m];
        // Sweeps, failures and runs under way around them.
        const int others = m_plan.scale == Scale::Small ? 14 : 240;
        for (int i = 0; i < others; ++i) {
            DemoRun run = base(m, experiment, 5000 + static_cast<std::uint64_t>(i));
            run.name = model.name + "-sweep-" + std::to_string(i + 1);
            const double day = 1 + noise(m_plan.seed, m, static_cast<std::uint64_t>(i)) * 390;
            run.start = (m_plan.now - static_cast<std::int64_t>(day * static_cast<double>(core::kDay))).ms;
            run.end = run.start + 2 * core::kHour + i * core::kMinute;
            run.status = i % 9 == 4 ? "FAILED" : i % 13 == 7 ? "KILLED" : "FINISHED";
            const bool diverged = run.status == "FAILED"; // what fails has often diverged
            const double loss = 0.4 + noise(m_plan.seed, run.start % 977) * 0.3;
            addMetric(run, "loss", diverged ? std::numeric_limits<double>::quiet_NaN() : loss);
            if (diverged)
                addMetric(run, "grad_norm", std::numeric_limits<double>::infinity());
            finish(std::move(run));
        }
    }

    void addTraining(std::size_t m, int experiment)
    {
        const ModelPlan &model = m_plan.models[m];
        for (std::size_t w = 0; w < m_plan.workloads.size(); ++w) {
            const WorkloadPlan &workload = m_plan.workloads[w];
            if (workload.kind != WorkloadPlan::Kind::Train || workload.model != model.name)
                continue;
            DemoRun run = base(m, experiment, 9000 + w);
            run.name = model.name + "-" + std::to_string(815 + w);
            run.start = workload.started.ms;
            run.status = "RUNNING";
            run.tags.emplace_back("k8s.pod", workload.pod);
            describeData(run, model.name, 0, m_commitOf(model.name, model.versions));
            finish(std::move(run));
        }
    }

    void addVersion(std::size_t m, int experiment, int v)
    {
        const ModelPlan &model = m_plan.models[m];
        const TrainingCommit commit = m_commitOf(model.name, v);
        DemoRun run = base(m, experiment, static_cast<std::uint64_t>(v));
        const bool failed = model.name == m_plan.failedModel && v == m_plan.failedVersion;
        const bool good = model.name == m_plan.failedModel && v == m_plan.lastGoodVersion;
        run.name = failed ? m_plan.failedRunName
            : good        ? m_plan.lastGoodRunName
                          : model.name + "-" + std::to_string(400 + static_cast<int>(m) * 40 + v * 3);
        run.start = commit.created * 1000 + 5 * core::kHour + v * core::kMinute;
        run.end = run.start + 18 * core::kHour;
        addMetric(run, "auc", std::round((0.87 + 0.004 * v) * 1e4) / 1e4);
        addMetric(run, "loss", 0.5 - 0.01 * v);
        describeData(run, model.name, v, commit);
        run.deleted = model.name == "route-planner" && v == 1;
        std::sort(run.tags.begin(), run.tags.end());
        const std::string logged = "m-" + hex(m_plan, m * 31 + 3, static_cast<std::uint64_t>(v), 32);
        run.modelOutputs = {logged};
        m_out.loggedModels.push_back(
            {.id = logged,
             .experiment = experiment,
             .name = model.name,
             .created = run.end,
             .updated = run.end + core::kSecond,
             .type = "llm",
             .run = run.id,
             .tags = {{"mlflow.modelVersions",
                       R"([{"name": ")" + model.name + R"(", "version": )" + std::to_string(v) + "}]"}}});
        DemoVersion version{.model = model.name, .number = v, .created = run.end + 20 * core::kMinute};
        version.updated = version.created;
        version.source = "models:/" + logged;
        version.run = run.id;
        version.tags = {{"gate", "passed"}};
        DemoModel &registered = m_out.models.back();
        if (v == model.deployed)
            registered.aliases["champion"] = v;
        if (v == model.deployedBefore)
            registered.aliases["rollback"] = v;
        registered.created = v == 1 ? version.created - core::kSecond : registered.created;
        registered.updated = version.updated;
        m_out.versions.push_back(std::move(version));
        finish(std::move(run));
    }

    /// A loss falls to its last value over the run; what is measured once has one point.
    static void addMetric(DemoRun &run, const std::string &key, double last)
    {
        const int steps = key == "loss" ? 24 : 1;
        DemoMetric metric{.key = key};
        for (int i = 0; i < steps; ++i)
            metric.points.push_back({i + 1 == steps ? last : last * (1 + 2.5 * std::exp(-0.25 * i)),
                                     run.start + (run.end - run.start) * (i + 1) / (steps + 1), i});
        run.metrics.push_back(std::move(metric));
    }

    void finish(DemoRun run)
    {
        run.tags.emplace_back("mlflow.runName", run.name); // the server's own, after the client's
        m_out.runs.push_back(std::move(run));
    }

    const Plan &m_plan;
    const TrainingCommitOf &m_commitOf;
    Registry m_out;
};

} // namespace

Registry makeRegistry(const Plan &plan, const TrainingCommitOf &trainingCommit)
{
    return Builder(plan, trainingCommit).build();
}

} // namespace andon::demo
