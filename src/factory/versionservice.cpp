#include "factory/versionservice.h"

#include "versions/asof.h"
#include <algorithm>
#include <tuple>

namespace andon::factory
{

struct VersionService::Graph {
    std::int64_t commits = -1;
    std::vector<versions::Ref> refs = {};
    std::shared_ptr<const versions::CommitGraph> graph = {};
};

namespace
{

constexpr std::size_t kMostComparedRefs = 500; // each costs one pass over the graph

std::vector<RefRow> refRows(const versions::Repository &repo, const std::vector<versions::Ref> &refs,
                            const std::vector<versions::ProtectionRule> &rules, const versions::CommitGraph &graph,
                            const std::map<versions::Oid, versions::GateSummary> &gates)
{
    const std::int32_t main = graph.topology().mainHead;
    std::vector<RefRow> rows;
    for (const versions::Ref &ref : refs) {
        RefRow row{.ref = ref};
        const bool branch = ref.kind == versions::RefKind::Branch;
        const std::int32_t at = graph.rowOf(ref.commit);
        row.isDefault = branch && ref.name == repo.defaultBranch;
        for (const versions::ProtectionRule &rule : rules)
            row.isProtected |= branch && versions::matchesPattern(rule.pattern, ref.name.value);
        if (at != versions::kNone) {
            row.at = core::Instant::fromSeconds(graph.created(at));
            if (main != versions::kNone && branch && refs.size() <= kMostComparedRefs)
                std::tie(row.ahead, row.behind) = graph.aheadBehind(at, main);
            if (const auto sum = gates.find(graph.oid(at)); sum != gates.end())
                row.gates = sum->second;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

VersionService::VersionService(SiteParts parts, core::SourceName name, std::unique_ptr<roles::VersionSource> source)
    : m_parts(std::move(parts))
    , m_name(std::move(name))
    , m_source(std::move(source))
    , m_store(m_parts.cache)
    , m_sync(m_parts.cache)
{
}

VersionService::~VersionService() = default;

core::Result<void> VersionService::configured() const
{
    if (m_source)
        return {};
    return core::fail(core::ErrorKind::Invalid, "lakefs", "this site has no lakeFS source");
}

core::Result<store::SourceKey> VersionService::key()
{
    const std::scoped_lock lock(m_mutex);
    if (m_key)
        return *m_key;
    auto key = m_store.source(m_parts.site, m_name);
    if (key)
        m_key = *key;
    return key;
}

core::Result<store::RepositoryKey> VersionService::key(const core::RepositoryId &repo)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    return m_store.repository(*source, repo);
}

core::Result<RepositoryRow> VersionService::row(const versions::Repository &repo)
{
    const auto repoKey = key(repo.id);
    if (!repoKey)
        return core::fail(repoKey.error());
    const auto counts = m_store.counts(*repoKey);
    if (!counts)
        return core::fail(counts.error());
    const auto gates = m_store.gatesSince(*repoKey, m_parts.pin.now() - 30 * core::kDay);
    if (!gates)
        return core::fail(gates.error());
    return RepositoryRow{.repository = repo,
                         .commits = counts->commits,
                         .branches = counts->branches,
                         .tags = counts->tags,
                         .gates = *gates,
                         .newest = core::Instant::fromSeconds(counts->newest)};
}

core::Result<core::Snapshot<std::vector<RepositoryRow>>> VersionService::repositories(Access access,
                                                                                      const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    if (access == Access::Refresh && m_source) {
        // The error is on the board and comes back with the snapshot.
        const auto listed = sync({}, cancel);
        if (!listed && listed.error().kind == core::ErrorKind::Cancelled)
            return core::fail(listed.error());
    }
    const auto all = m_store.repositories(*source);
    const auto state = m_sync.state(*source, "repositories");
    if (!all)
        return core::fail(all.error());
    if (!state)
        return core::fail(state.error());
    core::Snapshot<std::vector<RepositoryRow>> snapshot;
    for (const versions::Repository &repo : *all) {
        auto one = row(repo);
        if (!one)
            return core::fail(one.error());
        snapshot.value.push_back(std::move(*one));
    }
    snapshot.freshness = cachedFreshness(state->at, m_parts.board, "lakefs");
    return snapshot;
}

core::Result<std::shared_ptr<const versions::CommitGraph>> VersionService::graph(const versions::Repository &repo,
                                                                                 std::vector<versions::Ref> &refs)
{
    const auto repoKey = key(repo.id);
    if (!repoKey)
        return core::fail(repoKey.error());
    const auto counts = m_store.counts(*repoKey);
    if (!counts)
        return core::fail(counts.error());
    const auto asOf = m_parts.pin.asOf();
    {
        const std::scoped_lock lock(m_mutex);
        const Graph &last = m_graphs[repo.id];
        if (!asOf && last.graph && last.commits == counts->commits && last.refs == refs)
            return last.graph;
    }
    auto commits = m_store.topology(*repoKey);
    if (!commits)
        return core::fail(commits.error());
    if (asOf) {
        const auto head = asOf->repository == repo.id ? versions::Oid::fromHex(asOf->commit.value) : std::nullopt;
        auto then = head ? versions::historyOf(std::move(*commits), refs, *head, repo.defaultBranch)
                         : versions::historyAt(std::move(*commits), refs, asOf->at.seconds());
        *commits = std::move(then.commits);
        refs = std::move(then.refs);
    }
    auto built = std::make_shared<const versions::CommitGraph>(
        versions::CommitGraph::build(std::move(*commits), refs, repo.defaultBranch));
    const std::scoped_lock lock(m_mutex);
    if (!asOf)
        m_graphs[repo.id] = {counts->commits, refs, built};
    return built;
}

core::Result<core::Snapshot<RepositoryView>> VersionService::repository(const core::RepositoryId &repo, Access access,
                                                                        const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    if (access == Access::Refresh && m_source)
        (void)syncRepository(repo, {}, cancel);
    const auto all = m_store.repositories(*source);
    if (!all)
        return core::fail(all.error());
    const auto found = std::find_if(all->begin(), all->end(), [&](const auto &r) { return r.id == repo; });
    if (found == all->end())
        return core::fail(core::ErrorKind::NotFound, "cache", "there is no repository \"" + repo.value + "\"");
    const auto repoKey = key(repo);
    auto refs = repoKey ? m_store.refs(*repoKey) : core::fail(repoKey.error());
    const auto rules = repoKey ? m_store.protection(*repoKey) : core::fail(repoKey.error());
    auto gates = repoKey ? m_store.gates(*repoKey) : core::fail(repoKey.error());
    auto overview = row(*found);
    const auto built = refs ? graph(*found, *refs) : core::fail(refs.error());
    if (const auto error = core::firstError(refs, rules, gates, overview, built))
        return core::fail(*error);

    core::Snapshot<RepositoryView> snapshot;
    snapshot.value.repository = std::move(*overview);
    snapshot.value.graph = *built;
    snapshot.value.gates = std::make_shared<const std::map<versions::Oid, versions::GateSummary>>(std::move(*gates));
    snapshot.value.refs = refRows(*found, *refs, *rules, **built, *snapshot.value.gates);
    const auto state = m_sync.state(*source, "repository:" + repo.value);
    snapshot.freshness = cachedFreshness(state ? state->at : core::Instant{}, m_parts.board, "lakefs");
    if (m_parts.pin.asOf() && !snapshot.freshness.error) {
        snapshot.freshness.state = core::FreshnessState::Partial;
        snapshot.freshness.notes.push_back("as-of-heads");
    }
    if ((*built)->cut() > 0)
        snapshot.freshness.notes.push_back("history-incomplete");
    return snapshot;
}

core::Result<CommitDetail> VersionService::detail(const core::RepositoryId &repo, const core::CommitId &id,
                                                  Access access, const core::Cancel &cancel)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    auto commit = m_store.commit(*repoKey, id);
    if (!commit && commit.error().kind == core::ErrorKind::NotFound && access == Access::Refresh && m_source)
        commit = m_source->commit(repo, core::RefName(id.value), cancel);
    if (!commit)
        return core::fail(commit.error());
    auto runs = m_store.runsOf(*repoKey, commit->id);
    if (!runs)
        return core::fail(runs.error());
    CommitDetail detail{.commit = std::move(*commit)};
    detail.nature = versions::natureOf(detail.commit);
    detail.gates = versions::summarize(*runs);
    detail.runs = std::move(*runs);
    return detail;
}

core::Result<std::vector<versions::Commit>> VersionService::commits(const core::RepositoryId &repo,
                                                                    const std::vector<core::CommitId> &ids)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    return m_store.commits(*repoKey, ids);
}

core::Result<std::vector<core::CommitId>> VersionService::search(const core::RepositoryId &repo,
                                                                 const std::string &words, int limit)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    auto ids = m_store.withPrefix(*repoKey, words, limit);
    if (ids && ids->empty())
        ids = m_store.search(*repoKey, words, limit);
    return ids;
}

core::Result<std::vector<versions::ActionRun>> VersionService::runs(const core::RepositoryId &repo, core::Instant since,
                                                                    int limit)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    auto runs = m_store.runs(*repoKey, since, limit);
    if (runs && m_parts.pin.asOf())
        std::erase_if(*runs, [now = m_parts.pin.now()](const auto &run) { return run.started > now; });
    return runs;
}

core::Result<store::RepositoryCounts> VersionService::counts(const core::RepositoryId &repo)
{
    const auto repoKey = key(repo);
    if (!repoKey)
        return core::fail(repoKey.error());
    return m_store.counts(*repoKey);
}

} // namespace andon::factory
