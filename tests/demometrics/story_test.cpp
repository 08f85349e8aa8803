#include "demo/metrics/metricmodel.h"
#include "demo/metrics/shapes.h"
#include "telemetry/starvation.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <cmath>

using namespace andon;
using namespace andon::demo;
using nlohmann::json;

namespace
{

/// Answers of the samples themselves.
class Factory
{
public:
    explicit Factory(Scale scale)
        : plan(makePlan(scale, 1, core::Instant::fromSeconds(1'795'500'017)))
        , model(plan)
        , now(model.newest())
    {
    }
    [[nodiscard]] promql::Value at(const std::string &query, std::int64_t tMs) const
    {
        const auto value = promql::instant(model, query, tMs);
        return value ? *value : promql::Value{};
    }
    /// The one value that the query gives; NaN when it gives none or several.
    [[nodiscard]] double one(const std::string &query, std::int64_t tMs) const
    {
        const promql::Value value = at(query, tMs);
        return value.vector.size() == 1 ? value.vector.front().v : NAN;
    }
    [[nodiscard]] telemetry::Series over(const std::string &query, core::TimeRange range, std::int64_t step) const
    {
        telemetry::Series series;
        const auto value = promql::range(model, query, range.from.ms, range.to.ms - 1, step);
        if (value && value->matrix.size() == 1)
            for (const promql::Point &point : value->matrix.front().points) {
                series.t.push_back(point.t);
                series.v.push_back(point.v);
            }
        return series;
    }

    Plan plan;
    MetricModel model;
    std::int64_t now = 0;
};

const char *const kStarved = "DCGM_FI_PROF_SM_ACTIVE{exported_pod=\"code-assist-train-0\"}";
const char *const kRead =
    "purefb_array_performance_bandwidth_bytes{instance=\"fb-ams-03\",dimension=\"read_bytes_per_sec\"}";
const char *const kLatency =
    "purefb_array_performance_latency_usec{instance=\"fb-ams-03\",dimension=\"usec_per_read_op\"} / 1000000";

} // namespace

class StoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void multiprocessorsWaitWhileKernelsAreResident()
    {
        const Factory f(Scale::Small);
        const std::int64_t before = f.plan.saturatedSince.ms - core::kHour;
        const std::string sm = std::string("avg(") + kStarved + ")";
        const std::string busy = "avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod=\"code-assist-train-0\"})";
        QVERIFY(f.one(sm, before) > 0.8 && f.one(sm, f.now) < 0.3);
        QVERIFY(f.one(busy, before) > 0.9 && f.one(busy, f.now) > 0.9);
        const std::string fed = "avg(DCGM_FI_PROF_SM_ACTIVE{exported_pod=\"route-planner-train-0\"})"; // another array
        QVERIFY(f.one(fed, f.now) > 0.8);
    }

    void theArrayIsAtItsLimit()
    {
        const Factory f(Scale::Small);
        const double limit = f.plan.arrays[2].readLimit;
        const std::int64_t before = f.plan.saturatedSince.ms - core::kHour;
        QVERIFY(f.one(kRead, f.now) > 0.95 * limit && f.one(kRead, f.now) <= limit);
        QVERIFY(f.one(kRead, before) < 0.7 * limit);
        QVERIFY(f.one(kLatency, f.now) > 5 * f.one(kLatency, before));
    }

    void qualityFellByElevenPercent()
    {
        const Factory f(Scale::Small);
        const double before = f.one("model_quality{model=\"fraud-llm\"}", f.plan.deployedAt.ms - core::kHour);
        const double after = f.one("model_quality{model=\"fraud-llm\"}", f.now);
        QVERIFY2(std::abs(1 - after / before - 0.11) < 0.01, std::to_string(after / before).c_str());
    }

    void theDiagnosisFindsTheCause()
    {
        const Factory f(Scale::Small);
        const core::TimeRange window{{f.now - 30 * core::kMinute}, {f.now}};
        const core::TimeRange week{{f.now - 7 * core::kDay}, {f.now}};
        const telemetry::StarvationVerdict verdict = telemetry::diagnose(inputOf(f, window, week));
        QVERIFY(verdict.verdict == telemetry::Starvation::StorageProbable);
        QCOMPARE(verdict.holds, 1.0);
        QVERIFY(verdict.utilisation.value() < 0.3);
        // The hour before: nobody starved.
        const core::TimeRange well{{f.plan.saturatedSince.ms - core::kHour},
                                   {f.plan.saturatedSince.ms - 30 * core::kMinute}};
        QVERIFY(telemetry::diagnose(inputOf(f, well, week)).verdict == telemetry::Starvation::NotStarved);
    }

    void truthEqualsWhatTheSamplesSay_data()
    {
        QTest::addColumn<int>("scale");
        QTest::newRow("small") << static_cast<int>(Scale::Small);
        QTest::newRow("factory") << static_cast<int>(Scale::Factory);
    }
    void truthEqualsWhatTheSamplesSay()
    {
        QFETCH(int, scale);
        const Factory f(static_cast<Scale>(scale));
        const json truth = json::parse(metricsTruthJson(f.plan));
        const std::int64_t to = truth["window"]["to"].get<std::int64_t>() * 1000;
        QCOMPARE(to, f.now);
        QCOMPARE(truth["window"]["from"].get<std::int64_t>() * 1000, f.now - core::kDay);
        for (const auto &[model, tokens] : truth["tokens"].items()) {
            compareTokens(f, model, "vllm:prompt_tokens_total", tokens["prompt"].get<double>());
            compareTokens(f, model, "vllm:generation_tokens_total", tokens["generated"].get<double>());
        }
        const json &gpus = truth["gpus"];
        const auto count = [&](const char *key) { return gpus[key].get<double>(); };
        QCOMPARE(f.one("sum(kube_node_status_allocatable)", to), count("quota"));
        QCOMPARE(f.one("sum(kube_pod_container_resource_requests)", to), count("allocated"));
        QCOMPARE(f.one("count(DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod=\"\"})", to), count("free"));
        QCOMPARE(f.one("count(max_over_time(DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod!=\"\"}[30m]) == 0)", to),
                 count("idle"));
        QCOMPARE(f.one("count((DCGM_FI_PROF_SM_ACTIVE < 0.4) and on (UUID) (DCGM_FI_PROF_GR_ENGINE_ACTIVE > 0.8))", to),
                 count("starved"));
        QCOMPARE(count("allocated"), count("idle") + count("starved") + count("busy"));
        QCOMPARE(count("quota"), count("allocated") + count("free"));
    }

    void theDaysGpuSecondsAddUp()
    {
        const Factory f(Scale::Small);
        const json seconds = json::parse(metricsTruthJson(f.plan))["gpu_seconds"];
        const auto of = [&](const char *key) { return seconds[key].get<std::int64_t>(); };
        QCOMPARE(of("quota"), std::int64_t{64} * 86'400);
        QCOMPARE(of("quota"), of("unallocated") + of("idle") + of("starved") + of("busy"));
        QCOMPARE(of("unallocated"), std::int64_t{4} * 86'400); // the plan leaves the last four free
        QCOMPARE(of("idle"), std::int64_t{2} * 86'400); // the notebook
        QCOMPARE(of("starved"), 20 * (f.now - f.plan.starvedSince.ms) / 1000);
    }

private:
    static void compareTokens(const Factory &f, const std::string &model, const char *metric, double wanted)
    {
        const core::TimeRange day{{f.now - core::kDay}, {f.now + 1}};
        const auto series = f.over(std::string(metric) + "{model_name=\"" + model + "\"}", day, 30'000);
        QCOMPARE(series.v.size(), std::size_t{2881});
        QCOMPARE(*telemetry::counterDelta(series), wanted);
    }

    static telemetry::StarvationInput inputOf(const Factory &f, core::TimeRange window, core::TimeRange week)
    {
        telemetry::StarvationInput in;
        in.window = window;
        in.gpus = 12;
        in.allocated = true;
        in.source = telemetry::UtilisationSource::SmActive;
        const core::TimeRange back{window.from - 2 * core::kMinute, window.to};
        const auto minutely = [&](const std::string &query) { return f.over(query, back, core::kMinute); };
        in.utilisation = minutely(std::string("avg(") + kStarved + ")");
        in.readLatency = minutely(std::string("sum(") + kLatency + ")");
        in.readThroughput = minutely(std::string("sum(") + kRead + ")");
        in.ioPressure = minutely("max(rate(node_pressure_io_waiting_seconds_total[5m]))");
        in.ioWait = minutely("max(rate(node_cpu_seconds_total{mode=\"iowait\"}[5m]))");
        const std::int64_t step = 5 * core::kMinute;
        const auto latency = telemetry::baseline(f.over(std::string("sum(") + kLatency + ")", week, step), week, step);
        const auto read = telemetry::baseline(f.over(std::string("sum(") + kRead + ")", week, step), week, step);
        if (latency && read) {
            in.latencyNormal = latency->median;
            in.throughputLimit = read->p99;
        }
        return in;
    }
};

ANDON_SUITE(StoryTest)
#include "story_test.moc"
