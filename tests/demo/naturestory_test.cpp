// What the commits of the demo factory are by their data alone, against what the factory knows that it did.
#include "demo/lakefs/scenario.h"
#include "tests/support/suite.h"
#include "tests/versions/knowncommits.h"

using namespace andon;
using namespace andon::demo;
using versions::CommitKind;
using versions::CommitNature;
using versions::KnownBy;

namespace
{

/// Without a word of what it is.
versions::Commit plain(const History &history, std::int32_t n)
{
    const DemoCommit &made = history.at(n);
    versions::Commit commit{.id = made.id.id(),
                            .message = "m",
                            .created = made.created,
                            .metaRangeId = history.metaRange(n),
                            .generation = made.generation};
    for (const std::int32_t parent : {made.first, made.second})
        if (parent >= 0)
            commit.parents.push_back(history.at(parent).id.id());
    return commit;
}

/// What its data tell: nothing unless they are those of what it is about.
CommitNature told(const History &history, std::int32_t n)
{
    const DemoCommit &made = history.at(n);
    const bool takes = made.what == CommitWhat::Squash || made.what == CommitWhat::CherryPick;
    if (!takes || history.metaRange(n) != history.metaRange(made.about))
        return {};
    const bool several = history.brings(n).size() > 1; // one commit is picked, however it was taken
    const versions::CommitId about = history.at(made.about).id.id();
    return {several ? CommitKind::Squash : CommitKind::CherryPick, KnownBy::SameData, about, KnownBy::SameData};
}

} // namespace

class NatureStoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void dataAloneTellWhatTheyCan()
    {
        std::map<CommitKind, int> found;
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            for (const History &history :
                 makeHistories(makePlan(Scale::Small, seed, core::Instant::fromSeconds(1'795'500'017)))) {
                const auto count = static_cast<std::int32_t>(history.commits.size());
                test::CommitsInMemory known;
                for (std::int32_t n = 0; n < count; ++n)
                    known.add(plain(history, n));
                for (std::int32_t n = 0; n < count; ++n) {
                    const versions::Commit commit = plain(history, n);
                    if (commit.parents.size() != 1)
                        continue;
                    const CommitNature wanted = told(history, n);
                    ++found[wanted.kind];
                    QVERIFY2(versions::natureOf(commit, known) == wanted, commit.id.value.c_str());
                }
            }
        QVERIFY2(found[CommitKind::Squash] > 2 && found[CommitKind::CherryPick] > 2,
                 qPrintable(QStringLiteral("%1 %2").arg(found[CommitKind::Squash]).arg(found[CommitKind::CherryPick])));
    }
};

ANDON_SUITE(NatureStoryTest)
#include "naturestory_test.moc"
