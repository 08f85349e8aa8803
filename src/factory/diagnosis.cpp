#include "factory/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace andon::factory
{

namespace
{

using telemetry::Aggregation;
using telemetry::GpuHolding;
using telemetry::GpuState;
using telemetry::Matrix;
using telemetry::Series;
using telemetry::StarvationInput;
using telemetry::Unit;
using telemetry::WorkloadCourse;

constexpr std::int64_t kStep = core::kMinute;
constexpr std::int64_t kWindow = 30 * core::kMinute;
constexpr std::int64_t kWarmUp = 10 * core::kMinute;
constexpr double kCpuBound = 0.9;
constexpr double kCheckpoint = 5; // writes ÷ reads

/// "gpu-01:9100" of an exporter and "gpu-01.cluster.local" are the node "gpu-01"; an address stays whole.
std::string shortNode(std::string_view name)
{
    name = name.substr(0, name.find(':'));
    const bool address = name.find_first_not_of("0123456789.") == std::string_view::npos;
    return std::string(address ? name : name.substr(0, name.find('.')));
}

/// The last hour, minute by minute.
struct Hour {
    Matrix active, busy, power, pressure, ioWait, cpu, read, write, latency, xid;
    std::set<std::string> serving; ///< pods that count tokens

    explicit Hour(AskSignals &ask, std::int64_t rangeStep)
    {
        const auto minutely = [&](const char *signal) {
            return ask.past(signal, Aggregation::None, {}, kStep, 2 * kWindow);
        };
        active = minutely("gpu.sm_active");
        busy = minutely("gpu.busy");
        power = minutely("gpu.power");
        pressure = minutely("node.io_pressure");
        ioWait = minutely("node.io_wait");
        cpu = minutely("node.cpu");
        read = minutely("storage.read");
        write = minutely("storage.write");
        latency = minutely("storage.read_latency");
        xid = ask("gpu.xid", Aggregation::None, {}, rangeStep);
        for (const char *signal : {"tokens.prompt", "tokens.generated"})
            for (const Series &series : minutely(signal).series)
                serving.insert(std::string(series.labels.get("pod")));
    }
};

/// The series of the GPUs or nodes that a workload uses.
std::vector<const Series *> ofGpus(const Matrix &matrix, const WorkloadCourse &course)
{
    std::set<std::string_view> uuids;
    for (const GpuHolding *holding : course.gpus)
        uuids.insert(holding->uuid);
    std::vector<const Series *> found;
    for (const Series &series : matrix.series) {
        const std::string_view pod = series.labels.get("pod");
        if (uuids.contains(series.labels.get("uuid")) && (pod.empty() || pod == course.pod))
            found.push_back(&series);
    }
    return found;
}

std::vector<const Series *> ofNodes(const Matrix &matrix, const WorkloadCourse &course)
{
    std::set<std::string> nodes;
    for (const GpuHolding *holding : course.gpus)
        nodes.insert(shortNode(holding->node));
    std::vector<const Series *> found;
    for (const Series &series : matrix.series)
        if (nodes.contains(shortNode(series.labels.get("node"))))
            found.push_back(&series);
    return found;
}

std::optional<double> highest(const std::vector<const Series *> &all)
{
    std::optional<double> most;
    for (const Series *series : all)
        if (const auto now = telemetry::last(*series))
            most = std::max(most.value_or(*now), *now);
    return most;
}

/// It does not serve: that it computes is its demand. What has held GPUs for half an hour and done nothing has none.
RivalCheck idleOf(const Hour &hour, const WorkloadCourse &course)
{
    RivalCheck check{.id = "X4", .unit = Unit::Ratio};
    check.value = telemetry::recentMean(telemetry::meanOf(ofGpus(hour.busy, course)), kWindow);
    if (check.value)
        check.holds = *check.value < telemetry::kGpuIdle;
    return check;
}

std::vector<RivalCheck> rivalsOf(const Hour &hour, const WorkloadCourse &course, const DiagnosisSubject &subject)
{
    const auto above = [](const char *id, std::optional<double> value, double bound, Unit unit) {
        return RivalCheck{id, value ? std::optional(*value >= bound) : std::nullopt, value, unit};
    };
    std::optional<double> writes;
    if (subject.array) {
        const auto read = lastOf(hour.read, "array", subject.array->array);
        const auto write = lastOf(hour.write, "array", subject.array->array);
        if (read && write && *read > 0)
            writes = *write / *read;
    }
    std::optional<double> errors;
    for (const Series *series : ofGpus(hour.xid, course))
        errors = errors.value_or(0) + (telemetry::last(*series).value_or(0) > 0 ? 1 : 0);
    std::optional<double> age;
    if (!course.steps.empty())
        age = static_cast<double>(subject.now.ms - course.steps.front().t) / core::kSecond;
    RivalCheck warmUp{"X8", std::nullopt, age, Unit::Seconds};
    if (age)
        warmUp.holds = *age * core::kSecond < kWarmUp;
    return {above("X1", highest(ofNodes(hour.cpu, course)), kCpuBound, Unit::Ratio),
            RivalCheck{.id = "X2"},
            RivalCheck{.id = "X3"},
            idleOf(hour, course),
            above("X5", writes, kCheckpoint, Unit::None),
            above("X6", errors, 1, Unit::Gpus),
            RivalCheck{.id = "X7"},
            std::move(warmUp)};
}

telemetry::Rivals verdictsOf(const std::vector<RivalCheck> &checks)
{
    return {checks[0].holds, checks[1].holds, checks[2].holds, checks[3].holds,
            checks[4].holds, checks[5].holds, checks[6].holds, checks[7].holds};
}

StarvationInput inputOf(const Hour &hour, const WorkloadCourse &course, const DiagnosisSubject &subject)
{
    using telemetry::UtilisationSource;
    StarvationInput in{.stepMs = kStep, .gpus = static_cast<int>(course.gpus.size()), .allocated = true};
    in.utilisation = telemetry::meanOf(ofGpus(hour.active, course));
    in.source = UtilisationSource::SmActive;
    if (in.utilisation.t.empty()) {
        in.utilisation = telemetry::meanOf(ofGpus(hour.busy, course));
        in.source = in.utilisation.t.empty() ? UtilisationSource::None
            : subject.engineIsDevice         ? UtilisationSource::DeviceBusy
                                             : UtilisationSource::EngineActive;
    }
    in.ioPressure = telemetry::meanOf(ofNodes(hour.pressure, course));
    in.ioWait = telemetry::meanOf(ofNodes(hour.ioWait, course));
    if (subject.array) {
        const auto of = [&](const Matrix &matrix) {
            const Series *series = findSeries(matrix, "array", subject.array->array);
            return series ? *series : Series{};
        };
        in.readLatency = of(hour.latency);
        in.latencyNormal = subject.array->latencyNormal;
        in.readThroughput = of(hour.read);
        in.throughputLimit = subject.array->limit;
    }
    in.power = telemetry::meanOf(ofGpus(hour.power, course));
    const Series usual = telemetry::meanOf(ofGpus(subject.power, course));
    if (const auto normal =
            telemetry::baseline(usual, {subject.now - telemetry::kBaselineSpan, subject.now + 1}, subject.stepMs))
        in.powerNormal = normal->p99;
    return in;
}

/// Mean SM activity of its GPUs while they did not wait.
std::optional<double> normalOf(const WorkloadCourse &course)
{
    double sum = 0;
    int n = 0;
    for (const GpuHolding *holding : course.gpus) {
        if (!holding->active)
            continue;
        const Series &active = *holding->active;
        for (std::size_t i = 0; i < active.t.size(); ++i) {
            const auto busy = holding->busy ? telemetry::valueAt(*holding->busy, active.t[i], 0) : std::nullopt;
            if (telemetry::gpuState(true, busy, active.v[i]) == GpuState::Computing) {
                sum += active.v[i];
                ++n;
            }
        }
    }
    return n ? std::optional(sum / n) : std::nullopt;
}

DiagnosisRow rowOf(const Hour &hour, const WorkloadCourse &course, const DiagnosisSubject &subject)
{
    DiagnosisRow row{.nameSpace = course.nameSpace, .pod = course.pod, .normal = normalOf(course)};
    if (!course.steps.empty()) {
        row.gpus = course.steps.back().held();
        row.waiting = course.steps.back().in(GpuState::Waiting);
    }
    row.since = course.since(GpuState::Waiting);
    StarvationInput in = inputOf(hour, course, subject);
    in.rivals = verdictsOf(rivalsOf(hour, course, subject));
    in.window = {subject.now - 2 * kWindow, subject.now - kWindow};
    const auto before = telemetry::diagnose(in).verdict;
    in.window = {subject.now - kWindow + kStep, subject.now + 1}; // the newest sample is the last evaluation
    row.verdict = telemetry::diagnose(in, before);
    return row;
}

} // namespace

Diagnosis diagnoseStorage(AskSignals &ask, const DiagnosisSubject &subject)
{
    Diagnosis diagnosis;
    const Hour hour(ask, subject.stepMs);
    const WorkloadCourse *first = nullptr;
    std::vector<std::pair<DiagnosisRow, const WorkloadCourse *>> rows;
    for (const WorkloadCourse &course : subject.courses) {
        const bool here = std::any_of(course.gpus.begin(), course.gpus.end(), [&](const GpuHolding *holding) {
            return holding->current(subject.now, subject.stepMs);
        });
        if (!here)
            continue;
        if (hour.serving.contains(course.pod))
            ++diagnosis.serving;
        else
            rows.emplace_back(rowOf(hour, course, subject), &course);
    }
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        const auto rank = [](const DiagnosisRow &row) {
            return std::tuple(static_cast<int>(row.verdict.verdict), row.waiting, row.gpus);
        };
        return rank(a.first) != rank(b.first) ? rank(a.first) > rank(b.first) : a.first.pod < b.first.pod;
    });
    for (auto &[row, course] : rows) {
        first = first ? first : course;
        diagnosis.workloads.push_back(std::move(row));
    }
    if (first)
        diagnosis.rivals = rivalsOf(hour, *first, subject);
    return diagnosis;
}

