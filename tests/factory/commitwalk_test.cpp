#include "factory/commitwalk.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"

#include <random>

using namespace andon;

namespace
{

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n * 2654435761U);
    return core::CommitId(text);
}

/// n commits in `lanes` branches that merge now and then; some dates are skewed.
void grow(test::FakeVersionSource &source, std::mt19937 &random, int n, int lanes)
{
    std::vector<core::CommitId> heads;
    for (int i = static_cast<int>(source.commits.size()); n > 0; ++i, --n) {
        versions::Commit commit{
            .id = idOf(i), .created = 1'700'000'000 + i * 60LL + (random() % 20 == 0 ? -5000 : 0), .generation = 1};
        if (source.branches.empty()) {
            source.branches.push_back({versions::RefKind::Branch, core::RefName("b0"), commit.id});
        } else {
            versions::Ref &ref = source.branches[random() % source.branches.size()];
            commit.parents = {ref.commit};
            if (const versions::Ref &other = source.branches[random() % source.branches.size()];
                random() % 8 == 0 && other.commit != ref.commit)
                commit.parents.push_back(other.commit);
            for (const core::CommitId &parent : commit.parents)
                commit.generation = std::max(commit.generation, source.commits.at(parent).generation + 1);
            if (static_cast<int>(source.branches.size()) < lanes && random() % 10 == 0)
                source.branches.push_back({versions::RefKind::Branch,
                                           core::RefName("b" + std::to_string(source.branches.size())), commit.id});
            else
                ref.commit = commit.id;
        }
        source.commits[commit.id] = commit;
    }
}

struct Cache {
    std::map<core::CommitId, versions::Commit> held;

    core::Result<factory::WalkStats> sync(test::FakeVersionSource &source)
    {
        factory::CommitWalk walk(
            source, core::RepositoryId("data"),
            [this](const std::vector<core::CommitId> &ids) -> core::Result<std::vector<bool>> {
                std::vector<bool> out;
                for (const auto &id : ids)
                    out.push_back(held.contains(id));
                return out;
            },
            [this](const std::vector<versions::Commit> &batch) -> core::Result<void> {
                for (const auto &commit : batch) {
                    if (held.contains(commit.id))
                        return core::fail(core::ErrorKind::Storage, "test", "saved twice");
                    held[commit.id] = commit;
                }
                return {};
            },
            {});
        std::vector<core::CommitId> starts;
        for (const versions::Ref &ref : source.branches)
            starts.push_back(ref.commit);
        return walk.run(starts, held.empty(), core::Cancel());
    }
};

std::set<core::CommitId> reachable(const test::FakeVersionSource &source)
{
    std::set<core::CommitId> seen;
    std::vector<core::CommitId> stack;
    for (const versions::Ref &ref : source.branches)
        stack.push_back(ref.commit);
    while (!stack.empty()) {
        const core::CommitId id = stack.back();
        stack.pop_back();
        if (seen.insert(id).second)
            for (const core::CommitId &parent : source.commits.at(id).parents)
                stack.push_back(parent);
    }
    return seen;
}

/// What people do to a server while it is read: commits arrive, branches move, go and come back elsewhere.
void change(test::FakeVersionSource &source, std::mt19937 &random)
{
    const auto any = [&] { return idOf(static_cast<int>(random() % source.commits.size())); };
    auto &branches = source.branches;
    const std::size_t at = random() % branches.size();
    switch (random() % 6) {
    case 0:
        grow(source, random, 1 + static_cast<int>(random() % 5), 6);
        break;
    case 1:
        branches[at].commit = any(); // reset, forward or back
        break;
    case 2:
        if (branches.size() > 1)
            branches.erase(branches.begin() + static_cast<std::ptrdiff_t>(at));
        break;
    case 3:
        branches.push_back({versions::RefKind::Branch, core::RefName("b" + std::to_string(random() % 9)), any()});
        break;
    default:
        break;
    }
}

} // namespace

class CommitWalkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void holdsExactlyWhatTheServerHas()
    {
        for (unsigned seed = 0; seed < 40; ++seed) {
            std::mt19937 random(seed);
            test::FakeVersionSource source;
            Cache cache;
            grow(source, random, 200 + static_cast<int>(random() % 3000), 1 + static_cast<int>(random() % 12));
            ANDON_VERIFY_RESULT(cache.sync(source));
            QCOMPARE(cache.held.size(), reachable(source).size());
            grow(source, random, 1 + static_cast<int>(random() % 50), 12);
            ANDON_VERIFY_RESULT(cache.sync(source));
            for (const auto &id : reachable(source))
                QVERIFY2(cache.held.contains(id), qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    /// Whatever happens between two pages, nothing is lost and nothing is saved twice (the cache refuses that).
    void holdsExactlyWhatAServerThatChangesHas()
    {
        int pages = 0;
        for (unsigned seed = 0; seed < 500; ++seed) {
            std::mt19937 random(seed);
            test::FakeVersionSource source;
            source.mostPerPage = 1 + static_cast<int>(random() % 20);
            grow(source, random, 20 + static_cast<int>(random() % 150), 5);
            Cache cache;
            std::set<core::CommitId> expected;
            for (int round = 0; round < 3; ++round) {
                source.onLog = [&] {
                    ++pages;
                    if (round < 2) // the last one has its peace
                        change(source, random);
                };
                const auto now = reachable(source);
                expected.insert(now.begin(), now.end());
                QVERIFY(cache.sync(source));
                std::set<core::CommitId> held;
                for (const auto &[id, commit] : cache.held)
                    held.insert(id);
                QVERIFY2(held == expected, qPrintable(QStringLiteral("seed %1, round %2").arg(seed).arg(round)));
            }
        }
        QVERIFY(pages > 5'000); // there was something between
    }

    void asksForLittleMoreThanThereIs()
    {
        std::mt19937 random(7);
        test::FakeVersionSource source;
        Cache cache;
        grow(source, random, 20'000, 12);
        ANDON_VERIFY_RESULT(cache.sync(source));
        QVERIFY2(source.returned <= 3 * 20'000, qPrintable(QString::number(source.returned)));
    }

    void asksNothingWhenNothingMoved()
    {
        std::mt19937 random(1);
        test::FakeVersionSource source;
        Cache cache;
        grow(source, random, 500, 4);
        ANDON_VERIFY_RESULT(cache.sync(source));
        source.requests = 0;
        ANDON_VERIFY_RESULT(cache.sync(source));
        QCOMPARE(source.requests, 0);
    }

    void keepsWhatItHasWhenTheServerGoesAway()
    {
        std::mt19937 random(3);
        test::FakeVersionSource source;
        Cache cache;
        grow(source, random, 5000, 6);
        source.failAfter = 2;
        const auto first = cache.sync(source);
        QVERIFY(!first);
        QCOMPARE(first.error().kind, core::ErrorKind::Timeout);
        QVERIFY(!cache.held.empty());
    }
};

ANDON_SUITE(CommitWalkTest)
#include "commitwalk_test.moc"
