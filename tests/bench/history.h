#pragma once
// One history of commits for every benchmark that needs one: as rows, as a git repository, as a cache of Andon.
#include "tests/bench/child.h"
#include "versions/commitgraph.h"

#include <QTemporaryDir>

namespace andon::bench
{

/// Parents of each commit, oldest first: twelve live branches, 12 % merges. Branch 0 is the default one.
struct History {
    std::vector<int> first = {};
    std::vector<int> second = {};
    std::vector<int> heads = {};

    [[nodiscard]] int size() const { return static_cast<int>(first.size()); }
    [[nodiscard]] static History of(int commits);
    [[nodiscard]] versions::Topology topology() const; ///< newest first
    [[nodiscard]] static versions::Oid oid(int commit);
    [[nodiscard]] versions::GraphCommit commit(int n) const;
    [[nodiscard]] std::vector<versions::Ref> refs() const; ///< main, b1 … b11
};

/// The same history in git.
class GitRepository
{
public:
    enum class CommitGraphFile { None, Written };
    explicit GitRepository(const History &history, CommitGraphFile file);
    [[nodiscard]] Child git(std::vector<std::string> arguments, const std::string &input = {}) const;
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    QTemporaryDir m_folder;
    bool m_ok = false;
};

} // namespace andon::bench
