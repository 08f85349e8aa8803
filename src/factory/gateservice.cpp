#include "factory/gateservice.h"

#include "factory/versionservice.h"
#include "store/gatestore.h"

#include <algorithm>
#include <set>

namespace andon::factory
{

namespace
{

constexpr int kLine = 500; // commits of the default branch that are looked at
constexpr std::int64_t kSchemaDays = 14;

/// Commits that a wall names, once each.
std::vector<core::CommitId> namedBy(const std::vector<versions::GateLine> &lines,
                                    const std::vector<versions::GateResult> &past)
{
    std::set<core::CommitId> ids;
    const auto take = [&](const versions::GateResult &result) {
        if (!result.commit.empty())
            ids.insert(result.commit);
    };
    for (const versions::GateLine &line : lines) {
        std::for_each(line.latest.begin(), line.latest.end(), take);
        if (line.lastFailure)
            take(*line.lastFailure);
    }
    std::for_each(past.begin(), past.end(), take);
    return {ids.begin(), ids.end()};
}

double percentOf(const std::vector<versions::GateLine> &lines, bool &known)
{
    versions::GateSummary sum;
    for (const versions::GateLine &line : lines)
        if (line.event.starts_with("pre-")) {
            sum.completed += line.week.completed;
            sum.failed += line.week.failed;
        }
    const auto rate = versions::failureRate(sum);
    known = rate.has_value();
    return rate.value_or(0) * 100;
}

/// Looks whether the hook that was skipped had refused the same data before.
core::Result<void> findAttempt(store::DatabaseFile &cache, store::RepositoryKey repo, PastSkipped &finding)
{
    constexpr int kMostAlike = 20;
    store::VersionStore versionStore(cache);
    const auto alike = versionStore.sameData(repo, finding.merge.id, kMostAlike);
    if (!alike)
        return core::fail(alike.error());
    for (const core::CommitId &id : *alike) {
        const auto runs = versionStore.runsOf(repo, id);
        if (!runs)
            return core::fail(runs.error());
        for (const versions::ActionRun &run : *runs)
            for (const versions::HookRun &hook : run.hooks)
                if (run.event == finding.result.event && run.started < finding.result.started
                    && hook.hook == finding.result.hook && hook.status == versions::HookStatus::Failed)
                    finding.refused = id;
    }
    return {};
}

} // namespace

GateService::GateService(SiteParts parts, VersionService &versions, Known known)
    : m_parts(std::move(parts))
    , m_versions(versions)
    , m_known(std::move(known))
{
}

core::Result<core::Snapshot<GateView>> GateService::wall(Access access, const core::Cancel &cancel)
{
    const auto listed = m_versions.repositories(access, cancel);
    if (!listed)
        return core::fail(listed.error());
    auto all = store::GateStore(m_parts.cache).repositories();
    if (!all)
        return core::fail(all.error());
    // The site that is open comes first.
    std::stable_partition(all->begin(), all->end(), [this](const auto &repo) { return repo.site == m_parts.site; });
    core::Snapshot<GateView> snapshot{.freshness = listed->freshness};
    for (const store::CachedRepository &repo : *all) {
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, "cache", {});
        if (const auto added = add(repo, snapshot.value); !added)
            return core::fail(added.error());
    }
    std::stable_sort(snapshot.value.rows.begin(), snapshot.value.rows.end(),
                     [](const GateRow &a, const GateRow &b) { return versions::isWorse(a.line, b.line); });
    std::stable_sort(snapshot.value.findings.begin(), snapshot.value.findings.end(),
                     [](const auto &a, const auto &b) { return a.result.started > b.result.started; });
    return snapshot;
}

