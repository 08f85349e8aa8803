// A Prometheus matrix of 64 × 11,000 samples into series: our scanner beside nlohmann's DOM over the same bytes in the
// same run.
#include "sources/prometheus/matrix.h"
#include "tests/bench/ratio.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>

using namespace andon;

namespace
{

constexpr int kSeries = 64;
constexpr int kSamples = 11'000;

/// Values as a real engine writes them: the shortest decimals of a mean, 16 to 17 digits, and short ones.
const std::string &body()
{
    static const std::string text = [] {
        std::string out = R"({"status":"success","data":{"resultType":"matrix","result":[)";
        char number[64];
        for (int s = 0; s < kSeries; ++s) {
            out += (s ? "," : "") + std::string(R"({"metric":{"Hostname":"node-)") + std::to_string(s / 8)
                + R"(","gpu":")" + std::to_string(s % 8) + R"("},"values":[)";
            for (int i = 0; i < kSamples; ++i) {
                const double value = 50 + 40 * std::sin(0.001 * i + s);
                const double shown = i % 2 ? std::round(value * 1000) / 1000 : value;
                const auto end = std::to_chars(number, number + sizeof number, shown).ptr;
                out += (i ? "," : "") + ("[" + std::to_string(1795313340 + i * 15)) + ",\"" + std::string(number, end)
                    + "\"]";
            }
            out += "]}";
        }
        return out + "]}}";
    }();
    return text;
}

void scanner(benchmark::State &state)
{
    for (auto _ : state) {
        auto matrix = sources::prometheus::decodeMatrix(body());
        if (!matrix || matrix->series.size() != kSeries)
            state.SkipWithError("not decoded");
        benchmark::DoNotOptimize(matrix);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body().size()));
    state.counters["per_sample"] =
        benchmark::Counter(static_cast<double>(kSeries) * kSamples,
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void nlohmannDom(benchmark::State &state)
{
    for (auto _ : state) {
        std::vector<telemetry::Series> all;
        const auto json = nlohmann::json::parse(body());
        for (const auto &item : json["data"]["result"]) {
            telemetry::Series series;
            for (const auto &pair : item["values"]) {
                series.t.push_back(pair[0].get<std::int64_t>() * 1000);
                series.v.push_back(std::strtod(pair[1].get_ref<const std::string &>().c_str(), nullptr));
            }
            all.push_back(std::move(series));
        }
        benchmark::DoNotOptimize(all);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body().size()));
}

} // namespace

BENCHMARK(scanner)->Unit(benchmark::kMillisecond)->MinTime(0.2)->Repetitions(7);
BENCHMARK(nlohmannDom)->Unit(benchmark::kMillisecond)->Iterations(1)->Repetitions(7);

int main(int argc, char **argv)
{
    return bench::run(argc, argv, {{.name = "matrix", .ours = "scanner", .peer = "nlohmannDom", .atLeast = 8}});
}
