#include "lineage/uses.h"
#include "tests/support/suite.h"

#include <random>

using namespace andon;
using namespace andon::lineage;

namespace
{
const std::string kA(64, 'a');
const std::string kB(64, 'b');
const Instant kStart{1795000060000};

DatasetInput dataset(const std::string &name, const std::string &uri)
{
    return {.name = name, .digest = "4f3a91c0", .source = "{\"uri\":\"" + uri + "\"}"};
}

Run runOf(const std::string &id, std::int64_t afterMs, std::vector<DatasetInput> inputs, KeyValues tags = {})
{
    Run run{.id = core::RunId(id), .name = "name of " + id, .experiment = core::ExperimentId("1")};
    run.status = RunStatus::Finished;
    run.started = kStart + afterMs;
    run.tags = std::move(tags);
    run.inputs = std::move(inputs);
    return run;
}

ModelVersion version(const char *model, const char *number, const char *run, std::int64_t afterMs)
{
    ModelVersion made{.model = core::ModelName(model), .version = core::ModelVersionNumber(number)};
    made.run = core::RunId(run);
    made.created = kStart + afterMs;
    return made;
}

CommitAt at(const std::string &id)
{
    return {core::RepositoryId("lake"), core::CommitId(id)};
}

QString told(const Uses &uses, const std::string &commit)
{
    QStringList all;
    if (const auto found = uses.find(at(commit)); found != uses.end())
        for (const Use &use : found->second) {
            QString one = QString::fromStdString(use.run.value + " " + use.dataset);
            for (const auto &[model, number] : use.made)
                one += QString::fromStdString(" " + model.value + "@" + number.value);
            all << one;
        }
    return all.join(u'|');
}
} // namespace

class UsesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void namesTheRunsOfACommitAndWhatTheyMade()
    {
        const std::vector<Run> runs = {
            runOf("r1", 0,
                  {dataset("txn", "lakefs://lake/" + kA + "/t/"), dataset("ids", "lakefs://lake/" + kB + "/i/")}),
            runOf("r2", 1000, {dataset("more", "lakefs://lake/" + kA + "/m/")}),
            runOf("r3", 2000, {}, {{"lakefs_commit", kB}, {"lakefs_repo", "lake"}}),
            runOf("r4", 3000, {dataset("csv", "file:///x.csv")})};
        const Uses uses =
            usesOf(runs, {version("fraud", "14", "r1", 9000), version("fraud", "13", "r1", 8000)}, {}, false);
        QCOMPARE(uses.size(), std::size_t(2));
        QCOMPARE(told(uses, kA), QStringLiteral("r2 more|r1 txn fraud@13 fraud@14"));
        QCOMPARE(told(uses, kB), QStringLiteral("r3 |r1 ids fraud@13 fraud@14"));
        QCOMPARE(uses.at(at(kA)).front().method, EdgeMethod::Declared);
    }

    void aRunsOwnWordsGoBeforeASharedRow()
    {
        // Both logged the same name and digest: the registry keeps the source of the first.
        const std::vector<Run> runs = {runOf("late", 1000, {dataset("txn", "lakefs://lake/" + kA + "/t/")},
                                             {{"lakefs_commit", kB}, {"lakefs_repo", "lake"}}),
                                       runOf("early", 0, {dataset("txn", "lakefs://lake/" + kA + "/t/")})};
        const Uses uses = usesOf(runs, {}, {}, false);
        QCOMPARE(told(uses, kA), QStringLiteral("early txn"));
        QCOMPARE(told(uses, kB), QStringLiteral("late txn"));
    }

    void saysWhatTheChainsSay()
    {
        for (unsigned seed = 0; seed < 300; ++seed) {
            std::mt19937 random(seed);
            const bool across = random() % 2 == 0;
            std::vector<Run> runs;
            std::vector<ModelVersion> versions;
            for (int i = 0; i < 12; ++i) {
                const std::string id = "r" + std::to_string(i);
                Run run = runOf(id, static_cast<std::int64_t>(random() % 4) * 1000, {});
                if (random() % 5 == 0)
                    run.started = {};
                run.experiment = core::ExperimentId(random() % 2 == 0 ? "1" : "2");
                for (const char *name : {"txn", "ids"})
                    if (random() % 2 == 0)
                        run.inputs.push_back(dataset(name, "lakefs://lake/" + (random() % 2 == 0 ? kA : kB) + "/t/"));
                if (random() % 2 == 0)
                    run.tags = {{"lakefs_commit", random() % 2 == 0 ? kA : kB}, {"lakefs_repo", "lake"}};
                versions.push_back(version("m", std::to_string(i).c_str(), id.c_str(), 0));
                runs.push_back(std::move(run));
            }
            const Uses uses = usesOf(runs, versions, {}, across);
            for (const ModelVersion &each : versions) {
                TraceInputs inputs{.version = each, .sharing = runs, .rowsAcrossExperiments = across};
                for (const Run &run : runs)
                    if (run.id == each.run)
                        inputs.run = run;
                const Chain chain = trace(inputs);
                for (const std::string &commit : {kA, kB}) {
                    const bool inChain = chain.node("commit:lake@" + commit) != nullptr;
                    const auto found = uses.find(at(commit));
                    const bool inUses = found != uses.end()
                        && std::any_of(found->second.begin(), found->second.end(),
                                       [&](const Use &use) { return use.run == each.run; });
                    QVERIFY2(inChain == inUses, qPrintable(QStringLiteral("seed %1").arg(seed)));
                }
            }
        }
    }
};

ANDON_SUITE(UsesTest)
#include "uses_test.moc"
