#include "factory/squashed.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

bool isAhead(const RefRow &row)
{
    return row.ref.kind == versions::RefKind::Branch && !row.isDefault && row.ahead.value_or(0) > 0;
}

/// Of the default branch, not dated before `since`, newest first.
std::vector<core::CommitId> squashesOf(const versions::CommitGraph &graph, core::Instant since)
{
    std::vector<core::CommitId> found;
    std::vector<char> main; // what the default branch reaches, once there is something to ask it of
    for (std::int32_t row = 0; row < graph.size() && found.size() < kMostSquashes; ++row) {
        if (graph.kind(row) != versions::CommitKind::Squash || graph.created(row) < since.seconds())
            continue;
        if (main.empty())
            main = graph.ancestry(graph.topology().mainHead);
        if (main[static_cast<std::size_t>(row)])
            found.push_back(graph.oid(row).id());
    }
    return found;
}

} // namespace

core::Result<void> markSquashed(store::VersionStore &store, store::RepositoryKey repo, RepositoryView &view)
{
    core::Instant since;
    std::vector<core::CommitId> ahead;
    for (const RefRow &row : view.refs)
        if (isAhead(row)) {
            ahead.push_back(row.ref.commit);
            since = since.known() ? std::min(since, row.at) : row.at;
        }
    if (!since.known() || view.graph->topology().mainHead == versions::kNone)
        return {};
    const auto squashes = store.commits(repo, squashesOf(*view.graph, since));
    const auto heads = squashes && !squashes->empty() ? store.commits(repo, ahead) : squashes;
    if (!heads)
        return core::fail(heads.error());
    std::map<core::CommitId, std::string> dataOf;
    for (const versions::Commit &head : *heads)
        dataOf[head.id] = head.metaRangeId;
    const std::string into = "' into '" + view.repository.repository.defaultBranch.value + "'";
    for (RefRow &row : view.refs)
        for (std::size_t i = 0; i < squashes->size() && isAhead(row) && !row.squashed; ++i) {
            const versions::Commit &squash = (*squashes)[i];
            const std::string &data = dataOf[row.ref.commit];
            const bool same = !data.empty() && data == squash.metaRangeId;
            if (squash.created < row.at.seconds()
                || (!same && versions::subject(squash) != "Merge '" + row.ref.name.value + into))
                continue;
            row.squashed = squash.id;
            row.squashedBy = same ? versions::KnownBy::SameData : versions::KnownBy::Message;
        }
    return {};
}

} // namespace andon::factory
