#include "telemetry/starvation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace andon::telemetry
{

namespace
{

constexpr double kUnderFed = 0.80;
constexpr double kEnter = 0.60;
constexpr double kLeave = 0.40;
constexpr int kLags = 3; // steps
constexpr std::int64_t kSawTooth = 10 * core::kMinute;

int pointsAbove(double value, double one, double two)
{
    return value >= two ? 2 : value >= one ? 1 : 0;
}

/// The signals of one window that do not change from step to step.
struct Shape {
    std::optional<double> correlation = {}; ///< E5, the lowest of the lags
    bool lowPower = false; ///< E7's second half
};

std::optional<double> median(const Series &series, core::TimeRange range)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < series.t.size(); ++i)
        if (range.contains({series.t[i]}))
            values.push_back(series.v[i]);
    return quantile(values, 0.5);
}

Shape shapeOf(const StarvationInput &in)
{
    Shape shape;
    for (const Series *wait : {&in.readLatency, &in.ioPressure})
        for (int lag = 0; lag <= kLags; ++lag)
            if (const auto r = correlation(in.utilisation, *wait, in.window, lag * in.stepMs))
                shape.correlation = std::min(shape.correlation.value_or(1), *r);
    const auto power = median(in.power, in.window);
    shape.lowPower = power && in.powerNormal && *power < 0.6 * *in.powerNormal;
    return shape;
}

std::optional<double> deviation(const Series &series, std::int64_t toMs)
{
    double n = 0;
    double mean = 0;
    double square = 0;
    for (std::size_t i = 0; i < series.t.size(); ++i) {
        if (series.t[i] <= toMs - kSawTooth || series.t[i] > toMs)
            continue;
        ++n; // Welford
        const double delta = series.v[i] - mean;
        mean += delta / n;
        square += delta * (series.v[i] - mean);
    }
    return n < 2 ? std::nullopt : std::optional(std::sqrt(square / n));
}

std::optional<double> ratio(std::optional<double> value, std::optional<double> of)
{
    return value && of && *of > 0 ? std::optional(*value / *of) : std::nullopt;
}

std::vector<Evidence> evidenceAt(const StarvationInput &in, const Shape &shape, std::int64_t t)
{
    const auto now = [&](const Series &series) { return valueAt(series, t, 2 * in.stepMs); };
    std::vector<Evidence> all;
    const auto add = [&](const char *id, std::optional<double> value, double one, double two, bool storage) {
        all.push_back({id, value, one, two, value ? pointsAbove(*value, one, two) : 0, storage});
    };
    add("E1", now(in.ioPressure), 0.10, 0.30, false);
    add("E2", now(in.ioWait), 0.05, 0.10, false);
    add("E3", ratio(now(in.readLatency), in.latencyNormal), 2, 4, true);
    add("E4", ratio(now(in.readThroughput), in.throughputLimit), 0.80, 0.95, true);
    const double r = shape.correlation.value_or(0);
    all.push_back({"E5", shape.correlation, -0.5, -0.7, r <= -0.7 ? 2 : r <= -0.5 ? 1 : 0, false});
    auto use = ratio(now(in.readPerGpu), in.requiredPerGpu);
    if (use)
        use = std::min(1.0, *use);
    // Strictly below its thresholds: at 90 % the GPU is fed as the benchmark asks.
    all.push_back({"E6", use, 0.90, 0.70, !use ? 0 : *use < 0.70 ? 2 : *use < 0.90 ? 1 : 0, true});
    add("E7", in.power.t.empty() || !in.powerNormal ? std::nullopt : deviation(in.utilisation, t), 0.20, 0.30, false);
    if (!shape.lowPower)
        all.back().points = 0;
    return all;
}

std::vector<std::string> rivalsOf(const StarvationInput &in, int storagePoints)
{
    const Rivals &r = in.rivals;
    const std::array<std::pair<const char *, std::optional<bool>>, 8> all{{{"X1", r.cpuBound},
                                                                           {"X2", r.network},
                                                                           {"X3", r.throttled},
                                                                           {"X4", r.noDemand},
                                                                           {"X5", r.checkpoint},
                                                                           {"X6", r.hardware},
                                                                           {"X7", r.communication},
                                                                           {"X8", r.warmUp}}};
    std::vector<std::string> found;
    for (const auto &[id, holds] : all)
        if (holds.value_or(false) && !(std::string(id) == "X1" && storagePoints > 0)) // X1 only where storage is well
            found.emplace_back(id);
    return found;
}

struct Step {
    Starvation verdict = Starvation::InsufficientData;
    int storage = 0;
    int wait = 0;
    std::vector<Evidence> evidence = {};
    std::vector<std::string> rivals = {};
};

bool fedAsFarAsKnown(const StarvationInput &in, double utilisation, std::optional<double> blocked,
                     const std::vector<std::string> &rivals)
{
    const bool noWork = std::find(rivals.begin(), rivals.end(), "X4") != rivals.end();
    return !in.allocated || utilisation >= kUnderFed || noWork || in.memoryBoundDecode || (blocked && *blocked < 0.05);
}

