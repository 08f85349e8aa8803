#include "sources/lakefs/decode.h"

#include "sources/shared/json.h"

namespace andon::sources::lakefs
{

namespace
{

bool isHexId(const std::string &text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

core::CommitId commitId(const Object &object, const char *key)
{
    std::string id = object.str(key);
    if (!id.empty() && !isHexId(id))
        object.decode().fail(object.path() + "." + key, "a commit id of 64 hex digits was expected");
    return core::CommitId(std::move(id));
}

core::Instant time(const Object &object, const char *key)
{
    const auto parsed = parseRfc3339(object.strOr(key));
    if (!parsed)
        object.decode().fail(object.path() + "." + key, "a time was expected");
    return parsed.value_or(core::Instant{});
}

versions::HookStatus status(const Object &object)
{
    const std::string word = object.str("status");
    if (word == "completed")
        return versions::HookStatus::Completed;
    if (word == "failed")
        return versions::HookStatus::Failed;
    if (word == "skipped")
        return versions::HookStatus::Skipped;
    return versions::HookStatus::Unknown; // a newer server's word: shown as unknown, not refused
}

versions::Commit commit(const Object &object)
{
    versions::Commit out{.id = commitId(object, "id"),
                         .committer = object.str("committer"),
                         .message = object.str("message"),
                         .created = object.num("creation_date"),
                         .metaRangeId = object.str("meta_range_id"),
                         .metadata = object.pairs("metadata"),
                         .generation = object.numOr("generation", 0),
                         .version = static_cast<int>(object.numOr("version", 0))};
    if (out.id.empty())
        object.decode().fail(object.path() + ".id", "empty");
    for (const std::string &parent : object.strings("parents")) {
        if (!isHexId(parent))
            object.decode().fail(object.path() + ".parents", "a commit id of 64 hex digits was expected");
        out.parents.emplace_back(parent);
    }
    return out;
}

versions::PullStatus pullStatus(const Object &object)
{
    const std::string word = object.str("status");
    for (const auto status : {versions::PullStatus::Open, versions::PullStatus::Merged, versions::PullStatus::Closed})
        if (word == versions::nameOf(status))
            return status;
    return versions::PullStatus::Unknown; // a newer server's word
}

versions::PullRequest pullRequest(const Object &object)
{
    versions::PullRequest out{.id = object.str("id"),
                              .status = pullStatus(object),
                              .title = object.strOr("title"),
                              .description = object.strOr("description"),
                              .author = object.strOr("author"),
                              .created = time(object, "creation_date"),
                              .closed = time(object, "closed_date"),
                              .source = core::RefName(object.str("source_branch")),
                              .destination = core::RefName(object.str("destination_branch"))};
    if (object.has("merged_commit_id"))
        out.merged = commitId(object, "merged_commit_id");
    return out;
}

/// Reads {pagination, results}; item is called per result.
template <typename Fn> core::Result<std::string> readPage(std::string_view body, const std::string &where, Fn item)
{
    const auto json = parseJson(body, where);
    if (!json)
        return core::fail(json.error());
    Decode decode(where);
    const Object root(*json, decode, "$");
    const Object pagination = root.object("pagination");
    const bool more = pagination.flagOr("has_more", false);
    std::string next = pagination.strOr("next_offset");
    if (more && next.empty())
        decode.fail("$.pagination.next_offset", "empty although has_more is true");
    root.each("results", true, item);
    return decode.result(more ? next : std::string());
}

template <typename T, typename Fn>
core::Result<Page<T>> readList(std::string_view body, const std::string &where, Fn item)
{
    Page<T> page;
    auto next = readPage(body, where, [&](const Object &object) { page.items.push_back(item(object)); });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

versions::DiffType diffType(const Object &object)
{
    const std::string word = object.str("type");
    if (word == "added")
        return versions::DiffType::Added;
    if (word == "removed")
        return versions::DiffType::Removed;
    if (word == "changed")
        return versions::DiffType::Changed;
    if (word == "conflict")
        return versions::DiffType::Conflict;
    if (word == "prefix_changed")
        return versions::DiffType::PrefixChanged;
    if (!word.empty())
        object.decode().fail(object.path() + ".type", "unknown kind of change: " + word);
    return versions::DiffType::Changed;
}

versions::ObjectEntry entryOf(const Object &object)
{
    versions::ObjectEntry entry{.path = object.str("path"), .isPrefix = object.strOr("path_type") == "common_prefix"};
    if (entry.isPrefix) // a folder's date, checksum and address are zero and empty
        return entry;
    if (object.has("size_bytes"))
        entry.sizeBytes = object.num("size_bytes");
    if (const std::int64_t seconds = object.numOr("mtime", 0); seconds != 0)
        entry.modified = core::Instant::fromSeconds(seconds);
    entry.checksum = object.strOr("checksum");
    entry.contentType = object.strOr("content_type");
    entry.address = object.strOr("physical_address");
    entry.metadata = object.pairs("metadata");
    return entry;
}

} // namespace

core::Result<Page<versions::Repository>> decodeRepositories(std::string_view body)
{
    return readList<versions::Repository>(body, "lakefs listRepositories", [](const Object &object) {
        return versions::Repository{.id = core::RepositoryId(object.str("id")),
                                    .created = core::Instant::fromSeconds(object.num("creation_date")),
                                    .defaultBranch = core::RefName(object.str("default_branch")),
                                    .storageNamespace = object.strOr("storage_namespace"),
                                    .readOnly = object.flagOr("read_only", false)};
    });
}

core::Result<Page<versions::Ref>> decodeRefs(std::string_view body, versions::RefKind kind)
{
    return readList<versions::Ref>(body, kind == versions::RefKind::Branch ? "lakefs listBranches" : "lakefs listTags",
                                   [kind](const Object &object) {
                                       return versions::Ref{.kind = kind,
                                                            .name = core::RefName(object.str("id")),
                                                            .commit = commitId(object, "commit_id")};
                                   });
}

core::Result<roles::LogPage> decodeLog(std::string_view body)
{
    roles::LogPage page;
    auto next =
        readPage(body, "lakefs logCommits", [&](const Object &object) { page.commits.push_back(commit(object)); });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

core::Result<versions::Commit> decodeCommit(std::string_view body)
{
    const auto json = parseJson(body, "lakefs getCommit");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs getCommit");
    return decode.result(commit(Object(*json, decode, "$")));
}

core::Result<versions::DiffPage> decodeDiff(std::string_view body)
{
    versions::DiffPage page;
    auto next = readPage(body, "lakefs diffRefs", [&](const Object &object) {
        versions::DiffEntry entry{.type = diffType(object),
                                  .path = object.str("path"),
                                  .isPrefix = object.strOr("path_type") == "common_prefix"};
        if (!entry.isPrefix && object.has("size_bytes"))
            entry.sizeBytes = object.num("size_bytes");
        page.entries.push_back(std::move(entry));
    });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

core::Result<versions::ObjectPage> decodeObjects(std::string_view body)
{
    versions::ObjectPage page;
    auto next =
        readPage(body, "lakefs listObjects", [&](const Object &object) { page.entries.push_back(entryOf(object)); });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

core::Result<versions::ObjectEntry> decodeObject(std::string_view body)
{
    const auto json = parseJson(body, "lakefs statObject");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs statObject");
    return decode.result(entryOf(Object(*json, decode, "$")));
}

core::Result<core::CommitId> decodeMergeBase(std::string_view body)
{
    const auto json = parseJson(body, "lakefs findMergeBase");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs findMergeBase");
    // Only base_commit_id is trusted: the server swaps the other two.
    return decode.result(commitId(Object(*json, decode, "$"), "base_commit_id"));
}

core::Result<roles::RunsPage> decodeRuns(std::string_view body)
{
    roles::RunsPage page;
    auto next = readPage(body, "lakefs listRepositoryRuns", [&](const Object &object) {
        page.runs.push_back({.id = object.str("run_id"),
                             .branch = core::RefName(object.strOr("branch")),
                             .commit = core::CommitId(object.strOr("commit_id")),
                             .event = object.str("event_type"),
                             .status = status(object),
                             .started = time(object, "start_time"),
                             .ended = time(object, "end_time")});
    });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

core::Result<Page<versions::HookRun>> decodeHooks(std::string_view body)
{
    return readList<versions::HookRun>(body, "lakefs listRunHooks", [](const Object &object) {
        return versions::HookRun{.id = object.str("hook_run_id"),
                                 .action = object.str("action"),
                                 .hook = object.str("hook_id"),
                                 .status = status(object),
                                 .started = time(object, "start_time"),
                                 .ended = time(object, "end_time")};
    });
}

core::Result<roles::PullsPage> decodePulls(std::string_view body)
{
    roles::PullsPage page;
    auto next = readPage(body, "lakefs listPullRequests",
                         [&](const Object &object) { page.pulls.push_back(pullRequest(object)); });
    if (!next)
        return core::fail(next.error());
    page.next = std::move(*next);
    return page;
}

core::Result<versions::PullRequest> decodePull(std::string_view body)
{
    const auto json = parseJson(body, "lakefs getPullRequest");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs getPullRequest");
    return decode.result(pullRequest(Object(*json, decode, "$")));
}

core::Result<std::vector<versions::ProtectionRule>> decodeProtection(std::string_view body)
{
    const auto json = parseJson(body, "lakefs getBranchProtectionRules");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs getBranchProtectionRules");
    std::vector<versions::ProtectionRule> rules;
    if (!json->is_array())
        decode.fail("$", "a list was expected");
    for (std::size_t i = 0; json->is_array() && i < json->size(); ++i)
        rules.push_back({.pattern = Object((*json)[i], decode, "$[" + std::to_string(i) + "]").str("pattern")});
    return decode.result(std::move(rules));
}

core::Result<roles::VersionSourceInfo> decodeConfig(std::string_view body)
{
    const auto json = parseJson(body, "lakefs getConfig");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs getConfig");
    const Object root(*json, decode, "$");
    roles::VersionSourceInfo info{.product = "lakeFS"};
    if (const auto version = root.objectOr("version_config"))
        info.version = version->strOr("version");
    if (const auto storage = root.objectOr("storage_config"))
        info.storage = storage->strOr("blockstore_type");
    if (info.version.empty() && info.storage.empty())
        decode.fail("$", "neither version_config nor storage_config: not a lakeFS configuration");
    return decode.result(std::move(info));
}

core::Result<std::string> decodeUser(std::string_view body)
{
    const auto json = parseJson(body, "lakefs getCurrentUser");
    if (!json)
        return core::fail(json.error());
    Decode decode("lakefs getCurrentUser");
    return decode.result(Object(*json, decode, "$").object("user").str("id"));
}

std::vector<std::string> capabilitiesIn(std::string_view openapi)
{
    static constexpr std::pair<const char *, const char *> kFeatures[] = {
        {"stop_at", "\"stop_at\""},
        {"hard_reset", "/hard_reset"},
        {"pulls", "/pulls"},
        {"show_hidden", "\"show_hidden\""},
        {"squash_merge", "\"squash_merge\""},
        {"include_right_stats", "\"include_right_stats\""},
    };
    std::vector<std::string> out;
    for (const auto &[name, mark] : kFeatures)
        if (openapi.find(mark) != std::string_view::npos)
            out.emplace_back(name);
    return out;
}

} // namespace andon::sources::lakefs
