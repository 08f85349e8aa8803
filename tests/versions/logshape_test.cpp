// What a log folds and what it never hides, on histories written out and on random ones.
#include "tests/support/suite.h"
#include "versions/logshape.h"

#include <random>

using namespace andon::versions;

namespace
{

const RefName kMain("main");

Oid oid(int n)
{
    Oid id;
    id.bytes[0] = static_cast<std::uint8_t>(n);
    id.bytes[1] = static_cast<std::uint8_t>(n >> 8);
    id.bytes[31] = 1;
    return id;
}

GraphCommit commit(int n, std::vector<int> parents)
{
    GraphCommit c{.id = oid(n), .created = n, .generation = n};
    if (!parents.empty())
        c.first = oid(parents[0]);
    if (parents.size() > 1)
        c.second = oid(parents[1]);
    return c;
}

Ref branch(const char *name, int n)
{
    return {RefKind::Branch, RefName(name), oid(n).id()};
}

/// 1 – 2 – … – 6 – 11 on main; 3 – 7 – 8 – 9 – 10 merged by 11; 12 stands on 10 and no ref holds it.
const std::vector<GraphCommit> kSmall{commit(1, {}),  commit(2, {1}),  commit(3, {2}),      commit(4, {3}),
                                      commit(5, {4}), commit(6, {5}),  commit(7, {3}),      commit(8, {7}),
                                      commit(9, {8}), commit(10, {9}), commit(11, {6, 10}), commit(12, {10})};

QString text(const CommitGraph &graph, const LogShape &shape)
{
    QStringList rows;
    for (const LogShape::Row &one : shape.rows) {
        QString word = QString::number(graph.oid(one.row).bytes[0]);
        if (one.run > 0)
            word += QStringLiteral("×%1").arg(one.run);
        if (one.aside > 0)
            word += QStringLiteral("+%1").arg(one.aside);
        rows << word;
    }
    return rows.join(u' ');
}

std::vector<GraphCommit> randomHistory(int n, unsigned seed, std::vector<Ref> &refs)
{
    std::mt19937 random(seed);
    std::vector<GraphCommit> all{commit(1, {})};
    std::vector<int> heads{1};
    for (int i = 2; i <= n; ++i) {
        const std::size_t at = random() % heads.size();
        const std::size_t other = random() % heads.size();
        const bool forks = heads.size() < 9 && random() % 12 == 0;
        if (at != other && random() % 8 == 0)
            all.push_back(commit(i, {heads[at], heads[other]}));
        else
            all.push_back(commit(i, {heads[at]}));
        forks ? heads.push_back(i) : static_cast<void>(heads[at] = i);
    }
    refs = {branch("main", heads[0])};
    for (std::size_t b = 1; b < heads.size(); b += 2) // the others are gone
        refs.push_back(branch(qPrintable(QStringLiteral("b%1").arg(b)), heads[b]));
    return all;
}

std::int32_t number(std::size_t n)
{
    return static_cast<std::int32_t>(n);
}

} // namespace

class LogShapeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        andon::test::failOnAnyWarning();
        m_graph = CommitGraph::build(kSmall, m_refs, kMain);
    }

    void runsBecomeOneRow()
    {
        QCOMPARE(shaped({.detail = ShapeOptions::Detail::Runs}), QStringLiteral("12 11 10 9×3 6×3 3 2 1"));
        const auto opened = ShapeOptions{.detail = ShapeOptions::Detail::Runs, .unfolded = {oid(6)}};
        QCOMPARE(shaped(opened), QStringLiteral("12 11 10 9×3 6 5 4 3 2 1"));
    }

    void whatIsKeptIsNotHidden()
    {
        std::vector<char> kept(12, 0);
        kept[static_cast<std::size_t>(m_graph.rowOf(oid(5)))] = 1;
        const auto shape = shapeOf(m_graph, m_refs, kMain, {.detail = ShapeOptions::Detail::Runs}, kept);
        QCOMPARE(text(m_graph, shape), QStringLiteral("12 11 10 9×3 6 5 4 3 2 1"));
    }

    void theStructureAlone()
    {
        const auto shape = shapeOf(m_graph, m_refs, kMain, {.detail = ShapeOptions::Detail::Structure}, {});
        QCOMPARE(text(m_graph, shape), QStringLiteral("12 11 10 3 1"));
        QCOMPARE(shape.graph.topology().first[1], 3); // 11 stands on 3
        QCOMPARE(shape.graph.topology().second[1], 2); // and on 10
        QCOMPARE(shape.shownAt(m_graph.rowOf(oid(3))), 3);
        QCOMPARE(shape.shownAt(m_graph.rowOf(oid(5))), kNone);
    }

    void mergesHideTheirSide()
    {
        // 12 still stands on 10: nothing of the side is hidden but the edge to it.
        QCOMPARE(shaped({.foldMerges = true}), QStringLiteral("12 11 10 9 8 7 6 5 4 3 2 1"));
        m_graph = CommitGraph::build({kSmall.begin(), kSmall.end() - 1}, m_refs, kMain);
        QCOMPARE(shaped({.foldMerges = true}), QStringLiteral("11+4 6 5 4 3 2 1"));
        QCOMPARE(shaped({.foldMerges = true, .unfolded = {oid(11)}}), QStringLiteral("11 10 9 8 7 6 5 4 3 2 1"));
        QCOMPARE(shaped({.folded = {oid(11)}}), QStringLiteral("11+4 6 5 4 3 2 1"));
        m_refs.push_back(branch("side", 8)); // what a ref points at stays, and what it stands on
        QCOMPARE(shaped({.folded = {oid(11)}}), QStringLiteral("11+2 8 7 6 5 4 3 2 1"));
    }

    void onlyWhatTheChosenReach()
    {
        QCOMPARE(shaped({.heads = {oid(10)}}), QStringLiteral("10 9 8 7 3 2 1"));
        QCOMPARE(shaped({.heads = {oid(5), oid(8)}}), QStringLiteral("8 7 5 4 3 2 1"));
        QCOMPARE(shaped({.detail = ShapeOptions::Detail::Runs, .heads = {oid(6)}}), QStringLiteral("6 5×4 1"));
    }

    void whatNoRefHolds()
    {
        const std::vector<char> held = heldBy(m_graph, m_refs);
        QCOMPARE(std::count(held.begin(), held.end(), 1), std::ptrdiff_t{11});
        QVERIFY(!held[static_cast<std::size_t>(m_graph.rowOf(oid(12)))]);
    }

    void randomHistoriesLoseNothing()
    {
        using Detail = ShapeOptions::Detail;
        for (unsigned seed = 1; seed <= 60; ++seed) {
            std::vector<Ref> refs;
            const auto history = randomHistory(300, seed, refs);
            const auto graph = CommitGraph::build(history, refs, kMain);
            for (const Detail detail : {Detail::All, Detail::Runs, Detail::Structure})
                for (const bool fold : {false, true}) {
                    const auto shape = shapeOf(graph, refs, kMain, {.detail = detail, .foldMerges = fold}, {});
                    check(graph, refs, shape, detail, fold);
                    if (QTest::currentTestFailed())
                        return qInfo("seed %u, detail %d, fold %d", seed, static_cast<int>(detail), int(fold));
                }
        }
    }

private:
    QString shaped(const ShapeOptions &options) { return text(m_graph, shapeOf(m_graph, m_refs, kMain, options, {})); }

    static void check(const CommitGraph &graph, const std::vector<Ref> &refs, const LogShape &shape,
                      ShapeOptions::Detail detail, bool fold)
    {
        QVERIFY(shape.graph.order().valid());
        QCOMPARE(shape.graph.size(), shape.size());
        std::int32_t all = 0;
        for (std::size_t n = 0; n < shape.rows.size(); ++n) {
            const LogShape::Row &one = shape.rows[n];
            all += (one.run > 0 ? one.run : 1) + one.aside;
            QVERIFY(n == 0 || shape.rows[n - 1].row < one.row);
            const std::vector<char> below = graph.ancestry(one.row);
            for (const std::int32_t parent : {shape.graph.topology().first[n], shape.graph.topology().second[n]}) {
                QVERIFY2(parent == kNone
                             || below[static_cast<std::size_t>(shape.rows[static_cast<std::size_t>(parent)].row)],
                         "an edge to what is no ancestor");
            }
            QVERIFY2(
                (shape.graph.topology().first[n] == kNone)
                    == (graph.topology().first[static_cast<std::size_t>(one.run > 0 ? one.last : one.row)] == kNone),
                "a line that ends where its history goes on");
        }
        for (const Ref &ref : refs)
            QVERIFY2(shape.graph.rowOf(ref.commit) != kNone, "a ref without its row");
        if (detail != ShapeOptions::Detail::Structure)
            QCOMPARE(all, graph.size());
        if (detail == ShapeOptions::Detail::All && !fold)
            QCOMPARE(shape.size(), graph.size());
        QVERIFY(number(shape.rows.size()) <= graph.size());
    }

    std::vector<Ref> m_refs{branch("main", 11)};
    CommitGraph m_graph;
};

ANDON_SUITE(LogShapeTest)
#include "logshape_test.moc"
