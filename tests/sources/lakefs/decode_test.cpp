#include "sources/lakefs/decode.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/sources/shared/variants.h"
#include "tests/support/suite.h"

#include <functional>

using namespace andon;
using namespace andon::sources;
using test::golden;
using test::replaced;

namespace
{

struct Read {
    std::size_t items = 0;
    std::string next = {};
};
using Decoder = std::function<core::Result<Read>(std::string_view)>;

template <typename Fn, typename Size> Decoder reading(Fn decode, Size size)
{
    return [=](std::string_view body) -> core::Result<Read> {
        const auto value = decode(body);
        if (!value)
            return core::fail(value.error());
        return size(*value);
    };
}

Decoder decoderOf(const QString &name)
{
    const auto page = [](const auto &value) { return Read{value.items.size(), value.next}; };
    const auto single = [](const auto &) { return Read{1, {}}; };
    if (name == QLatin1String("repositories"))
        return reading(lakefs::decodeRepositories, page);
    if (name == QLatin1String("branches"))
        return reading([](std::string_view body) { return lakefs::decodeRefs(body, versions::RefKind::Branch); }, page);
    if (name == QLatin1String("tags"))
        return reading([](std::string_view body) { return lakefs::decodeRefs(body, versions::RefKind::Tag); }, page);
    if (name == QLatin1String("log"))
        return reading(lakefs::decodeLog, [](const auto &value) { return Read{value.commits.size(), value.next}; });
    if (name == QLatin1String("diff"))
        return reading(lakefs::decodeDiff, [](const auto &value) { return Read{value.entries.size(), value.next}; });
    if (name == QLatin1String("objects"))
        return reading(lakefs::decodeObjects, [](const auto &value) { return Read{value.entries.size(), value.next}; });
    if (name == QLatin1String("object"))
        return reading(lakefs::decodeObject, single);
    if (name == QLatin1String("runs"))
        return reading(lakefs::decodeRuns, [](const auto &value) { return Read{value.runs.size(), value.next}; });
    if (name == QLatin1String("hooks"))
        return reading(lakefs::decodeHooks, page);
    if (name == QLatin1String("pulls"))
        return reading(lakefs::decodePulls, [](const auto &value) { return Read{value.pulls.size(), value.next}; });
    if (name == QLatin1String("pull"))
        return reading(lakefs::decodePull, single);
    if (name == QLatin1String("protection"))
        return reading(lakefs::decodeProtection, [](const auto &value) { return Read{value.size(), {}}; });
    if (name == QLatin1String("base"))
        return reading(lakefs::decodeMergeBase, single);
    if (name == QLatin1String("config"))
        return reading(lakefs::decodeConfig, single);
    if (name == QLatin1String("user"))
        return reading(lakefs::decodeUser, single);
    return reading(lakefs::decodeCommit, single);
}

std::string file(const std::string &name)
{
    return golden("lakefs/golden/" + name + ".json");
}
} // namespace

class LakeFsDecodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void readsEveryRecordedAnswer_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<int>("items");
        QTest::addColumn<QString>("next");
        const auto row = [](const char *name, const char *decoder, int items, const char *next = "") {
            QTest::newRow(name) << QString::fromUtf8(decoder) << items << QString::fromUtf8(next);
        };
        row("repos-empty", "repositories", 0);
        row("repos-page-1", "repositories", 2, "bare-lake");
        row("repos-page-2", "repositories", 2, "text-lake");
        row("repos-search", "repositories", 5);
        row("repos-prefix", "repositories", 1);
        row("branches", "branches", 3);
        row("branches-page-1", "branches", 1, "experiment_b");
        row("branches-page-2", "branches", 1, "ingest-2026-11");
        row("branches-show-hidden", "branches", 4);
        row("bare-branches", "branches", 0);
        row("tags", "tags", 2);
        row("log-initial", "log", 1);
        row("log-page-1", "log", 3, "0d1897c6ea087be8e82aee0f1c0faecc6b0bf254232c591453fd0601584b9032");
        row("log-merge", "log", 12);
        row("log-amount-0", "log", 5);
        row("log-since", "log", 0);
        row("log-after-other-branch", "log", 0);
        row("dates-log", "log", 8);
        row("diff-three-dot", "diff", 6);
        row("diff-two-dot", "diff", 7);
        row("diff-two-dot-stats", "diff", 7);
        row("diff-delimiter", "diff", 1);
        row("diff-page-1", "diff", 2, "images/train/0101.jpg");
        row("diff-same", "diff", 0);
        row("diff-conflict", "diff", 1);
        row("branch-diff-clean", "diff", 0);
        row("branch-diff-uncommitted-delimiter", "diff", 2);
        row("objects-root-delimiter", "objects", 2);
        row("objects-page-1", "objects", 2, "images/train/0001.jpg");
        row("objects-page-2", "objects", 2, "images/train/0003.jpg");
        row("object-stat", "object", 1);
        row("runs", "runs", 7);
        row("runs-empty", "runs", 0);
        row("runs-page-1", "runs", 2, "4onriapksdueiu6huip0");
        row("run-post-create-tag-completed-0-hooks", "hooks", 1);
        row("run-pre-commit-completed-1-hooks", "hooks", 3);
        row("run-pre-merge-failed-6-hooks", "hooks", 3);
        row("pulls-all", "pulls", 1);
        row("pulls-open", "pulls", 1);
        row("pull-get", "pull", 1);
        row("protection-get", "protection", 2);
        row("protection-none", "protection", 0);
        row("commit-get", "commit", 1);
        row("commit-empty-message", "commit", 1);
        row("merge-base", "base", 1);
        row("probe-config", "config", 1);
        row("probe-user", "user", 1);
        row("user-by-token", "user", 1);
    }
    void readsEveryRecordedAnswer()
    {
        QFETCH(QString, decoder);
        QFETCH(QString, next);
        const std::string body = file(QTest::currentDataTag());
        const auto read = decoderOf(decoder)(body);
        ANDON_VERIFY_RESULT(read);
        QTEST(static_cast<int>(read->items), "items");
        QCOMPARE(QString::fromStdString(read->next), next);
        for (const auto &[name, bad] : test::badVariants(body)) {
            const auto answer = decoderOf(decoder)(bad);
            QVERIFY2(!answer && answer.error().kind == core::ErrorKind::Protocol, name.c_str());
            QVERIFY2(answer.error().where.starts_with("lakefs "), name.c_str());
        }
    }

    void readsTheOtherLogsAndCommitsToo()
    {
        for (const char *name : {"log-page-2", "log-limit", "log-merge-first-parent", "log-stop-at",
                                 "log-object-filter", "log-prefix-filter", "log-by-caret"})
            ANDON_VERIFY_RESULT(lakefs::decodeLog(file(name)));
        for (const char *name : {"commit-get-short", "commit-source-wins", "commit-after-revert",
                                 "commit-after-revert-override", "commit-allow-empty"})
            ANDON_VERIFY_RESULT(lakefs::decodeCommit(file(name)));
        for (const char *name :
             {"diff-prefix-delimiter", "diff-page-2", "diff-commit-first-parent", "branch-diff-uncommitted"})
            ANDON_VERIFY_RESULT(lakefs::decodeDiff(file(name)));
        for (const char *name : {"runs-page-2", "runs-by-branch", "runs-by-commit"})
            ANDON_VERIFY_RESULT(lakefs::decodeRuns(file(name)));
        for (const char *name : {"run-pre-commit-failed-4-hooks", "run-post-merge-completed-3-hooks",
                                 "run-pre-merge-completed-2-hooks", "run-pre-commit-completed-5-hooks"})
            ANDON_VERIFY_RESULT(lakefs::decodeHooks(file(name)));
    }

    void doesNotTakeAnErrorForAnAnswer_data()
    {
        QTest::addColumn<QString>("decoder");
        for (const char *decoder : {"repositories", "branches", "tags", "log", "diff", "runs", "hooks", "protection",
                                    "pulls", "pull", "base", "config", "user", "commit"})
            QTest::newRow(decoder) << QString::fromUtf8(decoder);
    }
    void doesNotTakeAnErrorForAnAnswer()
    {
        QFETCH(QString, decoder);
        for (const char *name :
             {"repo-missing", "probe-config-anonymous", "merge-conflict", "readonly-branch-create"}) {
            const auto read = decoderOf(decoder)(file(name));
            QVERIFY2(!read && read.error().kind == core::ErrorKind::Protocol, name);
        }
    }

    void refusesWrongTypesAndMissingFields_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const char *decoder, const char *from, const char *to, const char *path) {
            QTest::newRow(name) << QString::fromUtf8(decoder) << QString::fromUtf8(from) << QString::fromUtf8(to)
                                << QString::fromUtf8(path);
        };
        row("repos-page-1|no id", "repositories", "\"id\"", "\"x\"", "$.results[0].id");
        row("repos-page-1|text as date", "repositories", "1795482316", "\"today\"", "$.results[0].creation_date");
        row("repos-page-1|number as flag", "repositories", "false", "0", "$.results[0].read_only");
        row("repos-page-1|no pagination", "repositories", "\"pagination\"", "\"x\"", "$.pagination");
        row("repos-page-1|no results", "repositories", "\"results\":[", "\"x\":[", "$.results");
        row("repos-page-1|more without offset", "repositories", "\"bare-lake\"", "\"\"", "$.pagination.next_offset");
        row("repos-page-1|text as flag", "repositories", "\"has_more\":true", "\"has_more\":\"true\"",
            "$.pagination.has_more");
        row("branches|short id", "branches", "d1094105a762", "d109", "$.results[0].commit_id");
        row("log-page-1|no message", "log", "\"message\"", "\"x\"", "$.results[0].message");
        row("log-page-1|parents as text", "log", "\"parents\":[", "\"parents\":\"\",\"x\":[", "$.results[0].parents");
        row("log-page-1|number as metadata", "log", "\"metadata\":{", "\"metadata\":{\"a\":1,",
            "$.results[0].metadata.a");
        row("log-page-1|upper-case id", "log", "\"id\":\"", "\"id\":\"A", "$.results[0].id");
        row("diff-page-1|unknown kind", "diff", "\"type\":\"added\"", "\"type\":\"moved\"", "$.results[0].type");
        row("diff-page-1|text as size", "diff", "\"size_bytes\":603", "\"size_bytes\":\"big\"",
            "$.results[0].size_bytes");
        row("runs-page-1|bad time", "runs", "2026-11-24T01:05:27.116132884Z", "soon", "$.results[0].start_time");
        row("runs-page-1|no id", "runs", "\"run_id\"", "\"x\"", "$.results[0].run_id");
        row("pulls-all|no source", "pulls", "\"source_branch\"", "\"x\"", "$.results[0].source_branch");
        row("pulls-all|bad time", "pulls", "2026-11-24T01:05:25.635730521Z", "soon", "$.results[0].closed_date");
        row("pull-get|no status", "pull", "\"status\"", "\"x\"", "$.status");
        row("merge-base|no base", "base", "\"base_commit_id\"", "\"x\"", "$.base_commit_id");
        row("protection-get|object", "protection", "\"pattern\"", "\"x\"", "$[0].pattern");
        row("probe-user|no user", "user", "\"user\"", "\"x\"", "$.user");
        row("commit-get|date as text", "commit",
            "\"creation_date\":", "\"creation_date\":\"x\",\"y\":", "$.creation_date");
    }
    void refusesWrongTypesAndMissingFields()
    {
        QFETCH(QString, decoder);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, path);
        const std::string tag = QTest::currentDataTag();
        const std::string bad = replaced(file(tag.substr(0, tag.find('|'))), from.toStdString(), to.toStdString());
        QVERIFY(!bad.empty());
        const auto answer = decoderOf(decoder)(bad);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, core::ErrorKind::Protocol);
        QVERIFY2(answer.error().detail.starts_with(path.toStdString() + ":"), answer.error().detail.c_str());
    }

    void readsCommits()
    {
        const auto merge = lakefs::decodeCommit(file("commit-merge"));
        ANDON_VERIFY_RESULT(merge);
        QCOMPARE(merge->parents.size(), std::size_t(2));
        QCOMPARE(merge->parents[1].value.substr(0, 8), std::string("913408c9"));
        QCOMPARE(*merge->meta("ticket"), std::string("DATA-17"));
        QCOMPARE(*merge->meta(".lakefs.merge.strategy"), std::string("default"));
        QCOMPARE(merge->created, 1795482317LL);
        QCOMPARE(merge->generation, 11LL);
        QCOMPARE(versions::natureOf(*merge).kind, versions::CommitKind::Merge);
        const auto squash = lakefs::decodeCommit(file("commit-squash"));
        ANDON_VERIFY_RESULT(squash);
        QCOMPARE(versions::natureOf(*squash).kind, versions::CommitKind::Squash);
        const auto cherry = lakefs::decodeCommit(file("commit-cherry"));
        ANDON_VERIFY_RESULT(cherry);
        QCOMPARE(versions::natureOf(*cherry).kind, versions::CommitKind::CherryPick);
        const auto first = lakefs::decodeLog(file("log-initial"));
        ANDON_VERIFY_RESULT(first);
        QVERIFY(first->commits[0].parents.empty());
        QVERIFY(first->commits[0].committer.empty());
        QVERIFY(first->commits[0].metaRangeId.empty());
    }

    void keepsDatesAsTheyWereClaimed()
    {
        const auto log = lakefs::decodeLog(file("dates-log"));
        ANDON_VERIFY_RESULT(log);
        QCOMPARE(log->commits.back().created, -5LL); // before 1970: claimed, not corrected
        QVERIFY(log->commits[3].created > log->commits[0].created); // a parent that is younger than its child
    }

    void readsDifferences()
    {
        const auto conflict = lakefs::decodeDiff(file("diff-conflict"));
        ANDON_VERIFY_RESULT(conflict);
        QCOMPARE(conflict->entries[0].type, versions::DiffType::Conflict);
        QCOMPARE(conflict->entries[0].sizeBytes.value(), 12LL);
        const auto prefix = lakefs::decodeDiff(file("diff-delimiter"));
        ANDON_VERIFY_RESULT(prefix);
        QCOMPARE(prefix->entries[0].type, versions::DiffType::PrefixChanged);
        QVERIFY(prefix->entries[0].isPrefix);
        QVERIFY(!prefix->entries[0].sizeBytes); // unknown, not 0
    }

    void readsObjectsAndFolders()
    {
        const auto root = lakefs::decodeObjects(file("objects-root-delimiter"));
        ANDON_VERIFY_RESULT(root);
        QVERIFY(root->entries[0].isPrefix);
        QVERIFY(!root->entries[0].sizeBytes); // unknown, not 0
        QVERIFY(!root->entries[0].modified.known());
        const versions::ObjectEntry &manifest = root->entries[1];
        QCOMPARE(manifest.path, std::string("manifest.json"));
        QCOMPARE(manifest.sizeBytes.value(), 25LL);
        QCOMPARE(manifest.modified.ms, 1795482316000LL);
        QVERIFY(manifest.address.starts_with("local://"));
        const auto one = lakefs::decodeObject(file("object-stat"));
        ANDON_VERIFY_RESULT(one);
        QCOMPARE(*one, manifest);
    }

    void readsGates()
    {
        const auto hooks = lakefs::decodeHooks(file("run-pre-merge-failed-6-hooks"));
        ANDON_VERIFY_RESULT(hooks);
        QCOMPARE(hooks->items[0].status, versions::HookStatus::Completed);
        QCOMPARE(hooks->items[1].status, versions::HookStatus::Failed);
        QCOMPARE(hooks->items[2].status, versions::HookStatus::Skipped);
        QVERIFY(!hooks->items[2].started.known()); // Go's zero time
        QVERIFY(!hooks->items[2].ended.known());
        const auto odd =
            lakefs::decodeHooks(replaced(file("run-pre-merge-failed-6-hooks"), "\"failed\"", "\"waived\""));
        ANDON_VERIFY_RESULT(odd);
        QCOMPARE(odd->items[1].status, versions::HookStatus::Unknown);
        const auto runs = lakefs::decodeRuns(file("runs"));
        ANDON_VERIFY_RESULT(runs);
        QCOMPARE(runs->runs[0].event, std::string("post-create-tag"));
        QVERIFY(runs->runs[0].branch.empty());
        QCOMPARE(runs->runs[0].started.ms, 1795482327116LL);
    }

    void readsPulls()
    {
        const auto pull = lakefs::decodePull(file("pull-get"));
        ANDON_VERIFY_RESULT(pull);
        QCOMPARE(pull->id, std::string("4onriapksdueiu6hui8g"));
        QCOMPARE(pull->status, versions::PullStatus::Open);
        QCOMPARE(pull->title, std::string("Bring experiment"));
        QCOMPARE(pull->description, std::string("**why**"));
        QCOMPARE(pull->author, std::string("operator"));
        QCOMPARE(pull->source, core::RefName("experiment_b"));
        QCOMPARE(pull->destination, core::RefName("main"));
        QVERIFY(pull->created.known() && !pull->closed.known() && pull->merged.empty());
        const auto closed = lakefs::decodePulls(file("pulls-all"));
        ANDON_VERIFY_RESULT(closed);
        QCOMPARE(closed->pulls[0].status, versions::PullStatus::Closed);
        QVERIFY(closed->pulls[0].closed.known());
        const auto odd = lakefs::decodePull(replaced(file("pull-get"), "\"open\"", "\"draft\""));
        ANDON_VERIFY_RESULT(odd);
        QCOMPARE(odd->status, versions::PullStatus::Unknown);
        const std::string id(64, 'a');
        const auto merged =
            lakefs::decodePull(replaced(file("pull-get"), "{", "{\"merged_commit_id\":\"" + id + "\","));
        ANDON_VERIFY_RESULT(merged);
        QCOMPARE(merged->merged, core::CommitId(id));
        QVERIFY(!lakefs::decodePull(replaced(file("pull-get"), "{", "{\"merged_commit_id\":\"12\",")));
    }

    void readsWhoAndWhat()
    {
        QCOMPARE(lakefs::decodeUser(file("probe-user")).value(), std::string("operator"));
        const auto info = lakefs::decodeConfig(file("probe-config"));
        ANDON_VERIFY_RESULT(info);
        QCOMPARE(info->version, std::string("1.84.0"));
        QCOMPARE(info->storage, std::string("local"));
        QCOMPARE(lakefs::decodeMergeBase(file("merge-base"))->value.substr(0, 8), std::string("5003f6dc"));
        const auto features =
            lakefs::capabilitiesIn(R"({"paths":{"/repositories/{r}/pulls":{}},"parameters":[{"name":"stop_at"}]})");
        QCOMPARE(features, (std::vector<std::string>{"stop_at", "pulls"}));
        QVERIFY(lakefs::capabilitiesIn("").empty());
    }
};

ANDON_SUITE(LakeFsDecodeTest)
#include "decode_test.moc"
