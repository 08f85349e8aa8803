#pragma once
// One versioned repository of the demo factory. Commits are numbered in the order they were made; texts and objects are
// computed when asked for, so 100,000 commits cost a few megabytes. Immutable after building; any thread.
#include "core/instant.h"
#include "versions/oid.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace andon::demo
{

using versions::Oid;

enum class CommitWhat : std::uint8_t { Initial, Data, Merge, Squash, Revert, CherryPick };
using Texts = std::vector<std::pair<std::string, std::string>>;

struct DemoCommit {
    Oid id = {};
    std::int32_t first = -1; ///< parents, as numbers
    std::int32_t second = -1;
    std::int32_t about = -1; ///< of a squash: the head it took; revert, cherry-pick: the commit it is about
    std::int64_t created = 0; ///< UTC seconds
    std::int32_t microseconds = 0; ///< of `created`, in a recorded history
    std::int32_t generation = 1;
    std::uint16_t author = 0;
    std::uint32_t branch = 0; ///< name of the branch it was made on, by number
    CommitWhat what = CommitWhat::Data;
};

struct DemoHook {
    std::string action = {};
    std::string hook = {};
    std::string status = "completed"; ///< completed, failed, skipped
    std::string output = {};
    // Of a recorded run, as the server said it; empty in a made one, whose times follow from the run's.
    std::string id = {};
    std::string started = {};
    std::string ended = {};
};

struct DemoRunRecord {
    std::string id = {}; ///< counts seconds down: the list ascends by it
    std::string branch = {};
    std::int32_t commit = -1; ///< -1: none (a refused pre-commit)
    std::string event = {};
    std::string status = "completed";
    std::int64_t startedMs = 0;
    std::vector<DemoHook> hooks = {};
    std::string commitId = {}; ///< recorded, of a commit that is not in the history
    std::string started = {}; ///< recorded
    std::string ended = {};
};

struct DemoObject {
    std::string path = {};
    std::int64_t size = 0;
    std::string checksum = {};
    std::int64_t mtime = 0; ///< UTC seconds
    std::string contentType = "application/octet-stream";
    std::string address = {};
    Texts metadata = {};

    [[nodiscard]] bool sameAs(const DemoObject &other) const
    {
        return checksum == other.checksum && size == other.size && metadata == other.metadata;
    }
};

/// What a commit of a recorded history says of itself, and what is not committed on a branch of it.
struct RecordedCommit {
    std::string committer = {};
    std::string message = {};
    std::string metaRange = {};
    Texts metadata = {};
    int version = 1;
};
struct RecordedChange {
    std::string type = {}; ///< added, changed, removed
    std::int64_t size = 0; ///< as the diff gave it
    DemoObject object = {};
};

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
