// What commits are by the data of others: histories by hand, and random ones against the definition taken literally.
#include "tests/support/suite.h"
#include "tests/versions/knowncommits.h"

#include <random>

using namespace andon;
using namespace andon::versions;

namespace
{

CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%08x%056x", static_cast<unsigned>(n) * 2'654'435'761U, n + 1);
    return CommitId(text);
}

/// Commits by number, dated by it; "" has no data.
struct Told {
    test::CommitsInMemory known;
    std::vector<Commit> commits;

    int add(const std::string &tree, std::vector<int> parents, std::int64_t created = -1)
    {
        Commit commit{.id = idOf(static_cast<int>(commits.size())), .message = "m", .metaRangeId = tree};
        commit.created = created < 0 ? 1000 + static_cast<std::int64_t>(commits.size()) : created;
        commit.generation = 1;
        for (const int parent : parents) {
            commit.parents.push_back(idOf(parent));
            commit.generation = std::max(commit.generation, commits[static_cast<std::size_t>(parent)].generation + 1);
        }
        commits.push_back(commit);
        known.add(commit);
        return static_cast<int>(commits.size()) - 1;
    }
    Commit &at(int n) { return commits[static_cast<std::size_t>(n)]; }
    void say(int n, const std::string &message, std::vector<std::pair<std::string, std::string>> metadata = {})
    {
        at(n).message = message;
        at(n).metadata = std::move(metadata);
        known.add(at(n));
    }
    CommitNature nature(int n) { return natureOf(at(n), known); }
};

CommitNature byData(CommitKind kind, int about)
{
    return {kind, KnownBy::SameData, idOf(about), KnownBy::SameData};
}

/// The definition, with everything compared with everything.
class Literally
{
public:
    explicit Literally(const std::vector<Commit> &commits)
        : m_commits(commits)
        , m_reach(commits.size(), std::vector<char>(commits.size(), 0))
    {
        for (std::size_t n = 0; n < commits.size(); ++n) {
            m_reach[n][n] = 1;
            for (const CommitId &parent : commits[n].parents)
                for (std::size_t k = 0; k < n; ++k)
                    m_reach[n][k] |= m_reach[index(parent)][k];
        }
    }

    CommitNature nature(std::size_t c) const
    {
        if (m_commits[c].parents.size() != 1)
            return natureOf(m_commits[c]);
        const std::size_t p = index(m_commits[c].parents.front());
        if (same(c, p))
            return {};
        if (undoes(c))
            return byData(CommitKind::Revert, static_cast<int>(p));
        if (const int y = picked(c, p, false); y >= 0)
            return byData(CommitKind::CherryPick, y);
        if (const int x = squashed(c, p); x >= 0)
            return byData(CommitKind::Squash, x);
        if (const int y = picked(c, p, true); y >= 0)
            return byData(CommitKind::CherryPick, y);
        return {};
    }

private:
    std::size_t index(const CommitId &id) const
    {
        for (std::size_t n = 0; n < m_commits.size(); ++n)
            if (m_commits[n].id == id)
                return n;
        return m_commits.size();
    }
    bool same(std::size_t a, std::size_t b) const
    {
        return !m_commits[a].metaRangeId.empty() && m_commits[a].metaRangeId == m_commits[b].metaRangeId;
    }
    bool undoes(std::size_t c) const
    {
        const std::size_t p = index(m_commits[c].parents.front());
        return !m_commits[p].parents.empty() && !same(c, p) && same(c, index(m_commits[p].parents.front()));
    }
    auto age(std::size_t n) const { return std::tuple(m_commits[n].created, m_commits[n].generation, m_commits[n].id); }
    int picked(std::size_t c, std::size_t p, bool merges) const
    {
        int oldest = -1;
        for (std::size_t y = 0; y < m_commits.size(); ++y) {
            const auto &parents = m_commits[y].parents;
            const bool fits = same(y, c) && m_commits[y].created < m_commits[c].created && !parents.empty()
                && (parents.size() > 1) == merges && same(index(parents.front()), p) && !undoes(y) && !m_reach[y][c];
            if (fits && (oldest < 0 || age(y) < age(static_cast<std::size_t>(oldest))))
                oldest = static_cast<int>(y);
        }
        return oldest;
    }
    int squashed(std::size_t c, std::size_t p) const
    {
        int newest = -1;
        for (std::size_t x = 0; x < m_commits.size(); ++x) {
            bool fits =
                x != c && same(x, c) && m_commits[x].created <= m_commits[c].created && m_reach[x][p] && !m_reach[x][c];
            int later = 0;
            for (std::size_t k = 0; k < m_commits.size(); ++k)
                later += m_reach[x][k] && m_commits[k].generation > m_commits[p].generation ? 1 : 0;
            for (const CommitId &parent : m_commits[x].parents)
                fits = fits && !same(index(parent), x);
            if (fits && later >= 2 && (newest < 0 || age(static_cast<std::size_t>(newest)) < age(x)))
                newest = static_cast<int>(x);
        }
        return newest;
    }

