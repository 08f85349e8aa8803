#include "tests/integration/promql/samples.h"

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

namespace andon::test
{

namespace
{
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed * 2862933555777941757ULL + 3037000493ULL)
    {
    }
    /// 0 … below
    std::int64_t below(std::int64_t limit)
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::int64_t>((m_state >> 33) % static_cast<std::uint64_t>(limit));
    }
    double unit() { return static_cast<double>(below(1'000'000)) / 1e6; }

private:
    std::uint64_t m_state;
};

struct Rhythm {
    std::int64_t everyMs = 15'000;
    std::int64_t jitterMs = 0;
    std::int64_t fromMs = 0; ///< since the beginning
    std::int64_t toMs = 7'200'000;
    std::int64_t gapFromMs = -1;
    std::int64_t gapToMs = -1;
};

using Next = std::function<double(Dice &, int)>;

MemoryStore::Points points(std::uint64_t seed, const Rhythm &rhythm, const Next &next)
{
    Dice dice(seed);
    MemoryStore::Points out;
    int i = 0;
    for (std::int64_t at = rhythm.fromMs; at < rhythm.toMs; at += rhythm.everyMs, ++i) {
        const double v = next(dice, i);
        const std::int64_t t = at + (rhythm.jitterMs > 0 ? dice.below(rhythm.jitterMs) : 0);
        if (at < rhythm.gapFromMs || at >= rhythm.gapToMs)
            out.push_back({kBeginMs + t, v});
    }
    return out;
}

/// Grows by up to `most` and begins again every `resetEvery` samples.
Next counter(double most, int resetEvery)
{
    return [most, resetEvery, total = 0.0](Dice &dice, int i) mutable {
        total = resetEvery > 0 && i % resetEvery == resetEvery - 1 ? dice.unit() : total + dice.unit() * most;
        return total;
    };
}

Next wave(double middle, double height)
{
    return [middle, height](Dice &dice, int i) { return middle + height * std::sin(i / 9.0) + dice.unit(); };
}

