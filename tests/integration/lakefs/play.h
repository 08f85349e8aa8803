#pragma once
// The history that the tests play into a real lakeFS: what a data team does in a year, in seconds.
#include "tests/integration/lakefs/lake.h"

#include <random>

namespace andon::test
{

/// vision-lake (objects, branches, every kind of merge, reverts, cherry-pick, tags, pulls, a deleted branch, changes
/// that are not committed), audio-lake (hooks that passed, failed and were skipped), date-lake (skewed and equal
/// dates), bare-lake, frozen-lake (read-only); text-lake was deleted. Look at lake.wrong().
void playHistory(Lake &lake);
inline constexpr std::size_t kPlayedRuns = 20; ///< of audio-lake
inline const std::vector<std::string> kPlayed = {"audio-lake", "bare-lake", "date-lake", "frozen-lake", "vision-lake"};

/// A repository that is changed at random: commits, merges, squashes, reverts, cherry-picks; branches that come, go,
/// move back and are made anew under their old names.
class RandomLake
{
public:
    RandomLake(Lake &lake, std::string repo, unsigned seed);
    void change(int steps);
    [[nodiscard]] const std::string &name() const { return m_repo; }

private:
    [[nodiscard]] std::size_t dice(std::size_t sides) { return m_random() % sides; }
    [[nodiscard]] const std::string &any() { return m_branches[dice(m_branches.size())]; }
    void commit();
    void branchOff();
    void dropBranch();
    void moveAnywhere();
    void mergeOne();

    Lake &m_lake;
    std::string m_repo;
    std::mt19937 m_random;
    std::vector<std::string> m_branches{"main"};
    std::vector<std::string> m_made; ///< commits, some of which no ref reaches any more
    int m_tags = 0;
};

} // namespace andon::test