Starvation verdictOf(const StarvationInput &in, std::optional<double> utilisation, std::optional<double> blocked,
                     const Step &step)
{
    const bool anySignal =
        std::any_of(step.evidence.begin(), step.evidence.end(), [](const Evidence &e) { return e.value.has_value(); });
    if (!utilisation || in.source == UtilisationSource::None || (!anySignal && !blocked))
        return Starvation::InsufficientData;
    if (fedAsFarAsKnown(in, *utilisation, blocked, step.rivals))
        return Starvation::NotStarved;
    const int total = step.storage + step.wait;
    if (blocked && *blocked >= 0.20 && step.storage >= 1)
        return Starvation::StorageConfirmed;
    const bool mayBeProbable = in.source != UtilisationSource::DeviceBusy && step.rivals.empty();
    if (mayBeProbable && total >= 4 && step.storage >= 2 && step.wait >= 1)
        return Starvation::StorageProbable;
    if (total >= 2 && step.storage >= 1)
        return Starvation::StoragePossible;
    if ((blocked && *blocked >= 0.05) || (step.wait >= 2 && step.storage == 0))
        return Starvation::InputElsewhere;
    return Starvation::UnderUsed;
}

Step stepAt(const StarvationInput &in, const Shape &shape, std::int64_t t)
{
    Step step{.evidence = evidenceAt(in, shape, t)};
    for (const Evidence &e : step.evidence)
        (e.storageSide ? step.storage : step.wait) += e.points;
    int latencyAndSaturation = 0;
    for (const Evidence &e : step.evidence)
        latencyAndSaturation += e.id == "E3" || e.id == "E4" ? e.points : 0;
    step.rivals = rivalsOf(in, latencyAndSaturation);
    const auto blocked = valueAt(in.blockedShare, t, 2 * in.stepMs);
    step.verdict = verdictOf(in, valueAt(in.utilisation, t, 2 * in.stepMs), blocked, step);
    step.evidence.insert(step.evidence.begin(),
                         {"D1", blocked, 0.05, 0.20, blocked ? pointsAbove(*blocked, 0.05, 0.20) : 0, false});
    return step;
}

/// The worst verdict that at least the needed share of the evaluations reached.
void settle(StarvationVerdict &verdict, const std::vector<Starvation> &seen, Starvation before)
{
    for (int level = static_cast<int>(Starvation::StorageConfirmed); level > 0; --level) {
        const auto candidate = static_cast<Starvation>(level);
        const auto count = std::count_if(seen.begin(), seen.end(), [&](Starvation s) { return s >= candidate; });
        verdict.holds = static_cast<double>(count) / static_cast<double>(seen.size());
        const bool held = before >= candidate && before != Starvation::InsufficientData;
        if (verdict.holds >= (held ? kLeave : kEnter)) {
            verdict.verdict = candidate;
            return;
        }
    }
    verdict.verdict = Starvation::InsufficientData;
    verdict.holds = static_cast<double>(std::count(seen.begin(), seen.end(), Starvation::InsufficientData))
        / static_cast<double>(seen.size());
}

} // namespace

StarvationVerdict diagnose(const StarvationInput &input, Starvation before)
{
    StarvationVerdict verdict;
    if (input.stepMs <= 0 || !input.window.valid())
        return verdict;
    const Shape shape = shapeOf(input);
    std::vector<Starvation> seen;
    Step last;
    double sum = 0;
    double used = 0;
    double known = 0;
    double estimated = 0;
    for (std::int64_t t = input.window.from.ms; t < input.window.to.ms; t += input.stepMs) {
        last = stepAt(input, shape, t);
        seen.push_back(last.verdict);
        if (const auto value = valueAt(input.utilisation, t, 2 * input.stepMs)) {
            sum += *value;
            ++known;
        }
        const auto e6 =
            std::find_if(last.evidence.begin(), last.evidence.end(), [](const Evidence &e) { return e.id == "E6"; });
        if (e6->value) {
            estimated += *e6->value;
            ++used;
        }
    }
    settle(verdict, seen, before);
    verdict.storagePoints = last.storage;
    verdict.waitPoints = last.wait;
    verdict.utilisation = known > 0 ? std::optional(sum / known) : std::nullopt;
    verdict.estimatedUse = used > 0 ? std::optional(estimated / used) : std::nullopt;
    verdict.rivals = last.rivals;
    int available = 0;
    for (const Evidence &e : last.evidence) {
        if (!e.value)
            verdict.missing.push_back(e.id);
        else if (e.id != "D1")
            ++available;
    }
    verdict.confidence = available / 7.0;
    verdict.evidence = std::move(last.evidence);
    return verdict;
}

const char *name(Starvation verdict)
{
    switch (verdict) {
    case Starvation::InsufficientData:
        return "unknown";
    case Starvation::NotStarved:
        return "fed";
    case Starvation::UnderUsed:
        return "under-used";
    case Starvation::InputElsewhere:
        return "elsewhere";
    case Starvation::StoragePossible:
        return "possible";
    case Starvation::StorageProbable:
        return "probable";
    case Starvation::StorageConfirmed:
        return "confirmed";
    }
    return "unknown";
}

double lostGpuHours(int gpus, double estimatedUse, double hours)
{
    return gpus * (1 - std::clamp(estimatedUse, 0.0, 1.0)) * std::max(0.0, hours);
}

} // namespace andon::telemetry
