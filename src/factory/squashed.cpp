#include "factory/squashed.h"

#include <algorithm>
#include <unordered_map>

namespace andon::factory
{

namespace
{

/// Of the default branch, not dated before `since`, newest first.
std::vector<core::CommitId> squashesOf(const versions::CommitGraph &graph, const std::vector<char> &main,
                                       core::Instant since)
{
    std::vector<core::CommitId> found;
    for (std::int32_t row = 0; row < graph.size() && found.size() < kMostSquashes; ++row)
        if (main[static_cast<std::size_t>(row)] && graph.kind(row) == versions::CommitKind::Squash
            && graph.created(row) >= since.seconds())
            found.push_back(graph.oid(row).id());
    return found;
}

/// The newest squash of each, by what it says and by what it holds.
struct Squashes {
    std::unordered_map<std::string, const versions::Commit *> bySubject = {};
    std::unordered_map<std::string, const versions::Commit *> byData = {};
};

Squashes indexed(const std::vector<versions::Commit> &squashes)
{
    Squashes all;
    for (const versions::Commit &squash : squashes) { // newest first: the first of each stays
        all.bySubject.try_emplace(std::string(versions::subject(squash)), &squash);
        if (!squash.metaRangeId.empty())
            all.byData.try_emplace(squash.metaRangeId, &squash);
    }
    return all;
}

const versions::Commit *find(const std::unordered_map<std::string, const versions::Commit *> &in,
                             const std::string &key, core::Instant since)
{
    const auto found = in.find(key);
    return found != in.end() && found->second->created >= since.seconds() ? found->second : nullptr;
}

} // namespace

core::Result<void> markSquashed(store::VersionStore &store, store::RepositoryKey repo, RepositoryView &view)
{
    const versions::CommitGraph &graph = *view.graph;
    if (graph.topology().mainHead == versions::kNone)
        return {};
    const std::vector<char> main = graph.ancestry(graph.topology().mainHead);
    core::Instant since;
    std::map<core::CommitId, std::vector<RefRow *>> ahead; // by head
    for (RefRow &row : view.refs)
        if (const std::int32_t at = graph.rowOf(row.ref.commit);
            row.ref.kind == versions::RefKind::Branch && at != versions::kNone && !main[static_cast<std::size_t>(at)]) {
            ahead[row.ref.commit].push_back(&row);
            since = since.known() ? std::min(since, row.at) : row.at;
        }
    const auto squashes =
        store.commits(repo, ahead.empty() ? std::vector<core::CommitId>() : squashesOf(graph, main, since));
    if (!squashes || squashes->empty())
        return squashes ? core::Result<void>() : core::fail(squashes.error());
    std::vector<core::CommitId> ids;
    for (const auto &[head, rows] : ahead)
        ids.push_back(head);
    const auto heads = store.commits(repo, ids);
    if (!heads)
        return core::fail(heads.error());
    const Squashes known = indexed(*squashes);
    const std::string into = "' into '" + view.repository.repository.defaultBranch.value + "'";
    for (const versions::Commit &head : *heads)
        for (RefRow *row : ahead[head.id]) {
            const versions::Commit *same = find(known.byData, head.metaRangeId, row->at);
            const versions::Commit *named = find(known.bySubject, "Merge '" + row->ref.name.value + into, row->at);
            if (!same && !named)
                continue;
            row->squashed = same ? same->id : named->id;
            row->squashedBy = same ? versions::KnownBy::SameData : versions::KnownBy::Message;
        }
    return {};
}

} // namespace andon::factory
