#include "models/commitrows.h"
#include "models/rowfilter.h"
#include "tests/support/suite.h"

using namespace andon;

namespace
{

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

core::CommitId idOf(int n)
{
    return core::CommitId(QStringLiteral("%1").arg(n, 64, 16, QChar(u'0')).toStdString());
}

/// main: 1 ← 2 ← 4 (merge of 3); side: 1 ← 3; loose: 1 ← 5.
struct Repository {
    factory::RepositoryView view;
    std::function<core::Result<versions::KindsByData>()> kinds = {};
    std::map<core::CommitId, versions::Commit> commits;

    Repository()
    {
        view.repository.repository.defaultBranch = core::RefName("main");
        add(1, {}, "Start", "ann", {});
        add(2, {1}, "Ingest Payments", "ann", {{"rows", "1200"}, {"schema", "v7"}});
        add(3, {1}, "Fix the schema", "kim", {{"rows", "90"}, {"::lakefs::url", "http://x"}});
        add(4, {2, 3}, "Merge side into main", "kim", {{"rows", "41"}, {"message", "not mine"}});
        add(5, {1}, "Try", "svc", {{"schema", "8"}});
        std::vector<versions::GraphCommit> graph;
        for (const auto &[id, commit] : commits) {
            versions::GraphCommit one{.id = *versions::Oid::fromHex(id.value),
                                      .created = commit.created,
                                      .generation = commit.generation,
                                      .kind = versions::natureOf(commit).kind};
            if (!commit.parents.empty())
                one.first = versions::Oid::fromHex(commit.parents[0].value);
            if (commit.parents.size() > 1)
                one.second = versions::Oid::fromHex(commit.parents[1].value);
            graph.push_back(one);
        }
        ref("main", 4);
        ref("side", 3);
        ref("loose", 5);
        ref("v1", 2, versions::RefKind::Tag);
        std::vector<versions::Ref> refs;
        for (const factory::RefRow &row : view.refs)
            refs.push_back(row.ref);
        view.graph = std::make_shared<const versions::CommitGraph>(
            versions::CommitGraph::build(graph, refs, core::RefName("main")));
        view.gates = std::make_shared<const std::map<versions::Oid, versions::GateSummary>>(
            std::map<versions::Oid, versions::GateSummary>{{*versions::Oid::fromHex(idOf(4).value), {.failed = 1}},
                                                           {*versions::Oid::fromHex(idOf(2).value), {.completed = 2}}});
    }
    void add(int n, const std::vector<int> &parents, const char *message, const char *who,
             std::vector<std::pair<std::string, std::string>> metadata)
    {
        versions::Commit commit{.id = idOf(n),
                                .committer = who,
                                .message = message,
                                .created = 1'790'000'000 + n * 86'400,
                                .metadata = std::move(metadata),
                                .generation = n};
        for (const int parent : parents)
            commit.parents.push_back(idOf(parent));
        commits[commit.id] = commit;
    }
    void ref(const char *name, int commit, versions::RefKind kind = versions::RefKind::Branch)
    {
        factory::RefRow row;
        row.ref = {.kind = kind, .name = core::RefName(name), .commit = idOf(commit)};
        view.refs.push_back(row);
    }
    [[nodiscard]] core::Result<std::shared_ptr<const models::FilterRows>> rows(bool all = true) const
    {
        const auto read = [this,
                           all](const std::vector<core::CommitId> &ids) -> core::Result<std::vector<versions::Commit>> {
            std::vector<versions::Commit> out;
            for (const core::CommitId &id : ids)
                if (all || id != idOf(3))
                    out.push_back(commits.at(id));
            return out;
        };
        return models::commitRows(view, {.read = read, .kinds = kinds}, {});
    }
    /// The numbers of the commits that are left, ascending.
    [[nodiscard]] QString left(const models::FilterRows &rows, const char *words) const
    {
        const auto parsed = text::parseFilter(s(words), {.fields = rows.fields()});
        if (parsed.problem)
            return parsed.problem->sentence;
        QStringList out;
        const auto found = models::filterRows(rows, parsed.filter);
        for (const std::uint32_t row : *found)
            out << QString::number(
                QString::fromStdString(view.graph->oid(static_cast<std::int32_t>(row)).id().value).toInt(nullptr, 16));
        out.sort();
        return out.join(u' ');
    }
};

} // namespace

class CommitRowsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void fieldsFindCommits_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("commits");
        const auto row = [](const char *words, const char *commits) { QTest::newRow(words) << s(words) << s(commits); };
        row("message:payments", "2");
        row("committer:kim", "3 4");
        row("author:kim -merge", "3");
        row("branch:main", "1 2 3 4");
        row("branch:side", "1 3");
        row("branch:side,loose", "1 3 5");
        row("-branch:main", "5");
        row("tag:v1", "2");
        row("id:0000000005", "5");
        row("time:>=2026-09-25", "4 5");
        row("kind:merge", "4");
        row("gate:failed", "4");
        row("gate:passed", "2");
        row("-gate:*", "1 3 5");
        row("rows:>80", "2 3");
        row("rows:*", "2 3 4");
        row("schema:v7", "2");
        row("schema:8", "5"); // not all are numbers: words
        row("schema", "2 3 5"); // a message and two keys
        row("metadata:http", "3");
        row("metadata:\"message=not\"", "4"); // the key is no field: the name is taken
        row("/^Fix|^Try$/", "3 5");
    }
    void fieldsFindCommits()
    {
        QFETCH(QString, words);
        QFETCH(QString, commits);
        const Repository repository;
        const auto rows = repository.rows();
        QVERIFY(rows);
        QCOMPARE(repository.left(**rows, words.toUtf8().constData()), commits);
    }

    void completesWhoCommitted()
    {
        const Repository repository;
        const auto rows = repository.rows();
        QVERIFY(rows);
        const text::FilterGrammar grammar{.fields = (*rows)->fields()};
        QCOMPARE(text::completeFilter(s("author:"), 7, grammar).words.mid(0, 3),
                 (QStringList{s("ann"), s("kim"), s("svc")}));
    }

    void aCommitThatIsNotCachedHasOnlyWhatTheGraphKnows()
    {
        const Repository repository;
        const auto rows = repository.rows(false);
        QVERIFY(rows);
        QCOMPARE(repository.left(**rows, "committer:kim"), s("4"));
        QCOMPARE(repository.left(**rows, "id:03"), s("3"));
        QCOMPARE(repository.left(**rows, "-committer:*"), s("3"));
    }

    void stopsAndFailsAsItsReader()
    {
        const Repository repository;
        core::Cancel cancel;
        cancel.cancel();
        const auto none = [](const std::vector<core::CommitId> &) -> core::Result<std::vector<versions::Commit>> {
            return std::vector<versions::Commit>{};
        };
        QCOMPARE(models::commitRows(repository.view, {.read = none}, cancel).error().kind, core::ErrorKind::Cancelled);
        const auto broken = [](const std::vector<core::CommitId> &) -> core::Result<std::vector<versions::Commit>> {
            return core::fail(core::ErrorKind::Storage, "cache", "disk");
        };
        QCOMPARE(models::commitRows(repository.view, {.read = broken}, {}).error().kind, core::ErrorKind::Storage);
    }

    void aKindThatOnlyTheDataTellIsFound()
    {
        Repository repository;
        const auto squashes = [&] { return repository.left(**repository.rows(), "kind:squash"); };
        QCOMPARE(squashes(), s(""));
        repository.kinds = [] {
            return versions::KindsByData{{idOf(3), versions::CommitKind::Squash},
                                         {idOf(99), versions::CommitKind::Revert}};
        };
        QCOMPARE(squashes(), s("3"));
        repository.kinds = []() -> core::Result<versions::KindsByData> {
            return core::fail(core::ErrorKind::Storage, "cache", "disk");
        };
        QCOMPARE(repository.rows().error().kind, core::ErrorKind::Storage);
    }

    /// The server is asked once for each path and branch, and only for what it can answer.
    void aPathIsAskedOfTheServer()
    {
        const Repository repository;
        QStringList asked;
        const auto paths = std::make_shared<models::TouchedPaths>(
            repository.view,
            [&](const core::CommitId &head, const std::string &prefix,
                const core::Cancel &) -> core::Result<std::vector<core::CommitId>> {
                asked << s(prefix.c_str()) + u'@' + QString::number(s(head.value.c_str()).toInt(nullptr, 16));
                if (prefix == "broken/")
                    return core::fail(core::ErrorKind::Timeout, "fake", "gone");
                return head == idOf(5) ? std::vector{idOf(5)} : std::vector{idOf(2), idOf(3)};
            });
        const auto read = [&](const std::vector<core::CommitId> &ids) -> core::Result<std::vector<versions::Commit>> {
            std::vector<versions::Commit> out;
            for (const core::CommitId &id : ids)
                out.push_back(repository.commits.at(id));
            return out;
        };
        const auto rows = models::commitRows(repository.view, {.read = read}, {}, paths);
        QVERIFY(rows);
        const auto left = [&](const char *words) {
            const auto filter = text::parseFilter(s(words), {.fields = (*rows)->fields()}).filter;
            const auto learnt = paths->learn(filter, {});
            return learnt ? repository.left(**rows, words) : s(learnt.error().detail.c_str());
        };
        QCOMPARE(left("path:claims/2026/"), s("2 3"));
        QCOMPARE(left("path:claims/2026/ author:kim"), s("3"));
        QCOMPARE(left("-path:claims/2026/"), s("1 4 5"));
        QCOMPARE(asked.join(u' '), s("claims/2026/@4")); // once
        QCOMPARE(left("path:claims/2026/ branch:loose"), s("5"));
        QCOMPARE(left("path:\"two words/\",claims/2026/"), s("2 3 5"));
        QCOMPARE(asked.join(u' '), s("claims/2026/@4 claims/2026/@5 two words/@4"));
        QCOMPARE(left("path:broken/"), s("gone"));
        QCOMPARE(left("path:broken/"), s("gone")); // asked again
        QCOMPARE(asked.size(), 5);
        QVERIFY(left("path:/a.*/").contains(s("beginning of a path")));
        QVERIFY(left("path:*").contains(s("beginning of a path")));
        QCOMPARE(asked.size(), 5);
    }

    /// Of the log of one ref, unless the filter names branches.
    void aPathIsAskedOfTheHeadThatIsGiven()
    {
        const Repository repository;
        std::vector<core::CommitId> asked;
        models::TouchedPaths paths(
            repository.view,
            [&](const core::CommitId &head, const std::string &,
                const core::Cancel &) -> core::Result<std::vector<core::CommitId>> {
                asked.push_back(head);
                return std::vector{head};
            },
            idOf(3));
        const auto learn = [&](const char *words) {
            const auto fields = models::commitFields(repository.view);
            return paths.learn(text::parseFilter(s(words), {.fields = fields}).filter, {});
        };
        ANDON_VERIFY_RESULT(learn("path:claims/"));
        QVERIFY(asked == std::vector{idOf(3)});
        QCOMPARE(paths.rows({s("claims/")})[static_cast<std::size_t>(repository.view.graph->rowOf(idOf(3)))], char{1});
        ANDON_VERIFY_RESULT(learn("path:claims/ branch:loose"));
        QVERIFY((asked == std::vector{idOf(3), idOf(5)}));
    }

    void aRepositoryWithoutCommitsHasNoRows()
    {
        const auto rows = models::commitRows({}, {}, {});
        QVERIFY(rows && (*rows)->size() == 0);
        QVERIFY(models::filterRows(**rows, text::parseFilter(s("branch:*"), {.fields = (*rows)->fields()}).filter)
                    ->empty());
    }
};

ANDON_SUITE(CommitRowsTest)
#include "commitrows_test.moc"
