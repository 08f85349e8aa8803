#include "tests/support/suite.h"
#include "versions/commitgraph.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace andon::versions;

namespace
{

/// Any graph whose parents stand below: many roots, many heads, edges that reach far, rows without relatives.
Topology anyTopology(std::int32_t rows, unsigned seed)
{
    std::mt19937 random(seed);
    Topology topology;
    for (std::int32_t row = 0; row < rows; ++row) {
        const auto below = static_cast<unsigned>(rows - row - 1);
        const auto pick = [&](unsigned reach) {
            return below == 0 ? kNone : row + 1 + static_cast<std::int32_t>(random() % std::min(below, reach));
        };
        const bool root = random() % 12 == 0;
        const std::int32_t first = root ? kNone : pick(random() % 5 == 0 ? 200 : 6);
        const std::int32_t second = root || random() % 4 != 0 ? kNone : pick(random() % 3 == 0 ? 300 : 10);
        topology.first.push_back(first);
        topology.second.push_back(second == first ? kNone : second);
    }
    if (random() % 4 != 0)
        topology.mainHead = static_cast<std::int32_t>(random() % 10);
    return topology;
}

using Edge = std::tuple<std::int32_t, std::int32_t, bool>; // child, parent, second

std::set<Edge> edgesOf(const Topology &topology)
{
    std::set<Edge> edges;
    for (std::size_t row = 0; row < topology.first.size(); ++row) {
        if (topology.first[row] != kNone)
            edges.emplace(row, topology.first[row], false);
        if (topology.second[row] != kNone)
            edges.emplace(row, topology.second[row], true);
    }
    return edges;
}

Oid oid(std::int32_t n)
{
    Oid id;
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[i] = static_cast<std::uint8_t>((static_cast<std::uint32_t>(n) * 2654435761U) >> (8 * i));
    id.bytes[20] = static_cast<std::uint8_t>(n);
    id.bytes[21] = static_cast<std::uint8_t>(n >> 8);
    return id;
}

/// The same graph as commits whose dates say nothing about their order.
std::vector<GraphCommit> commitsOf(const Topology &topology, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<GraphCommit> commits;
    for (std::size_t row = 0; row < topology.first.size(); ++row) {
        const auto parent = [](std::int32_t at) { return at == kNone ? std::nullopt : std::optional(oid(at)); };
        commits.push_back({.id = oid(static_cast<std::int32_t>(row)),
                           .first = parent(topology.first[row]),
                           .second = parent(topology.second[row]),
                           .created = static_cast<std::int64_t>(random() % 50),
                           .generation = static_cast<std::int64_t>(random() % 3)});
    }
    return commits;
}

} // namespace

class LanesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void everyEdgeIsDrawnFromItsChildToItsParent()
    {
        for (unsigned seed = 1; seed <= 60; ++seed) {
            const Topology topology = anyTopology(700, seed);
            const Lanes lanes = assignLanes(topology);
            const auto rows = LaneWindows(topology, lanes).rows(topology, lanes, 0, 700);
            std::map<Edge, std::uint16_t> open; // in which lane
            std::set<Edge> drawn;
            for (std::int32_t row = 0; row < 700; ++row) {
                const RowLanes &line = rows[static_cast<std::size_t>(row)];
                QCOMPARE(line.through.size() + line.arriving.size(), open.size()); // none is lost on its way
                for (const auto *part : {&line.through, &line.arriving})
                    for (const RowLanes::Line &edge : *part) {
                        const auto at = open.find({edge.child, edge.parent, edge.isSecond});
                        QVERIFY(at != open.end() && at->second == edge.lane); // straight down in its lane
                    }
                for (const RowLanes::Line &edge : line.arriving) {
                    QCOMPARE(edge.parent, row);
                    QVERIFY(drawn.insert({edge.child, edge.parent, edge.isSecond}).second);
                    open.erase({edge.child, edge.parent, edge.isSecond});
                }
                for (const RowLanes::Line &edge : line.leaving) {
                    QCOMPARE(edge.child, row);
                    QVERIFY(open.emplace(Edge{edge.child, edge.parent, edge.isSecond}, edge.lane).second);
                }
            }
            QVERIFY(open.empty());
            QVERIFY(drawn == edgesOf(topology));
        }
    }

    void noEdgeRunsThroughACommitThatIsNotItsOwn()
    {
        for (unsigned seed = 100; seed < 160; ++seed) {
            const Topology topology = anyTopology(500, seed);
            const Lanes lanes = assignLanes(topology);
            const auto rows = LaneWindows(topology, lanes).rows(topology, lanes, 0, 500);
            for (std::size_t row = 0; row < rows.size(); ++row)
                for (const RowLanes::Line &edge : rows[row].through)
                    QVERIFY2(edge.lane != lanes.commit[row], qPrintable(QString::number(row)));
        }
    }

    void laneZeroBelongsToTheDefaultBranch()
    {
        for (unsigned seed = 200; seed < 230; ++seed) {
            const Topology topology = anyTopology(500, seed);
            if (topology.mainHead == kNone)
                continue;
            std::set<std::int32_t> main;
            for (std::int32_t row = topology.mainHead; row != kNone;
                 row = topology.first[static_cast<std::size_t>(row)])
                main.insert(row);
            const Lanes lanes = assignLanes(topology);
            for (std::int32_t row = 0; row < 500; ++row)
                QCOMPARE(lanes.commit[static_cast<std::size_t>(row)] == 0, main.count(row) > 0);
        }
    }

    void noLaneIsTakenWhileALowerOneIsFree()
    {
        // With nothing but heads and roots no more than one lane is ever used.
        Topology apart;
        apart.first.assign(100, kNone);
        apart.second.assign(100, kNone);
        QCOMPARE(assignLanes(apart).count, 1);
        // Lanes that are never left empty: as many as edges are open at once, and the commit.
        for (unsigned seed = 300; seed < 330; ++seed) {
            Topology topology = anyTopology(500, seed);
            topology.mainHead = kNone;
            const Lanes lanes = assignLanes(topology);
            const auto rows = LaneWindows(topology, lanes).rows(topology, lanes, 0, 500);
            std::size_t most = 1;
            for (std::size_t row = 0; row < rows.size(); ++row) {
                std::set<std::uint16_t> used{lanes.commit[row]};
                for (const auto *part : {&rows[row].through, &rows[row].arriving, &rows[row].leaving})
                    for (const RowLanes::Line &edge : *part)
                        used.insert(edge.lane);
                most = std::max(most, used.size());
            }
            QCOMPARE(static_cast<std::size_t>(lanes.count), most);
        }
    }

    void theOrderInWhichCommitsComeDoesNotMatter()
    {
        for (unsigned seed = 400; seed < 420; ++seed) {
            const Topology topology = anyTopology(400, seed);
            std::vector<GraphCommit> commits = commitsOf(topology, seed);
            const std::vector<Ref> refs{{RefKind::Branch, RefName("main"), oid(3).id()}};
            const CommitGraph one = CommitGraph::build(commits, refs, RefName("main"));
            QCOMPARE(one.size(), 400);
            std::mt19937 random(seed);
            for (int turn = 0; turn < 3; ++turn) {
                std::shuffle(commits.begin(), commits.end(), random);
                const CommitGraph other = CommitGraph::build(commits, refs, RefName("main"));
                for (std::int32_t row = 0; row < 400; ++row)
                    QVERIFY(one.oid(row) == other.oid(row));
                QVERIFY(one.lanes().commit == other.lanes().commit);
                QVERIFY(one.topology().first == other.topology().first);
                QVERIFY(one.topology().second == other.topology().second);
            }
        }
    }

    void childrenStandAboveTheirParents()
    {
        for (unsigned seed = 500; seed < 540; ++seed) {
            const Topology topology = anyTopology(400, seed);
            const CommitGraph graph = CommitGraph::build(commitsOf(topology, seed), {}, RefName("main"));
            QCOMPARE(graph.size(), 400);
            for (const auto &[child, parent, second] : edgesOf(topology))
                QVERIFY(graph.rowOf(oid(child)) < graph.rowOf(oid(parent)));
        }
    }

    void moreLanesThanThereAreNumbersShareTheLast()
    {
        // 70,000 branches that all wait for one root.
        Topology topology;
        topology.first.assign(70'000, 70'000);
        topology.first.push_back(kNone);
        topology.second.assign(70'001, kNone);
        const Lanes lanes = assignLanes(topology);
        QVERIFY(lanes.count <= 65'535);
        QCOMPARE(lanes.commit[0], std::uint16_t{0});
        QCOMPARE(lanes.commit[69'999], lanes.commit[66'000]);
    }
};

ANDON_SUITE(LanesTest)
#include "lanes_test.moc"
