// What Floor, Compute and Storage make of the story's metrics.
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <cmath>

using namespace andon;
using factory::Access;
using telemetry::Starvation;

namespace
{

const core::Cancel kGoOn;

const factory::DiagnosisRow *rowOf(const factory::Diagnosis &diagnosis, const std::string &pod)
{
    const auto found = std::find_if(diagnosis.workloads.begin(), diagnosis.workloads.end(),
                                    [&](const auto &row) { return row.pod == pod; });
    return found == diagnosis.workloads.end() ? nullptr : &*found;
}

const telemetry::Evidence &signal(const factory::DiagnosisRow &row, const std::string &id)
{
    return *std::find_if(row.verdict.evidence.begin(), row.verdict.evidence.end(),
                         [&](const auto &e) { return e.id == id; });
}

const factory::RivalCheck &rival(const factory::Diagnosis &diagnosis, const std::string &id)
{
    return *std::find_if(diagnosis.rivals.begin(), diagnosis.rivals.end(), [&](const auto &c) { return c.id == id; });
}

const factory::Attention *attention(const factory::FloorView &view, const std::string &key)
{
    const auto found =
        std::find_if(view.attention.begin(), view.attention.end(), [&](const auto &one) { return one.key == key; });
    return found == view.attention.end() ? nullptr : &*found;
}

const factory::Figure *fact(const factory::StationView &station, const std::string &key)
{
    const auto found =
        std::find_if(station.facts.begin(), station.facts.end(), [&](const auto &f) { return f.key == key; });
    return found == station.facts.end() ? nullptr : &*found;
}

} // namespace

class MachinesTest : public QObject
{
    Q_OBJECT

