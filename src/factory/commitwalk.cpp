#include "factory/commitwalk.h"

#include <algorithm>
#include <queue>
#include <unordered_set>

namespace andon::factory
{

namespace
{
constexpr int kMaxPage = 1000;
constexpr int kSmallPage = 32;

struct Waiting {
    std::int64_t
        generation; // of the child that named it: the highest first keeps the walk broad and pages full of news
    core::CommitId id;
    bool operator<(const Waiting &other) const
    {
        return generation < other.generation || (generation == other.generation && id < other.id);
    }
};
} // namespace

struct CommitWalk::State {
    WalkStats stats;
    std::priority_queue<Waiting> frontier;
    std::unordered_set<core::CommitId> done; // saved in this walk, or known to the cache
    int amount = kSmallPage;
};

CommitWalk::CommitWalk(roles::VersionSource &source, core::RepositoryId repo, Known known, Save save, Progress progress)
    : m_source(source)
    , m_repo(std::move(repo))
    , m_known(std::move(known))
    , m_save(std::move(save))
    , m_progress(std::move(progress))
{
}

core::Result<WalkStats> CommitWalk::run(const std::vector<core::CommitId> &starts, bool fresh,
                                        const core::Cancel &cancel)
{
    State state;
    state.amount = fresh ? kMaxPage : kSmallPage;
    const auto known = m_known(starts);
    if (!known)
        return core::fail(known.error());
    for (std::size_t i = 0; i < starts.size(); ++i)
        if (!(*known)[i])
            state.frontier.push({std::numeric_limits<std::int64_t>::max(), starts[i]});
    while (!state.frontier.empty()) {
        const core::CommitId anchor = state.frontier.top().id;
        state.frontier.pop();
        if (state.done.contains(anchor))
            continue;
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, "sync", {});
        if (auto read = page(state, anchor, cancel); !read)
            return core::fail(read.error());
    }
    return state.stats;
}

core::Result<void> CommitWalk::page(State &state, const core::CommitId &anchor, const core::Cancel &cancel)
{
    auto answer = m_source.log(m_repo, core::RefName(anchor.value), {}, state.amount, cancel);
    if (!answer)
        return core::fail(answer.error());
    ++state.stats.requests;
    state.stats.received += static_cast<std::int64_t>(answer->commits.size());
    if (answer->commits.empty() || answer->commits.front().id != anchor)
        return core::fail(core::ErrorKind::Protocol, "sync " + m_repo.value,
                          "the log of " + anchor.value + " does not begin with it");

    std::vector<core::CommitId> ids;
    for (const versions::Commit &commit : answer->commits) {
        ids.push_back(commit.id);
        ids.insert(ids.end(), commit.parents.begin(), commit.parents.end());
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::erase_if(ids, [&](const core::CommitId &id) { return state.done.contains(id); });
    const auto known = m_known(ids);
    if (!known)
        return core::fail(known.error());
    for (std::size_t i = 0; i < ids.size(); ++i)
        if ((*known)[i])
            state.done.insert(ids[i]);

    std::vector<versions::Commit> fresh;
    for (versions::Commit &commit : answer->commits)
        if (state.done.insert(commit.id).second)
            fresh.push_back(std::move(commit));
    for (const versions::Commit &commit : fresh)
        for (const core::CommitId &parent : commit.parents)
            if (!state.done.contains(parent))
                state.frontier.push({commit.generation, parent});
    if (!fresh.empty())
        if (auto saved = m_save(fresh); !saved)
            return core::fail(saved.error());
    state.stats.saved += static_cast<std::int64_t>(fresh.size());
    // Full of news: ask for more next time. Mostly known: a side branch is about to meet the trunk.
    const auto received = static_cast<int>(ids.empty() ? 0 : answer->commits.size());
    if (static_cast<int>(fresh.size()) * 10 >= received * 9)
        state.amount = std::min(kMaxPage, state.amount * 4);
    else if (static_cast<int>(fresh.size()) * 2 < received)
        state.amount = std::max(kSmallPage, state.amount / 4);
    if (m_progress)
        m_progress(state.stats);
    return {};
}

} // namespace andon::factory
