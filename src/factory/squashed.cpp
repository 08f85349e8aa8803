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
    for (const RefRow &row : view.refs)
        if (isAhead(row) && (!since.known() || row.at < since))
            since = row.at;
    if (!since.known() || view.graph->topology().mainHead == versions::kNone)
        return {};
    const auto commits = store.commits(repo, squashesOf(*view.graph, since));
    const auto natures = commits ? store.natures(repo, *commits) : core::fail(commits.error());
    if (!natures)
        return core::fail(natures.error());
    const std::string into = "' into '" + view.repository.repository.defaultBranch.value + "'";
    for (RefRow &row : view.refs)
        for (std::size_t i = 0; i < commits->size() && isAhead(row) && !row.squashed; ++i) {
            const versions::Commit &commit = (*commits)[i];
            const versions::CommitNature &nature = (*natures)[i];
            const bool named = versions::subject(commit) == "Merge '" + row.ref.name.value + into;
            const bool about = nature.about == row.ref.commit;
            if (commit.created < row.at.seconds() || (!named && !about))
                continue;
            row.squashed = commit.id;
            row.squashedBy = about ? nature.aboutBy : versions::KnownBy::Message;
        }
    return {};
}

} // namespace andon::factory
