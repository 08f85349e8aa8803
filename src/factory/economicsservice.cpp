#include "factory/economicsservice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace andon::factory
{

namespace
{

using economics::Counted;
using economics::Ledger;
using economics::ModelUsage;
using telemetry::Series;

constexpr std::int64_t kTokenStep = 30'000; // the scrape interval: deltas between scrapes are exact
constexpr std::int64_t kGpuStep = 5 * core::kMinute;
constexpr std::int64_t kLong = 2 * core::kDay; // what is longer is asked by the hour
constexpr double kBusy = 0.8; // a kernel is resident …
constexpr double kStarved = 0.4; // … and yet the multiprocessors mostly wait
constexpr double kIdle = 0.01;

/// Between samples of GPUs. A window that is no whole number of hours is asked finely, however long it is.
std::int64_t gpuStep(core::TimeRange window)
{
    return window.length() > kLong && window.length() % core::kHour == 0 ? core::kHour : kGpuStep;
}

std::int64_t tokenStep(core::TimeRange window)
{
    return window.length() > kLong ? gpuStep(window) : kTokenStep;
}

std::string podOf(const Series &series)
{
    return std::string(series.labels.get("pod"));
}

} // namespace

/// One ledger in the making.
struct EconomicsService::Counting {
    TelemetryService &telemetry;
    core::TimeRange window;
    std::vector<core::TimeRange> stretches; ///< of constant price
    Access access;
    const core::Cancel &cancel;
    core::Freshness freshness = {.state = core::FreshnessState::Live};
    bool any = false;
    std::int64_t step = gpuStep(window); ///< between samples of GPUs

    [[nodiscard]] double steps() const { return static_cast<double>(window.length()) / static_cast<double>(step); }

    /// GPU-steps of one class in micro-hours.
    [[nodiscard]] std::int64_t microHours(double count) const
    {
        return std::llround(count * static_cast<double>(step) / static_cast<double>(core::kHour) * 1e6);
    }

    /// How much of the step that ends at t lies in a stretch, 0..1: a price may change within it.
    [[nodiscard]] double within(std::size_t stretch, std::int64_t t) const
    {
        const auto ms = std::min(t, stretches[stretch].to.ms) - std::max(t - step, stretches[stretch].from.ms);
        return static_cast<double>(std::max<std::int64_t>(0, ms)) / static_cast<double>(step);
    }

    SignalAnswer ask(const char *signal, std::int64_t stepMs)
    {
        auto answer = telemetry.range({.signal = core::SignalName(signal)}, window, stepMs, access, cancel);
        if (!answer) {
            if (answer.error().hint != "no-signal")
                freshness = core::worst(freshness, {.state = core::FreshnessState::Partial, .error = answer.error()});
            return {};
        }
        freshness = any ? core::worst(freshness, answer->freshness) : answer->freshness;
        any = true;
        return std::move(answer->value);
    }

    [[nodiscard]] Counted tokens(const SignalAnswer &answer, const std::string &model) const
    {
        Counted counted{.evidence = answer.evidence};
        for (const Series &series : answer.matrix.series) {
            if (series.labels.get("model") != model)
                continue;
            // Both ends are samples: their number is one more than the steps.
            if (const auto delta = telemetry::counterDelta(series))
                counted.value = counted.value.value_or(0) + std::llround(*delta);
            counted.coverage =
                std::max(counted.coverage,
                         telemetry::coverage(series, {answer.range.from, answer.range.to + 1}, answer.matrix.stepMs));
        }
        return counted;
    }

    /// GPU time of the series that `wanted` names, by stretches of price: each sample stands for the step before it.
    template <typename Value>
    std::vector<double> stepsIn(const SignalAnswer &answer, const std::set<std::string> &pods, Value value) const
    {
        std::vector<double> sums(stretches.size(), 0);
        for (const Series &series : answer.matrix.series)
            if (pods.contains(podOf(series)))
                for (std::size_t i = 0; i < series.t.size(); ++i)
                    for (std::size_t s = 0; s < stretches.size(); ++s)
                        sums[s] += value(series.v[i]) * within(s, series.t[i]);
        return sums;
    }

    void models(Ledger &ledger, const SignalAnswer &busy)
    {
        const SignalAnswer prompt = ask("tokens.prompt", tokenStep(window));
        const SignalAnswer generated = ask("tokens.generated", tokenStep(window));
        const SignalAnswer energy = ask("gpu.energy", step);
        const SignalAnswer quality = ask("model.quality", step);
        ledger.tokensRead = prompt.range.valid() || generated.range.valid();
        std::map<std::string, std::set<std::string>> podsOf;
        for (const SignalAnswer *answer : {&prompt, &generated})
            for (const Series &series : answer->matrix.series)
                podsOf[std::string(series.labels.get("model"))].insert(podOf(series));
        for (const auto &[model, pods] : podsOf) {
            ModelUsage usage{.model = core::ModelName(model)};
            std::int64_t newest = 0;
            for (const Series &series : quality.matrix.series) // the version that is evaluated is the one that serves
                if (series.labels.get("model") == model && !series.t.empty() && series.t.back() > newest) {
                    newest = series.t.back();
                    usage.version = core::ModelVersionNumber(std::string(series.labels.get("version")));
                }
            usage.input = tokens(prompt, model);
            usage.output = tokens(generated, model);
            const auto held = stepsIn(busy, pods, [](double) { return 1.0; });
            const auto used = stepsIn(busy, pods, [](double v) { return v; });
            double total = 0;
            double computing = 0;
            for (std::size_t s = 0; s < stretches.size(); ++s) {
                usage.allocated.push_back({stretches[s], microHours(held[s])});
                total += held[s];
                computing += used[s];
            }
            double gpus = 0;
            for (const Series &series : busy.matrix.series)
                gpus += pods.contains(podOf(series)) ? 1 : 0;
            usage.gpuCoverage = gpus > 0 ? std::min(1.0, total / (gpus * steps())) : 0;
            usage.gpuEvidence = busy.evidence;
            if (gpus > 0)
                usage.busy = {microHours(computing), usage.gpuCoverage, busy.evidence};
            for (const Series &series : energy.matrix.series)
                if (pods.contains(podOf(series)))
                    if (const auto joules = telemetry::counterDelta(series)) {
                        usage.millijoules.value = usage.millijoules.value.value_or(0) + std::llround(*joules * 1000);
                        usage.millijoules.coverage = usage.gpuCoverage;
                        usage.millijoules.evidence = energy.evidence;
                    }
            ledger.models.push_back(std::move(usage));
        }
    }

    void fleet(Ledger &ledger, const SignalAnswer &busy, std::optional<int> quota)
    {
        const SignalAnswer active = ask("gpu.sm_active", step);
        std::map<std::string, const Series *> sm;
        for (const Series &series : active.matrix.series)
            sm[std::string(series.labels.get("uuid"))] = &series;
        std::vector<std::array<double, 4>> classes(stretches.size()); // unallocated, idle, starved, busy
        double computing = 0;
        double seen = 0;
        for (const Series &series : busy.matrix.series) {
            const auto found = sm.find(std::string(series.labels.get("uuid")));
            const bool allocated = !podOf(series).empty();
            for (std::size_t i = 0; i < series.t.size(); ++i)
                for (std::size_t s = 0; s < stretches.size(); ++s) {
                    const double part = within(s, series.t[i]);
                    if (part <= 0)
                        continue;
                    double works = series.v[i];
                    if (found != sm.end()) {
                        const auto at = std::lower_bound(found->second->t.begin(), found->second->t.end(), series.t[i]);
                        if (at != found->second->t.end() && *at == series.t[i])
                            works = found->second->v[static_cast<std::size_t>(at - found->second->t.begin())];
                    }
                    const std::size_t kind = !allocated            ? 0
                        : series.v[i] < kIdle                      ? 1
                        : series.v[i] >= kBusy && works < kStarved ? 2
                                                                   : 3;
                    classes[s][kind] += part;
                    computing += allocated ? series.v[i] * part : 0;
                    seen += part;
                }
        }
        const double gpus =
            std::max(static_cast<double>(busy.matrix.series.size()), static_cast<double>(quota.value_or(0)));
        if (gpus == 0)
            return;
        for (std::size_t s = 0; s < stretches.size(); ++s) {
            // What is in the quota and reports nothing is not allocated.
            const double all = gpus * static_cast<double>(stretches[s].length()) / static_cast<double>(step);
            const double rest = std::max(0.0, all - classes[s][0] - classes[s][1] - classes[s][2] - classes[s][3]);
            ledger.fleet.push_back({stretches[s], microHours(classes[s][0] + rest), microHours(classes[s][1]),
                                    microHours(classes[s][2]), microHours(classes[s][3])});
        }
        ledger.fleetCoverage = std::min(1.0, seen / (static_cast<double>(busy.matrix.series.size()) * steps()));
        ledger.fleetEvidence = busy.evidence;
        ledger.fleetBusy = {microHours(computing), ledger.fleetCoverage, busy.evidence};
    }
};

EconomicsService::EconomicsService(TelemetryService &telemetry, const core::Clock &clock,
                                   std::optional<economics::PriceBook> book, std::optional<core::Error> bookError)
    : m_telemetry(telemetry)
    , m_clock(clock)
    , m_book(std::move(book))
    , m_bookError(std::move(bookError))
{
}

core::TimeRange EconomicsService::closed(core::TimeRange range) const
{
    const core::Instant to{std::min(range.to, m_clock.now()).ms / kTokenStep * kTokenStep};
    const std::int64_t length = std::max(kGpuStep, to - range.from);
    const std::int64_t step = length > kLong + core::kHour / 2 ? core::kHour : kGpuStep;
    return {to - (length + step / 2) / step * step, to};
}

core::TimeRange EconomicsService::closedDay() const
{
    return closed({m_clock.now() - core::kDay, m_clock.now()});
}

core::Result<core::Snapshot<Ledger>> EconomicsService::ledger(core::TimeRange window, Access access,
                                                              const core::Cancel &cancel)
{
    Counting counting{m_telemetry, window, m_book ? m_book->stretches(window) : std::vector<core::TimeRange>{window},
                      access, cancel};
    Ledger ledger{.window = window};
    const SignalAnswer busy = counting.ask("gpu.busy", counting.step);
    if (busy.range.valid() && busy.range != window) {
        // The cached day is not the asked one: its own window is the one that can be answered for.
        counting.window = ledger.window = busy.range;
        counting.stretches = m_book ? m_book->stretches(busy.range) : std::vector<core::TimeRange>{busy.range};
    }
    counting.models(ledger, busy);
    counting.fleet(ledger, busy, m_book ? m_book->quotaGpus : std::nullopt);
    if (!counting.any && counting.freshness.error)
        return core::fail(*counting.freshness.error);
    return core::Snapshot<Ledger>{std::move(ledger), counting.freshness};
}

core::Result<core::Snapshot<economics::KpiReport>> EconomicsService::kpi(core::TimeRange window, Access access,
                                                                         const core::Cancel &cancel)
{
    if (m_bookError)
        return core::fail(*m_bookError);
    if (!m_book)
        return core::fail(core::Error{.kind = core::ErrorKind::NotFound,
                                      .where = "price book",
                                      .detail = "this site has no price book",
                                      .hint = "no-price-book"});
    auto counted = ledger(window, access, cancel);
    if (!counted)
        return core::fail(counted.error());
    return core::Snapshot<economics::KpiReport>{economics::evaluate(*m_book, counted->value), counted->freshness};
}

} // namespace andon::factory
