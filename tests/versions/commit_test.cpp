#include "tests/support/suite.h"
#include "versions/commit.h"
#include "versions/hookrun.h"
#include "versions/repository.h"

using namespace andon::versions;

class CommitTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void nature_data()
    {
        QTest::addColumn<int>("parents");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("by");
        const auto row = [](const char *name, int parents, const char *key, const char *message, CommitKind kind,
                            KnownBy by) {
            QTest::newRow(name) << parents << QString::fromUtf8(key) << QString::fromUtf8(message)
                                << static_cast<int>(kind) << static_cast<int>(by);
        };
        row("initial", 0, "", "Repository created", CommitKind::Initial, KnownBy::Parents);
        row("ordinary", 1, "", "add", CommitKind::Ordinary, KnownBy::Nothing);
        row("merge", 2, ".lakefs.merge.strategy", "", CommitKind::Merge, KnownBy::Parents);
        row("squash", 1, ".lakefs.merge.strategy", "", CommitKind::Squash, KnownBy::Metadata);
        row("cherry-pick", 1, "cherry-pick-origin", "", CommitKind::CherryPick, KnownBy::Metadata);
        row("revert of ours", 1, "andon.reverts", "", CommitKind::Revert, KnownBy::Metadata);
        row("revert by message", 1, "", "Revert abc", CommitKind::Revert, KnownBy::Message);
        row("only a word", 1, "", "Reverting things", CommitKind::Ordinary, KnownBy::Nothing);
    }
    void nature()
    {
        QFETCH(int, parents);
        QFETCH(QString, key);
        QFETCH(QString, message);
        QFETCH(int, kind);
        QFETCH(int, by);
        Commit commit;
        commit.parents.resize(static_cast<std::size_t>(parents));
        commit.message = message.toStdString();
        if (!key.isEmpty())
            commit.metadata = {{key.toStdString(), "x"}};
        const CommitNature nature = natureOf(commit);
        QCOMPARE(static_cast<int>(nature.kind), kind);
        QCOMPARE(static_cast<int>(nature.by), by);
    }

    void subjectIsTheFirstLine()
    {
        Commit commit;
        commit.message = "one\r\ntwo";
        QCOMPARE(std::string(subject(commit)), std::string("one"));
        commit.message = "";
        QVERIFY(subject(commit).empty());
    }

    void metadataIsFoundByKey()
    {
        Commit commit;
        commit.metadata = {{"a", "1"}, {"b", "2"}, {"d", "4"}};
        QVERIFY(commit.meta("b"));
        QCOMPARE(*commit.meta("b"), std::string("2"));
        QVERIFY(!commit.meta("c"));
        QVERIFY(!commit.meta("e"));
    }

    void patterns_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *p, const char *n, bool m) {
            QTest::addRow("%s ~ %s", p, n) << QString::fromUtf8(p) << QString::fromUtf8(n) << m;
        };
        row("main", "main", true);
        row("main", "main2", false);
        row("*", "", true);
        row("rel-*", "rel-1", true);
        row("rel-*-x", "rel-1-x-y", false);
        row("*a*b*", "xxaxxbxx", true);
        row("?", "", false);
        row("v?", "v1", true);
        row("a*****************b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
    }
    void patterns()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, name);
        QFETCH(bool, matches);
        QCOMPARE(matchesPattern(pattern.toStdString(), name.toStdString()), matches);
    }

    void gatesAreCountedByHook()
    {
        ActionRun run;
        run.status = HookStatus::Completed;
        run.hooks = {{"0_0", "a", "x", HookStatus::Completed, {}, {}},
                     {"0_1", "a", "y", HookStatus::Skipped, {}, {}},
                     {"0_2", "a", "z", HookStatus::Failed, {}, {}},
                     {"0_3", "a", "w", HookStatus::Unknown, {}, {}}};
        QCOMPARE(summarize({run, run}), (GateSummary{2, 2, 2}));
    }
};

ANDON_SUITE(CommitTest)
#include "commit_test.moc"
