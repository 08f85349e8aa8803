#pragma once
// One versioned repository of the demo factory. Commits are numbered in the order they were made; texts and objects are
// computed when asked for, so 100,000 commits cost a few megabytes. Immutable after building; any thread.
#include "core/instant.h"
#include "demo/lakefs/historyparts.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace andon::demo
{

class History
{
public:
    std::string name = {};
    std::uint64_t seed = 1;
    std::int64_t createdAt = 0;
    std::string defaultBranch = "main";
    std::string storageId = {};
    std::string storageNamespace = {};
    bool readOnly = false;
    std::vector<DemoCommit> commits = {};
    std::vector<std::string> branchNames = {}; ///< by DemoCommit::branch
    std::map<std::string, std::int32_t> branches = {};
    std::map<std::string, std::int32_t> tags = {};
    std::vector<DemoRunRecord> runs = {}; ///< by id
    std::vector<std::string> protection = {};
    std::vector<std::int32_t> trunk = {}; ///< commits of the default branch's first-parent chain, oldest first
    std::map<std::int32_t, std::string> subjects = {}; ///< messages that the story fixes
    std::map<std::int32_t, Texts> metadataOf = {};
    std::vector<std::int32_t> bulk = {}; ///< data commits that write a million objects: treeread.h
    std::set<std::int32_t> schemaCommits = {}; ///< data commits that change _schemas/claims.json
    std::string storyBranch = {}; ///< the ingest that turned amounts into text
    std::map<std::int32_t, std::string> topics = {}; ///< of data commits, where the story fixes it
    std::map<std::int32_t, std::vector<Rewrite>> rewrites = {}; ///< by the data commit that wrote the objects anew
    std::vector<std::string> pulls = {}; ///< JSON as the server writes it, by id

    // Of a history that was recorded from a real server; all empty in a made one.
    std::vector<RecordedCommit> recorded = {}; ///< by number
    std::map<std::string, std::vector<DemoObject>> trees = {}; ///< by meta range, each by path
    std::set<std::string> hidden = {}; ///< branches
    std::map<std::string, std::vector<RecordedChange>> uncommitted = {}; ///< by branch, each by path
    std::string protectionTag = {}; ///< ETag of the rules
    std::map<std::string, std::string> contents = {}; ///< bytes of objects, by checksum

    /// Appends a commit and gives its number.
    std::int32_t add(CommitWhat what, std::int64_t created, std::int32_t first, std::int32_t second,
                     const std::string &branch, int author, std::int32_t about = -1);
    /// Appends a commit whose id is given. Its parents must be here.
    std::int32_t addRecorded(const DemoCommit &commit, RecordedCommit texts);
    [[nodiscard]] const DemoCommit &at(std::int32_t n) const { return commits[static_cast<std::size_t>(n)]; }
    [[nodiscard]] std::string idOf(std::int32_t n) const { return at(n).id.id().value; }
    [[nodiscard]] std::int32_t find(const Oid &id) const; ///< -1 when unknown
    [[nodiscard]] std::string committer(std::int32_t n) const;
    [[nodiscard]] std::string message(std::int32_t n) const;
    [[nodiscard]] Texts metadata(std::int32_t n) const;
    [[nodiscard]] std::string metaRange(std::int32_t n) const; ///< "" for the first commit
    /// Of a made data commit: rows of all its objects, the version of their schema, what they are about.
    [[nodiscard]] std::int64_t rows(std::int32_t n) const;
    [[nodiscard]] std::string schema(std::int32_t n) const;
    [[nodiscard]] std::string topic(std::int32_t n) const;
    [[nodiscard]] std::int32_t rewriterOf(const std::string &checksum) const; ///< -1: no object that was written anew
    /// Objects that a made data commit added.
    [[nodiscard]] std::vector<DemoObject> payload(std::int32_t n) const;
    /// The data commits of which a made commit brings the payload, or takes it out again (a revert).
    [[nodiscard]] std::vector<std::int32_t> brings(std::int32_t n) const;
    [[nodiscard]] std::vector<std::int32_t> takesOut(std::int32_t n) const;

    /// 1 for each commit reachable from n.
    [[nodiscard]] std::vector<char> reach(std::int32_t n) const;
    [[nodiscard]] std::int32_t mergeBase(std::int32_t a, std::int32_t b) const;
    /// The newest trunk commit created at or before t (seconds); the first when all are later.
    [[nodiscard]] std::int32_t trunkAt(std::int64_t t) const;

private:
    std::unordered_map<std::uint64_t, std::int32_t> m_byHash;
    std::unordered_map<std::string, std::uint32_t> m_branchNumber;
};

[[nodiscard]] std::string sha256Of(const std::string &text); ///< 32 raw bytes

} // namespace andon::demo
