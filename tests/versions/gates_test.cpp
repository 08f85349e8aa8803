// What the wall of gates says of results, which merges went past one, and when a dataset is ready.
#include "tests/support/suite.h"
#include "versions/gates.h"
#include "versions/readiness.h"

using namespace andon;
using namespace andon::versions;

namespace
{

constexpr core::Instant kNow{1'800'000'000'000};

GateResult result(const char *hook, HookStatus status, double daysAgo, const char *event = "pre-merge")
{
    GateResult r{.run = "r" + std::to_string(daysAgo), .event = event, .action = "Gate", .hook = hook};
    r.status = status;
    r.runStatus = status == HookStatus::Failed ? HookStatus::Failed : HookStatus::Completed;
    r.started = kNow - static_cast<std::int64_t>(daysAgo * core::kDay);
    r.commit = core::CommitId(std::string(64, 'a'));
    return r;
}

QStringList list(std::initializer_list<const char *> words)
{
    QStringList all;
    for (const char *word : words)
        all << QString::fromUtf8(word);
    return all;
}

Commit commitOf(const char *id, const char *schema)
{
    Commit c{.id = CommitId(id)};
    if (schema)
        c.metadata = {{"rows", "1"}, {"schema", schema}};
    return c;
}

} // namespace

class GatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRateIsOfThoseThatRan_data()
    {
        QTest::addColumn<int>("completed");
        QTest::addColumn<int>("failed");
        QTest::addColumn<int>("skipped");
        QTest::addColumn<double>("rate"); // -1: not known
        QTest::newRow("none") << 0 << 0 << 0 << -1.0;
        QTest::newRow("only skipped") << 0 << 0 << 7 << -1.0;
        QTest::newRow("all passed") << 9 << 0 << 3 << 0.0;
        QTest::newRow("one of four") << 3 << 1 << 100 << 0.25;
        QTest::newRow("all failed") << 0 << 2 << 0 << 1.0;
    }

    void aRateIsOfThoseThatRan()
    {
        QFETCH(int, completed);
        QFETCH(int, failed);
        QFETCH(int, skipped);
        QFETCH(double, rate);
        QCOMPARE(failureRate({completed, failed, skipped}).value_or(-1), rate);
    }

    void daysAreCountedBackFromNow()
    {
        GateTally tally(kNow);
        for (const double days : {0.5, 6.9, 7.1, 29.0, 31.0})
            tally.add(result("rows", days < 7 ? HookStatus::Failed : HookStatus::Completed, days));
        const auto lines = tally.lines();
        QCOMPARE(lines.size(), std::size_t{1});
        QCOMPARE(lines[0].week, (GateSummary{0, 2, 0}));
        QCOMPARE(lines[0].month, (GateSummary{2, 2, 0}));
        QCOMPARE(lines[0].all, (GateSummary{3, 2, 0}));
        QCOMPARE(failureTrend(lines[0]).value_or(-9), 1.0);
        QCOMPARE(lines[0].lastFailure->started, kNow - core::kDay / 2);
    }

    void withoutAnEarlierRunThereIsNoTrend()
    {
        GateTally tally(kNow);
        tally.add(result("rows", HookStatus::Failed, 1));
        QVERIFY(!failureTrend(tally.lines()[0]));
    }

    void aHookOfAnotherEventIsAnotherLine()
    {
        GateTally tally(kNow);
        tally.add(result("rows", HookStatus::Completed, 1));
        tally.add(result("rows", HookStatus::Completed, 2, "pre-commit"));
        QCOMPARE(tally.lines().size(), std::size_t{2});
    }

    void whatFailsComesFirst()
    {
        GateTally tally(kNow);
        tally.add(result("a-passes", HookStatus::Completed, 1));
        tally.add(result("b-skipped", HookStatus::Skipped, 1));
        tally.add(result("c-fails", HookStatus::Failed, 1));
        tally.add(result("d-often", HookStatus::Completed, 1));
        tally.add(result("d-often", HookStatus::Failed, 2));
        QStringList order;
        for (const GateLine &line : tally.lines())
            order << QString::fromStdString(line.hook);
        QCOMPARE(order, list({"c-fails", "b-skipped", "d-often", "a-passes"}));
    }

    void aLineKeepsItsNewestResults()
    {
        GateTally tally(kNow);
        for (int i = 0; i < 100; ++i)
            tally.add(result("rows", HookStatus::Completed, i));
        const GateLine line = tally.lines()[0];
        QCOMPARE(line.latest.size(), GateTally::kLatest);
        QCOMPARE(line.latest.front().started, kNow);
        QCOMPARE(line.all.completed, 100);
    }

    void aMergeThatWentPastASkippedHookIsFound_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<int>("hook");
        QTest::addColumn<int>("run");
        QTest::addColumn<bool>("commit");
        QTest::addColumn<bool>("found");
        const int completed = 0;
        const int failed = 1;
        const int skipped = 2;
        QTest::newRow("let through") << QByteArray("pre-merge") << skipped << completed << true << true;
        QTest::newRow("refused") << QByteArray("pre-merge") << skipped << failed << true << false;
        QTest::newRow("passed") << QByteArray("pre-merge") << completed << completed << true << false;
        QTest::newRow("after it") << QByteArray("post-merge") << skipped << completed << true << false;
        QTest::newRow("a commit") << QByteArray("pre-commit") << skipped << completed << true << false;
        QTest::newRow("no commit") << QByteArray("pre-merge") << skipped << completed << false << false;
    }

    void aMergeThatWentPastASkippedHookIsFound()
    {
        QFETCH(QByteArray, event);
        QFETCH(int, hook);
        QFETCH(int, run);
        QFETCH(bool, commit);
        QFETCH(bool, found);
        GateResult one = result("schema", static_cast<HookStatus>(hook), 1, event.constData());
        one.runStatus = static_cast<HookStatus>(run);
        if (!commit)
            one.commit = {};
        GateTally tally(kNow);
        tally.add(one);
        QCOMPARE(tally.pastSkipped().size(), std::size_t{found ? 1U : 0U});
    }

    void onlyWhatRanBeforeGuardsACommit()
    {
        ActionRun before{.event = "pre-merge", .started = kNow};
        before.hooks = {{.hook = "rows", .status = HookStatus::Completed},
                        {.hook = "schema", .status = HookStatus::Skipped},
                        {.hook = "pii", .status = HookStatus::Failed}};
        ActionRun after{.event = "post-merge", .started = kNow + 1};
        after.hooks = {{.hook = "notify", .status = HookStatus::Failed}};
        const GatedCommit gated = gatesBefore(CommitId("c"), {before, after});
        QCOMPARE(gated.gates, (GateSummary{1, 1, 1}));
        QCOMPARE(gated.at, kNow);
        QCOMPARE(gated.failed, std::vector<std::string>{"pii"});
        QCOMPARE(gated.skipped, std::vector<std::string>{"schema"});
    }
};

