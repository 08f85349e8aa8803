#include "factory/refservice.h"

#include "factory/told.h"
#include "factory/versionservice.h"
#include "versions/aheadbehind.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

std::vector<RefLine> linesOf(const RepositoryView &view)
{
    std::vector<RefLine> lines;
    for (const RefRow &row : view.refs)
        lines.push_back({.ref = row.ref,
                         .at = row.at,
                         .isDefault = row.isDefault,
                         .rule = row.rule,
                         .squashed = row.squashed,
                         .squashedBy = row.squashedBy,
                         .gates = row.gates});
    return lines;
}

void measure(const RepositoryView &view, std::vector<RefLine> &lines)
{
    const versions::CommitGraph &graph = *view.graph;
    const std::int32_t main = graph.topology().mainHead;
    std::vector<std::int32_t> rows;
    std::vector<RefLine *> of;
    for (RefLine &line : lines)
        if (const std::int32_t row = graph.rowOf(line.ref.commit); row != versions::kNone && main != versions::kNone) {
            rows.push_back(row);
            of.push_back(&line);
        }
    if (rows.empty())
        return;
    const auto found = versions::distances(graph, rows, main);
    for (std::size_t i = 0; i < of.size(); ++i) {
        of[i]->ahead = found[i].ahead;
        of[i]->behind = found[i].behind;
        of[i]->merged = of[i]->ref.kind == versions::RefKind::Branch && !of[i]->isDefault && found[i].ahead == 0;
    }
}

} // namespace

core::Result<core::Snapshot<RefsView>> RefService::refs(const core::RepositoryId &repo, Access access,
                                                        const core::Cancel &cancel)
{
    const auto isIt = [&repo](const RepositoryRow &row) { return row.repository.id == repo; };
    auto listed = m_versions.repositories(repo.empty() ? access : Access::CacheOnly, cancel);
    if (listed && !repo.empty() && asks(access) && std::none_of(listed->value.begin(), listed->value.end(), isIt))
        listed = m_versions.repositories(access, cancel); // it may be new
    if (!listed)
        return core::fail(listed.error());
    core::Snapshot<RefsView> snapshot{.freshness = listed->freshness};
    const RepositoryRow *most = nullptr;
    for (const RepositoryRow &row : listed->value) {
        snapshot.value.repositories.push_back(row);
        most = !most || row.branches > most->branches ? &row : most;
    }
    if (!most)
        return snapshot;
    auto view = m_versions.repository(repo.empty() ? most->repository.id : repo,
                                      repo.empty() ? Access::CacheOnly : access, cancel);
    if (!view)
        return core::fail(view.error());
    snapshot.freshness = view->freshness;
    snapshot.value.repository = view->value.repository.repository;
    std::vector<RefLine> lines = linesOf(view->value);
    if (view->value.graph)
        measure(view->value, lines);
    std::vector<core::CommitId> ids;
    for (const RefLine &line : lines)
        ids.push_back(line.ref.commit);
    const auto commits = m_versions.commits(snapshot.value.repository.id, ids);
    if (!commits)
        return core::fail(commits.error());
    std::size_t next = 0; // those that are cached, in the order asked
    for (RefLine &line : lines) {
        line.stale = line.ref.kind == versions::RefKind::Branch && !line.isDefault && line.at.known()
            && m_parts.pin.now() - line.at > kStaleAfter;
        if (next < commits->size() && (*commits)[next].id == line.ref.commit) {
            line.committer = (*commits)[next].committer;
            line.subject = std::string(versions::subject((*commits)[next]));
            ++next;
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const RefLine &a, const RefLine &b) {
        return a.ref.kind != b.ref.kind  ? a.ref.kind < b.ref.kind
            : a.isDefault != b.isDefault ? a.isDefault
                                         : a.at > b.at;
    });
    snapshot.value.refs = std::move(lines);
    return snapshot;
}

core::Result<bool> RefService::uncommitted(const core::RepositoryId &repo, const core::RefName &branch,
                                           const core::Cancel &cancel)
{
    if (!m_source)
        return core::fail(core::ErrorKind::Offline, "lakefs diffBranch", "nobody knows without asking the server");
    return told<bool>(m_parts.board, "lakefs", [&] { return m_source->uncommitted(repo, branch, cancel); });
}

} // namespace andon::factory
