#include "lineage/resolve.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::lineage;

namespace
{
const std::string kA(64, 'a');
const std::string kB(64, 'b');
const std::string kC(64, 'c');
const Instant kStart{1795000060000};

DatasetInput datasetOf(const std::string &uri)
{
    return {.name = "txn", .digest = "4f3a91c0", .sourceType = "s3", .source = "{\"uri\":\"" + uri + "\"}"};
}

Run runOf(const char *id, std::int64_t startedAfterMs, std::vector<DatasetInput> inputs, KeyValues tags = {})
{
    Run run{.id = core::RunId(id), .name = std::string("name of ") + id, .experiment = core::ExperimentId("1")};
    run.started = kStart + startedAfterMs;
    run.status = RunStatus::Finished;
    run.inputs = std::move(inputs);
    run.tags = std::move(tags);
    return run;
}

versions::Commit commitOf(const std::string &id)
{
    return {.id = CommitId(id), .committer = "n.khan", .message = "Add rows\nmore", .created = 1795000000};
}

/// Knows commits a…, b…, c…; ask for a prefix or an id.
TraceInputs inputsOf(Run run)
{
    TraceInputs inputs;
    inputs.version = {.model = core::ModelName("fraud"), .version = core::ModelVersionNumber("14"), .run = run.id};
    inputs.versionEvidence = {core::Evidence{.sha256 = "version"}};
    inputs.runEvidence = {core::Evidence{.sha256 = "run"}};
    inputs.run = std::move(run);
    inputs.lookups.commit = [](const RepositoryId &, const RefName &ref) -> std::optional<versions::Commit> {
        for (const std::string &id : {kA, kB, kC})
            if (!ref.empty() && id.starts_with(ref.value))
                return commitOf(id);
        if (ref.value == "deadbeef") // a branch with an unlucky name
            return commitOf(kC);
        return std::nullopt;
    };
    return inputs;
}

const Edge *edgeTo(const Chain &chain, const std::string &to)
{
    for (const Edge &edge : chain.edges)
        if (edge.to == to)
            return &edge;
    return nullptr;
}

const char kDataset[] = "dataset:1/txn/4f3a91c0";

QString verdicts(const Edge *edge)
{
    QStringList out;
    for (const RuleOutcome &outcome : edge ? edge->rules : std::vector<RuleOutcome>{})
        out << QString::fromStdString(outcome.verdict);
    return out.join(QLatin1Char('|'));
}

QString keys(const std::vector<Finding> &findings)
{
    QStringList out;
    for (const Finding &finding : findings)
        out << QString::fromStdString(finding.key);
    return out.join(QLatin1Char(' '));
}

std::string value(const std::vector<Finding> &findings, const char *key, const char *name)
{
    for (const Finding &finding : findings)
        if (finding.key == key)
            if (const std::string *found = find(finding.values, name))
                return *found;
    return "(none)";
}

QString from(const Edge *edge)
{
    return edge ? QString::fromStdString(edge->from) : QStringLiteral("(no edge)");
}

QString commitId(const std::string &id)
{
    return QString::fromStdString("commit:lake@" + id);
}
} // namespace

class ResolveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void tracesTheWholeChain()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/" + kA + "/t/")}));
        inputs.deployments = {{.name = "serving/fraud", .since = kStart, .method = EdgeMethod::UriEqual}};
        const Chain chain = trace(inputs);
        QCOMPARE(chain.nodes.size(), std::size_t(5));
        QCOMPARE(chain.edges.size(), std::size_t(4));
        QCOMPARE(from(edgeTo(chain, "deployment:serving/fraud")), QStringLiteral("model:fraud@14"));
        QCOMPARE(edgeTo(chain, "deployment:serving/fraud")->method, EdgeMethod::UriEqual);
        QCOMPARE(from(edgeTo(chain, "model:fraud@14")), QStringLiteral("run:r"));
        QCOMPARE(edgeTo(chain, "model:fraud@14")->evidence[0].sha256, std::string("version"));
        QCOMPARE(from(edgeTo(chain, "run:r")), QString::fromUtf8(kDataset));
        QCOMPARE(edgeTo(chain, "run:r")->evidence[0].sha256, std::string("run"));
        QCOMPARE(from(edgeTo(chain, kDataset)), commitId(kA));
        const Node *commit = chain.node("commit:lake@" + kA);
        QVERIFY(commit);
        QCOMPARE(*find(commit->facts, "committer"), std::string("n.khan"));
        QCOMPARE(*find(commit->facts, "message"), std::string("Add rows"));
        QCOMPARE(commit->at.ms, 1795000000000LL);
        QVERIFY(chain.findings.empty());
    }

    void tellsWhatIsKnownOfRunAndVersion()
    {
        Run run = runOf("r", 0, {});
        run.ended = run.started + 61 * core::kMinute;
        run.metrics = {{.key = "auc", .value = 0.926}, {.key = "diverged", .value = std::nullopt}};
        auto inputs = inputsOf(run);
        inputs.version.tags = {{"gate", "passed"}, {"mlflow.source.type", "JOB"}};
        const Chain chain = trace(inputs);
        const KeyValues &facts = chain.node("run:r")->facts;
        QCOMPARE(*find(facts, "took_ms"), std::string("3660000"));
        QCOMPARE(*find(facts, "metric.auc"), std::string("0.926"));
        QVERIFY(!find(facts, "metric.diverged")); // NaN is no value
        const KeyValues &version = chain.node("model:fraud@14")->facts;
        QCOMPARE(*find(version, "tag.gate"), std::string("passed"));
        QVERIFY(!find(version, "tag.mlflow.source.type"));
        run.ended = {};
        QVERIFY(!find(trace(inputsOf(run)).node("run:r")->facts, "took_ms")); // it still runs
    }

    // --- the six rules ---

    void rule1_theSourceNamesACommit()
    {
        const Chain chain = trace(inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")})));
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kA));
        QCOMPARE(edge->method, EdgeMethod::Declared);
        QCOMPARE(verdicts(edge), QStringLiteral("fired|no|no|not needed|not needed|no"));
        QCOMPARE(keys(edge->findings), QStringLiteral("weak-digest"));
        const Chain prefix = trace(inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/bbbbbbb/t/")})));
        QCOMPARE(from(edgeTo(prefix, kDataset)), commitId(kB));
        const Chain unlucky = trace(inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/deadbeef/t/")})));
        QVERIFY(!edgeTo(unlucky, kDataset)); // a branch, not a prefix
    }

    void rule2_theRunNamesACommit()
    {
        const KeyValues tags = {{"lakefs_repo", "lake"}, {"lakefs_commit", kB}};
        const Chain chain = trace(inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/main/t/")}, tags)));
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kB));
        QCOMPARE(edge->method, EdgeMethod::Declared);
        QCOMPARE(verdicts(edge), QStringLiteral("no|fired|no|not needed|not needed|no"));
        QCOMPARE(keys(edge->findings), QStringLiteral("weak-digest unpinned"));
        QCOMPARE(value(edge->findings, "unpinned", "ref"), std::string("main"));
        // By a parameter, with the repository of the source, shortened.
        Run run = runOf("r", 0, {datasetOf("lakefs://lake/main/t/")});
        run.params = {{"lakefs_commit_id", "ccccccc"}};
        QCOMPARE(from(edgeTo(trace(inputsOf(run)), kDataset)), commitId(kC));
        // The tag speaks of its own repository, not of another one.
        const KeyValues other = {{"lakefs_repo", "elsewhere"}, {"lakefs_commit", kB}};
        QVERIFY(!edgeTo(trace(inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/main/t/")}, other))), kDataset));
    }

    void rule3_aTagWhoseTargetIsKnown()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/release-1/t/")}));
        inputs.lookups.tagAt = [](const RepositoryId &, const RefName &ref, Instant at) -> std::optional<CommitId> {
            return ref.value == "release-1" && at == kStart ? std::optional(CommitId(kB)) : std::nullopt;
        };
        const Edge *edge = nullptr;
        const Chain chain = trace(inputs);
        edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kB));
        QCOMPARE(edge->method, EdgeMethod::Label);
        QCOMPARE(verdicts(edge), QStringLiteral("no|no|fired|not needed|not needed|no"));
        QCOMPARE(keys(edge->findings), QStringLiteral("weak-digest unpinned"));
        inputs.run->started = {}; // nobody knows when: nobody knows what the tag was
        QVERIFY(!edgeTo(trace(inputs), kDataset));
    }

    void rule4_theSameObjects()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("/mnt/data/x")}));
        inputs.lookups.sameObjects = [](const DatasetInput &) { return CommitAt{RepositoryId("lake"), CommitId(kA)}; };
        inputs.lookups.registered = [](const DatasetInput &) { return CommitAt{RepositoryId("lake"), CommitId(kB)}; };
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kA));
        QCOMPARE(edge->method, EdgeMethod::UriEqual);
        QCOMPARE(verdicts(edge), QStringLiteral("no|no|no|fired|not needed|no"));
    }

    void rule5_aRegisteredPair()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("/mnt/data/x")}));
        inputs.lookups.sameObjects = [](const DatasetInput &) { return std::optional<CommitAt>(); };
        inputs.lookups.registered = [](const DatasetInput &) { return CommitAt{RepositoryId("lake"), CommitId(kB)}; };
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kB));
        QCOMPARE(edge->method, EdgeMethod::NameMatched);
        QCOMPARE(verdicts(edge), QStringLiteral("no|no|no|no|fired|no"));
    }

    void rule6_theHeadOfTheBranchAtTheStart()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("lakefs://lake/main/t/")}));
        inputs.lookups.headAt = [](const RepositoryId &, const RefName &ref, Instant at) -> std::optional<CommitId> {
            return ref.value == "main" && at == kStart ? std::optional(CommitId(kC)) : std::nullopt;
        };
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kC));
        QCOMPARE(edge->method, EdgeMethod::Inferred);
        QCOMPARE(verdicts(edge), QStringLiteral("no|no|no|no|no|fired"));
        QCOMPARE(keys(edge->findings), QStringLiteral("weak-digest unpinned"));
        // The branch that the run itself names.
        inputs.run->inputs = {datasetOf("/mnt/data/x")};
        inputs.run->tags = {{"lakefs_repo", "lake"}, {"lakefs_branch", "main"}};
        QCOMPARE(from(edgeTo(trace(inputs), kDataset)), commitId(kC));
    }

    void noRuleFires()
    {
        const Chain chain = trace(inputsOf(runOf("r", 0, {datasetOf("s3://bucket/key/x")})));
        QVERIFY(!edgeTo(chain, kDataset));
        const Edge *read = edgeTo(chain, "run:r");
        QCOMPARE(from(read), QString::fromUtf8(kDataset));
        QCOMPARE(verdicts(read), QStringLiteral("no|no|no|no|no|no"));
        QCOMPARE(keys(read->findings), QStringLiteral("weak-digest no-commit"));
    }

    // --- agreement, disagreement, shared rows ---

    void agreementIsRecorded()
    {
        const KeyValues tags = {{"lakefs_repo", "lake"}, {"lakefs_commit", kA}, {"lakefs_branch", "main"}};
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")}, tags));
        inputs.lookups.headAt = [](const RepositoryId &, const RefName &, Instant) { return CommitId(kB); };
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(verdicts(edge), QStringLiteral("fired|agrees|no|not needed|not needed|disagrees"));
        QCOMPARE(keys(edge->findings), QStringLiteral("source-disagrees weak-digest"));
        QCOMPARE(edge->findings[0].severity, Severity::Info); // the branch had moved on
    }

    void theFirstRunOfADatasetRowTrustsItsSource()
    {
        const KeyValues tags = {{"lakefs_repo", "lake"}, {"lakefs_commit", kB}};
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")}, tags));
        inputs.sharing = {*inputs.run, runOf("later", 1000, {datasetOf("s3://lake/" + kA + "/t/")})};
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kA));
        QCOMPARE(edge->method, EdgeMethod::Declared);
        QCOMPARE(verdicts(edge), QStringLiteral("fired|disagrees|no|not needed|not needed|no"));
        QCOMPARE(edge->findings[0].severity, Severity::Major);
    }

    void aLaterRunOfADatasetRowTrustsItsOwnTag()
    {
        const KeyValues tags = {{"lakefs_repo", "lake"}, {"lakefs_commit", kB}};
        auto inputs = inputsOf(runOf("r", 1000, {datasetOf("s3://lake/" + kA + "/t/")}, tags));
        inputs.sharing = {runOf("first", 0, {datasetOf("s3://lake/" + kA + "/t/")})};
        const Chain chain = trace(inputs);
        const Edge *edge = edgeTo(chain, kDataset);
        QCOMPARE(from(edge), commitId(kB));
        QCOMPARE(edge->method, EdgeMethod::Declared);
        QCOMPARE(verdicts(edge), QStringLiteral("disagrees|fired|no|not needed|not needed|no"));
        QCOMPARE(value(edge->findings, "source-disagrees", "says"), kA);
        QCOMPARE(value(edge->findings, "source-disagrees", "used"), kB);
        QVERIFY(!keys(edge->findings).contains(QLatin1String("shared-dataset-row")));
    }

    void aLaterRunWithoutATagIsOnlyNameMatched()
    {
        auto inputs = inputsOf(runOf("r", 1000, {datasetOf("s3://lake/" + kA + "/t/")}));
        inputs.sharing = {runOf("first", 0, {datasetOf("s3://lake/" + kA + "/t/")})};
        const auto edgeOf = [](const TraceInputs &in) {
            const Chain chain = trace(in);
            const Edge *edge = edgeTo(chain, kDataset);
            return edge ? *edge : Edge{};
        };
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::NameMatched);
        QCOMPARE(keys(edgeOf(inputs).findings), QStringLiteral("weak-digest shared-dataset-row"));
        inputs.sharing[0].started = inputs.run->started; // equal times prove nothing
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::NameMatched);
        inputs.sharing[0].started = {};
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::NameMatched);
        inputs.sharing[0].started = inputs.run->started - 5;
        inputs.sharing[0].experiment = core::ExperimentId("2"); // another experiment has its own row
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::Declared);
        inputs.rowsAcrossExperiments = true; // but not in MLflow 2.x
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::NameMatched);
        inputs.rowsAcrossExperiments = false;
        inputs.sharing[0].experiment = inputs.run->experiment;
        inputs.sharing[0].inputs[0].digest = "other";
        QCOMPARE(edgeOf(inputs).method, EdgeMethod::Declared);
    }

    // --- findings ---

    void aStrongDigestIsNoFinding()
    {
        DatasetInput dataset = datasetOf("s3://lake/" + kA + "/t/");
        dataset.digest = std::string(64, '1');
        const Chain chain = trace(inputsOf(runOf("r", 0, {dataset})));
        QCOMPARE(keys(edgeTo(chain, "dataset:1/txn/" + dataset.digest)->findings), QString());
    }

    void gatesThatDidNotRun()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")}));
        versions::ActionRun run{.id = "run-1", .status = versions::HookStatus::Completed};
        run.hooks = {{.hook = "freshness", .status = versions::HookStatus::Completed},
                     {.action = "Gate", .hook = "schema-check", .status = versions::HookStatus::Skipped}};
        inputs.lookups.hookRuns = [&](const RepositoryId &repository, const CommitId &commit) {
            return repository.value == "lake" && commit.value == kA ? std::vector{run}
                                                                    : std::vector<versions::ActionRun>{};
        };
        Chain chain = trace(inputs);
        QCOMPARE(keys(edgeTo(chain, kDataset)->findings), QStringLiteral("weak-digest gate-skipped"));
        QCOMPARE(value(edgeTo(chain, kDataset)->findings, "gate-skipped", "hook"), std::string("schema-check"));
        QCOMPARE(value(edgeTo(chain, kDataset)->findings, "gate-skipped", "by"), std::string("n.khan"));
        QCOMPARE(*find(chain.node("commit:lake@" + kA)->facts, "gates_skipped"), std::string("1"));
        run.hooks[0].status = versions::HookStatus::Failed; // then the skip is its consequence
        chain = trace(inputs);
        QCOMPARE(keys(edgeTo(chain, kDataset)->findings), QStringLiteral("weak-digest gate-failed"));
        run.hooks.clear();
        chain = trace(inputs);
        QCOMPARE(keys(edgeTo(chain, kDataset)->findings), QStringLiteral("weak-digest"));
    }

    void aCommitThatTheRepositoryDoesNotHave()
    {
        const std::string id(64, 'f');
        const Chain chain = trace(inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + id + "/t/")})));
        QCOMPARE(from(edgeTo(chain, kDataset)), commitId(id));
        QVERIFY(keys(edgeTo(chain, kDataset)->findings).contains(QLatin1String("commit-unknown")));
    }

    void runsThatAreGone()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")}));
        inputs.run->deleted = true;
        QCOMPARE(keys(trace(inputs).findings), QStringLiteral("deleted-run"));
        inputs.run.reset();
        QCOMPARE(keys(trace(inputs).findings), QStringLiteral("missing-run"));
        QCOMPARE(value(trace(inputs).findings, "missing-run", "run"), std::string("r"));
        inputs.version.run = {};
        QCOMPARE(keys(trace(inputs).findings), QStringLiteral("no-run"));
        QCOMPARE(trace(inputs).nodes.size(), std::size_t(1));
    }

    void runsWithoutADataset()
    {
        Chain chain = trace(inputsOf(runOf("r", 0, {})));
        QCOMPARE(keys(chain.findings), QStringLiteral("missing-dataset"));
        QVERIFY(!edgeTo(chain, "run:r"));
        // What the run itself says still counts.
        chain = trace(inputsOf(runOf("r", 0, {}, {{"lakefs_repo", "lake"}, {"lakefs_commit", kA}})));
        QCOMPARE(keys(chain.findings), QStringLiteral("missing-dataset"));
        QCOMPARE(from(edgeTo(chain, "run:r")), commitId(kA));
        QCOMPARE(edgeTo(chain, "run:r")->rules[1].verdict, std::string("fired"));
    }

    void mergesShowWhatWasMerged()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/")}));
        versions::Commit merge = commitOf(kA);
        merge.parents = {CommitId(kB), CommitId(kC)};
        merge.message = "Merge 'ingest-42' into 'main'";
        inputs.lookups.commit = [&](const RepositoryId &, const RefName &) { return merge; };
        Chain chain = trace(inputs);
        QCOMPARE(from(edgeTo(chain, "commit:lake@" + kA)), QStringLiteral("source:lake/ingest-42"));
        QCOMPARE(*find(chain.node("source:lake/ingest-42")->facts, "head"), kC);
        QCOMPARE(edgeTo(chain, "commit:lake@" + kA)->method, EdgeMethod::Declared);
        merge.message = "November";
        chain = trace(inputs);
        QCOMPARE(from(edgeTo(chain, "commit:lake@" + kA)), QString::fromStdString("source:lake/" + kC));
        merge.parents = {CommitId(kB)};
        merge.message = "Merge 'squashed' into 'main'";
        merge.metadata = {{".lakefs.merge.strategy", "default"}};
        chain = trace(inputs);
        QCOMPARE(edgeTo(chain, "commit:lake@" + kA)->method, EdgeMethod::Inferred);
        merge.metadata.clear();
        chain = trace(inputs);
        QVERIFY(!edgeTo(chain, "commit:lake@" + kA));
    }

    void datasetsOfOneCommitShareItsNode()
    {
        DatasetInput other = datasetOf("s3://lake/" + kA + "/eval/");
        other.name = "eval";
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/" + kA + "/t/"), other, other}));
        const Chain chain = trace(inputs);
        QCOMPARE(chain.nodes.size(), std::size_t(5)); // version, run, commit, two datasets
        QCOMPARE(chain.edges.size(), std::size_t(5));
    }

    void worksWithoutAnyLookUp()
    {
        auto inputs = inputsOf(runOf("r", 0, {datasetOf("s3://lake/abcdef1/t/")}));
        inputs.lookups = {};
        QVERIFY(!edgeTo(trace(inputs), kDataset));
        inputs.run->inputs = {datasetOf("s3://lake/" + kA + "/t/")};
        QCOMPARE(from(edgeTo(trace(inputs), kDataset)), commitId(kA));
    }
};

ANDON_SUITE(ResolveTest)
#include "resolve_test.moc"