    const std::vector<Commit> &m_commits;
    std::vector<std::vector<char>> m_reach;
};

} // namespace

class NatureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theSameDataAsBeforeIsARevert()
    {
        Told told;
        told.add("r1", {told.add("", {})});
        told.add("r2", {1});
        const int back = told.add("r1", {2});
        QVERIFY(told.nature(back) == byData(CommitKind::Revert, 2));
        told.say(back, "Revert " + idOf(2).value.substr(0, 12));
        QVERIFY(told.nature(back) == (CommitNature{CommitKind::Revert, KnownBy::Message, idOf(2), KnownBy::Message}));
        told.say(back, "Revert main~1"); // as lakeFS writes it: the words name nothing that lasts, the data do
        QVERIFY(told.nature(back) == (CommitNature{CommitKind::Revert, KnownBy::Message, idOf(2), KnownBy::SameData}));
        told.say(back, "Revert ", {{"andon.reverts", idOf(1).value.substr(0, 10)}});
        QVERIFY(told.nature(back) == (CommitNature{CommitKind::Revert, KnownBy::Metadata, idOf(1), KnownBy::Metadata}));
        const int other = told.add("r3", {back});
        QVERIFY(told.nature(other) == CommitNature{});
        told.say(other, "Revert dead000dead000");
        QVERIFY(told.nature(other) == (CommitNature{CommitKind::Revert, KnownBy::Message}));
        const std::string gone(64, 'e'); // not among those that are known, and named all the same
        told.say(other, "Back", {{"andon.reverts", gone}});
        QCOMPARE(told.nature(other).about, CommitId(gone));
        QVERIFY(told.nature(told.add("r3", {other})) == CommitNature{}); // nothing was changed
    }

    void aBranchThatArrivedAsOneIsASquash()
    {
        Told told;
        const int fork = told.add("r1", {told.add("", {})});
        const int first = told.add("r2", {fork});
        const int head = told.add("r3", {first});
        const int squash = told.add("r3", {fork});
        QVERIFY(told.nature(squash) == byData(CommitKind::Squash, head));
        QVERIFY(told.nature(head) == CommitNature{});
        const int emptyOnTop = told.add("r3", {head}, 1004); // brings nothing: it is the head still
        QVERIFY(told.nature(squash) == byData(CommitKind::Squash, head));
        QVERIFY(told.nature(emptyOnTop) == CommitNature{});
        told.say(squash, "Merge 'dev' into 'main'", {{".lakefs.merge.strategy", "default"}});
        QVERIFY(told.nature(squash)
                == (CommitNature{CommitKind::Squash, KnownBy::Metadata, idOf(head), KnownBy::SameData}));
        // Of one commit it is a squash merge when the metadata say so, else a cherry-pick.
        const int single = told.add("r2", {fork});
        QVERIFY(told.nature(single) == byData(CommitKind::CherryPick, first));
        told.say(single, "m", {{".lakefs.merge.strategy", "default"}});
        QVERIFY(told.nature(single)
                == (CommitNature{CommitKind::Squash, KnownBy::Metadata, idOf(first), KnownBy::SameData}));
    }

    void whatIsNoSquash()
    {
        Told told;
        const int fork = told.add("r1", {told.add("", {})});
        const int early = told.add("r3", {fork}, 900); // before what it would have taken
        const int head = told.add("r3", {told.add("r2", {fork})});
        QVERIFY(told.nature(early) == CommitNature{});
        const int moved = told.add("r5", {fork});
        QVERIFY(told.nature(told.add("r3", {moved})) == CommitNature{}); // that branch does not begin here
        told.add("r6", {head});
        const int descends = told.add("r7", {told.add("r8", {told.add("r9", {head})})});
        QVERIFY(told.nature(descends) == CommitNature{});
    }

    void theSameChangeIsACherryPick()
    {
        Told told;
        const int a = told.add("r1", {told.add("", {})});
        const int b = told.add("r1", {told.add("r0", {a})}); // a line of its own with the data of a
        const int origin = told.add("r2", {a});
        const int pick = told.add("r2", {b});
        const int again = told.add("r2", {told.add("r1", {told.add("r4", {b})})});
        QVERIFY(told.nature(pick) == byData(CommitKind::CherryPick, origin));
        QVERIFY(told.nature(again) == byData(CommitKind::CherryPick, origin)); // the oldest
        QVERIFY(told.nature(origin) == CommitNature{});
        told.say(pick, "m", {{"cherry-pick-origin", idOf(a).value}});
        QVERIFY(told.nature(pick)
                == (CommitNature{CommitKind::CherryPick, KnownBy::Metadata, idOf(a), KnownBy::Metadata}));
        told.say(origin, "Revert x"); // doing the same as a revert is no cherry-pick of it
        told.say(pick, "m", {{".lakefs.merge.strategy", "default"}});
        QVERIFY(told.nature(again) == byData(CommitKind::CherryPick, pick));
    }

    void ofTheSameSecondNeitherIsTheOrigin()
    {
        Told told;
        const int a = told.add("r1", {told.add("", {})});
        const int one = told.add("r2", {a}, 2000);
        const int two = told.add("r2", {a}, 2000);
        QVERIFY(told.nature(one) == CommitNature{} && told.nature(two) == CommitNature{});
    }

    void theMoreSpecificGoesFirst()
    {
        Told told;
        const int a = told.add("r1", {told.add("", {})});
        const int head = told.add("r3", {told.add("r2", {a})});
        const int squash = told.add("r3", {a});
        QVERIFY(told.nature(squash) == byData(CommitKind::Squash, head));
        const int second = told.add("r3", {a}); // of one that did the same, before one that has the same
        QVERIFY(told.nature(second) == byData(CommitKind::CherryPick, squash));
        const int back = told.add("r1", {second}); // and on its own line before either
        QVERIFY(told.nature(told.add("r3", {back})) == byData(CommitKind::Revert, back));
        const int merge = told.add("r5", {told.add("r1", {told.add("r4", {a})}), head});
        const int aside = told.add("r1", {told.add("r0", {a})}); // which it does not reach
        QVERIFY(told.nature(told.add("r5", {aside}, 9000)) == byData(CommitKind::CherryPick, merge));
        QVERIFY(told.nature(told.add("r5", {a})) == byData(CommitKind::Squash, merge));
    }

    void dataThatAllHaveTellNothingAndCostLittle()
    {
        Told told;
        int last = told.add("r1", {told.add("", {})});
        const int fork = last;
        for (int n = 0; n < 5'000; ++n)
            last = told.add("t" + std::to_string(n), {last});
        told.add("r9", {last});
        const int squash = told.add("r9", {fork});
        told.known.asked = 0;
        QVERIFY(told.nature(squash) == CommitNature{}); // too far to look
        QVERIFY(told.known.asked < 2 * static_cast<int>(kMostSteps) + 100);
        for (std::size_t n = 0; n <= kMostAlike; ++n)
            told.add("r8", {fork});
        const int many = told.add("r8", {fork});
        told.known.asked = 0;
        QVERIFY(told.nature(many) == CommitNature{});
        QVERIFY(told.known.asked < 5);
    }

    void randomHistoriesAreReadAsDefined()
    {
        std::mt19937 random(20261130);
        std::map<CommitKind, int> found;
        for (int round = 0; round < 400; ++round) {
            Told told;
            told.add("", {});
            const int trees = 3 + static_cast<int>(random() % 6);
            for (int n = 1; n < 36; ++n) {
                std::vector<int> parents{std::max(0, n - 1 - static_cast<int>(random() % 5))};
                if (const int second = static_cast<int>(random() % static_cast<unsigned>(n));
                    random() % 5 == 0 && second != parents.front())
                    parents.push_back(second);
                const std::int64_t skew = random() % 8 == 0 ? 1000 + static_cast<std::int64_t>(random() % 40) : -1;
                told.add("r" + std::to_string(random() % static_cast<unsigned>(trees)), parents, skew);
            }
            const Literally literally(told.commits);
            for (std::size_t n = 0; n < told.commits.size(); ++n) {
                const CommitNature mine = told.nature(static_cast<int>(n));
                const CommitNature wanted = literally.nature(n);
                ++found[wanted.by == KnownBy::SameData ? wanted.kind : CommitKind::Ordinary];
                QVERIFY2(mine == wanted, qPrintable(QStringLiteral("round %1 commit %2").arg(round).arg(n)));
            }
        }
        for (const CommitKind kind : {CommitKind::Revert, CommitKind::CherryPick, CommitKind::Squash})
            QVERIFY2(found[kind] > 200, qPrintable(QString::number(static_cast<int>(kind))));
    }
};

ANDON_SUITE(NatureTest)
#include "nature_test.moc"
