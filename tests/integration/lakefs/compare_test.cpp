// Diffs, folders, sizes and bytes through the console's services, against what the same lakeFS says when it is asked
// directly.
#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lake.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;
using factory::SameTree;
using versions::DiffMode;

namespace
{

const std::string kLake = "compare-lake";
const core::RepositoryId kRepo(kLake);
constexpr int kClaims = 700; // of which dev changes 600 and removes 20
constexpr int kNew = 620;

std::string path(const char *folder, int n)
{
    char text[64];
    std::snprintf(text, sizeof text, "%s/part-%05d.txt", folder, n);
    return text;
}

factory::CompareAsk question(const char *left, const char *right, DiffMode mode)
{
    return {kRepo, {core::RefName(left)}, {core::RefName(right)}, mode};
}

} // namespace

class CompareLakeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string wrong = m_server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lake = std::make_unique<test::Lake>(m_server.url(), test::LakeFsServer::user());
        m_console =
            std::make_unique<test::Console>(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        m_lake->repository(kLake);
        for (int i = 0; i < kClaims; ++i)
            m_lake->put(kLake, "main", path("claims", i), std::string(static_cast<std::size_t>(10 + i % 7), 'x'));
        m_lake->put(kLake, "main", "schema.json", R"({"version":1})");
        m_lake->put(kLake, "main", "empty.txt", "");
        (void)m_lake->commit(kLake, "main", "claims");
        m_lake->branch(kLake, "dev", "main");
        for (int i = 0; i < 600; ++i)
            m_lake->put(kLake, "dev", path("claims", i), std::string(static_cast<std::size_t>(30 + i % 5), 'y'));
        for (int i = 600; i < 620; ++i)
            m_lake->remove(kLake, "dev", path("claims", i));
        for (int i = 0; i < kNew; ++i)
            m_lake->put(kLake, "dev", path("late/2026", i), "new");
        m_lake->put(kLake, "dev", "schema.json", R"({"version":2})");
        (void)m_lake->commit(kLake, "dev", "late claims");
        m_lake->put(kLake, "main", "schema.json", R"({"version":3})");
        (void)m_lake->commit(kLake, "main", "another schema");
        ANDON_VERIFY_LAKE(*m_lake);
        ANDON_VERIFY_RESULT(m_console->sync());
    }

    void init() { test::failOnAnyWarning(); }

    void theRollUpIsWhatTheServerLists_data()
    {
        QTest::addColumn<bool>("threeDot");
        QTest::newRow("three-dot") << true;
        QTest::newRow("two-dot") << false;
    }
    void theRollUpIsWhatTheServerLists()
    {
        QFETCH(bool, threeDot);
        const auto found = m_console->comparisons().resolve(
            question("main", "dev", threeDot ? DiffMode::ThreeDot : DiffMode::TwoDot), Access::Refresh, {});
        ANDON_VERIFY_RESULT(found);
        QCOMPARE(found->value.left.commits, 1LL);
        QCOMPARE(found->value.right.commits, 1LL);
        const auto read = m_console->comparisons().read(found->value, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(read);
        QVERIFY(read->complete);
        QVERIFY(read->pages >= 2);
        std::map<std::string, int> said;
        std::int64_t bytes = 0;
        for (const test::Json &entry :
             m_lake->all("/" + kLake + "/refs/main/diff/dev?type=" + (threeDot ? "three_dot" : "two_dot"))) {
            ++said[entry["type"].get<std::string>()];
            bytes += entry["type"] == "added" ? entry["size_bytes"].get<std::int64_t>() : 0;
        }
        ANDON_VERIFY_LAKE(*m_lake);
        const versions::DiffSum &sum = read->rollup.total();
        QCOMPARE(sum.added, std::int64_t(said["added"]));
        QCOMPARE(sum.removed, std::int64_t(said["removed"]));
        QCOMPARE(sum.changed, std::int64_t(said["changed"]));
        QCOMPARE(sum.conflict, std::int64_t(said["conflict"]));
        QCOMPARE(sum.conflict, std::int64_t(threeDot ? 1 : 0)); // schema.json, of both sides
        QCOMPARE(sum.addedBytes, bytes);
        QCOMPARE(sum.unsized, 0LL);
        const std::int32_t late = read->rollup.find("late/2026/");
        QVERIFY(late > 0);
        QCOMPARE(read->rollup.folders()[static_cast<std::size_t>(late)].sum.added, std::int64_t(kNew));
    }

    void sizesBeforeAreListed()
    {
        const auto found =
            m_console->comparisons().resolve(question("main", "dev", DiffMode::ThreeDot), Access::CacheOnly, {});
        const auto read = m_console->comparisons().read(found->value, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(read);
        const auto &claims = read->rollup.folders()[static_cast<std::size_t>(read->rollup.find("claims/"))];
        QCOMPARE(claims.sum.changed, 600LL);
        const auto sizes = m_console->comparisons().sizesBefore(*read, "claims/", claims.firstRow, claims.sum.objects(),
                                                                Access::Refresh, {});
        ANDON_VERIFY_RESULT(sizes);
        QVERIFY(sizes->whole);
        std::int64_t expected = 0;
        for (int i = 0; i < 600; ++i)
            expected += 10 + i % 7;
        QCOMPARE(sizes->bytes, expected);
    }

    void aPathLeadsToTheCommitsThatChangedIt_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<int>("commits"); // of dev
        QTest::newRow("of both") << QStringLiteral("claims/") << 2;
        QTest::newRow("a part of a name") << QStringLiteral("claims/part-0069") << 1;
        QTest::newRow("of one") << QStringLiteral("late/2026/") << 1;
        QTest::newRow("one object") << QStringLiteral("empty.txt") << 1;
        QTest::newRow("none") << QStringLiteral("nowhere/") << 0;
    }
    void aPathLeadsToTheCommitsThatChangedIt()
    {
        QFETCH(QString, prefix);
        QFETCH(int, commits);
        const std::string below = prefix.toStdString();
        core::CommitId head;
        for (const versions::Ref &ref : m_console->refs(kLake))
            if (ref.name == core::RefName("dev"))
                head = ref.commit;
        std::vector<core::CommitId> expected; // by the diff of each commit with its parent
        const auto all = m_console->commits(kLake);
        for (core::CommitId at = head; !all.at(at.value).parents.empty(); at = all.at(at.value).parents.front()) {
            const auto changed = m_console->service().diff(kRepo, all.at(at.value).parents.front(), at,
                                                           DiffMode::TwoDot, below, {}, Access::Refresh, {});
            ANDON_VERIFY_RESULT(changed);
            if (!changed->entries.empty())
                expected.push_back(at);
        }
        const auto found = m_console->service().touching(kRepo, head, below, Access::Refresh, {});
        ANDON_VERIFY_RESULT(found);
        QVERIFY(*found == expected);
        QCOMPARE(found->size(), std::size_t(commits));
    }

    void theCommitThatChangedAnObjectLast()
    {
        core::CommitId head;
        for (const versions::Ref &ref : m_console->refs(kLake))
            if (ref.name == core::RefName("dev"))
                head = ref.commit;
        const auto all = m_console->commits(kLake);
        for (const std::string &object :
             {path("claims", 5), path("claims", 610), path("claims", 650), path("late/2026", 1),
              std::string("schema.json"), std::string("empty.txt"), std::string("none")}) {
            std::optional<core::CommitId> expected; // by the diff of each commit with its parent
            for (core::CommitId at = head; !expected && !all.at(at.value).parents.empty();
                 at = all.at(at.value).parents.front()) {
                const auto changed = m_console->service().diff(kRepo, all.at(at.value).parents.front(), at,
                                                               DiffMode::TwoDot, object, {}, Access::Refresh, {});
                ANDON_VERIFY_RESULT(changed);
                if (!changed->entries.empty() && changed->entries.front().path == object)
                    expected = at;
            }
            const auto found = m_console->service().changedLast(kRepo, head, object, {}, Access::Refresh, {});
            ANDON_VERIFY_RESULT(found);
            QCOMPARE(found->has_value(), expected.has_value());
            if (!expected)
                continue;
            QVERIFY((*found)->id == *expected);
            const auto created = core::Instant::fromSeconds((*found)->created);
            const auto since = m_console->service().changedLast(kRepo, head, object, created, Access::Refresh, {});
            QVERIFY(*since && (*since)->id == *expected);
            QVERIFY(
                !*m_console->service().changedLast(kRepo, head, object, created + core::kSecond, Access::Refresh, {}));
        }
    }

    void sameTreesAreNotRead()
    {
        (void)m_console->asked();
        const auto same =
            m_console->comparisons().resolve(question("main~1", "main~1", DiffMode::TwoDot), Access::CacheOnly, {});
        QCOMPARE(same->value.same, SameTree::SameCommit);
        const auto base =
            m_console->comparisons().resolve(question("dev", "main~1", DiffMode::ThreeDot), Access::CacheOnly, {});
        QCOMPARE(base->value.same, SameTree::NothingSinceBase);
        QVERIFY(m_console->comparisons().read(base->value, Access::Refresh, {}, {})->complete);
        QVERIFY(m_console->asked().empty());
        const test::Json none = m_lake->get("/" + kLake + "/refs/dev/diff/main~1?type=three_dot");
        QVERIFY(none["results"].empty()); // and the server agrees
    }

    void foldersAndObjectsAreAsTheServerHasThem()
    {
        const auto root = m_console->objects().folder(kRepo, {core::RefName("dev")}, {}, Access::Refresh, {});
        ANDON_VERIFY_RESULT(root);
        std::vector<std::string> names;
        for (const versions::ObjectEntry &entry : root->value.entries)
            names.push_back(entry.path);
        QCOMPARE(names, (std::vector<std::string>{"claims/", "empty.txt", "late/", "schema.json"}));
        const core::RefName at = root->value.at();
        std::int64_t bytes = 0;
        const test::Json all = m_lake->all("/" + kLake + "/refs/dev/objects/ls");
        for (const test::Json &one : all)
            bytes += one["size_bytes"].get<std::int64_t>();
        const auto size = m_console->objects().measure(kRepo, at, {}, Access::Refresh, {}, {});
        ANDON_VERIFY_RESULT(size);
        QCOMPARE(size->objects, static_cast<std::int64_t>(all.size()));
        QCOMPARE(size->bytes, bytes);
        QVERIFY(size->pages >= 2);
        const auto stat = m_console->objects().stat(kRepo, at, "schema.json", Access::Refresh, {});
        ANDON_VERIFY_RESULT(stat);
        const test::Json said = m_lake->get("/" + kLake + "/refs/dev/objects/stat?path=schema.json");
        QCOMPARE(stat->checksum, said["checksum"].get<std::string>());
        QCOMPARE(stat->modified.seconds(), said["mtime"].get<std::int64_t>());
        const auto json = m_console->objects().preview(kRepo, at, "schema.json", Access::Refresh, {});
        ANDON_VERIFY_RESULT(json);
        QCOMPARE(json->kind, factory::ObjectPreview::Kind::Json);
        QCOMPARE(json->lines.at(1), std::string("  \"version\": 2"));
        const auto empty = m_console->objects().preview(kRepo, at, "empty.txt", Access::Refresh, {});
        ANDON_VERIFY_RESULT(empty);
        QVERIFY(empty->whole && empty->lines.empty());
        const auto part = m_console->objects().page(kRepo, core::RefName("dev"), "late/2026/", {}, path("late/2026", 9),
                                                    Access::Refresh, {});
        QCOMPARE(part->entries.front().path, path("late/2026", 10));
        QCOMPARE(m_console->objects().stat(kRepo, at, "none", Access::Refresh, {}).error().kind,
                 core::ErrorKind::NotFound);
        ANDON_VERIFY_LAKE(*m_lake);
    }

private:
    test::LakeFsServer m_server;
    std::unique_ptr<test::Lake> m_lake;
    std::unique_ptr<test::Console> m_console;
};

ANDON_SUITE(CompareLakeTest)
#include "compare_test.moc"
