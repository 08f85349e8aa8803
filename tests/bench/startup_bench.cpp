// From the start of the process to its first useful frame, on the display of the environment: the console on a cache
// that a sync has filled, without its sources, beside an empty QMainWindow and beside one with menu, tool bar, dock and
// table. The profile is ANDON_BENCH_PROFILE, its
// site ANDON_BENCH_SITE.
#include "tests/bench/child.h"
#include "tests/bench/ratio.h"

#include <cstdlib>

using namespace andon;

namespace
{

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

void start(benchmark::State &state, const std::vector<std::string> &argv)
{
    for (auto _ : state) {
        const bench::Child child = bench::runChild(argv);
        if (child.status != 0 || child.firstLine == 0)
            state.SkipWithError((argv.front() + " painted nothing").c_str());
        state.SetIterationTime(child.firstLine);
    }
}

void console(benchmark::State &state)
{
    start(state,
          {bench::besideUs("andon"), "--profile", variable("ANDON_BENCH_PROFILE"), "--site",
           variable("ANDON_BENCH_SITE"), "--offline", "--first-frame"});
}

void emptyWindow(benchmark::State &state)
{
    start(state, {bench::besideUs("bench_hello")});
}

void furnishedWindow(benchmark::State &state)
{
    start(state, {bench::besideUs("bench_hello"), "--furnished"});
}

} // namespace

BENCHMARK(console)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(15);
BENCHMARK(emptyWindow)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(15);
BENCHMARK(furnishedWindow)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(15);

int main(int argc, char **argv)
{
    return bench::run(argc, argv,
                      {{.name = "first-frame", .ours = "console", .peer = "emptyWindow", .atMost = 2.5},
                       {.name = "first-frame-set", .ours = "console", .peer = "furnishedWindow", .atMost = 2}});
}
