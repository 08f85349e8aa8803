#include "tests/support/suite.h"
#include "versions/aheadbehind.h"

#include <random>

using namespace andon::versions;

namespace
{

Oid oid(int n)
{
    Oid id;
    for (std::size_t i = 0; i < 4; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

CommitGraph randomGraph(int n, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<GraphCommit> all;
    for (int i = 1; i <= n; ++i) {
        GraphCommit c{.id = oid(i), .created = 1000 + i, .generation = i};
        if (i > 1)
            c.first = oid(i - 1 - static_cast<int>(random() % std::min<unsigned>(9, static_cast<unsigned>(i - 1))));
        if (i > 2 && random() % 4 == 0)
            c.second = oid(1 + static_cast<int>(random() % static_cast<unsigned>(i - 1)));
        all.push_back(c);
    }
    return CommitGraph::build(all, {{RefKind::Branch, RefName("main"), oid(n).id()}}, RefName("main"));
}

} // namespace

class DistancesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theyAreThoseOfOneAtATime()
    {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const CommitGraph graph = randomGraph(300, seed);
            std::vector<std::int32_t> rows;
            for (std::int32_t row = 0; row < graph.size(); row += 2) // more than two passes
                rows.push_back(row);
            rows.push_back(rows.front());
            const std::int32_t base = graph.topology().mainHead;
            const auto all = distances(graph, rows, base);
            QCOMPARE(all.size(), rows.size());
            const std::vector<char> theirs = graph.ancestry(base);
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::vector<char> mine = graph.ancestry(rows[i]);
                Distance expected;
                for (std::size_t row = 0; row < mine.size(); ++row) {
                    expected.ahead += mine[row] && !theirs[row] ? 1 : 0;
                    expected.behind += theirs[row] && !mine[row] ? 1 : 0;
                }
                QCOMPARE(all[i], expected);
            }
        }
    }

    void ofItselfItIsNone()
    {
        const CommitGraph graph = randomGraph(10, 1);
        const std::int32_t base = graph.topology().mainHead;
        QCOMPARE(distances(graph, {base}, base), std::vector<Distance>{Distance{}});
        QVERIFY(distances(graph, {}, base).empty());
    }
};

ANDON_SUITE(DistancesTest)
#include "distances_test.moc"
