#include "demo/mlflow/registrystory.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

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

    RegistryStory build()
    {
        m_story.created = (m_plan.now - 400 * core::kDay).ms;
        m_story.experiments.push_back("Default");
        for (std::size_t m = 0; m < m_plan.models.size(); ++m)
            addModel(m);
        std::stable_sort(m_story.runs.begin(), m_story.runs.end(),
                         [](const DemoRun &a, const DemoRun &b) { return a.start < b.start; });
        for (std::size_t i = 0; i < m_story.runs.size(); ++i) {
            const DemoRun &run = m_story.runs[i];
            m_story.runById[run.id] = i;
            if (run.dataset)
                m_story.datasetRow.emplace(rowKey(run), i);
        }
        return std::move(m_story);
    }

    static std::string rowKey(const DemoRun &run)
    {
        return std::to_string(run.experiment) + "/" + run.dataset->name + "/" + run.dataset->digest;
    }

private:
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
        } else if (model == "code-assist" && version == 2) {
            data.source = R"({"uri": "s3://)" + commit.repository + R"(/main/train/code-assist"})"; // a branch
            dropLakefsTags(run);
        } else if (model == "vision-qa" && version % 2) {
            dropLakefsTags(run); // the source alone says it
        }
        run.dataset = data;
        if (model == "speech-to-text") { // never logged its data
            run.dataset.reset();
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
        const int experiment = static_cast<int>(m_story.experiments.size());
        m_story.experiments.push_back(model.name + "-training");
        for (int v = 1; v <= model.versions; ++v)
            addVersion(m, experiment, v);
        // Sweeps, failures and runs under way around them.
        const int others = m_plan.scale == Scale::Small ? 14 : 240;
        for (int i = 0; i < others; ++i) {
            DemoRun run = base(m, experiment, 5000 + static_cast<std::uint64_t>(i));
            run.name = model.name + "-sweep-" + std::to_string(i + 1);
            const double day = 1 + noise(m_plan.seed, m, static_cast<std::uint64_t>(i)) * 390;
            run.start = (m_plan.now - static_cast<std::int64_t>(day * static_cast<double>(core::kDay))).ms;
            run.end = run.start + 2 * core::kHour + i * core::kMinute;
            run.status = i % 9 == 4 ? "FAILED" : i % 13 == 7 ? "KILLED" : "FINISHED";
            run.metrics = {{"loss", 0.4 + noise(m_plan.seed, run.start % 977) * 0.3}};
            m_story.runs.push_back(std::move(run));
        }
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
            m_story.runs.push_back(std::move(run));
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
        run.metrics = {{"auc", std::round((0.87 + 0.004 * v) * 1e4) / 1e4}, {"loss", 0.5 - 0.01 * v}};
        describeData(run, model.name, v, commit);
        run.deleted = model.name == "route-planner" && v == 1;
        run.loggedModel = "m-" + hex(m_plan, m * 31 + 3, static_cast<std::uint64_t>(v), 32);
        std::sort(run.tags.begin(), run.tags.end());
        DemoVersion version{.model = model.name,
                            .number = v,
                            .created = run.end + 20 * core::kMinute,
                            .run = run.id,
                            .loggedModel = run.loggedModel};
        version.tags = {{"gate", "passed"}};
        if (v == model.deployed)
            version.aliases.push_back("champion");
        if (v == model.deployedBefore)
            version.aliases.push_back("rollback");
        m_story.versions.push_back(std::move(version));
        m_story.runs.push_back(std::move(run));
    }

    const Plan &m_plan;
    const TrainingCommitOf &m_commitOf;
    RegistryStory m_story;
};

} // namespace

const DemoRun *RegistryStory::run(const std::string &id) const
{
    const auto found = runById.find(id);
    return found == runById.end() ? nullptr : &runs[found->second];
}

DemoDataset RegistryStory::datasetOf(const DemoRun &run) const
{
    return *runs[datasetRow.at(Builder::rowKey(run))].dataset;
}

RegistryStory makeRegistryStory(const Plan &plan, const TrainingCommitOf &trainingCommit)
{
    return Builder(plan, trainingCommit).build();
}

} // namespace andon::demo
