#include "models/quickfind.h"
#include "tests/support/suite.h"

using namespace andon;
using models::QuickEntry;
using models::QuickIndex;

namespace
{

QuickEntry entry(const char *kind, const char *title, const char *detail = "")
{
    return {QString::fromUtf8(kind), QString::fromUtf8(title), QString::fromUtf8(detail), {}};
}

} // namespace

class QuickFindTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void bestFirst()
    {
        const QuickIndex index({entry("Commit", "remain calm"), entry("Branch", "the main one"),
                                entry("Branch", "main"), entry("Branch", "main-2"),
                                entry("Repository", "data", "main repository")});
        QCOMPARE(index.find(QStringLiteral("MAIN"), 10), (std::vector<std::uint32_t>{2, 3, 1, 0, 4}));
        QCOMPARE(index.find(QStringLiteral("main"), 2), (std::vector<std::uint32_t>{2, 3}));
    }
    void everyWordMustFit()
    {
        const QuickIndex index({entry("Branch", "main", "ml-data"), entry("Branch", "main", "raw")});
        QCOMPARE(index.find(QStringLiteral("main raw"), 10), (std::vector<std::uint32_t>{1}));
        QCOMPARE(index.find(QStringLiteral("branch ml"), 10), (std::vector<std::uint32_t>{0}));
        QVERIFY(index.find(QStringLiteral("main zebra"), 10).empty());
    }
    void withoutWordsTheFirstOnes()
    {
        const QuickIndex index({entry("A", "a"), entry("B", "b"), entry("C", "c")});
        QCOMPARE(index.find({}, 2), (std::vector<std::uint32_t>{0, 1}));
        QVERIFY(QuickIndex().find(QStringLiteral("x"), 5).empty());
    }
};

ANDON_SUITE(QuickFindTest)
#include "quickfind_test.moc"
