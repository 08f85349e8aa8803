#include "telemetry/gpufleet.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

namespace andon::telemetry
{

namespace
{

std::optional<double> at(const Series *series, std::int64_t t)
{
    if (!series)
        return std::nullopt;
    const auto found = std::lower_bound(series->t.begin(), series->t.end(), t);
    if (found == series->t.end() || *found != t)
        return std::nullopt;
    return series->v[static_cast<std::size_t>(found - series->t.begin())];
}

struct Sum {
    double sum = 0;
    int n = 0;
};

std::map<std::int64_t, Sum> sums(const std::vector<const Series *> &all)
{
    std::map<std::int64_t, Sum> sums;
    for (const Series *series : all)
        for (std::size_t i = 0; i < series->t.size(); ++i) {
            Sum &sum = sums[series->t[i]];
            sum.sum += series->v[i];
            ++sum.n;
        }
    return sums;
}

} // namespace

GpuState gpuState(bool held, std::optional<double> busy, std::optional<double> active)
{
    if (!busy && !active)
        return GpuState::Unknown;
    if (!held)
        return GpuState::Free;
    if (busy.value_or(*active) < kGpuIdle)
        return GpuState::Idle;
    return busy && active && *busy >= kGpuBusy && *active < kGpuWaiting ? GpuState::Waiting : GpuState::Computing;
}

bool GpuHolding::current(core::Instant to, std::int64_t stepMs) const
{
    const auto newest = [](const Series *series) { return series && !series->t.empty() ? series->t.back() : 0; };
    return std::max(newest(busy), newest(active)) > to.ms - 2 * stepMs - 1;
}

std::vector<GpuHolding> holdings(const Matrix &busy, const Matrix &active)
{
    std::map<std::tuple<std::string, int, std::string, std::string, std::string>, GpuHolding> all;
    const auto add = [&](const Series &series, const Series *GpuHolding::*where) {
        GpuHolding one{.node = std::string(series.labels.get("node")),
                       .gpu = std::string(series.labels.get("gpu")),
                       .uuid = std::string(series.labels.get("uuid")),
                       .nameSpace = std::string(series.labels.get("namespace")),
                       .pod = std::string(series.labels.get("pod"))};
        const std::tuple key(one.node, std::atoi(one.gpu.c_str()), one.uuid, one.nameSpace, one.pod);
        all.try_emplace(key, std::move(one)).first->second.*where = &series;
    };
    for (const Series &series : busy.series)
        add(series, &GpuHolding::busy);
    for (const Series &series : active.series)
        add(series, &GpuHolding::active);
    std::vector<GpuHolding> list;
    for (auto &[key, one] : all)
        list.push_back(std::move(one));
    return list;
}

core::Instant WorkloadCourse::since(GpuState state) const
{
    core::Instant since;
    for (std::size_t i = steps.size(); i-- > 0 && 2 * steps[i].in(state) >= steps[i].held() && steps[i].held() > 0;)
        since = {steps[i].t};
    return since;
}

std::optional<double> WorkloadCourse::share(GpuState state) const
{
    double of = 0;
    double all = 0;
    for (const WorkloadStep &step : steps) {
        of += step.in(state);
        all += step.held();
    }
    return all > 0 ? std::optional(of / all) : std::nullopt;
}

std::vector<WorkloadCourse> courses(const std::vector<GpuHolding> &holdings)
{
    std::map<std::pair<std::string, std::string>, std::map<std::int64_t, WorkloadStep>> steps;
    std::map<std::pair<std::string, std::string>, WorkloadCourse> all;
    for (const GpuHolding &holding : holdings) {
        if (!holding.held())
            continue;
        const std::pair key(holding.nameSpace, holding.pod);
        WorkloadCourse &course = all[key];
        course.nameSpace = holding.nameSpace;
        course.pod = holding.pod;
        course.gpus.push_back(&holding);
        const Series *times = holding.busy ? holding.busy : holding.active;
        for (const std::int64_t t : times->t) {
            WorkloadStep &step = steps[key][t];
            step.t = t;
            ++step.gpus[static_cast<std::size_t>(gpuState(true, at(holding.busy, t), at(holding.active, t)))];
        }
    }
    std::vector<WorkloadCourse> list;
    for (auto &[key, course] : all) {
        for (const auto &[t, step] : steps[key])
            course.steps.push_back(step);
        list.push_back(std::move(course));
    }
    return list;
}

Series meanOf(const std::vector<const Series *> &series)
{
    Series mean;
    for (const auto &[t, sum] : sums(series)) {
        mean.t.push_back(t);
        mean.v.push_back(sum.sum / sum.n);
    }
    return mean;
}

Series sumOf(const std::vector<const Series *> &series)
{
    Series total;
    for (const auto &[t, sum] : sums(series)) {
        total.t.push_back(t);
        total.v.push_back(sum.sum);
    }
    return total;
}

std::optional<double> recentMean(const Series &series, std::int64_t lengthMs)
{
    double sum = 0;
    int n = 0;
    for (std::size_t i = series.t.size(); i-- > 0 && series.t[i] > series.t.back() - lengthMs; ++n)
        sum += series.v[i];
    return n ? std::optional(sum / n) : std::nullopt;
}

} // namespace andon::telemetry
