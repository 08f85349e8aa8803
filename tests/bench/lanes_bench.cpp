// Lanes of a commit graph of 100,000 and of a million commits: beside what git needs for its own --graph over the same
// history, and beside the obvious way, a scan of the live lanes for each commit.
#include "tests/bench/child.h"
#include "tests/bench/ratio.h"
#include "versions/commitgraph.h"

#include <QTemporaryDir>

#include <algorithm>
#include <random>

using namespace andon;
using namespace andon::versions;
using bench::Child;

namespace
{

constexpr int kBranches = 12;
constexpr int kSmall = 100'000;
constexpr int kBig = 1'000'000;

/// Parents of each commit, oldest first: twelve live branches, 12 % merges. Branch 0 is the default one.
struct History {
    std::vector<int> first = {};
    std::vector<int> second = {};
    std::vector<int> heads = {};
};

History history(int commits)
{
    std::mt19937 random(12);
    History all{.first = {kNone}, .second = {kNone}, .heads = std::vector<int>(kBranches, 0)};
    for (int i = 1; i < commits; ++i) {
        const std::size_t branch = random() % kBranches;
        const std::size_t other = (branch + 1 + random() % (kBranches - 1)) % kBranches;
        const bool merge = random() % 100 < 12 && all.heads[branch] != all.heads[other];
        all.first.push_back(all.heads[branch]);
        all.second.push_back(merge ? all.heads[other] : kNone);
        all.heads[branch] = i;
        if (merge && other != 0)
            all.heads[other] = all.heads[0]; // a merged branch begins again at the default one
    }
    return all;
}

const Topology &topology(std::int64_t commits)
{
    const auto make = [](int n) {
        const History all = history(n);
        Topology rows;
        const auto row = [n](int commit) { return commit == kNone ? kNone : n - 1 - commit; };
        for (int i = n - 1; i >= 0; --i) {
            rows.first.push_back(row(all.first[static_cast<std::size_t>(i)]));
            rows.second.push_back(row(all.second[static_cast<std::size_t>(i)]));
        }
        rows.mainHead = row(all.heads[0]);
        return rows;
    };
    static const Topology small = make(kSmall);
    static const Topology big = make(kBig);
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

Oid oid(int n)
{
    Oid id;
    std::uint64_t word = static_cast<std::uint64_t>(n) + 1;
    for (std::size_t i = 0; i < id.bytes.size(); i += 8) {
        word = (word ^ (word >> 29)) * 0x9e3779b97f4a7c15U; // spread as a hash is
        std::memcpy(id.bytes.data() + i, &word, sizeof word);
    }
    return id;
}

/// From commits as the cache has them to rows, lanes and windows.
void graph(benchmark::State &state)
{
    const History all = history(kSmall);
    std::vector<Oid> ids;
    for (int i = 0; i < kSmall; ++i)
        ids.push_back(oid(i));
    std::vector<GraphCommit> commits;
    const auto parent = [&](int n) {
        return n == kNone ? std::nullopt : std::optional(ids[static_cast<std::size_t>(n)]);
    };
    for (std::size_t i = 0; i < ids.size(); ++i)
        commits.push_back({.id = ids[i],
                           .first = parent(all.first[i]),
                           .second = parent(all.second[i]),
                           .created = 1'700'000'000 + static_cast<std::int64_t>(i),
                           .generation = static_cast<std::int64_t>(i)});
    const std::vector<Ref> refs{{RefKind::Branch, RefName("main"), ids[static_cast<std::size_t>(all.heads[0])].id()}};
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<GraphCommit> given = commits;
        state.ResumeTiming();
        benchmark::DoNotOptimize(CommitGraph::build(std::move(given), refs, RefName("main")));
    }
}

/// The same history as a git repository.
class GitRepository
{
public:
    GitRepository()
    {
        const History all = history(kSmall);
        std::string stream;
        const auto mark = [](int commit) { return ":" + std::to_string(commit + 1); };
        for (int i = 0; i < kSmall; ++i) {
            const auto at = static_cast<std::size_t>(i);
            stream += "commit refs/heads/building\nmark " + mark(i) + "\ncommitter a <a@b> "
                + std::to_string(1'700'000'000 + i) + " +0000\ndata 1\nx\n";
            if (all.first[at] != kNone)
                stream += "from " + mark(all.first[at]) + "\n";
            if (all.second[at] != kNone)
                stream += "merge " + mark(all.second[at]) + "\n";
        }
        for (std::size_t b = 0; b < all.heads.size(); ++b)
            stream += "reset refs/heads/b" + std::to_string(b) + "\nfrom " + mark(all.heads[b]) + "\n";
        m_ok =
            git({"init", "-q", "--bare"}).status == 0 && git({"fast-import", "--quiet", "--force"}, stream).status == 0;
    }
    [[nodiscard]] Child git(std::vector<std::string> arguments, const std::string &input = {}) const
    {
        std::vector<std::string> argv{"git", "-C", m_folder.path().toStdString()};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return bench::runChild(argv, input);
    }
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    QTemporaryDir m_folder;
    bool m_ok = false;
};

const GitRepository &repository()
{
    static const GitRepository one;
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

} // namespace

BENCHMARK(lanes)->Arg(kSmall)->Arg(kBig)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(7);
BENCHMARK(scan)->Arg(kBig)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(5);
BENCHMARK(graph)->Unit(benchmark::kMillisecond)->MinTime(0.1)->Repetitions(5);
BENCHMARK(gitGraph)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(gitRows)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(3);

int main(int argc, char **argv)
{
    return bench::run(argc, argv,
                      {{.name = "lanes-100k", .ours = "lanes/100000", .peer = "gitGraph", .atLeast = 40},
                       {.name = "lanes-1m", .ours = "lanes/1000000", .peer = "scan/1000000", .atLeast = 2},
                       {.name = "graph-100k", .ours = "graph", .peer = "gitRows", .atLeast = 4}});
}
