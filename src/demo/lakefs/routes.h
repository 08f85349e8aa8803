#pragma once
// The calls of the lakeFS API that the dialect knows: what it answers, what it names in its specification, and the
// writes that it refuses. One table. Internal to the dialect.
#include "demo/lakefs/lakefsanswers.h"

namespace andon::demo::lakefs
{

enum class Call {
    Health,
    Setup,
    Login,
    Policies,
    Config,
    ConfigVersion,
    ConfigStorage,
    ConfigCollection,
    User,
    Usage,
    Repositories,
    Repository,
    RepositoryMetadata,
    Branches,
    Branch,
    BranchDiff,
    Tags,
    Tag,
    Log,
    Commit,
    Diff,
    MergeBase,
    Objects,
    ObjectList,
    ObjectStat,
    ObjectProperties,
    Protection,
    ProtectionAllowed,
    CollectionRules,
    Pulls,
    Pull,
    Runs,
    Run,
    Hooks,
    HookOutput,
    MetaRange,
    Write ///< any call that would change something
};

struct Found {
    Call call = Call::Health;
    std::vector<std::string> names = {}; ///< what stands for the {parameters} of the path, in order
    std::vector<std::string_view> query = {}; ///< names of its query parameters
};

/// parts: the decoded segments below /api/v1. nullopt: no such endpoint.
[[nodiscard]] std::optional<Found> routeOf(std::string_view method, const std::vector<std::string> &parts);
/// The specification: paths, methods and query parameters.
[[nodiscard]] Json openApi();

} // namespace andon::demo::lakefs