class ReadinessTest : public QObject
{
    Q_OBJECT

    const std::vector<ReadinessRule> m_rules{
        {"old", Aspect::Freshness, Readiness::NotReady, "Out of date", "older than 30 d", "age", 30},
        {"ageing", Aspect::Freshness, Readiness::Warning, "Ageing", "older than 7 d", "age", 7},
        {"failed", Aspect::Quality, Readiness::NotReady, "Failed", "a gate failed", "failed", 1}};

private Q_SLOTS:
    void theFirstRuleThatHoldsDecides_data()
    {
        QTest::addColumn<double>("age");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("word");
        QTest::newRow("fresh") << 6.99 << 0 << QString();
        QTest::newRow("at the limit") << 7.0 << 1 << QStringLiteral("Ageing");
        QTest::newRow("between") << 29.9 << 1 << QStringLiteral("Ageing");
        QTest::newRow("old") << 30.0 << 2 << QStringLiteral("Out of date");
    }

    void theFirstRuleThatHoldsDecides()
    {
        QFETCH(double, age);
        QFETCH(int, level);
        QFETCH(QString, word);
        const AspectState state = judge(Aspect::Freshness, m_rules, {{"age", age}, {"failed", 9}});
        QCOMPARE(static_cast<int>(state.level), level);
        QCOMPARE(QString::fromStdString(state.word), word);
        QCOMPARE(state.texts.size(), std::size_t{level == 0 ? 2U : 1U});
    }

    void withoutItsFigureNothingIsKnown()
    {
        QVERIFY(judge(Aspect::Quality, m_rules, {{"age", 1}}).level == Readiness::Unknown);
        QVERIFY(judge(Aspect::Consistency, m_rules, {{"age", 1}}).level == Readiness::Unknown);
    }

    void aChangeOfTheSchemaIsFound()
    {
        const SchemaChange change = schemaChange({commitOf("4", "v7"), commitOf("m", nullptr), commitOf("3", "v7"),
                                                  commitOf("2", "v6"), commitOf("1", "v7")});
        QVERIFY(change.changed());
        QCOMPARE(change.schema, std::string("v7"));
        QCOMPARE(change.before, std::string("v6"));
        QCOMPARE(change.commit.id, CommitId("3"));
        QCOMPARE(change.named, std::size_t{4});
    }

    void changesAreCountedSinceThen()
    {
        std::vector<Commit> line{commitOf("5", "v8"), commitOf("4", "v7"), commitOf("m", nullptr), commitOf("3", "v7"),
                                 commitOf("2", "v6")};
        std::int64_t at = 50;
        for (Commit &commit : line)
            commit.created = at -= 10; // 40, 30, 20, 10, 0
        QCOMPARE(schemaChanges(line, 0), 2);
        QCOMPARE(schemaChanges(line, 10), 2);
        QCOMPARE(schemaChanges(line, 11), 1);
        QCOMPARE(schemaChanges(line, 41), 0);
    }

    void aSchemaThatStaysIsNoChange()
    {
        const SchemaChange change = schemaChange({commitOf("2", "v7"), commitOf("1", "v7"), commitOf("0", nullptr)});
        QVERIFY(!change.changed());
        QCOMPARE(change.commit.id, CommitId("1"));
        QVERIFY(schemaChange({commitOf("0", nullptr)}).schema.empty());
    }
};

ANDON_SUITE(GatesTest)
ANDON_SUITE(ReadinessTest)
#include "gates_test.moc"
