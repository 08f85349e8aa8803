#pragma once
// What the benchmark programs are for: our figure beside its peer's from the same run, the ratio of their medians, and
// what it must reach. Google Benchmark's own table comes without --ratios.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace andon::bench
{

struct Ratio {
    std::string name = {}; ///< of the line: "matrix"
    std::string ours = {}; ///< function and arguments of a benchmark: "lanes/100000"
    std::string peer = {};
    double atLeast = 0; ///< peer / ours; or
    double atMost = 0; ///< ours / peer
};

/// The main() of every program. --ratios prints one line per ratio, NAME ours peer ratio target ok|short, and
/// --ratios=json one object per line; all else is Google Benchmark's. Benchmarks that measure wall time are compared by
/// it, the others by the processor time that they took: the machine may be busy. 1 when a ratio is short.
int run(int argc, char **argv, const std::vector<Ratio> &ratios);

} // namespace andon::bench
