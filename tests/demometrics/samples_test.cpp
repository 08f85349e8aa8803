#include "demo/metrics/metricmodel.h"
#include "demo/metrics/shapes.h"
#include "demo/promql/labels.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace andon;
using namespace andon::demo;

namespace
{

const Plan kPlan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));

struct Samples {
    std::vector<std::int64_t> t = {};
    std::vector<double> v = {};
};

Samples read(const MetricModel &model, int series, std::int64_t from, std::int64_t to)
{
    Samples samples;
    model.samples(series, from, to, samples.t, samples.v);
    return samples;
}

std::string nameOf(const MetricModel &model, int series)
{
    return std::string(promql::labelOf(model.labels(series), promql::kMetricName));
}

bool isCounter(const MetricModel &model, const std::string &name)
{
    const auto type = model.types().find(name);
    return type == model.types().end() || type->second == "counter"; // parts of histograms count too
}

} // namespace

class SamplesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void everyHalfMinuteAndNotBeyond()
    {
        const MetricModel model(kPlan);
        QCOMPARE(model.newest(), kPlan.now.ms / 30'000 * 30'000);
        const Samples all = read(model, 0, INT64_MIN / 2, INT64_MAX / 2);
        QCOMPARE(all.t.back(), model.newest());
        QCOMPARE(all.t.front(), model.newest() - 400 * core::kDay);
        QCOMPARE(all.t.size(), std::size_t{400} * 2880 + 1);
        QCOMPARE(read(model, 0, model.newest() - 30'000, model.newest()).t.size(), std::size_t{2}); // both included
        QVERIFY(read(model, 0, model.newest() + 1, model.newest() + core::kDay).t.empty());
    }

    void theSameArgumentsGiveTheSameSamples()
    {
        const MetricModel one(kPlan);
        const Plan again = makePlan(Scale::Small, 1, kPlan.now);
        const MetricModel two(again);
        const Plan other = makePlan(Scale::Small, 2, kPlan.now);
        const MetricModel different(other);
        QCOMPARE(one.size(), two.size());
        int unlike = 0;
        for (int series = 0; series < one.size(); ++series) {
            QCOMPARE(one.labels(series), two.labels(series));
            const std::int64_t t = one.newest() - series * 30'000;
            QCOMPARE(one.value(series, t), two.value(series, t));
            unlike += one.value(series, t) != different.value(series, t) ? 1 : 0;
        }
        QVERIFY(unlike > one.size() / 3);
    }

    void labelSetsAreDistinctAndSorted()
    {
        const MetricModel model(kPlan);
        std::vector<promql::Labels> all;
        for (int series = 0; series < model.size(); ++series) {
            const promql::Labels &labels = model.labels(series);
            QVERIFY(std::is_sorted(labels.begin(), labels.end()));
            all.push_back(labels);
        }
        std::sort(all.begin(), all.end());
        QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
    }

    void countersFallOnlyWhereAPodRestarted()
    {
        const MetricModel model(kPlan);
        const std::int64_t from = model.newest() - 4 * core::kDay; // the release of fraud-llm and vision-qa's restart
        int counters = 0;
        std::set<std::int64_t> falls;
        for (int series = 0; series < model.size(); ++series) {
            if (!isCounter(model, nameOf(model, series)))
                continue;
            ++counters;
            const Samples samples = read(model, series, from, model.newest());
            for (std::size_t i = 1; i < samples.v.size(); ++i)
                if (samples.v[i] < samples.v[i - 1])
                    falls.insert(samples.t[i]);
        }
        QVERIFY(counters > 100);
        const std::int64_t restart = (kPlan.now - 7 * core::kHour).ms / 30'000 * 30'000;
        const std::int64_t release = kPlan.deployedAt.ms / 30'000 * 30'000;
        QCOMPARE(falls, (std::set<std::int64_t>{restart, release}));
    }

    void tokenCountersAreWholeAndExact()
    {
        for (std::size_t m = 0; m < kPlan.models.size(); ++m)
            for (const bool generated : {false, true})
                for (const std::int64_t back : {0LL, 3'600'000LL, 86'400'000LL * 90, 86'400'000LL * 399}) {
                    const double count = tokenCount(kPlan, m, generated, kPlan.now.ms - back);
                    QVERIFY(count >= 0 && count < 0x1p53);
                    QCOMPARE(count, std::floor(count));
                }
    }

    void aDaysTokensAreThePlansRate()
    {
        // Over a whole day the daily swing is nothing.
        for (std::size_t m = 0; m < kPlan.models.size(); ++m) {
            if (!kPlan.models[m].deployed || kPlan.models[m].name == "vision-qa")
                continue;
            const std::int64_t to = kPlan.now.ms / 30'000 * 30'000;
            const double day = tokenCount(kPlan, m, false, to) - tokenCount(kPlan, m, false, to - core::kDay);
            QVERIFY(std::abs(day / (kPlan.models[m].promptTokensPerSecond * 86'400) - 1) < 0.001);
        }
    }

    void energyIsWhatThePowerAddsUpTo_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        QTest::newRow("a day in spring") << qint64{kPlan.now.ms - 200 * core::kDay}
                                         << qint64{kPlan.now.ms - 199 * core::kDay};
        QTest::newRow("across the saturation")
            << qint64{kPlan.saturatedSince.ms - core::kHour} << qint64{kPlan.saturatedSince.ms + core::kHour};
        QTest::newRow("the ten minutes of the turn")
            << qint64{kPlan.saturatedSince.ms} << qint64{kPlan.saturatedSince.ms + 10 * core::kMinute};
    }
    void energyIsWhatThePowerAddsUpTo()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        const double far = to - from < core::kHour ? 0.03 : 0.02; // the jitter of few scrapes evens out less
        for (std::size_t g = 0; g < kPlan.gpus.size(); ++g) {
            double joules = 0;
            for (std::int64_t t = from + 5'000; t < to; t += 10'000)
                joules += gpuLoad(kPlan, g, t).watts * 10;
            const double counted = gpuJoules(kPlan, g, to) - gpuJoules(kPlan, g, from);
            QVERIFY2(std::abs(counted / joules - 1) < far, std::to_string(counted / joules).c_str());
        }
    }

    void theSecondsOfACpuAddUp()
    {
        const MetricModel model(kPlan);
        std::map<std::string, double> sums;
        for (int series = 0; series < model.size(); ++series)
            if (nameOf(model, series) == "node_cpu_seconds_total")
                sums[std::string(promql::labelOf(model.labels(series), "instance"))] +=
                    model.value(series, model.newest()) - model.value(series, model.newest() - core::kDay);
        QCOMPARE(sums.size(), kPlan.nodes.size());
        for (const auto &[node, seconds] : sums)
            QVERIFY2(std::abs(seconds - 86'400) < 0.1, node.c_str());
    }

    void histogramsNeverShrinkTowardsInfinity()
    {
        const MetricModel model(kPlan);
        for (const std::int64_t back : {0LL, 6'900'000LL, 25'500'000LL}) {
            std::map<std::string, std::vector<std::pair<double, double>>> buckets;
            for (int series = 0; series < model.size(); ++series)
                if (nameOf(model, series) == "vllm:time_to_first_token_seconds_bucket") {
                    const std::string le(promql::labelOf(model.labels(series), "le"));
                    buckets[std::string(promql::labelOf(model.labels(series), "model_name"))].emplace_back(
                        le == "+Inf" ? HUGE_VAL : std::stod(le), model.value(series, model.newest() - back));
                }
            QCOMPARE(buckets.size(), std::size_t{6});
            for (auto &[name, all] : buckets) {
                std::sort(all.begin(), all.end());
                for (std::size_t i = 1; i < all.size(); ++i)
                    QVERIFY2(all[i].second >= all[i - 1].second, name.c_str());
            }
        }
    }

    void seriesExistWhereTheyHaveSamples()
    {
        const MetricModel model(kPlan);
        const std::int64_t release = kPlan.deployedAt.ms;
        for (int series = 0; series < model.size(); ++series)
            for (const auto &[from, to] : std::initializer_list<std::pair<std::int64_t, std::int64_t>>{
                     {release - core::kHour, release - core::kMinute},
                     {release + core::kMinute, release + core::kHour}})
                QCOMPARE(model.exists(series, from, to), !read(model, series, from, to).t.empty());
        QVERIFY(!model.exists(0, 5'000, 4'000));
        QVERIFY(!model.exists(0, 0, model.newest() - kKeptMs - 1));
    }
};

ANDON_SUITE(SamplesTest)
#include "samples_test.moc"
