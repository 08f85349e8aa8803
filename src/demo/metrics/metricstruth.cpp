#include "demo/metrics/daycounts.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

/// The value that an exporter gave of the one series with these labels.
double valueAt(const MetricModel &model, const std::string &metric, const promql::Labels &labels, std::int64_t tMs)
{
    std::vector<promql::Matcher> matchers;
    const auto equals = [&](const std::string &name, const std::string &value) {
        matchers.push_back(promql::Matcher::make(promql::Matcher::Equal, name, value).value());
    };
    equals("__name__", metric);
    for (const auto &[name, value] : labels)
        equals(name, value);
    const std::vector<int> found = model.select(matchers);
    return found.size() == 1 ? model.value(found.front(), tMs) : NAN;
}

Json arrayTruth(const MetricModel &model, const std::string &array, std::int64_t at)
{
    const auto of = [&](const char *metric, const char *dimension) {
        return valueAt(model, std::string("purefb_array_performance_") + metric,
                       {{"instance", array}, {"dimension", dimension}}, at);
    };
    return {{"read", of("bandwidth_bytes", "read_bytes_per_sec")},
            {"write", of("bandwidth_bytes", "write_bytes_per_sec")},
            {"iops", of("throughput_iops", "reads_per_sec") + of("throughput_iops", "writes_per_sec")},
            {"read_latency", of("latency_usec", "usec_per_read_op") / 1e6},
            {"space", valueAt(model, "purefb_array_space_utilization", {{"instance", array}}, at)}};
}

Json storageTruth(const Plan &plan, const MetricModel &model, std::int64_t at)
{
    Json arrays = Json::object();
    for (const ArrayPlan &array : plan.arrays)
        arrays[array.name] = arrayTruth(model, array.name, at);
    return {{"array", plan.saturatedArray},
            {"since", plan.saturatedSince.seconds()},
            {"starves_gpus_since", plan.starvedSince.seconds()},
            {"arrays", arrays}};
}

Json qualityTruth(const Plan &plan, const MetricModel &model, std::int64_t at)
{
    const auto of = [&](int version, std::int64_t tMs) {
        return valueAt(model, "model_quality", {{"model", plan.failedModel}, {"version", std::to_string(version)}},
                       tMs);
    };
    const std::int64_t lastBefore = (plan.deployedAt.ms - 1) / kScrapeMs * kScrapeMs;
    return {{"model", plan.failedModel},          {"version", plan.failedVersion},
            {"since", plan.deployedAt.seconds()}, {"value", of(plan.failedVersion, at)},
            {"last_good", plan.lastGoodVersion},  {"last_good_value", of(plan.lastGoodVersion, lastBefore)}};
}

/// The rules of the factory with the scrape since which each holds without a break.
Json alertsTruth(const Plan &plan, const MetricModel &model, std::int64_t at)
{
    std::int64_t slow = at;
    const promql::Labels reads = {{"instance", plan.saturatedArray}, {"dimension", "usec_per_read_op"}};
    while (valueAt(model, "purefb_array_performance_latency_usec", reads, slow - kScrapeMs) > 5000)
        slow -= kScrapeMs;
    const std::int64_t deployed = (plan.deployedAt.ms + kScrapeMs - 1) / kScrapeMs * kScrapeMs;
    return {{{"name", "ModelQualityDropped"}, {"since", deployed / 1000}},
            {{"name", "StorageReadSaturated"}, {"since", slow / 1000}}};
}

} // namespace

std::string metricsTruthJson(const Plan &plan)
{
    const core::TimeRange day = lastDay(plan);
    const MetricModel model(plan);
    Json tokens = Json::object();
    for (std::size_t m = 0; m < plan.models.size(); ++m)
        if (plan.models[m].deployed)
            tokens[plan.models[m].name] = {{"version", plan.models[m].deployed},
                                           {"prompt", countTokens(plan, m, false, day)},
                                           {"generated", countTokens(plan, m, true, day)},
                                           {"gpus", plan.models[m].servingGpus}};
    const GpuSeconds now = gpusAt(plan, day.to.ms);
    const GpuSeconds seconds = countGpuSeconds(plan, day);
    const Json json = {{"window", {{"from", day.from.seconds()}, {"to", day.to.seconds()}}},
                       {"tokens", tokens},
                       {"gpus",
                        {{"quota", plan.quotaGpus},
                         {"allocated", now.idle + now.starved + now.busy},
                         {"idle", now.idle},
                         {"starved", now.starved},
                         {"busy", now.busy},
                         {"free", now.unallocated}}},
                       {"gpu_seconds",
                        {{"quota", seconds.quota()},
                         {"unallocated", seconds.unallocated},
                         {"idle", seconds.idle},
                         {"starved", seconds.starved},
                         {"busy", seconds.busy}}},
                       {"storage", storageTruth(plan, model, day.to.ms)},
                       {"quality", qualityTruth(plan, model, day.to.ms)},
                       {"alerts", alertsTruth(plan, model, day.to.ms)}};
    return json.dump(2);
}

} // namespace andon::demo