core::Result<void> GateService::add(const store::CachedRepository &repo, GateView &view)
{
    const core::Instant now = m_parts.pin.now();
    versions::GateTally tally(now);
    const auto read = store::GateStore(m_parts.cache).each(repo.key, now, [&](const versions::GateResult &r) {
        tally.add(r);
        ++view.results;
    });
    if (!read)
        return read;
    std::vector<versions::GateLine> lines = tally.lines();
    auto commits = store::VersionStore(m_parts.cache).commits(repo.key, namedBy(lines, tally.pastSkipped()));
    if (!commits)
        return core::fail(commits.error());
    std::map<core::CommitId, const versions::Commit *> known;
    for (const versions::Commit &commit : *commits) {
        known.emplace(commit.id, &commit);
        view.committers.emplace(commit.id, commit.committer);
    }
    std::size_t looked = 0;
    DatasetRow dataset{.site = repo.site, .repository = repo.repository.id, .branch = repo.repository.defaultBranch};
    for (const versions::GateResult &result : tally.pastSkipped())
        if (const auto merge = known.find(result.commit); merge != known.end()) { // else it is gone from the server
            PastSkipped finding{repo.site, repo.repository.id, result, *merge->second};
            if (looked++ < kMostAttempts)
                if (auto found = findAttempt(m_parts.cache, repo.key, finding); !found)
                    return found;
            view.findings.push_back(std::move(finding));
            dataset.skippedMerges += result.started > now - 30 * core::kDay ? 1 : 0;
        }
    if (auto judged = judge(repo, lines, dataset); !judged)
        return judged;
    view.datasets.push_back(std::move(dataset));
    for (versions::GateLine &line : lines)
        view.rows.push_back({repo.site, repo.repository.id, std::move(line)});
    return {};
}

core::Result<void> GateService::judge(const store::CachedRepository &repo, const std::vector<versions::GateLine> &lines,
                                      DatasetRow &row)
{
    const core::Instant now = m_parts.pin.now();
    store::VersionStore versionStore(m_parts.cache);
    const auto line = store::GateStore(m_parts.cache).firstParents(repo, now, kLine);
    if (!line)
        return core::fail(line.error());
    const auto &knowledge = read(m_known);
    if (!knowledge)
        return core::fail(knowledge.error());
    if (!line->empty()) {
        row.head = line->front();
        const auto age = static_cast<double>(now - core::Instant::fromSeconds(line->front().created));
        row.figures["freshness.age_days"] = age / static_cast<double>(core::kDay);
    }
    for (const versions::Commit &commit : *line) {
        const auto runs = versionStore.runsOf(repo.key, commit.id);
        if (!runs)
            return core::fail(runs.error());
        if (auto gated = versions::gatesBefore(commit.id, *runs); gated.at.known() && gated.at <= now) {
            row.gated = std::move(gated);
            break;
        }
        ++row.ungated;
    }
    if (!lines.empty()) { // a repository without hooks has no gates to pass
        row.figures["completeness.ungated"] = static_cast<double>(row.ungated);
        row.figures["completeness.skipped_merges"] = static_cast<double>(row.skippedMerges);
    }
    if (row.gated) {
        row.figures["completeness.skipped"] = row.gated->gates.skipped;
        row.figures["quality.failed"] = row.gated->gates.failed;
    }
    bool known = false;
    if (const double percent = percentOf(lines, known); known)
        row.figures["quality.failure_percent"] = percent;
    row.schema = versions::schemaChange(*line);
    if (!row.schema.schema.empty())
        row.figures["consistency.schema_changes"] =
            versions::schemaChanges(*line, (now - kSchemaDays * core::kDay).seconds());
    for (const versions::Aspect aspect : versions::kAspects)
        row.states[static_cast<std::size_t>(aspect)] = versions::judge(aspect, knowledge->readiness, row.figures);
    return {};
}

core::Result<std::string> GateService::output(const core::SiteName &site, const core::RepositoryId &repo,
                                              const versions::GateResult &result, Access access,
                                              const core::Cancel &cancel)
{
    if (site == m_parts.site)
        return m_versions.hookOutput(repo, result.run, result.hookRun, access, cancel);
    const auto all = store::GateStore(m_parts.cache).repositories();
    if (!all)
        return core::fail(all.error());
    for (const store::CachedRepository &one : *all) {
        if (one.site != site || one.repository.id != repo)
            continue;
        auto kept = store::VersionStore(m_parts.cache).hookOutput(one.key, result.run, result.hookRun);
        if (!kept)
            return core::fail(kept.error());
        if (*kept)
            return std::move(**kept);
    }
    return core::fail(core::ErrorKind::Offline, "cache",
                      "this output was not read yet: open the site " + site.value + " to ask its server");
}

} // namespace andon::factory
