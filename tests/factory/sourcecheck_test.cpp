#include "factory/sourcecheck.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::factory;

namespace
{

/// A registry whose answers are numbers of things, or an error.
class FakeRegistry final : public roles::ModelRegistry
{
public:
    std::optional<core::Error> probeError = {};
    std::optional<core::Error> modelsError = {};
    int asked = 0;

    core::Result<roles::RegistryInfo> probe(const core::Cancel &) override
    {
        ++asked;
        if (probeError)
            return core::fail(*probeError);
        return roles::RegistryInfo{.product = "MLflow", .version = "3.17.2", .loggedModels = true};
    }
    core::Result<std::vector<lineage::Experiment>> experiments(const core::Cancel &) override
    {
        ++asked;
        return std::vector<lineage::Experiment>(4);
    }
    core::Result<roles::RunsAnswer> runs(const std::vector<core::ExperimentId> &, core::Instant,
                                         const core::Cancel &) override
    {
        return roles::RunsAnswer{};
    }
    core::Result<lineage::Run> run(const core::RunId &, core::Evidence *, const core::Cancel &) override
    {
        return lineage::Run{};
    }
    core::Result<std::vector<lineage::RegisteredModel>> models(const core::Cancel &) override
    {
        ++asked;
        if (modelsError)
            return core::fail(*modelsError);
        return std::vector<lineage::RegisteredModel>(9);
    }
    core::Result<std::vector<lineage::ModelVersion>> versions(const core::Cancel &) override
    {
        ++asked;
        return std::vector<lineage::ModelVersion>(53);
    }
    core::Result<std::vector<lineage::LoggedModel>> loggedModels(const std::vector<core::ExperimentId> &,
                                                                 const core::Cancel &) override
    {
        return std::vector<lineage::LoggedModel>{};
    }
};

telemetry::Pack pack()
{
    telemetry::Pack pack{.id = "dcgm", .title = "NVIDIA DCGM exporter", .fix = "Start it with the profiling counters."};
    const auto signal = [](const char *name, std::vector<std::string> metrics) {
        return telemetry::PackSignal{.signal = core::SignalName(name),
                                     .candidates = {{.expr = metrics.front(), .requiresMetrics = metrics}}};
    };
    pack.signals = {signal("gpu.busy", {"DCGM_A"}), signal("gpu.power", {"DCGM_B", "DCGM_C"}),
                    signal("gpu.xid", {"DCGM_C"})};
    return pack;
}

} // namespace

class SourceCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void saysWhoAnswersAndWhatThereIs()
    {
        FakeRegistry registry;
        const SourceCheck found = check(registry, {});
        QVERIFY(found.ok());
        QCOMPARE(found.kind, std::string("mlflow"));
        QCOMPARE(found.product + " " + found.version, std::string("MLflow 3.17.2"));
        QCOMPARE(found.capabilities, std::vector<std::string>{"logged_models"});
        const std::vector<std::pair<std::string, std::int64_t>> wanted = {
            {"experiments", 4}, {"models", 9}, {"versions", 53}};
        QCOMPARE(found.found, wanted);
        QVERIFY(found.latencyMs >= 0);
        test::FakeVersionSource versions;
        const SourceCheck data = check(versions, {});
        QVERIFY(data.ok());
        QCOMPARE(data.found.at(0).second, 1);
    }

    void asksNothingMoreOnceSomethingFailed()
    {
        FakeRegistry registry;
        registry.probeError = core::Error{.kind = core::ErrorKind::Forbidden, .httpStatus = 403, .hint = "mlflow-host"};
        const SourceCheck found = check(registry, {});
        QVERIFY(!found.ok());
        QCOMPARE(found.error->hint, std::string("mlflow-host"));
        QCOMPARE(registry.asked, 1);
        QVERIFY(found.product.empty() && found.found.empty());
        QCOMPARE(found.latencyMs, -1);
    }

    void keepsWhatWasFoundBeforeAFailure()
    {
        FakeRegistry registry;
        registry.modelsError = core::Error{.kind = core::ErrorKind::Forbidden};
        const SourceCheck found = check(registry, {});
        QVERIFY(!found.ok());
        QCOMPARE(found.product, std::string("MLflow"));
        QCOMPARE(found.found.size(), std::size_t(1)); // the experiments
        QCOMPARE(registry.asked, 3);
    }

    void countsWhatTheMetricsResolve()
    {
        const auto one = [](std::set<std::string> metrics) { return packChecks({pack()}, {.metrics = metrics}).at(0); };
        const PackCheck whole = one({"DCGM_A", "DCGM_B", "DCGM_C"});
        QCOMPARE(whole.found, 3);
        QCOMPARE(whole.wanted, 3);
        QCOMPARE(whole.example, std::string("DCGM_A"));
        QVERIFY(whole.missing.empty());
        const PackCheck part = one({"DCGM_A", "DCGM_B"});
        QCOMPARE(part.found, 1);
        QCOMPARE(part.missing, std::vector<std::string>{"DCGM_C"}); // two signals want it: named once
        QCOMPARE(part.fix, std::string("Start it with the profiling counters."));
        const PackCheck none = one({});
        QCOMPARE(none.found, 0);
        QVERIFY(none.example.empty());
    }
};

ANDON_SUITE(SourceCheckTest)
#include "sourcecheck_test.moc"