void addCounters(MemoryStore &store)
{
    store.add("requests_total", {{"job", "api"}, {"instance", "a"}, {"code", "200"}},
              points(1, {.jitterMs = 700}, counter(10, 97)));
    store.add("requests_total", {{"job", "api"}, {"instance", "a"}, {"code", "500"}},
              points(2, {.jitterMs = 700}, counter(0.5, 0)));
    store.add("requests_total", {{"job", "api"}, {"instance", "b"}, {"code", "200"}},
              points(3, {.gapFromMs = 2'000'000, .gapToMs = 2'700'000}, counter(100, 200)));
    store.add("requests_total", {{"job", "web"}, {"instance", "c"}, {"code", "200"}},
              points(4, {.everyMs = 60'000, .fromMs = 1'800'000}, counter(1e9, 31)));
    store.add("energy_joules_total", {{"gpu", "0"}, {"instance", "a"}}, points(5, {.everyMs = 30'000}, counter(3, 0)));
    store.add("energy_joules_total", {{"gpu", "1"}, {"instance", "a"}},
              points(6, {.everyMs = 30'000, .toMs = 4'000'000}, counter(3, 50)));
}

void addGauges(MemoryStore &store)
{
    const double inf = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (int gpu = 0; gpu < 4; ++gpu)
        store.add("gpu_util", {{"gpu", std::to_string(gpu)}, {"instance", gpu < 2 ? "a" : "b"}, {"model", "H100"}},
                  points(10 + static_cast<std::uint64_t>(gpu), {.jitterMs = 1'000}, wave(50 + gpu, 40)));
    store.add("odd", {{"kind", "sparse"}}, points(20, {.everyMs = 290'000}, wave(0, 3)));
    store.add("odd", {{"kind", "rare"}}, points(21, {.everyMs = 420'000}, wave(-5, 1)));
    store.add("odd", {{"kind", "constant"}}, points(22, {}, [](Dice &, int) { return 42.5; }));
    store.add("odd", {{"kind", "huge"}},
              points(23, {}, [](Dice &d, int i) { return i % 2 ? 1e300 : -1e300 * d.unit(); }));
    store.add("odd", {{"kind", "tiny"}}, points(24, {}, [](Dice &d, int) { return 1e-300 * d.unit(); }));
    store.add("odd", {{"kind", "cancel"}}, points(25, {}, [](Dice &, int i) {
                  return i % 3 == 0 ? 1e16 : i % 3 == 1 ? 1.0 : -1e16;
              }));
    store.add("odd", {{"kind", "nan"}}, points(26, {}, [nan](Dice &d, int i) { return i % 5 < 2 ? nan : d.unit(); }));
    store.add("odd", {{"kind", "inf"}}, points(27, {}, [inf](Dice &d, int i) {
                  return i % 11 == 0 ? inf : i % 41 == 5 ? -inf : d.unit();
              }));
    store.add("odd", {{"kind", "step"}}, points(28, {}, [](Dice &d, int) { return static_cast<double>(d.below(3)); }));
    store.add("weights", {{"a", "1"}, {"b", "x"}}, points(30, {}, wave(1, 0.5)));
    store.add("weights", {{"a", "1"}, {"b", "y"}}, points(31, {.fromMs = 3'600'000}, wave(2, 0.5)));
    store.add("weights", {{"a", "2"}, {"b", "x"}}, points(32, {.toMs = 3'600'000}, wave(3, 0.5)));
    store.add("prices", {{"a", "1"}, {"c", "eur"}}, points(33, {.everyMs = 60'000}, wave(10, 1)));
    store.add("prices", {{"a", "2"}, {"c", "usd"}}, points(34, {.everyMs = 60'000}, wave(20, 1)));
    for (const char *instance : {"a", "b", "c"})
        store.add("node_info", {{"instance", instance}, {"zone", instance[0] == 'b' ? "east" : "we\"st\\"}},
                  points(35, {.everyMs = 120'000}, [](Dice &, int) { return 1.0; }));
    for (const char *n : {"1", "2", "3", "4"})
        store.add("lost", {{"n", n}}, points(37, {.everyMs = 60'000}, [nan](Dice &, int) { return nan; }));
    store.add("epoch_seconds", {},
              points(36, {}, [](Dice &d, int) { return static_cast<double>(d.below(4'000'000'000)); }));
}

void addHistograms(MemoryStore &store)
{
    const std::vector<std::pair<std::string, double>> bounds = {
        {"0.1", 0.2}, {"0.5", 0.5}, {"1", 0.8}, {"2.5", 0.95}, {"+Inf", 1}};
    for (const char *instance : {"a", "b"})
        for (const auto &[le, share] : bounds)
            store.add(
                "latency_seconds_bucket", {{"instance", instance}, {"le", le}},
                points(40, {}, [total = counter(20, instance[0] == 'b' ? 120 : 0), share](Dice &d, int i) mutable {
                    return std::floor(total(d, i) * share);
                }));
    // Not monotonic, without +Inf, with a bound that is no number, and the same bound twice.
    for (const auto &[le, count] :
         std::vector<std::pair<std::string, double>>{{"1", 10}, {"2", 8}, {"4", 20}, {"+Inf", 19}})
        store.add("bent_bucket", {{"le", le}, {"shape", "dent"}},
                  points(50, {}, [c = count](Dice &, int i) { return c * i; }));
    for (const char *le : {"1", "2"})
        store.add("bent_bucket", {{"le", le}, {"shape", "open"}}, points(51, {}, counter(5, 0)));
    for (const char *le : {"1", "1.0", "many", "+Inf"})
        store.add("bent_bucket", {{"le", le}, {"shape", "words"}}, points(52, {}, counter(5, 0)));
    for (const char *le : {"-1", "0", "+Inf"})
        store.add("bent_bucket", {{"le", le}, {"shape", "below"}}, points(53, {}, counter(5, 0)));
}

std::string valueText(double value)
{
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.17g", value);
    return std::isnan(value) ? "NaN" : std::isinf(value) ? (value > 0 ? "+Inf" : "-Inf") : buffer;
}
} // namespace

MemoryStore awkwardSamples()
{
    MemoryStore store;
    addCounters(store);
    addGauges(store);
    addHistograms(store);
    return store;
}

std::string openMetrics(const MemoryStore &store)
{
    std::string out;
    for (const auto &series : store.all()) {
        std::string head(andon::demo::promql::labelOf(series.labels, "__name__"));
        std::string labels;
        for (const auto &[name, value] : series.labels)
            if (name != "__name__")
                labels += (labels.empty() ? "" : ",") + name + "=" + andon::demo::promql::quoted(value);
        if (!labels.empty())
            head += "{" + labels + "}";
        for (const auto &point : series.points) {
            char stamp[40];
            std::snprintf(stamp, sizeof stamp, " %lld.%03lld\n", static_cast<long long>(point.t / 1000),
                          static_cast<long long>(point.t % 1000));
            out += head + " " + valueText(point.v) + stamp;
        }
    }
    return out + "# EOF\n";
}

} // namespace andon::test
