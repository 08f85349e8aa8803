#include "factory/pullservice.h"

#include "factory/pullcodec.h"
#include "factory/told.h"
#include "factory/versionservice.h"
#include "versions/aheadbehind.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

constexpr int kPage = 1000;
constexpr std::size_t kMostCommits = 50; // shown of one
constexpr const char *kList = "pulls"; // kinds of answers in the cache
constexpr const char *kOne = "pull";
const std::string kHas = "has "; // before the name of the product
const std::string kLacks = "lacks ";

} // namespace

core::Result<store::SourceKey> PullService::key() const
{
    return store::VersionStore(m_parts.cache).source(m_parts.site, m_name);
}

core::Result<PullService::List> PullService::ask(const core::RepositoryId &repo, const core::Cancel &cancel)
{
    List all;
    for (std::string after;;) {
        auto page = told<roles::PullsPage>(m_parts.board, "lakefs",
                                           [&] { return m_source->pulls(repo, after, kPage, cancel); });
        if (!page)
            return core::fail(page.error());
        std::move(page->pulls.begin(), page->pulls.end(), std::back_inserter(all));
        if (page->next.empty())
            return all;
        if (page->next == after)
            return core::fail(core::ErrorKind::Protocol, "lakefs listPullRequests", "the list repeats itself");
        after = page->next;
    }
}

core::Result<void> PullService::sync(const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    store::SyncStore kept(m_parts.cache);
    const auto before = kept.state(*source, kList);
    auto listed = m_versions.repositories(Access::CacheOnly, cancel);
    if (listed && listed->value.empty()) // a new profile: whose pull requests would they be
        listed = m_versions.repositories(Access::Refresh, cancel);
    if (const auto error = core::firstError(before, listed))
        return core::fail(*error);
    std::string says = before->value;
    if (!says.starts_with(kHas)) { // a server may be updated
        const auto info = m_versions.probe(cancel);
        if (!info)
            return core::fail(info.error());
        const bool can =
            std::find(info->capabilities.begin(), info->capabilities.end(), "pulls") != info->capabilities.end();
        says = (can ? kHas : kLacks) + info->product + " " + info->version;
    }
    const bool has = says.starts_with(kHas);
    std::vector<std::pair<std::string, std::string>> bodies;
    for (const RepositoryRow &row : has ? listed->value : std::vector<RepositoryRow>{}) {
        const auto all = ask(row.repository.id, cancel);
        if (!all)
            return core::fail(all.error());
        bodies.emplace_back(row.repository.id.value, packPulls(*all));
    }
    const core::Instant now = m_parts.clock.now();
    if (auto saved = kept.replaceAnswers(*source, kList, now, bodies); !saved)
        return saved;
    return kept.mark(*source, kList, now, says);
}

core::Result<core::Snapshot<PullsView>> PullService::pulls(Access access, const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    if (asks(access) && m_source) // what failed is on the board and comes back with the snapshot
        if (const auto done = sync(cancel); !done && done.error().kind == core::ErrorKind::Cancelled)
            return core::fail(done.error());
    store::SyncStore kept(m_parts.cache);
    const auto state = kept.state(*source, kList);
    const auto answers = kept.answers(*source, kList);
    if (const auto error = core::firstError(state, answers))
        return core::fail(*error);
    core::Snapshot<PullsView> snapshot{.freshness = cachedFreshness(state->at, m_parts.board, "lakefs")};
    snapshot.value.absent = state->value.starts_with(kLacks);
    if (const auto space = state->value.find(' '); space != std::string::npos)
        snapshot.value.product = state->value.substr(space + 1);
    for (const auto &[repo, answer] : *answers) {
        auto pulls = unpackPulls(answer.body);
        if (!pulls)
            return core::fail(pulls.error());
        for (versions::PullRequest &pull : *pulls)
            if (pull.created <= m_parts.pin.now())
                snapshot.value.pulls.push_back({core::RepositoryId(repo), std::move(pull)});
    }
    std::stable_sort(snapshot.value.pulls.begin(), snapshot.value.pulls.end(), [](const auto &a, const auto &b) {
        const bool openA = a.pull.status == versions::PullStatus::Open;
        const bool openB = b.pull.status == versions::PullStatus::Open;
        return openA != openB ? openA : a.pull.created > b.pull.created;
    });
    return snapshot;
}

