#include "lineage/resolve.h"

#include "lineage/rules.h"

#include <algorithm>
#include <charconv>

namespace andon::lineage
{

namespace
{

std::string commitNodeId(const CommitAt &at)
{
    return "commit:" + at.repository.value + "@" + at.commit.value;
}

/// The branch in lakeFS's own words for a merge, "Merge 'source' into 'destination'"; "" for other messages.
std::string mergedBranch(std::string_view message)
{
    static constexpr std::string_view kBegin = "Merge '";
    const std::size_t end = message.find("' into '");
    if (!message.starts_with(kBegin) || end == std::string_view::npos)
        return {};
    return std::string(message.substr(kBegin.size(), end - kBegin.size()));
}

void addFact(Node &node, const char *key, const std::string &value)
{
    if (!value.empty())
        node.facts.emplace_back(key, value);
}

std::string decimalOf(double value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

class Tracer
{
public:
    explicit Tracer(const TraceInputs &inputs)
        : m_in(inputs)
    {
    }
    Chain trace();

private:
    void addVersion();
    void addDeployments();
    void addRun();
    void addDataset(const DatasetInput &dataset);
    void addUndeclaredData();
    void addCommit(const CommitAt &at, Edge &edge);
    void addGates(const CommitAt &at, const std::string &committer, Node &node, Edge &edge) const;
    void addMergedSource(const CommitAt &at, const versions::Commit &commit);
    void chainFinding(Severity severity, const char *key, KeyValues values);

    const TraceInputs &m_in;
    Chain m_chain;
    std::string m_versionId;
    std::string m_runId;
};

void Tracer::chainFinding(Severity severity, const char *key, KeyValues values)
{
    m_chain.findings.push_back({.severity = severity, .key = key, .values = std::move(values)});
}

void Tracer::addVersion()
{
    const ModelVersion &version = m_in.version;
    m_versionId = "model:" + version.model.value + "@" + version.version.value;
    Node node{.id = m_versionId,
              .kind = NodeKind::ModelVersion,
              .title = version.model.value + "@" + version.version.value,
              .at = version.created};
    addFact(node, "user", version.user);
    addFact(node, "stage", version.stage);
    for (const std::string &alias : version.aliases)
        addFact(node, "alias", alias);
    addFact(node, "source", version.source);
    addFact(node, "logged_model", version.loggedModel);
    for (const auto &[key, value] : version.tags)
        if (!key.starts_with("mlflow.")) // the registry's own bookkeeping
            addFact(node, ("tag." + key).c_str(), value);
    m_chain.nodes.push_back(std::move(node));
}

void Tracer::addDeployments()
{
    for (const DeploymentFacts &deployment : m_in.deployments) {
        const std::string id = "deployment:" + deployment.name;
        m_chain.nodes.push_back({.id = id,
                                 .kind = NodeKind::Deployment,
                                 .title = deployment.name,
                                 .facts = deployment.facts,
                                 .at = deployment.since});
        m_chain.edges.push_back(
            {.from = m_versionId, .to = id, .method = deployment.method, .evidence = deployment.evidence});
    }
}

void Tracer::addRun()
{
    const Run &run = *m_in.run;
    m_runId = "run:" + run.id.value;
    Node node{.id = m_runId,
              .kind = NodeKind::Run,
              .title = run.name.empty() ? run.id.value : run.name,
              .at = run.ended.known() ? run.ended : run.started};
    addFact(node, "user", run.user);
    addFact(node, "status", name(run.status));
    if (const std::string *commit = find(run.tags, "mlflow.source.git.commit"))
        addFact(node, "code_commit", *commit);
    for (const std::string &model : run.modelInputs)
        addFact(node, "base_model", model);
    if (run.started.known() && run.ended.known())
        addFact(node, "took_ms", std::to_string(run.ended - run.started));
    for (const Metric &metric : run.metrics)
        if (metric.value)
            addFact(node, ("metric." + metric.key).c_str(), decimalOf(*metric.value));
    m_chain.nodes.push_back(std::move(node));
    m_chain.edges.push_back(
        {.from = m_runId, .to = m_versionId, .method = EdgeMethod::Declared, .evidence = m_in.versionEvidence});
    if (run.deleted)
        chainFinding(Severity::Major, "deleted-run", {{"run", run.id.value}, {"name", run.name}});
}

void Tracer::addGates(const CommitAt &at, const std::string &committer, Node &node, Edge &edge) const
{
    if (!m_in.lookups.hookRuns)
        return;
    const auto runs = m_in.lookups.hookRuns(at.repository, at.commit);
    if (runs.empty())
        return;
    const versions::GateSummary gates = versions::summarize(runs);
    addFact(node, "gates_completed", std::to_string(gates.completed));
    addFact(node, "gates_failed", std::to_string(gates.failed));
    addFact(node, "gates_skipped", std::to_string(gates.skipped));
    for (const versions::ActionRun &run : runs) {
        const bool failed = std::any_of(run.hooks.begin(), run.hooks.end(), [](const versions::HookRun &hook) {
            return hook.status == versions::HookStatus::Failed;
        });
        for (const versions::HookRun &hook : run.hooks) {
            const bool skipped = hook.status == versions::HookStatus::Skipped;
            // After a failure the rest is skipped by the server: the failure is the finding.
            if (hook.status != versions::HookStatus::Failed && (!skipped || failed))
                continue;
            edge.findings.push_back({.severity = Severity::Major,
                                     .key = skipped ? "gate-skipped" : "gate-failed",
                                     .values = {{"hook", hook.hook},
                                                {"action", hook.action},
                                                {"commit", at.commit.value},
                                                {"run", run.id},
                                                {"by", committer}}});
        }
    }
}

void Tracer::addMergedSource(const CommitAt &at, const versions::Commit &commit)
{
    const auto nature = versions::natureOf(commit).kind;
    const std::string branch = mergedBranch(commit.message);
    const bool merge = nature == versions::CommitKind::Merge;
    if (!merge && !(nature == versions::CommitKind::Squash && !branch.empty()))
        return;
    const std::string head = merge ? commit.parents[1].value : std::string();
    Node node{.id = "source:" + at.repository.value + "/" + (branch.empty() ? head : branch),
              .kind = NodeKind::Source,
              .title = branch.empty() ? head.substr(0, 12) : branch,
              .at = Instant::fromSeconds(commit.created)};
    addFact(node, "head", head);
    addFact(node, "repository", at.repository.value);
    m_chain.edges.push_back(
        {.from = node.id, .to = commitNodeId(at), .method = merge ? EdgeMethod::Declared : EdgeMethod::Inferred});
    m_chain.nodes.push_back(std::move(node));
}

void Tracer::addCommit(const CommitAt &at, Edge &edge)
{
    const std::string id = commitNodeId(at);
    edge.from = id;
    const bool known = m_chain.node(id) != nullptr;
    Node node{
        .id = id, .kind = NodeKind::DataCommit, .title = at.repository.value + "@" + at.commit.value.substr(0, 12)};
    addFact(node, "repository", at.repository.value);
    addFact(node, "commit", at.commit.value);
    const auto commit =
        m_in.lookups.commit ? m_in.lookups.commit(at.repository, RefName(at.commit.value)) : std::nullopt;
    if (commit) {
        node.at = Instant::fromSeconds(commit->created);
        addFact(node, "committer", commit->committer);
        addFact(node, "message", std::string(versions::subject(*commit)));
        addGates(at, commit->committer, node, edge);
    } else {
        edge.findings.push_back({.severity = Severity::Major,
                                 .key = "commit-unknown",
                                 .values = {{"repository", at.repository.value}, {"commit", at.commit.value}}});
    }
    if (known)
        return;
    m_chain.nodes.push_back(std::move(node));
    if (commit)
        addMergedSource(at, *commit);
}

void Tracer::addDataset(const DatasetInput &dataset)
{
    const Run &run = *m_in.run;
    const std::string id = "dataset:" + run.experiment.value + "/" + dataset.name + "/" + dataset.digest;
    if (m_chain.node(id))
        return; // one run may read the same dataset twice, as training and as evaluation
    RuleResult rules = resolveDataset(m_in, &dataset);
    Edge read{.from = id, .to = m_runId, .method = EdgeMethod::Declared, .evidence = m_in.runEvidence};
    if (rules.commit) {
        Edge edge{.to = id,
                  .method = rules.method,
                  .rules = std::move(rules.outcomes),
                  .findings = std::move(rules.findings),
                  .evidence = m_in.runEvidence};
        addCommit(*rules.commit, edge);
        m_chain.edges.push_back(std::move(edge));
    } else {
        read.rules = std::move(rules.outcomes);
        read.findings = std::move(rules.findings);
    }
    Node node{.id = id, .kind = NodeKind::Dataset, .title = dataset.name, .at = run.started};
    addFact(node, "digest", dataset.digest);
    addFact(node, "context", dataset.context);
    addFact(node, "source_type", dataset.sourceType);
    addFact(node, "source", dataset.source);
    m_chain.nodes.push_back(std::move(node));
    m_chain.edges.push_back(std::move(read));
}

void Tracer::addUndeclaredData()
{
    chainFinding(Severity::Major, "missing-dataset", {{"run", m_in.run->id.value}, {"name", m_in.run->name}});
    RuleResult rules = resolveDataset(m_in, nullptr);
    if (!rules.commit)
        return;
    Edge edge{.to = m_runId,
              .method = rules.method,
              .rules = std::move(rules.outcomes),
              .findings = std::move(rules.findings),
              .evidence = m_in.runEvidence};
    addCommit(*rules.commit, edge);
    m_chain.edges.push_back(std::move(edge));
}

Chain Tracer::trace()
{
    addVersion();
    addDeployments();
    if (!m_in.run) {
        const bool named = !m_in.version.run.empty();
        chainFinding(Severity::Major, named ? "missing-run" : "no-run",
                     {{"model", m_in.version.model.value},
                      {"version", m_in.version.version.value},
                      {"run", m_in.version.run.value}});
        return std::move(m_chain);
    }
    addRun();
    for (const DatasetInput &dataset : m_in.run->inputs)
        addDataset(dataset);
    if (m_in.run->inputs.empty())
        addUndeclaredData();
    return std::move(m_chain);
}

} // namespace

Chain trace(const TraceInputs &inputs)
{
    return Tracer(inputs).trace();
}

} // namespace andon::lineage
