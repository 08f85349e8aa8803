#pragma once
// All commits of a repository in memory, and how many were asked for.
#include "versions/naturebydata.h"

#include <map>

namespace andon::test
{

class CommitsInMemory final : public versions::KnownCommits
{
public:
    std::map<versions::CommitId, versions::Commit> all;
    int asked = 0;

    void add(const versions::Commit &commit) { all[commit.id] = commit; }
    std::optional<versions::Commit> commit(const versions::CommitId &id) override
    {
        ++asked;
        const auto found = all.find(id);
        return found == all.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<versions::Commit> sameData(const versions::Commit &commit, std::size_t most) override
    {
        std::vector<versions::Commit> same;
        for (const auto &[id, one] : all)
            if (id != commit.id && one.metaRangeId == commit.metaRangeId && same.size() < most)
                same.push_back(one);
        return same;
    }
    std::vector<versions::CommitId> beginningWith(const std::string &digits) override
    {
        std::vector<versions::CommitId> ids;
        for (const auto &[id, one] : all)
            if (id.value.starts_with(digits) && ids.size() < 2)
                ids.push_back(id);
        return ids;
    }
};

} // namespace andon::test
