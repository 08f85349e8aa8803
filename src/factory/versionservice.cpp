#include "factory/versionservice.h"

#include "factory/graphcodec.h"
#include "factory/squashed.h"
#include "versions/aheadbehind.h"
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

constexpr std::size_t kMostSteps = 2'000'000; // over rows of the graph, to compare branches for a list beside its log

/// Branches with the default one.
void compare(std::vector<RefRow> &rows, const versions::CommitGraph &graph)
{
    std::vector<std::int32_t> heads;
    std::vector<RefRow *> branches;
    for (RefRow &row : rows)
        if (const std::int32_t at = graph.rowOf(row.ref.commit);
            row.ref.kind == versions::RefKind::Branch && at != versions::kNone) {
            heads.push_back(at);
            branches.push_back(&row);
        }
    const std::int32_t main = graph.topology().mainHead;
    const std::size_t passes = (branches.size() + 63) / 64;
    if (main == versions::kNone || passes * static_cast<std::size_t>(graph.size()) > kMostSteps)
        return;
    const auto compared = versions::distances(graph, heads, main);
    for (std::size_t n = 0; n < branches.size(); ++n) {
        branches[n]->ahead = compared[n].ahead;
        branches[n]->behind = compared[n].behind;
    }
}

std::vector<RefRow> refRows(const versions::Repository &repo, const std::vector<versions::Ref> &refs,
                            const std::vector<versions::ProtectionRule> &rules, const versions::CommitGraph &graph,
                            const std::map<versions::Oid, versions::GateSummary> &gates)
{
    std::vector<RefRow> rows;
    for (const versions::Ref &ref : refs) {
        RefRow row{.ref = ref};
        const bool branch = ref.kind == versions::RefKind::Branch;
        const std::int32_t at = graph.rowOf(ref.commit);
        row.isDefault = branch && ref.name == repo.defaultBranch;
        for (const versions::ProtectionRule &rule : rules)
            if (branch && !row.isProtected && versions::matchesPattern(rule.pattern, ref.name.value)) {
                row.isProtected = true;
                row.rule = rule.pattern;
            }
        if (at != versions::kNone) {
            row.at = core::Instant::fromSeconds(graph.created(at));
            if (const auto sum = gates.find(graph.oid(at)); sum != gates.end())
                row.gates = sum->second;
        }
        rows.push_back(std::move(row));
    }
    compare(rows, graph);
    return rows;
}

} // namespace

VersionService::VersionService(SiteParts parts, core::SourceName name, core::Later<roles::VersionSource> source)
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
    if (!asOf) {
        auto built = newestGraph(repo, *repoKey, counts->commits, refs);
        if (!built)
            return built;
        const std::scoped_lock lock(m_mutex);
        m_graphs[repo.id] = {counts->commits, refs, *built};
        return built;
    }
    auto commits = m_store.topology(*repoKey);
    if (!commits)
        return core::fail(commits.error());
    const auto head = asOf->repository == repo.id ? versions::Oid::fromHex(asOf->commit.value) : std::nullopt;
    auto then = head ? versions::historyOf(std::move(*commits), refs, *head, repo.defaultBranch)
                     : versions::historyAt(std::move(*commits), refs, asOf->at.seconds());
    refs = std::move(then.refs);
    return std::make_shared<const versions::CommitGraph>(
        versions::CommitGraph::build(then.commits, refs, repo.defaultBranch));
}

core::Result<std::shared_ptr<const versions::CommitGraph>>
VersionService::newestGraph(const versions::Repository &repo, store::RepositoryKey repoKey, std::int64_t count,
                            const std::vector<versions::Ref> &refs)
{
    using versions::CommitGraph;
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    // The order of the rows is kept; a mark says up to where in the cache's count. What came since extends it.
    const std::string mark = "graph:" + repo.id.value;
    const auto counted = m_sync.state(*source, mark);
    std::optional<versions::CommitOrder> order;
    if (counted && counted->at.known())
        (void)m_sync.readAnswer(*source, "graph", repo.id.value,
                                [&order](std::string_view body) { order = unpackOrder(body); });
    const std::int64_t after = order ? std::atoll(counted->value.c_str()) : 0;
    auto fresh = m_store.topologySince(repoKey, after);
    if (!fresh)
        return core::fail(fresh.error());
    const auto old = order ? order->size() : 0;
    std::shared_ptr<const CommitGraph> built;
    if (order && order->cut == 0) {
        CommitGraph before = CommitGraph::of(std::move(*order), refs, repo.defaultBranch);
        built = std::make_shared<const CommitGraph>(
            fresh->first.empty() ? std::move(before) : before.extended(fresh->first, refs, repo.defaultBranch));
    }
    if (!built || built->size() < count) { // nothing kept, or less than the cache held; a sync may have added since
        fresh = after > 0 ? m_store.topologySince(repoKey, 0) : std::move(fresh);
        if (!fresh)
            return core::fail(fresh.error());
        built = std::make_shared<const CommitGraph>(CommitGraph::build(fresh->first, refs, repo.defaultBranch));
    }
    keepOrder(repo.id, *built, old, fresh->second, after);
    return built;
}

void VersionService::keepOrder(const core::RepositoryId &repo, const versions::CommitGraph &graph, std::int32_t old,
                               std::int64_t counted, std::int64_t before)
{
    constexpr std::int32_t kFewRows = 5'000; // are ordered anew at once
    constexpr std::int64_t kManyOthers = 20'000; // rows of the cache that need not be looked through again
    const std::int32_t news = graph.size() - old;
    const bool order = news > std::max(1'000, graph.size() / 50);
    if (graph.size() < kFewRows || graph.cut() > 0 || (!order && (news > 0 || counted - before < kManyOthers)))
        return;
    const auto source = key();
    if (!source)
        return;
    // A guest of the cache may not write: then it is ordered again next time. The mark comes last: a commit that is in
    // both is dropped, one that is in neither would be missed.
    const core::Instant now = m_parts.clock.now();
    if (!order || m_sync.saveAnswer(*source, "graph", repo.value, {now, packOrder(graph.order())}))
        (void)m_sync.mark(*source, "graph:" + repo.value, now, std::to_string(counted));
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
    if (auto marked = markSquashed(m_store, *repoKey, snapshot.value); !marked)
        return core::fail(marked.error());
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
    auto natures = m_store.natures(*repoKey, {*commit});
    if (const auto error = core::firstError(runs, natures))
        return core::fail(*error);
    CommitDetail detail{.commit = std::move(*commit), .nature = std::move(natures->front())};
    if (!detail.nature.about.empty()) {
        const auto known = m_store.known(*repoKey, {detail.nature.about});
        detail.aboutCached = known && known->front();
    }
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

core::Result<std::vector<versions::CommitNature>> VersionService::natures(const core::RepositoryId &repo,
                                                                          const std::vector<versions::Commit> &commits)
{
    const auto repoKey = key(repo);
    return repoKey ? m_store.natures(*repoKey, commits) : core::fail(repoKey.error());
}

core::Result<versions::KindsByData> VersionService::kindsByData(const core::RepositoryId &repo)
{
    const auto repoKey = key(repo);
    return repoKey ? m_store.kindsByData(*repoKey) : core::fail(repoKey.error());
}

core::Result<std::vector<core::CommitId>> VersionService::sameData(const core::RepositoryId &repo,
                                                                   const core::CommitId &id, int limit)
{
    const auto repoKey = key(repo);
    return repoKey ? m_store.sameData(*repoKey, id, limit) : core::fail(repoKey.error());
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
