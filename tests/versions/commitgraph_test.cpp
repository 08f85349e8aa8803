#include "tests/support/suite.h"
#include "versions/commitgraph.h"

#include <random>
#include <set>

using namespace andon::versions;

namespace
{

Oid oid(int n)
{
    Oid id;
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
    id.bytes[31] = 1;
    return id;
}

GraphCommit commit(int n, std::int64_t created, std::initializer_list<int> parents)
{
    GraphCommit c{.id = oid(n), .created = created, .generation = created};
    auto it = parents.begin();
    if (it != parents.end())
        c.first = oid(*it++);
    if (it != parents.end())
        c.second = oid(*it);
    return c;
}

Ref branch(const char *name, int n)
{
    return {RefKind::Branch, RefName(name), oid(n).id()};
}

/// A random history: linear runs, branches and merges, dates skewed now and then.
std::vector<GraphCommit> randomHistory(int n, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<GraphCommit> all{commit(1, 1000, {})};
    std::vector<int> heads{1};
    for (int i = 2; i <= n; ++i) {
        const std::size_t at = random() % heads.size();
        const std::int64_t date = 1000 + i - (random() % 20 == 0 ? 50 : 0);
        if (heads.size() > 1 && random() % 8 == 0) {
            const std::size_t other = (at + 1 + random() % (heads.size() - 1)) % heads.size();
            all.push_back(commit(i, date, {heads[at], heads[other]}));
            heads[at] = i;
        } else if (heads.size() < 9 && random() % 10 == 0) {
            all.push_back(commit(i, date, {heads[at]}));
            heads.push_back(i);
        } else {
            all.push_back(commit(i, date, {heads[at]}));
            heads[at] = i;
        }
    }
    return all;
}

/// Every invariant a person relies on when reading lanes.
void checkInvariants(const CommitGraph &graph)
{
    const Topology &t = graph.topology();
    const Lanes &lanes = graph.lanes();
    const auto rows = graph.window(0, graph.size());
    for (std::int32_t row = 0; row < graph.size(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        for (const std::int32_t parent : {t.first[i], t.second[i]})
            QVERIFY2(parent == kNone || parent > row, "a parent stands above its child");
        std::set<int> used;
        for (const RowLanes::Line &line : rows[i].through) {
            QVERIFY2(line.lane != lanes.commit[i], "an edge passes through a commit that it has nothing to do with");
            used.insert(line.lane);
        }
        // Lines that pass in one lane must be on their way to the same commit.
        for (const RowLanes::Line &a : rows[i].through)
            for (const RowLanes::Line &b : rows[i].through)
                QVERIFY2(a.lane != b.lane || a.parent == b.parent, "two histories share a lane");
        for (const RowLanes::Line &line : rows[i].arriving)
            QCOMPARE(line.parent, row);
        const auto leaving = static_cast<std::size_t>((t.first[i] != kNone) + (t.second[i] != kNone));
        QCOMPARE(rows[i].leaving.size(), leaving);
    }
}

} // namespace

class CommitGraphTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void aSkewedDateNeverPutsAParentAboveItsChild()
    {
        const auto graph = CommitGraph::build({commit(1, 500, {}), commit(2, 100, {1}), commit(3, 300, {2})},
                                              {branch("main", 3)}, RefName("main"));
        QCOMPARE(graph.rowOf(oid(3)), 0);
        QCOMPARE(graph.rowOf(oid(2)), 1);
        QCOMPARE(graph.rowOf(oid(1)), 2);
    }

    void mainIsLaneZeroAndABranchJoins()
    {
        // 1 ← 2 ← 4(merge of 3) ; 3 branches from 1
        const auto graph =
            CommitGraph::build({commit(1, 1, {}), commit(2, 2, {1}), commit(3, 3, {1}), commit(4, 4, {2, 3})},
                               {branch("main", 4)}, RefName("main"));
        const auto lane = [&](int n) { return graph.lanes().commit[static_cast<std::size_t>(graph.rowOf(oid(n)))]; };
        QCOMPARE(int(lane(4)), 0);
        QCOMPARE(int(lane(3)), 1);
        QCOMPARE(int(lane(2)), 0);
        QCOMPARE(int(lane(1)), 0);
        QCOMPARE(graph.lanes().count, 2);
        QCOMPARE(graph.colour(graph.rowOf(oid(1))), 0);
        checkInvariants(graph);
    }

    void aBranchAheadOfMainDoesNotTakeLaneZero()
    {
        const auto graph = CommitGraph::build({commit(1, 1, {}), commit(2, 2, {1}), commit(3, 3, {1})},
                                              {branch("main", 2), branch("dev", 3)}, RefName("main"));
        QCOMPARE(int(graph.lanes().commit[0]), 1);
        QCOMPARE(int(graph.lanes().commit[1]), 0);
        checkInvariants(graph);
    }

    void freedLanesAreReused()
    {
        std::vector<GraphCommit> all{commit(1, 1, {})};
        int head = 1;
        for (int i = 2; i < 200; i += 2) {
            all.push_back(commit(i, i, {head}));
            all.push_back(commit(i + 1, i + 1, {head, i}));
            head = i + 1;
        }
        const auto graph = CommitGraph::build(all, {branch("main", head)}, RefName("main"));
        QCOMPARE(graph.lanes().count, 2);
        checkInvariants(graph);
    }

    void anyHistoryKeepsTheInvariants()
    {
        for (unsigned seed = 1; seed <= 30; ++seed) {
            const auto all = randomHistory(600, seed);
            checkInvariants(CommitGraph::build(all, {branch("main", 600)}, RefName("main")));
            checkInvariants(CommitGraph::build(all, {}, RefName("main")));
        }
    }

