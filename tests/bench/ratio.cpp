#include "tests/bench/ratio.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>

namespace andon::bench
{

namespace
{

using Seconds = std::map<std::string, std::vector<double>>; ///< of one iteration, per repetition

/// Google Benchmark 1.8 renamed what 1.7 calls error_occurred.
template <typename Run> bool failed(const Run &run)
{
    if constexpr (requires { run.skipped; })
        return static_cast<int>(run.skipped) != 0;
    else
        return run.error_occurred;
}

/// Collects; prints nothing.
class Collector final : public benchmark::BenchmarkReporter
{
public:
    explicit Collector(Seconds &seconds)
        : m_seconds(seconds)
    {
    }
    bool ReportContext(const Context &) override { return true; }
    void ReportRuns(const std::vector<Run> &runs) override
    {
        for (const Run &run : runs) {
            if (failed(run) || run.run_type != Run::RT_Iteration)
                continue;
            const bool wall = !run.run_name.time_type.empty(); // real_time, manual_time
            const std::string name =
                run.run_name.function_name + (run.run_name.args.empty() ? "" : "/" + run.run_name.args);
            m_seconds[name].push_back((wall ? run.real_accumulated_time : run.cpu_accumulated_time)
                                      / static_cast<double>(run.iterations));
        }
    }

private:
    Seconds &m_seconds;
};

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

bool print(const Ratio &ratio, const Seconds &seconds, bool json)
{
    const auto of = [&](const std::string &name) {
        const auto found = seconds.find(name);
        return found == seconds.end() ? 0.0 : median(found->second) * 1e3;
    };
    const double ours = of(ratio.ours);
    const double peer = of(ratio.peer);
    const bool least = ratio.atLeast > 0;
    const double reached = ours <= 0 || peer <= 0 ? 0 : least ? peer / ours : ours / peer;
    const bool ok = reached > 0 && (least ? reached >= ratio.atLeast : reached <= ratio.atMost);
    const double target = least ? ratio.atLeast : ratio.atMost;
    const char *const sense = least ? ">=" : "<=";
    if (json)
        std::printf(R"({"name":"%s","ours_ms":%.4f,"peer_ms":%.4f,"ratio":%.3f,"target":"%s %g","ok":%s})"
                    "\n",
                    ratio.name.c_str(), ours, peer, reached, sense, target, ok ? "true" : "false");
    else
        std::printf("%-16s %12.3f ms %12.3f ms %9.2f  %s %-5g %s\n", ratio.name.c_str(), ours, peer, reached, sense,
                    target, ok ? "ok" : "short");
    std::fflush(stdout);
    return ok;
}

} // namespace

int run(int argc, char **argv, const std::vector<Ratio> &ratios)
{
    bool lines = false;
    bool json = false;
    static char interleaved[] = "--benchmark_enable_random_interleaving=true"; // ours and peer's meet the same noise
    std::vector<char *> rest{argv[0], interleaved};
    for (int i = 1; i < argc; ++i) {
        const bool mine = std::strcmp(argv[i], "--ratios") == 0 || std::strcmp(argv[i], "--ratios=json") == 0;
        lines |= mine;
        json |= std::strcmp(argv[i], "--ratios=json") == 0;
        if (!mine)
            rest.push_back(argv[i]);
    }
    int count = static_cast<int>(rest.size());
    benchmark::Initialize(&count, rest.data());
    if (benchmark::ReportUnrecognizedArguments(count, rest.data()))
        return 2;
    if (!lines) {
        benchmark::RunSpecifiedBenchmarks();
        return 0;
    }
    Seconds seconds;
    Collector collector(seconds);
    benchmark::RunSpecifiedBenchmarks(&collector);
    bool ok = true;
    for (const Ratio &ratio : ratios)
        ok = print(ratio, seconds, json) && ok;
    return ok ? 0 : 1;
}

} // namespace andon::bench
