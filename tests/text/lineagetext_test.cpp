#include "tests/support/suite.h"
#include "text/lineagetext.h"
#include "text/sourcetext.h"

using namespace andon;
using namespace andon::lineage;

namespace
{

const core::Instant kNow{1'800'000'000'000};
const std::string kId(64, 'c');

Chain chainOf(std::vector<Finding> findings)
{
    Chain chain;
    chain.nodes = {
        {.id = "commit:lake@c",
         .kind = NodeKind::DataCommit,
         .title = "lake@cccccccccccc",
         .facts = {{"repository", "lake"},
                   {"commit", kId},
                   {"committer", "n.khan"},
                   {"gates_completed", "3"},
                   {"gates_failed", "0"},
                   {"gates_skipped", "1"}},
         .at = kNow - 9 * core::kDay},
        {.id = "dataset:d",
         .kind = NodeKind::Dataset,
         .title = "txn-train",
         .facts = {{"digest", "7c1e94d2"},
                   {"context", "training"},
                   {"source", R"({"uri": "lakefs://lake/main/train/txn"})"}}},
        {.id = "run:r",
         .kind = NodeKind::Run,
         .title = "run-812",
         .facts = {{"user", "m.ortiz"}, {"status", "finished"}, {"took_ms", "219600000"}, {"metric.recall", "0.7231"}},
         .at = kNow - core::kDay},
        {.id = "model:m@14",
         .kind = NodeKind::ModelVersion,
         .title = "m@14",
         .facts = {{"stage", "None"}, {"alias", "champion"}, {"tag.gate", "passed"}}}};
    chain.edges = {{.from = "commit:lake@c", .to = "dataset:d", .findings = std::move(findings)},
                   {.from = "dataset:d", .to = "run:r"},
                   {.from = "run:r", .to = "model:m@14"}};
    return chain;
}

QString flat(const std::vector<text::NamedValue> &values)
{
    QStringList all;
    for (const text::NamedValue &value : values)
        all << value.name + u'=' + value.value;
    return all.join(QStringLiteral("; "));
}

} // namespace

class LineageTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aFindingBelongsToWhatItIsAbout()
    {
        const Chain chain = chainOf({{.severity = Severity::Warning, .key = "weak-digest"},
                                     {.severity = Severity::Major, .key = "gate-skipped"}});
        const auto commit = text::nodeState(chain, chain.nodes[0]);
        QCOMPARE(commit.words, QStringLiteral("Gate skipped"));
        QCOMPARE(*commit.finding, Severity::Major);
        const auto dataset = text::nodeState(chain, chain.nodes[1]);
        QCOMPARE(dataset.words, QStringLiteral("Weak digest"));
        QCOMPARE(*dataset.finding, Severity::Warning);
        QVERIFY(!text::nodeState(chain, chain.nodes[2]).finding);
    }

    void findingsOfTheChainSpeakOfTheRun()
    {
        Chain chain = chainOf({});
        chain.findings = {{.severity = Severity::Major, .key = "deleted-run"}};
        QCOMPARE(text::nodeState(chain, chain.nodes[2]).words, QStringLiteral("Run deleted"));
        chain.findings = {{.severity = Severity::Major, .key = "missing-run"}};
        QCOMPARE(text::nodeState(chain, chain.nodes[3]).words, QStringLiteral("Run missing"));
    }

    void saysHowThingsAreWithoutFindings()
    {
        const Chain chain = chainOf({});
        QCOMPARE(text::nodeState(chain, chain.nodes[0]).words, QStringLiteral("3 gates passed"));
        QCOMPARE(text::nodeState(chain, chain.nodes[1]).words, QStringLiteral("Read for training"));
        QCOMPARE(text::nodeState(chain, chain.nodes[2]).words, QStringLiteral("Finished"));
        QCOMPARE(text::nodeState(chain, chain.nodes[3]).words, QStringLiteral("Alias champion"));
    }

    void aCardHasNamesAndValuesNoKeys()
    {
        const Chain chain = chainOf({});
        QCOMPARE(text::nodeTitle(chain.nodes[0]), QStringLiteral("cccccccccccc"));
        QCOMPARE(flat(text::nodeCard(chain.nodes[0], kNow, 9)),
                 QStringLiteral("Repo=lake; By=n.khan; Made=01-06 08:00; Gates=1 skipped"));
        QCOMPARE(flat(text::nodeCard(chain.nodes[2], kNow, 9)),
                 QStringLiteral("By=m.ortiz; Ended=01-14 08:00; Took=2 d 13 h; recall=0.7231"));
        QCOMPARE(text::nodeCard(chain.nodes[2], kNow, 2).size(), std::size_t(2));
        for (const Node &node : chain.nodes)
            for (const text::NamedValue &fact : text::nodeFacts(node, kNow))
                QVERIFY2(!fact.name.contains(u'_') && !fact.name.contains(u'.'), qPrintable(fact.name));
        QVERIFY(flat(text::nodeFacts(chain.nodes[1], kNow)).contains(QStringLiteral("Path=train/txn")));
        QVERIFY(!flat(text::nodeFacts(chain.nodes[3], kNow)).contains(QStringLiteral("None")));
        QVERIFY(flat(text::nodeFacts(chain.nodes[0], kNow)).contains(QString::fromStdString(kId))); // whole
    }

    void namesEveryRuleVerdictAndSign()
    {
        for (int rule = 1; rule <= 6; ++rule)
            QVERIFY(!text::ruleName(rule).contains(QString::number(rule)));
        QCOMPARE(text::ruleVerdict({.rule = 3, .verdict = "no"}), QStringLiteral("says nothing"));
        QCOMPARE(text::edgeSign(EdgeMethod::UriEqual), QStringLiteral("="));
        QCOMPARE(text::edgeSign(EdgeMethod::Declared), QString());
    }

    void detailsNameHookCommitAndPerson()
    {
        const Finding skipped{
            .severity = Severity::Major,
            .key = "gate-skipped",
            .values = {{"hook", "schema-check"}, {"action", "Gate"}, {"commit", kId}, {"by", "n.khan"}}};
        QCOMPARE(text::findingDetail(skipped),
                 QStringLiteral("Hook schema-check of action Gate did not run on cccccccccccc, committed by n.khan."));
        const Finding disagrees{
            .key = "source-disagrees",
            .values = {{"rule", "1"}, {"says", std::string(64, 'a')}, {"used", kId}, {"used_rule", "2"}}};
        QVERIFY(text::findingDetail(disagrees).contains(QStringLiteral("aaaaaaaaaaaa")));
        QVERIFY(text::findingDetail(disagrees).contains(QStringLiteral("Commit tag on the run")));
        QVERIFY(!text::findingDetail({.key = "weak-digest"}).isEmpty()); // without values: the general sentence
    }

    void sourcesHaveNamesAndPurposes()
    {
        for (const char *kind : {"lakefs", "mlflow", "prometheus"}) {
            QVERIFY(text::sourceKind(kind) != QString::fromLatin1(kind));
            QVERIFY(!text::sourcePurpose(kind).isEmpty() && !text::sourceOpens(kind).isEmpty());
        }
        QCOMPARE(text::sourceFound("repositories", 1), QStringLiteral("1 repository"));
        QCOMPARE(text::sourceFound("repositories", 14), QStringLiteral("14 repositories"));
        QCOMPARE(text::sourceFound("new things", 2), QStringLiteral("2 new things"));
        QCOMPARE(text::capabilities("lakefs", {"stop_at", "unknown_thing"}),
                 QStringLiteral("read commits, diffs, tags and hook runs, logs up to a known commit"));
    }
};

ANDON_SUITE(LineageTextTest)
#include "lineagetext_test.moc"