    void theOrderOfArrivalDoesNotMatter()
    {
        auto all = randomHistory(500, 7);
        const auto one = CommitGraph::build(all, {branch("main", 500)}, RefName("main"));
        std::mt19937 random(3);
        std::shuffle(all.begin(), all.end(), random);
        all.push_back(all.front()); // a duplicate changes nothing
        const auto two = CommitGraph::build(all, {branch("main", 500)}, RefName("main"));
        QCOMPARE(one.size(), two.size());
        for (std::int32_t row = 0; row < one.size(); ++row) {
            QVERIFY(one.oid(row) == two.oid(row));
            QCOMPARE(one.lanes().commit[static_cast<std::size_t>(row)],
                     two.lanes().commit[static_cast<std::size_t>(row)]);
        }
    }

    void aWindowEqualsTheWhole()
    {
        const auto graph = CommitGraph::build(randomHistory(1500, 11), {branch("main", 1500)}, RefName("main"));
        const auto whole = graph.window(0, graph.size());
        for (const std::int32_t from : {0, 1, 255, 256, 257, 700, 1490}) {
            const auto part = graph.window(from, 40);
            for (std::size_t i = 0; i < part.size(); ++i) {
                const RowLanes &expected = whole[static_cast<std::size_t>(from) + i];
                QVERIFY(part[i].through == expected.through);
                QVERIFY(part[i].arriving == expected.arriving);
                QVERIFY(part[i].leaving == expected.leaving);
            }
        }
        QVERIFY(graph.window(5000, 10).empty());
    }

    void aMissingParentIsACutEdge()
    {
        const auto graph = CommitGraph::build({commit(5, 5, {4})}, {branch("main", 5)}, RefName("main"));
        QCOMPARE(graph.size(), 1);
        QCOMPARE(graph.cut(), 1);
        QVERIFY(graph.window(0, 1)[0].leaving.empty());
    }

    void reachability()
    {
        // 1-2-3 main; 1-4-5 dev
        const auto graph = CommitGraph::build(
            {commit(1, 1, {}), commit(2, 2, {1}), commit(3, 3, {2}), commit(4, 4, {1}), commit(5, 5, {4})},
            {branch("main", 3)}, RefName("main"));
        QCOMPARE(graph.mergeBase(graph.rowOf(oid(5)), graph.rowOf(oid(3))), graph.rowOf(oid(1)));
        QCOMPARE(graph.rowOf(oid(99)), kNone);
    }

    void emptyIsNothing()
    {
        const auto graph = CommitGraph::build({}, {}, RefName("main"));
        QCOMPARE(graph.size(), 0);
        QVERIFY(graph.window(0, 10).empty());
        QCOMPARE(graph.rowOf(oid(1)), kNone);
    }

    void idsRoundTrip()
    {
        const std::string hex = "00ff10a94b1b7d0f8e6c5d4a3b2c1d0e9f8e7d6c5b4a39281706f5e4d3c2b1a0";
        QCOMPARE(Oid::fromHex(hex)->id().value, hex);
        QVERIFY(!Oid::fromHex("12"));
        QVERIFY(!Oid::fromHex(std::string(64, 'g')));
        QVERIFY(!Oid::fromBytes("short"));
    }

    /// Whatever arrives later, the rows are those of all at once: a cache may keep them.
    void rowsThatAreExtendedAreThoseOfAll()
    {
        for (unsigned seed = 0; seed < 400; ++seed) {
            std::mt19937 random(seed);
            std::vector<GraphCommit> all = randomHistory(static_cast<int>(40 + random() % 200), seed);
            if (seed % 3 == 0) // clocks that are very wrong
                for (GraphCommit &one : all)
                    one.created = static_cast<std::int64_t>(random() % 9);
            // Parents come before their children: any beginning is cut nowhere.
            const auto known = static_cast<std::ptrdiff_t>(random() % all.size());
            const CommitOrder old = orderOf({all.begin(), all.begin() + known});
            QVERIFY(old.valid() && old.cut == 0);
            std::vector<GraphCommit> fresh(all.begin() + known, all.end());
            if (known > 0)
                fresh.push_back(
                    all[static_cast<std::size_t>(random() % static_cast<unsigned>(known))]); // and a known one
            std::shuffle(fresh.begin(), fresh.end(), random);
            const CommitGraph before = CommitGraph::of(old, {}, RefName("main"));
            const CommitGraph after = before.extended(fresh, {}, RefName("main"));
            std::shuffle(all.begin(), all.end(), random);
            QVERIFY2(after.order() == orderOf(all), qPrintable(QString::number(seed)));
            QVERIFY(after.order().valid());
            checkInvariants(after);
        }
    }

    void rowsThatAreNoneAreSeen()
    {
        CommitOrder order = orderOf(randomHistory(20, 1));
        QVERIFY(order.valid());
        order.first[10] = 10;
        QVERIFY(!order.valid());
        order.first[10] = 20;
        QVERIFY(!order.valid());
        order.first[10] = kNone;
        QVERIFY(order.valid());
        order.created.pop_back();
        QVERIFY(!order.valid());
    }

    void descentIsAncestryFromTheOtherEnd()
    {
        const auto graph = CommitGraph::build(randomHistory(600, 5), {branch("main", 1)}, RefName("main"));
        for (std::int32_t of = 0; of < graph.size(); of += 40) {
            const std::vector<char> reaches = graph.descent(of);
            for (std::int32_t row = 0; row <= of; ++row)
                QVERIFY(reaches[static_cast<std::size_t>(row)] == graph.ancestry(row)[static_cast<std::size_t>(of)]);
        }
    }
};

ANDON_SUITE(CommitGraphTest)
#include "commitgraph_test.moc"
