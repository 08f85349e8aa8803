// Lanes of a commit graph of 100,000 and of a million commits: beside what git needs for its own --graph over the same
// history, and beside the obvious way, a scan of the live lanes for each commit.
#include "tests/bench/history.h"
#include "tests/bench/ratio.h"

#include <algorithm>

using namespace andon;
using namespace andon::versions;
using bench::Child;
using bench::History;

namespace
{

constexpr int kSmall = 100'000;
constexpr int kBig = 1'000'000;
constexpr double kLanes = 0.015; // s, for a million

const Topology &topology(std::int64_t commits)
{
    static const Topology small = History::of(kSmall).topology();
    static const Topology big = History::of(kBig).topology();
    return commits == kSmall ? small : big;
}

void lanes(benchmark::State &state)
{
    const Topology &rows = topology(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(assignLanes(rows));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// What everyone writes first: the lanes as an array of the commits that they wait for, searched for each commit.
void scan(benchmark::State &state)
{
    const Topology &rows = topology(state.range(0));
    for (auto _ : state) {
        std::vector<std::int32_t> waits;
        std::vector<std::uint16_t> lane(rows.first.size());
        const auto put = [&](std::int32_t parent) {
            const auto free = std::find(waits.begin(), waits.end(), kNone);
            if (free == waits.end())
                waits.push_back(parent);
            else
                *free = parent;
        };
        for (std::size_t i = 0; i < rows.first.size(); ++i) {
            const auto row = static_cast<std::int32_t>(i);
            auto own = std::find(waits.begin(), waits.end(), row);
            if (own == waits.end()) {
                put(row);
                own = std::find(waits.begin(), waits.end(), row);
            }
            lane[i] = static_cast<std::uint16_t>(own - waits.begin());
            std::replace(own + 1, waits.end(), row, kNone);
            *own = rows.first[i];
            if (rows.second[i] != kNone && std::find(waits.begin(), waits.end(), rows.second[i]) == waits.end())
                put(rows.second[i]);
        }
        benchmark::DoNotOptimize(lane);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// From commits as the cache has them to rows, lanes and windows.
void graph(benchmark::State &state)
{
    const History all = History::of(kSmall);
    std::vector<GraphCommit> commits;
    for (int i = 0; i < kSmall; ++i)
        commits.push_back(all.commit(i));
    const std::vector<Ref> refs = all.refs();
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<GraphCommit> given = commits;
        state.ResumeTiming();
        benchmark::DoNotOptimize(CommitGraph::build(std::move(given), refs, RefName("main")));
    }
}

const bench::GitRepository &repository()
{
    static const bench::GitRepository one(History::of(kSmall), bench::GitRepository::CommitGraphFile::None);
    return one;
}

/// What git spends on the drawing alone: with --graph less without it.
void gitGraph(benchmark::State &state)
{
    for (auto _ : state) {
        const Child drawn = repository().git({"log", "--all", "--topo-order", "--graph", "--format=%h"});
        const Child plain = repository().git({"log", "--all", "--topo-order", "--format=%h"});
        if (!repository().ok() || drawn.status != 0 || plain.status != 0)
            state.SkipWithError("git did not run");
        state.SetIterationTime(std::max(1e-6, drawn.cpu - plain.cpu));
    }
}

/// git's own way from commits to rows.
void gitRows(benchmark::State &state)
{
    for (auto _ : state) {
        const Child rows = repository().git({"rev-list", "--all", "--parents", "--topo-order"});
        if (!repository().ok() || rows.status != 0)
            state.SkipWithError("git did not run");
        state.SetIterationTime(rows.cpu);
    }
}

void laneLimit(benchmark::State &state)
{
    for (auto _ : state)
        state.SetIterationTime(kLanes);
}

} // namespace

BENCHMARK(lanes)->Arg(kSmall)->Arg(kBig)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(7);
BENCHMARK(scan)->Arg(kBig)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(5);
BENCHMARK(graph)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(5);
BENCHMARK(gitGraph)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(gitRows)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(laneLimit)->UseManualTime()->Iterations(1);

int main(int argc, char **argv)
{
    return bench::run(argc, argv,
                      {{.name = "lanes-100k", .ours = "lanes/100000", .peer = "gitGraph", .atLeast = 40},
                       {.name = "lanes-1m", .ours = "lanes/1000000", .peer = "scan/1000000", .atLeast = 2},
                       {.name = "lanes-1m-limit", .ours = "lanes/1000000", .peer = "laneLimit", .atMost = 1},
                       {.name = "graph-100k", .ours = "graph", .peer = "gitRows", .atLeast = 4}});
}
