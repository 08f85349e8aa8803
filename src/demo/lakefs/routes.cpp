#include "demo/lakefs/routes.h"

namespace andon::demo::lakefs
{

namespace
{

struct Route {
    const char *method;
    const char *path;
    Call call;
    const char *query = "";
};

#define R "/repositories/{repository}"
constexpr const char *kPage = "prefix after amount";

constexpr Route kRoutes[] = {
    {"GET", "/healthcheck", Call::Health},
    {"GET", "/setup_lakefs", Call::Setup},
    {"POST", "/auth/login", Call::Login},
    {"GET", "/auth/policies", Call::Policies},
    {"GET", "/config", Call::Config},
    {"GET", "/config/version", Call::ConfigVersion},
    {"GET", "/config/storage", Call::ConfigStorage},
    {"GET", "/config/garbage-collection", Call::ConfigCollection},
    {"GET", "/user", Call::User},
    {"GET", "/usage-report/summary", Call::Usage},
    {"GET", "/repositories", Call::Repositories, "prefix after amount search"},
    {"POST", "/repositories", Call::Write},
    {"GET", R, Call::Repository},
    {"DELETE", R, Call::Write},
    {"GET", R "/metadata", Call::RepositoryMetadata},
    {"GET", R "/branches", Call::Branches, "prefix after amount show_hidden"},
    {"POST", R "/branches", Call::Write},
    {"GET", R "/branches/{branch}", Call::Branch},
    {"PUT", R "/branches/{branch}", Call::Write},
    {"DELETE", R "/branches/{branch}", Call::Write},
    {"GET", R "/branches/{branch}/diff", Call::BranchDiff, "prefix after amount delimiter"},
    {"POST", R "/branches/{branch}/commits", Call::Write},
    {"POST", R "/branches/{branch}/objects", Call::Write},
    {"DELETE", R "/branches/{branch}/objects", Call::Write},
    {"POST", R "/branches/{branch}/revert", Call::Write},
    {"POST", R "/branches/{branch}/cherry-pick", Call::Write},
    {"PUT", R "/branches/{branch}/hard_reset", Call::Write, "ref force"},
    {"GET", R "/tags", Call::Tags, kPage},
    {"POST", R "/tags", Call::Write},
    {"GET", R "/tags/{tag}", Call::Tag},
    {"DELETE", R "/tags/{tag}", Call::Write},
    {"GET", R "/commits/{commitId}", Call::Commit},
    {"GET", R "/refs/{ref}/commits", Call::Log, "after amount objects prefixes limit first_parent since stop_at"},
    {"GET", R "/refs/{leftRef}/diff/{rightRef}", Call::Diff, "after amount prefix delimiter type include_right_stats"},
    {"GET", R "/refs/{sourceRef}/merge/{destinationBranch}", Call::MergeBase},
    {"POST", R "/refs/{sourceRef}/merge/{destinationBranch}", Call::Write, ""},
    {"GET", R "/refs/{ref}/objects", Call::Objects, "path presign"},
    {"HEAD", R "/refs/{ref}/objects", Call::Objects, "path"},
    {"GET", R "/refs/{ref}/objects/ls", Call::ObjectList, "prefix after amount delimiter presign user_metadata"},
    {"GET", R "/refs/{ref}/objects/stat", Call::ObjectStat, "path presign user_metadata"},
    {"GET", R "/refs/{ref}/objects/underlyingProperties", Call::ObjectProperties, "path"},
    {"GET", R "/settings/branch_protection", Call::Protection},
    {"PUT", R "/settings/branch_protection", Call::Write},
    {"GET", R "/branch_protection/set_allowed", Call::ProtectionAllowed},
    {"GET", R "/settings/gc_rules", Call::CollectionRules},
    {"GET", R "/pulls", Call::Pulls, "prefix after amount status"},
    {"POST", R "/pulls", Call::Write},
    {"GET", R "/pulls/{pull_request}", Call::Pull},
    {"PATCH", R "/pulls/{pull_request}", Call::Write},
    {"PUT", R "/pulls/{pull_request}/merge", Call::Write},
    {"GET", R "/actions/runs", Call::Runs, "after amount branch commit"},
    {"GET", R "/actions/runs/{run_id}", Call::Run},
    {"GET", R "/actions/runs/{run_id}/hooks", Call::Hooks, "after amount"},
    {"GET", R "/actions/runs/{run_id}/hooks/{hook_run_id}/output", Call::HookOutput},
    {"GET", R "/metadata/meta_range/{meta_range}", Call::MetaRange},
};
#undef R

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t cut = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, cut));
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    return parts;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, const std::vector<std::string> &parts)
{
    const auto wanted = split(pattern.substr(1), '/');
    if (wanted.size() != parts.size())
        return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (wanted[i].starts_with('{') && !parts[i].empty())
            names.push_back(parts[i]);
        else if (wanted[i] != parts[i])
            return std::nullopt;
    }
    return names;
}

} // namespace

std::optional<Found> routeOf(std::string_view method, const std::vector<std::string> &parts)
{
    for (const Route &route : kRoutes)
        if (method == route.method)
            if (auto names = match(route.path, parts))
                return Found{route.call, std::move(*names), split(route.query, ' ')};
    return std::nullopt;
}

Json openApi()
{
    Json paths = Json::object();
    for (const Route &route : kRoutes) {
        Json parameters = Json::array();
        for (const std::string_view name : split(route.query, ' '))
            parameters.push_back({{"in", "query"}, {"name", name}});
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c + 32); });
        paths[route.path][method] = {{"parameters", parameters}};
    }
    // Fields that clients look for: what a merge may be asked.
    const Json text = {{"type", "string"}};
    const Json flag = {{"type", "boolean"}};
    return {{"components",
             {{"schemas",
               {{"Merge",
                 {{"properties",
                   {{"allow_empty", flag},
                    {"force", flag},
                    {"message", text},
                    {"metadata", {{"type", "object"}}},
                    {"squash_merge", flag},
                    {"strategy", text}}},
                  {"type", "object"}}}}}}},
            {"info", {{"title", "lakeFS API"}, {"version", "1.0.0"}}},
            {"openapi", "3.0.0"},
            {"paths", paths}};
}

} // namespace andon::demo::lakefs