std::optional<core::Money> gpuCost(const economics::PriceBook *book, core::Instant at, double gpuHours)
{
    const core::UnitPrice *price = book ? book->gpuHourAt(at) : nullptr;
    if (!price)
        return std::nullopt;
    const auto cost = core::priceOf(*price, std::llround(gpuHours * 1e6), 1'000'000);
    return cost ? std::optional(*cost) : std::nullopt;
}

void countWaiting(Diagnosis &diagnosis, const std::vector<WorkloadCourse> &courses, std::int64_t stepMs,
                  const economics::PriceBook *book)
{
    if (!diagnosis.storageBound())
        return;
    const double hours = static_cast<double>(stepMs) / static_cast<double>(core::kHour);
    double total = 0;
    std::map<std::int64_t, double> byPrice; // GPU-hours
    core::Instant now;
    for (const DiagnosisRow &row : diagnosis.workloads) {
        if (!telemetry::isStorageBound(row.verdict.verdict))
            continue;
        diagnosis.waitingGpus += row.waiting;
        if (row.since.known() && (!diagnosis.since.known() || row.since < diagnosis.since))
            diagnosis.since = row.since;
        for (const WorkloadCourse &course : courses) {
            if (course.pod != row.pod || course.nameSpace != row.nameSpace)
                continue;
            for (std::size_t i = 1; i < course.steps.size(); ++i) { // a sample stands for the step before it
                const telemetry::WorkloadStep &step = course.steps[i];
                const double waited = step.in(GpuState::Waiting)*hours;
                now = std::max(now, core::Instant{step.t});
                total += waited;
                const core::UnitPrice *price = book ? book->gpuHourAt({step.t}) : nullptr;
                if (price)
                    byPrice[price->pico] += waited;
            }
        }
    }
    diagnosis.gpuHours = total;
    if (!book)
        return;
    core::Money cost{.currency = book->currency};
    bool whole = !byPrice.empty();
    for (const auto &[pico, waited] : byPrice) {
        const auto part = core::priceOf({pico, book->currency}, std::llround(waited * 1e6), 1'000'000);
        const auto sum = part ? core::add(cost, *part) : part;
        whole &= sum.has_value();
        if (sum)
            cost = *sum;
    }
    if (whole)
        diagnosis.cost = cost;
    diagnosis.perHour = gpuCost(book, now, diagnosis.waitingGpus);
}

} // namespace andon::factory
