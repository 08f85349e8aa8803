#include "store/gatestore.h"
#include "store/rows.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;
using versions::HookStatus;

namespace
{

QStringList list(std::initializer_list<const char *> words)
{
    QStringList all;
    for (const char *word : words)
        all << QString::fromUtf8(word);
    return all;
}

CommitId id(int n)
{
    char hex[65];
    std::snprintf(hex, sizeof hex, "%064x", n);
    return CommitId(hex);
}

versions::ActionRun run(const char *name, std::int64_t at, HookStatus second)
{
    versions::ActionRun one{.id = name, .branch = core::RefName("main"), .commit = id(3), .event = "pre-merge"};
    one.status = HookStatus::Completed;
    one.started = {at};
    one.hooks = {{.id = "0", .action = "Gate", .hook = "rows", .status = HookStatus::Completed, .started = {at}},
                 {.id = "1", .action = "Gate", .hook = "schema", .status = second}};
    return one;
}

} // namespace

class GateStoreTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DatabaseFile> m_file;

    [[nodiscard]] std::unique_ptr<DatabaseFile> open() const
    {
        auto file = DatabaseFile::open(m_dir->filePath(QStringLiteral("cache.db")).toStdString(), cacheSchema());
        return file ? std::move(*file) : nullptr;
    }

    RepositoryKey add(const char *site, const char *name, const std::vector<versions::ActionRun> &runs)
    {
        VersionStore store(*m_file);
        const auto source = store.source(core::SiteName(site), core::SourceName("lakefs"));
        auto done = store.saveRepositories(
            *source, {{.id = RepositoryId(name), .created = {5000}, .defaultBranch = core::RefName("main")}});
        const auto repo = store.repository(*source, RepositoryId(name));
        done = store.saveRuns(*repo, runs);
        return *repo;
    }

private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = open();
        QVERIFY(m_file);
    }
    void cleanup() { m_file.reset(); }

    void everySiteIsThere()
    {
        add("west", "b", {});
        add("east", "a", {});
        const auto all = GateStore(*m_file).repositories();
        ANDON_VERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t{2});
        QCOMPARE(all->at(0).site, core::SiteName("east"));
        QCOMPARE(all->at(1).repository.id, RepositoryId("b"));
        QCOMPARE(all->at(1).repository.defaultBranch, core::RefName("main"));
    }

    void resultsComeNewestFirstUntilThen()
    {
        const RepositoryKey repo = add("east", "a",
                                       {run("old", 1000, HookStatus::Failed), run("new", 3000, HookStatus::Skipped),
                                        run("mid", 2000, HookStatus::Completed)});
        QStringList seen;
        std::vector<versions::GateResult> results;
        ANDON_VERIFY_RESULT(GateStore(*m_file).each(repo, {2500}, [&](const versions::GateResult &r) {
            seen << QString::fromStdString(r.run + "/" + r.hook);
            results.push_back(r);
        }));
        QCOMPARE(seen, list({"mid/rows", "mid/schema", "old/rows", "old/schema"}));
        const versions::GateResult &last = results.back();
        QCOMPARE(last.status, HookStatus::Failed);
        QCOMPARE(last.runStatus, HookStatus::Completed);
        QCOMPARE(last.commit, id(3));
        QCOMPARE(last.started, core::Instant{1000});
        QVERIFY(!last.hookStarted.known());
        QCOMPARE(last.action, std::string("Gate"));
        QCOMPARE(last.branch, core::RefName("main"));
    }

    void theFirstParentsOfTheDefaultBranch()
    {
        const RepositoryKey repo = add("east", "a", {});
        VersionStore store(*m_file);
        std::vector<versions::Commit> commits;
        for (const auto &[n, first, second, at] : {std::tuple{1, 0, 0, 10},
                                                   {2, 1, 0, 20},
                                                   {5, 1, 0, 25},
                                                   {3, 2, 5, 90},
                                                   {4, 3, 0, 40}}) { // 3: a wrong clock
            versions::Commit c{.id = id(n), .created = at};
            if (first)
                c.parents.push_back(id(first));
            if (second)
                c.parents.push_back(id(second));
            commits.push_back(c);
        }
        ANDON_VERIFY_RESULT(store.saveCommits(repo, commits));
        const auto line = [&](std::int64_t until, int most) {
            QString ids;
            const auto all = GateStore(*m_file).repositories();
            const auto found = GateStore(*m_file).firstParents(all->front(), core::Instant::fromSeconds(until), most);
            for (const versions::Commit &c : found.value_or(std::vector<versions::Commit>{}))
                ids += QString::fromStdString(c.id.value.substr(63));
            return ids;
        };
        QCOMPARE(line(100, 9), QString()); // no such branch
        ANDON_VERIFY_RESULT(store.saveRefs(repo, {{versions::RefKind::Branch, core::RefName("main"), id(4)}}, {}));
        QCOMPARE(line(100, 9), QStringLiteral("4321"));
        QCOMPARE(line(100, 2), QStringLiteral("43"));
        QCOMPARE(line(50, 9), QStringLiteral("421"));
        QCOMPARE(line(30, 9), QStringLiteral("21"));
    }
};

ANDON_SUITE(GateStoreTest)
#include "gatestore_test.moc"
