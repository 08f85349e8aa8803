// How the cache of a VersionService is brought up to date, and the answers it fetches one at a time.
#include "factory/begun.h"
#include "factory/commitwalk.h"
#include "factory/diffcodec.h"
#include "factory/parallel.h"
#include "factory/versionservice.h"

#include <chrono>
#include <map>
#include <set>

namespace andon::factory
{

namespace
{

constexpr int kRunPage = 1000;
constexpr std::size_t kHookThreads = 4;
constexpr int kDiffPage = 1000;

std::int64_t steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

template <typename T, typename Ask> core::Result<T> VersionService::asked(Ask ask)
{
    const std::int64_t start = steadyMs();
    core::Result<T> answer = ask();
    if (answer)
        m_parts.board.answered("lakefs", steadyMs() - start);
    else if (answer.error().kind != core::ErrorKind::NotFound && answer.error().kind != core::ErrorKind::Storage)
        m_parts.board.failed("lakefs", answer.error());
    return answer;
}

core::Result<roles::VersionSourceInfo> VersionService::probe(const core::Cancel &cancel)
{
    if (auto ready = configured(); !ready)
        return core::fail(ready.error());
    auto info = asked<roles::VersionSourceInfo>([&] { return m_source->probe(cancel); });
    if (info)
        m_parts.board.product("lakefs", info->product + " " + info->version);
    return info;
}

core::Result<VersionSyncStats> VersionService::sync(const OnProgress &progress, const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    const auto info = probe(cancel);
    if (!info)
        return core::fail(info.error());
    const auto all = asked<std::vector<versions::Repository>>([&] { return m_source->repositories(cancel); });
    if (!all)
        return core::fail(all.error());
    if (auto saved = m_store.saveRepositories(*source, *all); !saved)
        return core::fail(saved.error());

    VersionSyncStats total;
    std::optional<core::Error> first;
    for (const versions::Repository &repo : *all) {
        const auto one = syncRepository(repo.id, progress, cancel);
        if (!one && one.error().kind == core::ErrorKind::Cancelled)
            return one;
        if (!one && !first)
            first = one.error();
        if (!one)
            continue;
        ++total.repositories;
        total.commits += one->commits;
        total.runs += one->runs;
        total.requests += one->requests;
    }
    if (first)
        return core::fail(*first);
    if (auto marked = m_sync.mark(*source, "repositories", m_parts.clock.now()); !marked)
        return core::fail(marked.error());
    return total;
}

core::Result<VersionSyncStats> VersionService::syncRepository(const core::RepositoryId &repo,
                                                              const OnProgress &progress, const core::Cancel &cancel)
{
    if (auto ready = configured(); !ready)
        return core::fail(ready.error());
    const std::scoped_lock syncing(m_syncing);
    const auto source = key();
    const auto repoKey = key(repo);
    if (!source)
        return core::fail(source.error());
    if (!repoKey)
        return core::fail(repoKey.error());
    const auto refs = asked<std::vector<versions::Ref>>([&] { return m_source->refs(repo, cancel); });
    if (!refs)
        return core::fail(refs.error());
    const auto rules = asked<std::vector<versions::ProtectionRule>>([&] { return m_source->protection(repo, cancel); });
    if (!rules && rules.error().kind != core::ErrorKind::Forbidden)
        return core::fail(rules.error());

    VersionSyncStats stats{.repositories = 1};
    const auto commits = syncCommits(repo, *repoKey, *refs, progress, stats, cancel);
    if (!commits)
        return core::fail(commits.error());
    const auto runs = asked<std::int64_t>([&] { return syncRuns(repo, *repoKey, progress, stats, cancel); });
    if (!runs && runs.error().kind != core::ErrorKind::Forbidden)
        return core::fail(runs.error());
    stats.runs = runs.value_or(0);
    // Refs last: a ref never points at a commit that is not there.
    if (auto saved = m_store.saveRefs(*repoKey, *refs, rules.value_or(std::vector<versions::ProtectionRule>{})); !saved)
        return core::fail(saved.error());
    if (auto marked = m_sync.mark(*source, "repository:" + repo.value, m_parts.clock.now()); !marked)
        return core::fail(marked.error());
    return stats;
}

core::Result<std::int64_t> VersionService::syncCommits(const core::RepositoryId &repo, store::RepositoryKey repoKey,
                                                       const std::vector<versions::Ref> &refs,
                                                       const OnProgress &progress, VersionSyncStats &stats,
                                                       const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    std::vector<core::CommitId> starts;
    for (const versions::Ref &ref : refs)
        starts.push_back(ref.commit);
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    const auto known = m_store.known(repoKey, starts);
    if (!known)
        return core::fail(known.error());
    // A walk that was interrupted left commits whose parents are missing: it goes on there.
    const std::string what = "walk:" + repo.value;
    const auto walk = m_sync.state(*source, what);
    auto begun = Begun::look(m_sync, m_parts.cache, *source, what);
    if (const auto error = core::firstError(walk, begun))
        return core::fail(*error);
    if (!begun->others().empty()) {
        const auto missing = m_store.missingParents(repoKey);
        if (!missing)
            return core::fail(missing.error());
        starts.insert(starts.end(), missing->begin(), missing->end());
    } else if (std::all_of(known->begin(), known->end(), [](bool k) { return k; })) {
        return 0;
    }
    if (auto done = walkFrom(repo, repoKey, std::move(starts), !walk->at.known(), *begun, progress, stats, cancel);
        !done)
        return core::fail(done.error());
    return stats.commits;
}

core::Result<void> VersionService::walkFrom(const core::RepositoryId &repo, store::RepositoryKey repoKey,
                                            std::vector<core::CommitId> starts, bool fresh, Begun &begun,
                                            const OnProgress &progress, VersionSyncStats &stats,
                                            const core::Cancel &cancel)
{
    CommitWalk walker(
        *m_source, repo, [&](const std::vector<core::CommitId> &ids) { return m_store.known(repoKey, ids); },
        [&](const std::vector<versions::Commit> &batch) { return m_store.saveCommits(repoKey, batch, begun.note({})); },
        [&](const WalkStats &now) {
            if (progress)
                progress({"lakefs", repo.value + " commits", now.saved});
        });
    // Another process may walk the same history at once. What it saved counts as known here, its parents may not be
    // there yet, and it may be stopped before it gets them: the walk is done when no parent is missing.
    for (bool first = true;; first = false) {
        const auto done = asked<WalkStats>([&] { return walker.run(starts, first && fresh, cancel); });
        if (!done)
            return core::fail(done.error());
        stats.commits += done->saved;
        stats.requests += done->requests;
        const auto ended = begun.end(m_parts.clock.now(), [&]() -> core::Result<bool> {
            auto missing = m_store.missingParents(repoKey);
            if (!missing)
                return core::fail(missing.error());
            starts = std::move(*missing);
            return starts.empty();
        });
        if (!ended)
            return core::fail(ended.error());
        if (*ended)
            return {};
    }
}

core::Result<void> VersionService::syncNamed(const core::RepositoryId &repo, store::RepositoryKey repoKey,
                                             const std::vector<versions::ActionRun> &runs, const OnProgress &progress,
                                             VersionSyncStats &stats, const core::Cancel &cancel)
{
    const auto unknown = [&](std::set<core::CommitId> ids) -> core::Result<std::vector<core::CommitId>> {
        std::vector<core::CommitId> list(ids.begin(), ids.end());
        const auto known = m_store.known(repoKey, list);
        if (!known)
            return core::fail(known.error());
        for (std::size_t i = 0; i < list.size(); ++i)
            if ((*known)[i])
                ids.erase(list[i]);
        return std::vector<core::CommitId>(ids.begin(), ids.end());
    };
    std::set<core::CommitId> ids;
    for (const versions::ActionRun &run : runs)
        if (!run.commit.empty())
            ids.insert(run.commit);
    const auto wanted = unknown(std::move(ids));
    if (!wanted)
        return core::fail(wanted.error());
    std::mutex mutex;
    std::map<core::CommitId, versions::Commit> named;
    std::set<core::CommitId> parents;
    std::optional<core::Error> failed;
    parallelFor(wanted->size(), kHookThreads, [&](std::size_t i) {
        auto commit = m_source->commit(repo, core::RefName((*wanted)[i].value), cancel);
        const std::scoped_lock lock(mutex);
        if (commit) {
            parents.insert(commit->parents.begin(), commit->parents.end());
            named.emplace(commit->id, std::move(*commit));
        } else if (commit.error().kind != core::ErrorKind::NotFound && !failed) { // else the server let go of it
            failed = commit.error();
        }
    });
    if (failed)
        return core::fail(*failed);
    auto starts = unknown(std::move(parents));
    if (!starts)
        return core::fail(starts.error());
    if (!starts->empty()) {
        const auto source = key();
        auto begun = source ? Begun::look(m_sync, m_parts.cache, *source, "walk:" + repo.value)
                            : core::Result<Begun>(core::fail(source.error()));
        if (!begun)
            return core::fail(begun.error());
        if (auto done = walkFrom(repo, repoKey, std::move(*starts), false, *begun, progress, stats, cancel);
            !done && done.error().kind != core::ErrorKind::NotFound)
            return done;
    }
    std::set<core::CommitId> left; // what the walk has not brought
    for (const auto &[id, commit] : named)
        left.insert(id);
    const auto fresh = unknown(std::move(left));
    if (!fresh)
        return core::fail(fresh.error());
    std::vector<versions::Commit> batch;
    for (const core::CommitId &id : *fresh) {
        versions::Commit &commit = named.at(id);
        const auto gone = unknown({commit.parents.begin(), commit.parents.end()});
        if (!gone)
            return core::fail(gone.error());
        if (gone->empty()) // else it would hang in the air
            batch.push_back(std::move(commit));
    }
    stats.commits += static_cast<std::int64_t>(batch.size());
    return batch.empty() ? core::Result<void>() : m_store.saveCommits(repoKey, batch);
}

core::Result<std::int64_t> VersionService::syncRuns(const core::RepositoryId &repo, store::RepositoryKey repoKey,
                                                    const OnProgress &progress, VersionSyncStats &stats,
                                                    const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    // Newest second first, and within a second older first: everything up to the end of the newest known second has
    // to be looked at. Until a first reading was complete, nothing counts as known.
    const std::string what = "runs:" + repo.value;
    const auto complete = m_sync.state(*source, what);
    auto begun = Begun::look(m_sync, m_parts.cache, *source, what);
    const auto newest = m_store.newestRun(repoKey);
    if (const auto error = core::firstError(complete, begun, newest))
        return core::fail(*error);
    // A reading that did not end noted how far it had to go: what it saved says nothing about that.
    std::int64_t stop = complete->at.known() ? newest->seconds() : INT64_MIN;
    for (const std::string &other : begun->others())
        stop = std::min<std::int64_t>(stop, std::atoll(other.c_str()));
    std::int64_t added = 0;
    std::string after;
    bool reached = false;
    while (!reached) {
        auto page = m_source->runs(repo, after, after.empty() && complete->at.known() ? 32 : kRunPage, cancel);
        if (!page)
            return core::fail(page.error());
        std::vector<std::string> ids;
        for (const versions::ActionRun &run : page->runs)
            ids.push_back(run.id);
        const auto known = m_store.knownRuns(repoKey, ids);
        if (!known)
            return core::fail(known.error());
        std::vector<versions::ActionRun> fresh;
        for (std::size_t i = 0; i < page->runs.size(); ++i) {
            reached |= page->runs[i].started.seconds() < stop;
            if (!(*known)[i])
                fresh.push_back(std::move(page->runs[i]));
        }
        std::mutex mutex;
        std::optional<core::Error> failed;
        parallelFor(fresh.size(), kHookThreads, [&](std::size_t i) {
            auto hooks = m_source->hooks(repo, fresh[i].id, cancel);
            const std::scoped_lock lock(mutex);
            if (hooks)
                fresh[i].hooks = std::move(*hooks);
            else if (!failed)
                failed = hooks.error();
        });
        if (failed)
            return core::fail(*failed);
        // Before its run: what was not saved is asked for again.
        if (auto named = syncNamed(repo, repoKey, fresh, progress, stats, cancel); !named)
            return core::fail(named.error());
        reached |= page->next.empty();
        const bool only = reached && after.empty(); // saved at once, there is nothing to note
        if (auto saved = m_store.saveRuns(repoKey, fresh, only ? nullptr : begun->note(std::to_string(stop))); !saved)
            return core::fail(saved.error());
        added += static_cast<std::int64_t>(fresh.size());
        if (progress)
            progress({"lakefs", repo.value + " hook runs", added});
        after = page->next;
    }
    if (auto ended = begun->end(m_parts.clock.now()); !ended)
        return core::fail(ended.error());
    return added;
}

core::Result<versions::DiffPage> VersionService::diff(const core::RepositoryId &repo, const core::CommitId &left,
                                                      const core::CommitId &right, versions::DiffMode mode,
                                                      const std::string &prefix, const std::string &after,
                                                      Access access, const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    const std::string what = repo.value + "/" + left.value + (mode == versions::DiffMode::TwoDot ? ".." : "...")
        + right.value + "/" + std::to_string(prefix.size()) + ":" + prefix + after;
    const auto stored = m_sync.answer(*source, "diff", what);
    if (!stored)
        return core::fail(stored.error());
    if (*stored) // what is damaged or of an older version is asked for again
        if (auto page = unpackDiff((*stored)->body))
            return page;
    if (access == Access::CacheOnly || !m_source)
        return core::fail(core::ErrorKind::Offline, "lakefs diffRefs", "this comparison is not in the cache");
    auto page = asked<versions::DiffPage>([&] {
        return m_source->diff(repo, core::RefName(left.value), core::RefName(right.value), mode, prefix, after,
                              kDiffPage, cancel);
    });
    if (!page)
        return page;
    if (auto saved = m_sync.saveAnswer(*source, "diff", what, {m_parts.clock.now(), packDiff(*page)}); !saved)
        return core::fail(saved.error());
    return page;
}

core::Result<std::string> VersionService::hookOutput(const core::RepositoryId &repo, const std::string &run,
                                                     const std::string &hook, Access access, const core::Cancel &cancel)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    auto stored = m_store.hookOutput(*repoKey, run, hook);
    if (!stored)
        return core::fail(stored.error());
    if (*stored)
        return std::move(**stored);
    if (access == Access::CacheOnly || !m_source)
        return core::fail(core::ErrorKind::Offline, "lakefs getRunHookOutput", "this output is not in the cache");
    auto output = asked<std::string>([&] { return m_source->hookOutput(repo, run, hook, cancel); });
    if (output)
        if (auto saved = m_store.saveHookOutput(*repoKey, run, hook, *output); !saved)
            return core::fail(saved.error());
    return output;
}

} // namespace andon::factory