    factory::StorageView storage(const test::DemoSite &demo, Access access = Access::Refresh)
    {
        auto view = demo.machines().storage(demo.machines().range(core::kDay), access, kGoOn);
        return view ? std::move(view->value) : factory::StorageView{};
    }
    factory::ComputeView compute(const test::DemoSite &demo, Access access = Access::Refresh)
    {
        auto view = demo.machines().compute(demo.machines().range(core::kDay), access, kGoOn);
        return view ? std::move(view->value) : factory::ComputeView{};
    }
    factory::FloorView floor(const test::DemoSite &demo, Access access = Access::Refresh)
    {
        auto view = demo.machines().floor(demo.machines().range(core::kDay), access, kGoOn);
        return view ? std::move(view->value) : factory::FloorView{};
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theStoryIsProbablyStorageBound()
    {
        const test::DemoSite demo;
        const factory::Diagnosis found = storage(demo).diagnosis;
        QVERIFY(found.verdict() == Starvation::StorageProbable);
        const factory::DiagnosisRow &first = found.workloads.front();
        QVERIFY(first.waiting == first.gpus && first.gpus > 0);
        QCOMPARE(signal(first, "E1").points, 2);
        QCOMPARE(signal(first, "E3").points, 2);
        QCOMPARE(signal(first, "E4").points, 2);
        QVERIFY(!signal(first, "D1").value && !signal(first, "E6").value); // nobody exports them
        QVERIFY(first.verdict.missing == (std::vector<std::string>{"D1", "E6"}));
        QVERIFY(std::abs(first.normal.value() - 0.87) < 0.02);
        QVERIFY(std::abs(first.verdict.utilisation.value() - 0.22) < 0.02);
        // Every GPU that the story starves, and nobody else.
        const auto starved = std::count_if(demo.plan.gpus.begin(), demo.plan.gpus.end(), [&](const auto &gpu) {
            return gpu.workload >= 0
                && demo.plan.workloads[static_cast<std::size_t>(gpu.workload)].array == demo.plan.saturatedArray
                && demo.plan.workloads[static_cast<std::size_t>(gpu.workload)].kind == demo::WorkloadPlan::Kind::Train;
        });
        QCOMPARE(found.waitingGpus, static_cast<int>(starved));
    }

    void itSaysSinceWhenAndWhatItCost()
    {
        const test::DemoSite demo;
        const factory::Diagnosis found = storage(demo).diagnosis;
        const std::int64_t late = found.since - demo.plan.starvedSince;
        QVERIFY2(late >= 0 && late <= 5 * core::kMinute, qPrintable(QString::number(late)));
        const double hours = static_cast<double>(demo.clock.now() - demo.plan.starvedSince) / core::kHour;
        QVERIFY(std::abs(found.gpuHours.value() - hours * found.waitingGpus) <= found.waitingGpus / 6.0);
        QCOMPARE(found.cost->micro, std::llround(*found.gpuHours * 2.5e6));
        QCOMPARE(found.perHour->micro, found.waitingGpus * 2'500'000LL);
    }

    void withoutABookNothingIsPriced()
    {
        const test::DemoSite demo(false);
        const factory::StorageView view = storage(demo);
        QVERIFY(view.diagnosis.gpuHours && !view.diagnosis.cost && !view.diagnosis.perHour);
        for (const factory::Attention &one : floor(demo).attention)
            QVERIFY(!one.perDay);
    }

    void whoIsWellFedIsNotBound()
    {
        const test::DemoSite demo;
        const factory::Diagnosis found = storage(demo).diagnosis;
        for (const demo::WorkloadPlan &workload : demo.plan.workloads) {
            const factory::DiagnosisRow *row = rowOf(found, workload.pod);
            if (workload.kind == demo::WorkloadPlan::Kind::Serve)
                QVERIFY2(!row, workload.pod.c_str()); // not judged
            else if (workload.kind == demo::WorkloadPlan::Kind::Notebook)
                QVERIFY2(row && row->verdict.verdict == Starvation::NotStarved, workload.pod.c_str()); // idle
            else if (workload.array != demo.plan.saturatedArray)
                QVERIFY2(row && row->verdict.verdict == Starvation::NotStarved, workload.pod.c_str());
        }
        QCOMPARE(
            found.serving,
            static_cast<int>(std::count_if(demo.plan.workloads.begin(), demo.plan.workloads.end(),
                                           [](const auto &w) { return w.kind == demo::WorkloadPlan::Kind::Serve; })));
    }

    void otherCausesAreLookedFor()
    {
        const test::DemoSite demo;
        const factory::Diagnosis found = storage(demo).diagnosis;
        QCOMPARE(found.rivals.size(), 8U);
        for (const char *id : {"X1", "X4", "X5", "X6", "X8"})
            QVERIFY2(rival(found, id).holds == std::optional(false), id);
        for (const char *id : {"X2", "X3", "X7"}) // no pack knows them
            QVERIFY2(!rival(found, id).holds, id);
        QVERIFY(rival(found, "X5").value.value() < 0.5);
    }

    void missingSeriesLowerTheClaim()
    {
        const test::DemoSite demo(true, {"node_pressure_io_waiting_seconds_total", "node_cpu_seconds_total"});
        const factory::Diagnosis found = storage(demo).diagnosis;
        QVERIFY(found.verdict() == Starvation::StoragePossible); // nothing on the waiting side
        const auto &missing = found.workloads.front().verdict.missing;
        QVERIFY(std::count(missing.begin(), missing.end(), "E1") == 1);
        QVERIFY(!rival(found, "X1").holds);
    }

    void withoutSmActivityNobodyIsSeenToWait()
    {
        const test::DemoSite demo(true, {"DCGM_FI_PROF_SM_ACTIVE"});
        const factory::ComputeView view = compute(demo);
        QCOMPARE(view.heatSignal, std::string("gpu.busy"));
        QCOMPARE(view.starved, 0);
        QVERIFY(!view.heat.empty());
        QVERIFY(storage(demo).diagnosis.verdict() == Starvation::NotStarved); // busy is all that is known: 93 %
    }

    void everyGpuHasARow()
    {
        const test::DemoSite demo;
        const factory::ComputeView view = compute(demo);
        QCOMPARE(view.heat.size(), demo.plan.gpus.size());
        QCOMPARE(view.quota, static_cast<int>(demo.plan.gpus.size()));
        int free = 0;
        for (std::size_t i = 0; i < view.heat.size(); ++i) {
            const factory::GpuRow &row = view.heat[i];
            const demo::GpuPlan &gpu = demo.plan.gpus[i];
            QCOMPARE(row.node, demo.plan.nodes[static_cast<std::size_t>(gpu.node)]);
            QCOMPARE(row.pod,
                     gpu.workload < 0 ? std::string()
                                      : demo.plan.workloads[static_cast<std::size_t>(gpu.workload)].pod);
            QCOMPARE(row.held.t.empty(), gpu.workload < 0); // free is not 0 %
            QCOMPARE(row.free.empty(), gpu.workload >= 0);
            free += gpu.workload < 0 ? 1 : 0;
        }
        QVERIFY(free > 0);
        QCOMPARE(view.quota - view.allocated, free);
        const auto waiting =
            std::count_if(view.heat.begin(), view.heat.end(), [](const factory::GpuRow &row) { return row.waiting; });
        QCOMPARE(static_cast<int>(waiting), view.starved);
        QCOMPARE(view.notComputing.v.back(), static_cast<double>(free + view.idle + view.starved));
    }

    void workloadsAreWorstFirst()
    {
        const test::DemoSite demo;
        const factory::ComputeView view = compute(demo);
        QVERIFY(view.workloads[0].starved && view.workloads[0].since.known());
        QVERIFY(view.workloads[0].waitingShare.value() > 0.1 && view.workloads[0].waitingShare.value() < 0.5);
        QVERIFY(view.workloads[0].watts.value() > 100);
        const auto rank = [](const factory::WorkloadRow &row) { return row.starved ? 2 : row.idle ? 1 : 0; };
        QVERIFY(std::is_sorted(view.workloads.begin(), view.workloads.end(),
                               [&](const auto &a, const auto &b) { return rank(a) > rank(b); }));
        QVERIFY(view.figures[2].normal && view.figures[5].normal);
    }

    void theFloorSaysWhyWithNumbers()
    {
        const test::DemoSite demo;
        const factory::FloorView view = floor(demo);
        const factory::StationView &stored = view.stations[0];
        QCOMPARE(stored.state.rule, std::string("storage-saturated"));
        QCOMPARE(stored.state.readings.size(), 2U);
        QVERIFY(stored.state.readings[1].value.value() > 5);
        QCOMPARE(stored.since, demo.plan.saturatedSince);
        const factory::StationView &computing = view.stations[1];
        QCOMPARE(computing.state.rule, std::string("compute-starving"));
        QCOMPARE(*lineage::find(computing.about, "verdict"), std::string("probable"));
        QVERIFY(computing.gpuHours && computing.cost);
        QVERIFY(computing.spark.v.size() > 200);
        const factory::StationView &served = view.stations[3];
        QCOMPARE(served.state.rule, std::string("deployment-quality"));
        QCOMPARE(*lineage::find(served.about, "model"), std::string("fraud-llm@14"));
        QCOMPARE(*lineage::find(served.about, "before"), std::string("13"));
        QCOMPARE(fact(served, "deployment.losing")->value.value(), 1.0);
        for (const factory::StationView &station : view.stations)
            for (const factory::Figure &figure : station.facts)
                QVERIFY2(!figure.link.empty(), figure.key.c_str());
        QCOMPARE(view.waitingSince, storage(demo, Access::CacheOnly).diagnosis.since);
    }

    void whatIsNotKnownIsNotCounted()
    {
        const test::DemoSite demo; // no lakeFS, no MLflow
        const factory::StationView training = floor(demo).stations[2];
        QVERIFY(!training.headline.value);
        QCOMPARE(training.headline.missing, std::string("not-configured"));
        QVERIFY(!fact(training, "training.gates_skipped")->value); // not "0 merges past a gate"
        QVERIFY(training.state.level == telemetry::Level::Unknown);
    }

    void whatNeedsSomebodyIsSortedAndPriced()
    {
        const test::DemoSite demo;
        telemetry::Alert alert{.name = "DiskFull", .activeAt = demo.clock.now() - 3 * core::kHour};
        alert.labels = telemetry::Labels({{"severity", "page"}, {"alertname", "DiskFull"}, {"Hostname", "gpu-03"}});
        alert.annotations.set("summary", "The disk of gpu-03 is full");
        demo.series->firing = {alert};
        demo.series->firing.push_back({.name = "Sleeping", .state = telemetry::AlertState::Pending});
        const factory::FloorView view = floor(demo);
        const factory::Attention *bound = attention(view, "storage-bound");
        QVERIFY(bound && bound == &view.attention.front());
        QCOMPARE(bound->perDay->micro, storage(demo, Access::CacheOnly).diagnosis.perHour->micro * 24);
        const factory::Attention *full = attention(view, "alert");
        QVERIFY(full && full->severity == lineage::Severity::Critical);
        QCOMPARE(full->since, alert.activeAt);
        QCOMPARE(full->link, std::string("page:compute"));
        QCOMPARE(*lineage::find(full->details, "summary"), std::string("The disk of gpu-03 is full"));
        QCOMPARE(*lineage::find(full->details, "labels"), std::string("Hostname=gpu-03"));
        QVERIFY(std::none_of(view.attention.begin(), view.attention.end(), [](const auto &one) {
            return one.key == "alert" && *lineage::find(one.values, "name") == "Sleeping";
        }));
        QVERIFY(attention(view, "idle-gpus")->perDay && attention(view, "model-loses-money")->perDay->micro > 0);
        QVERIFY(std::is_sorted(view.attention.begin(), view.attention.end(), [](const auto &a, const auto &b) {
            return std::pair(a.severity, a.perDay ? a.perDay->micro : -1)
                > std::pair(b.severity, b.perDay ? b.perDay->micro : -1);
        }));
        const auto mark = std::find_if(view.events.begin(), view.events.end(),
                                       [](const auto &e) { return e.kind == factory::EventKind::Alert; });
        QVERIFY(mark != view.events.end() && mark->of == "The disk of gpu-03 is full");
    }

    void allOpensFromACacheThatASyncHasFilled()
    {
        const test::DemoSite demo;
        const factory::SiteSync done = demo.site->sync({}, kGoOn);
        ANDON_VERIFY_RESULT(done.series);
        demo.series->down = true;
        const auto range = demo.machines().range(core::kDay);
        const auto seen = demo.machines().floor(range, Access::CacheOnly, kGoOn);
        ANDON_VERIFY_RESULT(seen);
        // Nothing that a page asks was left out of the sync.
        QVERIFY2(seen->freshness.notes.empty(),
                 seen->freshness.notes.empty() ? "" : seen->freshness.notes.front().c_str());
        QCOMPARE(seen->value.stations[0].state.rule, std::string("storage-saturated"));
        QVERIFY(seen->value.stations[1].gpuHours.has_value());
        const auto stored = demo.machines().storage(range, Access::CacheOnly, kGoOn);
        QVERIFY(stored && stored->freshness.notes.empty()
                && stored->value.diagnosis.verdict() == Starvation::StorageProbable);
        const auto computed = demo.machines().compute(range, Access::CacheOnly, kGoOn);
        QVERIFY(computed && computed->freshness.notes.empty() && computed->value.figures[6].value);
    }

    void metricsAreThoseThatHaveSeries()
    {
        const test::DemoSite demo;
        factory::TelemetryService &telemetry = demo.site->telemetry();
        const auto live = telemetry.metrics(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(live);
        const auto find = [&](const char *name) {
            return std::find_if(live->value.begin(), live->value.end(), [&](const auto &m) { return m.name == name; });
        };
        QVERIFY(find("DCGM_FI_DEV_GPU_UTIL") != live->value.end());
        QCOMPARE(find("DCGM_FI_DEV_GPU_UTIL")->type, std::string("gauge"));
        QVERIFY(find("was_scraped_once") == live->value.end());
        QVERIFY(find("DCGM_FI_DEV_POWER_USAGE")->help.empty()); // nothing is said of it
        demo.series->down = true;
        const auto cached = telemetry.metrics(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(cached);
        QCOMPARE(cached->value, live->value);
        QCOMPARE(cached->freshness.state, core::FreshnessState::Stale);
        const test::DemoSite never;
        never.series->down = true;
        QCOMPARE(never.site->telemetry().metrics(Access::Refresh, kGoOn).error().kind, core::ErrorKind::Refused);
    }

    void aServerThatNeverAnsweredIsNotOneWithoutMetrics()
    {
        const test::DemoSite demo;
        demo.series->down = true;
        factory::TelemetryService &telemetry = demo.site->telemetry();
        QVERIFY(telemetry.resolution(Access::CacheOnly, kGoOn)->resolved.empty());
        QCOMPARE(telemetry.resolution(Access::Refresh, kGoOn).error().kind, core::ErrorKind::Refused);
        demo.series->down = false;
        QVERIFY(!telemetry.resolution(Access::Refresh, kGoOn)->resolved.empty());
    }

    void aServerThatDiesLeavesTheLastGoodValue()
    {
        test::DemoSite demo;
        QCOMPARE(storage(demo).arrays.size(), demo.plan.arrays.size());
        demo.series->down = true;
        demo.clock.advance(2 * core::kMinute);
        const auto view = demo.machines().storage(demo.machines().range(core::kDay), Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(view);
        QVERIFY(view->freshness.state == core::FreshnessState::Stale);
        QVERIFY(view->freshness.error.has_value());
        QCOMPARE(view->value.arrays.size(), demo.plan.arrays.size());
    }

    void anEmptyCacheIsLoadingNotZero()
    {
        const test::DemoSite demo;
        const auto view = demo.machines().compute(demo.machines().range(core::kDay), Access::CacheOnly, kGoOn);
        ANDON_VERIFY_RESULT(view);
        QVERIFY(view->freshness.state == core::FreshnessState::Loading);
        QVERIFY(view->value.heat.empty());
        for (const factory::Figure &figure : view->value.figures)
            QVERIFY2(!figure.value, figure.key.c_str());
    }
};

ANDON_SUITE(MachinesTest)
#include "machines_test.moc"
