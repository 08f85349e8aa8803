#include "versions/asof.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace andon::versions
{

namespace
{

struct OidHash {
    std::size_t operator()(const Oid &id) const { return id.hash(); }
};

} // namespace

HistoryAt historyAt(std::vector<GraphCommit> commits, const std::vector<Ref> &refs, std::int64_t seconds)
{
    std::unordered_map<Oid, const GraphCommit *, OidHash> byId;
    byId.reserve(commits.size());
    for (const GraphCommit &commit : commits)
        byId.emplace(commit.id, &commit);
    HistoryAt then;
    for (const Ref &ref : refs) {
        auto at = Oid::fromHex(ref.commit.value);
        while (at) {
            const auto found = byId.find(*at);
            if (found == byId.end())
                at.reset();
            else if (found->second->created <= seconds)
                break;
            else
                at = found->second->first;
        }
        if (at)
            then.refs.push_back({ref.kind, ref.name, at->id()});
    }
    std::erase_if(commits, [&](const GraphCommit &commit) { return commit.created > seconds; });
    then.commits = std::move(commits);
    return then;
}

HistoryAt historyOf(std::vector<GraphCommit> commits, const std::vector<Ref> &refs, const Oid &head,
                    const RefName &defaultBranch)
{
    std::unordered_map<Oid, const GraphCommit *, OidHash> byId;
    byId.reserve(commits.size());
    for (const GraphCommit &commit : commits)
        byId.emplace(commit.id, &commit);
    std::unordered_set<Oid, OidHash> seen;
    std::vector<Oid> next{head};
    while (!next.empty()) {
        const Oid id = next.back();
        next.pop_back();
        const auto found = byId.find(id);
        if (found == byId.end() || !seen.insert(id).second)
            continue;
        for (const auto &parent : {found->second->first, found->second->second})
            if (parent)
                next.push_back(*parent);
    }
    HistoryAt then;
    for (const Ref &ref : refs)
        if (ref.name == defaultBranch && ref.kind == RefKind::Branch && seen.contains(head))
            then.refs.push_back({ref.kind, ref.name, head.id()});
        else if (const auto at = Oid::fromHex(ref.commit.value); at && seen.contains(*at))
            then.refs.push_back(ref);
    std::erase_if(commits, [&](const GraphCommit &commit) { return !seen.contains(commit.id); });
    then.commits = std::move(commits);
    return then;
}

} // namespace andon::versions
