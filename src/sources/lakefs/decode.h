#pragma once
// Bodies of the lakeFS API as subject values. Pure; each returns Protocol with the path of what was wrong.
#include "roles/versionsource.h"

#include <string_view>

namespace andon::sources::lakefs
{

template <typename T> struct Page {
    std::vector<T> items = {};
    std::string next = {}; ///< "" at the end
};

[[nodiscard]] core::Result<Page<versions::Repository>> decodeRepositories(std::string_view body);
[[nodiscard]] core::Result<Page<versions::Ref>> decodeRefs(std::string_view body, versions::RefKind kind);
[[nodiscard]] core::Result<roles::LogPage> decodeLog(std::string_view body);
[[nodiscard]] core::Result<versions::Commit> decodeCommit(std::string_view body);
[[nodiscard]] core::Result<versions::DiffPage> decodeDiff(std::string_view body);
[[nodiscard]] core::Result<versions::ObjectPage> decodeObjects(std::string_view body);
[[nodiscard]] core::Result<versions::ObjectEntry> decodeObject(std::string_view body);
[[nodiscard]] core::Result<core::CommitId> decodeMergeBase(std::string_view body);
[[nodiscard]] core::Result<roles::RunsPage> decodeRuns(std::string_view body);
[[nodiscard]] core::Result<Page<versions::HookRun>> decodeHooks(std::string_view body);
[[nodiscard]] core::Result<roles::PullsPage> decodePulls(std::string_view body);
[[nodiscard]] core::Result<versions::PullRequest> decodePull(std::string_view body);
[[nodiscard]] core::Result<std::vector<versions::ProtectionRule>> decodeProtection(std::string_view body);
/// /config → version and storage; user and capabilities are left empty.
[[nodiscard]] core::Result<roles::VersionSourceInfo> decodeConfig(std::string_view body);
[[nodiscard]] core::Result<std::string> decodeUser(std::string_view body);
/// What of the features in lakefs.md 1.8 the server's own specification (/openapi.json) names.
[[nodiscard]] std::vector<std::string> capabilitiesIn(std::string_view openapi);

} // namespace andon::sources::lakefs
