#include "tests/support/suite.h"
#include "versions/asof.h"

using namespace andon;
using namespace andon::versions;

namespace
{

Oid id(int n)
{
    Oid oid;
    oid.bytes[31] = static_cast<std::uint8_t>(n);
    return oid;
}

Ref branch(const char *name, int at)
{
    return {RefKind::Branch, RefName(name), id(at).id()};
}

/// 1 — 2 — 4 (main), 2 — 3 (side), 4 merges 3 at 400 s, 5 (main) at 500 s.
std::vector<GraphCommit> history()
{
    return {{.id = id(5), .first = id(4), .created = 500},
            {.id = id(4), .first = id(2), .second = id(3), .created = 400},
            {.id = id(3), .first = id(2), .created = 300},
            {.id = id(2), .first = id(1), .created = 200},
            {.id = id(1), .created = 100}};
}

std::vector<Ref> refs()
{
    return {branch("main", 5), branch("side", 3), {RefKind::Tag, RefName("v1"), id(4).id()}};
}

std::vector<int> numbers(const HistoryAt &then)
{
    std::vector<int> all;
    for (const GraphCommit &commit : then.commits)
        all.push_back(commit.id.bytes[31]);
    return all;
}

} // namespace

class AsOfTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void atAMoment()
    {
        const HistoryAt then = historyAt(history(), refs(), 300);
        QCOMPARE(numbers(then), (std::vector<int>{3, 2, 1}));
        QCOMPARE(then.refs,
                 (std::vector<Ref>{branch("main", 2), branch("side", 3), {RefKind::Tag, RefName("v1"), id(2).id()}}));
        QCOMPARE(numbers(historyAt(history(), refs(), 500)).size(), 5U);
        QVERIFY(historyAt(history(), refs(), 500).refs == refs());
    }
    void beforeTheBeginning()
    {
        const HistoryAt then = historyAt(history(), refs(), 99);
        QVERIFY(then.commits.empty() && then.refs.empty());
    }
    void ofACommit()
    {
        const HistoryAt then = historyOf(history(), refs(), id(4), RefName("main"));
        QCOMPARE(numbers(then), (std::vector<int>{4, 3, 2, 1}));
        QCOMPARE(then.refs,
                 (std::vector<Ref>{branch("main", 4), branch("side", 3), {RefKind::Tag, RefName("v1"), id(4).id()}}));
        QCOMPARE(numbers(historyOf(history(), refs(), id(3), RefName("main"))), (std::vector<int>{3, 2, 1}));
    }
    void ofACommitThatIsNotThere()
    {
        const HistoryAt then = historyOf(history(), refs(), id(9), RefName("main"));
        QVERIFY(then.commits.empty() && then.refs.empty());
    }
};

ANDON_SUITE(AsOfTest)
#include "asof_test.moc"
