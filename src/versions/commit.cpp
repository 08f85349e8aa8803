#include "versions/commit.h"

#include "versions/oid.h"

#include <algorithm>

namespace andon::versions
{

const std::string *Commit::meta(std::string_view key) const
{
    const auto at = std::lower_bound(metadata.begin(), metadata.end(), key,
                                     [](const auto &pair, std::string_view wanted) { return pair.first < wanted; });
    return at != metadata.end() && at->first == key ? &at->second : nullptr;
}

CommitNature natureOf(const Commit &commit)
{
    if (commit.parents.size() > 1)
        return {CommitKind::Merge, KnownBy::Parents};
    if (commit.parents.empty())
        return {CommitKind::Initial, KnownBy::Parents};
    const auto by = [](CommitKind kind, const std::string &text) {
        const auto id = Oid::fromHex(text);
        return id ? CommitNature{kind, KnownBy::Metadata, id->id(), KnownBy::Metadata}
                  : CommitNature{kind, KnownBy::Metadata};
    };
    if (const std::string *origin = commit.meta("cherry-pick-origin"))
        return by(CommitKind::CherryPick, *origin);
    if (const std::string *reverted = commit.meta("andon.reverts"))
        return by(CommitKind::Revert, *reverted);
    if (commit.meta(".lakefs.merge.strategy"))
        return {CommitKind::Squash, KnownBy::Metadata};
    if (commit.message.starts_with(kRevertWord))
        return {CommitKind::Revert, KnownBy::Message};
    return {};
}

std::string_view subject(const Commit &commit)
{
    const std::string_view message = commit.message;
    return message.substr(0, message.find_first_of("\r\n"));
}

} // namespace andon::versions