core::Result<core::Snapshot<PullDetail>> PullService::pull(const core::RepositoryId &repo, const std::string &id,
                                                           Access access, const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    store::SyncStore kept(m_parts.cache);
    const std::string what = repo.value + "/" + id;
    if (asks(access) && m_source) {
        const auto asked =
            told<versions::PullRequest>(m_parts.board, "lakefs", [&] { return m_source->pull(repo, id, cancel); });
        if (!asked && asked.error().kind == core::ErrorKind::NotFound)
            return core::fail(asked.error());
        if (asked)
            if (auto saved = kept.saveAnswer(*source, kOne, what, {m_parts.clock.now(), packPulls({*asked})}); !saved)
                return core::fail(saved.error());
    }
    const auto one = kept.answer(*source, kOne, what);
    const auto list = kept.answer(*source, kList, repo.value);
    if (const auto error = core::firstError(one, list))
        return core::fail(*error);
    core::Snapshot<PullDetail> snapshot;
    snapshot.value.row.repository = repo;
    for (const auto *answer : {&*one, &*list}) {
        const auto pulls = *answer ? unpackPulls((*answer)->body) : core::Result<List>(List{});
        if (!pulls)
            return core::fail(pulls.error());
        const auto found = std::find_if(pulls->begin(), pulls->end(), [&](const auto &p) { return p.id == id; });
        if (found == pulls->end())
            continue;
        snapshot.value.row.pull = *found;
        snapshot.freshness = cachedFreshness((*answer)->at, m_parts.board, "lakefs");
        if (auto added = addCommits(snapshot.value, cancel); !added)
            return core::fail(added.error());
        return snapshot;
    }
    return core::fail(core::ErrorKind::NotFound, "cache", "there is no pull request " + id + " in " + repo.value);
}

core::Result<void> PullService::addCommits(PullDetail &detail, const core::Cancel &cancel) const
{
    const versions::PullRequest &pull = detail.row.pull;
    const auto view = m_versions.repository(detail.row.repository, Access::CacheOnly, cancel);
    if (!view && view.error().kind == core::ErrorKind::NotFound)
        return {};
    if (!view)
        return core::fail(view.error());
    if (!view->value.graph)
        return {};
    const versions::CommitGraph &graph = *view->value.graph;
    const versions::Topology &topology = graph.topology();
    std::int32_t source = versions::kNone;
    std::int32_t destination = versions::kNone;
    const std::int32_t merge = pull.merged.empty() ? versions::kNone : graph.rowOf(pull.merged);
    if (merge != versions::kNone) { // its branches may have moved on, or are gone
        source = topology.second[static_cast<std::size_t>(merge)];
        source = source == versions::kNone ? merge : source; // a squash
        destination = topology.first[static_cast<std::size_t>(merge)];
    } else if (pull.status != versions::PullStatus::Merged) {
        for (const RefRow &row : view->value.refs) {
            if (row.ref.kind != versions::RefKind::Branch)
                continue;
            if (row.ref.name == pull.source)
                source = graph.rowOf(row.ref.commit);
            if (row.ref.name == pull.destination)
                destination = graph.rowOf(row.ref.commit);
        }
    }
    if (source == versions::kNone || destination == versions::kNone)
        return {};
    detail.head = detail.right = graph.oid(source).id();
    detail.left = graph.oid(destination).id();
    const versions::Distance apart = versions::distances(graph, {source}, destination).front();
    detail.count = apart.ahead;
    detail.behind = apart.behind;
    const std::vector<char> has = graph.ancestry(source);
    const std::vector<char> there = graph.ancestry(destination);
    std::vector<core::CommitId> ids;
    for (std::size_t row = 0; row < has.size() && ids.size() < kMostCommits; ++row)
        if (has[row] && !there[row])
            ids.push_back(graph.oid(static_cast<std::int32_t>(row)).id());
    auto commits = m_versions.commits(detail.row.repository, ids);
    if (!commits)
        return core::fail(commits.error());
    detail.commits = std::move(*commits);
    addGates(view->value, detail);
    return {};
}

void PullService::addGates(const RepositoryView &view, PullDetail &detail) const
{
    for (const core::CommitId &id : {detail.row.pull.merged, detail.head})
        if (const auto oid = versions::Oid::fromHex(id.value))
            if (const auto found = view.gates->find(*oid); found != view.gates->end()) {
                detail.gates = found->second;
                return;
            }
}

} // namespace andon::factory
