#include "demo/server/lineagetruth.h"

#include <algorithm>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

const std::string *tagOf(const DemoRun &run, const std::string &name)
{
    const auto found =
        std::find_if(run.tags.begin(), run.tags.end(), [&](const auto &tag) { return tag.first == name; });
    return found == run.tags.end() ? nullptr : &found->second;
}

/// The registry keeps one row per experiment, name and digest: an earlier run's source may stand in for this one's.
bool rowIsShared(const Registry &registry, const DemoRun &run, const DemoDataset &dataset)
{
    return std::any_of(registry.runs.begin(), registry.runs.end(), [&](const DemoRun &other) {
        return other.id != run.id && other.experiment == run.experiment && other.start <= run.start
            && std::any_of(other.datasets.begin(), other.datasets.end(), [&](const DemoDataset &input) {
                   return input.name == dataset.name && input.digest == dataset.digest;
               });
    });
}

/// The 64 hex digits in an address, "" when it names a branch.
std::string commitIn(const std::string &source)
{
    std::size_t from = 0;
    for (std::size_t i = 0; i <= source.size(); ++i) {
        if (i < source.size() && std::isxdigit(static_cast<unsigned char>(source[i])))
            continue;
        if (i - from == 64)
            return source.substr(from, 64);
        from = i + 1;
    }
    return {};
}

class Tracer
{
public:
    Tracer(const Registry &registry, const std::vector<History> &histories, const TrainingCommitOf &trainingCommit)
        : m_registry(registry)
        , m_histories(histories)
        , m_trainingCommit(trainingCommit)
    {
    }

    Json trace(const DemoVersion &version)
    {
        m_nodes = Json::array();
        m_edges = Json::array();
        m_findings = Json::array();
        const DemoRun &run = *m_registry.run(version.run);
        add({{"kind", "model_version"},
             {"name", version.model + "@" + std::to_string(version.number)},
             {"at", version.created / 1000}});
        for (const auto &[alias, number] : m_registry.model(version.model)->aliases) {
            if (number != version.number)
                continue;
            add({{"kind", "deployment"}, {"name", "alias " + alias}});
            come("model_version", "deployment", "declared");
        }
        std::string status = run.status;
        std::transform(status.begin(), status.end(), status.begin(),
                       [](char c) { return static_cast<char>(c | 0x20); });
        add({{"kind", "run"},
             {"id", run.id},
             {"name", run.name},
             {"user", run.user},
             {"status", status},
             {"at", run.end / 1000}});
        come("run", "model_version", "declared");
        if (run.deleted)
            m_findings.push_back("deleted-run");
        if (run.datasets.empty())
            m_findings.push_back("missing-dataset");
        for (const DemoDataset &dataset : run.datasets)
            data(version, run, dataset);
        return {{"nodes", m_nodes}, {"edges", m_edges}, {"findings", m_findings}};
    }

private:
    void add(Json node) { m_nodes.push_back(std::move(node)); }
    void come(const char *from, const char *to, const std::string &method, Json findings = Json::array())
    {
        m_edges.push_back({{"from", from}, {"to", to}, {"known_by", method}, {"findings", std::move(findings)}});
    }

    void data(const DemoVersion &version, const DemoRun &run, const DemoDataset &dataset)
    {
        const TrainingCommit trained = m_trainingCommit(version.model, version.number);
        const History &history = *std::find_if(m_histories.begin(), m_histories.end(),
                                               [&](const History &h) { return h.name == trained.repository; });
        const std::string says = commitIn(m_registry.kept(run, dataset).source);
        const std::string *tag = tagOf(run, "lakefs_commit");
        const std::string *branch = tagOf(run, "lakefs_branch");
        const std::int32_t headThen = history.trunkAt(run.start / 1000);
        const bool pinned = tag || !says.empty();
        const bool shared = rowIsShared(m_registry, run, dataset);
        // What nobody wrote down can only be guessed: the head of the branch when the run began.
        const std::string used = pinned ? trained.id : history.idOf(headThen);
        Json findings = Json::array();
        if (dataset.digest.size() <= 8)
            findings.push_back({{"key", "weak-digest"}});
        if (says.empty())
            findings.push_back({{"key", "unpinned"}});
        if (!says.empty() && says != used)
            findings.push_back({{"key", "source-disagrees"}, {"severity", "major"}, {"says", says}});
        if (pinned && branch && history.idOf(headThen) != used)
            findings.push_back({{"key", "source-disagrees"}, {"severity", "info"}, {"says", history.idOf(headThen)}});
        if (shared && !tag)
            findings.push_back({{"key", "shared-dataset-row"}});
        const std::int32_t commit = history.find(*Oid::fromHex(used));
        addGates(history, commit, findings);
        add({{"kind", "dataset"}, {"name", dataset.name}, {"digest", dataset.digest}});
        come("dataset", "run", "declared");
        addCommit(history, commit);
        come("data_commit", "dataset",
             !pinned              ? "inferred"
                 : shared && !tag ? "name_matched"
                                  : "declared",
             std::move(findings));
        addSource(history, commit);
    }

    void addCommit(const History &history, std::int32_t commit)
    {
        const std::string message = history.message(commit);
        add({{"kind", "data_commit"},
             {"repository", history.name},
             {"commit", history.idOf(commit)},
             {"committer", history.committer(commit)},
             {"message", message.substr(0, message.find('\n'))},
             {"at", history.at(commit).created}});
    }

    static void addGates(const History &history, std::int32_t commit, Json &findings)
    {
        for (const DemoRunRecord &run : history.runs) {
            if (run.commit != commit || commit < 0)
                continue;
            const bool failed = std::any_of(run.hooks.begin(), run.hooks.end(),
                                            [](const DemoHook &hook) { return hook.status == "failed"; });
            for (const DemoHook &hook : run.hooks)
                if (hook.status == (failed ? "failed" : "skipped"))
                    findings.push_back({{"key", "gate-" + hook.status},
                                        {"hook", hook.hook},
                                        {"run", run.id},
                                        {"by", history.committer(commit)}});
        }
    }

    /// Where a merge took its data from.
    void addSource(const History &history, std::int32_t commit)
    {
        const DemoCommit &c = history.at(commit);
        const bool merge = c.what == CommitWhat::Merge;
        if (!merge && c.what != CommitWhat::Squash)
            return;
        const std::int32_t head = merge ? c.second : c.about;
        const bool named = !history.subjects.contains(commit); // else its message does not say which branch it was
        add({{"kind", "source"},
             {"repository", history.name},
             {"branch", named ? history.branchNames[history.at(head).branch] : std::string()},
             {"head", merge ? history.idOf(head) : std::string()}});
        come("source", "data_commit", merge ? "declared" : "inferred");
    }

    const Registry &m_registry;
    const std::vector<History> &m_histories;
    const TrainingCommitOf &m_trainingCommit;
    Json m_nodes;
    Json m_edges;
    Json m_findings;
};

} // namespace

Json lineageTruth(const Registry &registry, const std::vector<History> &histories,
                  const TrainingCommitOf &trainingCommit)
{
    Json all = Json::object();
    Tracer tracer(registry, histories, trainingCommit);
    for (const DemoVersion &version : registry.versions)
        all[version.model + "@" + std::to_string(version.number)] = tracer.trace(version);
    return all;
}

} // namespace andon::demo
