#pragma once
// The parts of a history of the demo factory. Plain values.
#include "versions/oid.h"

#include <cstdint>
#include <string>
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

/// An object that a later data commit of a made history wrote anew.
struct Rewrite {
    std::int32_t of = -1; ///< the data commit in whose payload it is
    DemoObject object = {};
};

} // namespace andon::demo
