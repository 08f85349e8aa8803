#include "sources/lakefs/lakefsclient.h"

#include "net/classify.h"
#include "net/pages.h"
#include "sources/lakefs/decode.h"
#include "sources/shared/json.h"

namespace andon::sources::lakefs
{

namespace
{
constexpr int kPage = 1000; // the most that the server gives
constexpr int kMaxPages = 10'000;

std::string amountText(int amount)
{
    return std::to_string(std::clamp(amount, 1, kPage));
}
} // namespace

LakeFsClient::LakeFsClient(std::unique_ptr<net::HttpClient> http)
    : m_http(std::move(http))
{
}

net::Request LakeFsClient::request(std::string what, std::vector<std::string> path, Query query) const
{
    path.insert(path.begin(), {"api", "v1"});
    return {.path = std::move(path),
            .query = std::move(query),
            .headers = {{"X-Lakefs-Client", "andon/" ANDON_VERSION}},
            .what = "lakefs " + what};
}

core::Result<net::Response> LakeFsClient::get(const net::Request &request, const core::Cancel &cancel) const
{
    auto answer = m_http->get(request, cancel);
    if (!answer && answer.error().httpStatus == 401 && answer.error().detail.find("permission") != std::string::npos) {
        core::Error error = answer.error();
        error.kind = core::ErrorKind::Forbidden; // lakeFS has no 403 for RBAC: "insufficient permissions" comes as 401
        return core::fail(std::move(error));
    }
    return answer;
}

core::Result<std::string> LakeFsClient::json(const net::Request &request, const core::Cancel &cancel) const
{
    auto answer = get(request, cancel);
    if (!answer)
        return core::fail(answer.error());
    if (auto body = net::expectJson(request, *answer); !body)
        return core::fail(body.error());
    return std::move(answer->body);
}

core::Result<roles::VersionSourceInfo> LakeFsClient::probe(const core::Cancel &cancel)
{
    const auto config = json(request("getConfig", {"config"}), cancel);
    if (!config)
        return core::fail(config.error());
    auto info = m_http->named(decodeConfig(*config));
    if (!info)
        return info;
    if (const auto user = json(request("getCurrentUser", {"user"}), cancel))
        info->user = decodeUser(*user).value_or("");
    // Feature detection by the server's own specification, not by version strings: development builds report none.
    net::Request openapi = request("openapi", {});
    openapi.path = {"openapi.json"};
    if (const auto specification = m_http->get(openapi, cancel))
        info->capabilities = capabilitiesIn(specification->body);
    return info;
}

core::Result<std::vector<versions::Repository>> LakeFsClient::repositories(const core::Cancel &cancel)
{
    std::vector<versions::Repository> all;
    const auto read = net::eachPage(
        "lakefs listRepositories", kMaxPages, cancel, [&](const std::string &after) -> core::Result<std::string> {
            const auto body =
                json(request("listRepositories", {"repositories"}, {{"amount", amountText(kPage)}, {"after", after}}),
                     cancel);
            if (!body)
                return core::fail(body.error());
            auto page = m_http->named(decodeRepositories(*body));
            if (!page)
                return core::fail(page.error());
            all.insert(all.end(), page->items.begin(), page->items.end());
            return page->next;
        });
    if (!read)
        return core::fail(read.error());
    return all;
}

core::Result<std::vector<versions::Ref>> LakeFsClient::refs(const core::RepositoryId &repo, const core::Cancel &cancel)
{
    std::vector<versions::Ref> all;
    for (const auto kind : {versions::RefKind::Branch, versions::RefKind::Tag}) {
        const char *list = kind == versions::RefKind::Branch ? "branches" : "tags";
        const std::string what = kind == versions::RefKind::Branch ? "listBranches" : "listTags";
        const auto read = net::eachPage(
            "lakefs " + what, kMaxPages, cancel, [&](const std::string &after) -> core::Result<std::string> {
                const auto body = json(request(what, {"repositories", repo.value, list},
                                               {{"amount", amountText(kPage)}, {"after", after}}),
                                       cancel);
                if (!body)
                    return core::fail(body.error());
                auto page = m_http->named(decodeRefs(*body, kind));
                if (!page)
                    return core::fail(page.error());
                all.insert(all.end(), page->items.begin(), page->items.end());
                return page->next;
            });
        if (!read)
            return core::fail(read.error());
    }
    return all;
}

core::Result<std::vector<versions::ProtectionRule>> LakeFsClient::protection(const core::RepositoryId &repo,
                                                                             const core::Cancel &cancel)
{
    const auto body = json(
        request("getBranchProtectionRules", {"repositories", repo.value, "settings", "branch_protection"}), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeProtection(*body));
}

core::Result<roles::LogPage> LakeFsClient::log(const core::RepositoryId &repo, const core::RefName &ref,
                                               const std::string &after, int amount, const core::Cancel &cancel)
{
    return touching(repo, ref, {}, after, amount, cancel);
}

core::Result<roles::LogPage> LakeFsClient::touching(const core::RepositoryId &repo, const core::RefName &ref,
                                                    const std::string &prefix, const std::string &after, int amount,
                                                    const core::Cancel &cancel)
{
    Query query{{"amount", amountText(amount)}};
    if (!prefix.empty())
        query.emplace_back("prefixes", prefix);
    if (!after.empty())
        query.emplace_back("after", after);
    const auto body = json(
        request("logCommits", {"repositories", repo.value, "refs", ref.value, "commits"}, std::move(query)), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeLog(*body));
}

core::Result<std::optional<versions::Commit>> LakeFsClient::changedLast(const core::RepositoryId &repo,
                                                                        const core::RefName &ref,
                                                                        const std::string &path, core::Instant since,
                                                                        const core::Cancel &cancel)
{
    Query query{{"amount", "1"}, {"limit", "true"}, {"objects", path}}; // limit: the walk ends where it is found
    if (since.known())
        query.emplace_back("since", formatRfc3339(since));
    const auto body = json(
        request("logCommits", {"repositories", repo.value, "refs", ref.value, "commits"}, std::move(query)), cancel);
    if (!body)
        return core::fail(body.error());
    const auto page = m_http->named(decodeLog(*body));
    if (!page)
        return core::fail(page.error());
    return page->commits.empty() ? std::nullopt : std::optional(page->commits.front());
}

core::Result<versions::Commit> LakeFsClient::commit(const core::RepositoryId &repo, const core::RefName &ref,
                                                    const core::Cancel &cancel)
{
    const auto body = json(request("getCommit", {"repositories", repo.value, "commits", ref.value}), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeCommit(*body));
}

core::Result<versions::DiffPage> LakeFsClient::diff(const core::RepositoryId &repo, const core::RefName &left,
                                                    const core::RefName &right, versions::DiffMode mode,
                                                    const std::string &prefix, const std::string &after, int amount,
                                                    const core::Cancel &cancel)
{
    Query query{{"amount", amountText(amount)}, {"type", mode == versions::DiffMode::TwoDot ? "two_dot" : "three_dot"}};
    if (!prefix.empty())
        query.emplace_back("prefix", prefix);
    if (!after.empty())
        query.emplace_back("after", after);
    const auto body = json(
        request("diffRefs", {"repositories", repo.value, "refs", left.value, "diff", right.value}, std::move(query)),
        cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeDiff(*body));
}

core::Result<core::CommitId> LakeFsClient::mergeBase(const core::RepositoryId &repo, const core::RefName &left,
                                                     const core::RefName &right, const core::Cancel &cancel)
{
    const auto body =
        json(request("findMergeBase", {"repositories", repo.value, "refs", left.value, "merge", right.value}), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeMergeBase(*body));
}

core::Result<roles::RunsPage> LakeFsClient::runs(const core::RepositoryId &repo, const std::string &after, int amount,
                                                 const core::Cancel &cancel)
{
    Query query{{"amount", amountText(amount)}};
    if (!after.empty())
        query.emplace_back("after", after);
    const auto body =
        json(request("listRepositoryRuns", {"repositories", repo.value, "actions", "runs"}, std::move(query)), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeRuns(*body));
}

core::Result<std::vector<versions::HookRun>> LakeFsClient::hooks(const core::RepositoryId &repo, const std::string &run,
                                                                 const core::Cancel &cancel)
{
    std::vector<versions::HookRun> all;
    const auto read = net::eachPage(
        "lakefs listRunHooks", kMaxPages, cancel, [&](const std::string &after) -> core::Result<std::string> {
            const auto body =
                json(request("listRunHooks", {"repositories", repo.value, "actions", "runs", run, "hooks"},
                             {{"amount", amountText(kPage)}, {"after", after}}),
                     cancel);
            if (!body)
                return core::fail(body.error());
            auto page = m_http->named(decodeHooks(*body));
            if (!page)
                return core::fail(page.error());
            all.insert(all.end(), page->items.begin(), page->items.end());
            return page->next;
        });
    if (!read)
        return core::fail(read.error());
    return all;
}

core::Result<std::string> LakeFsClient::hookOutput(const core::RepositoryId &repo, const std::string &run,
                                                   const std::string &hook, const core::Cancel &cancel)
{
    auto answer =
        get(request("getRunHookOutput", {"repositories", repo.value, "actions", "runs", run, "hooks", hook, "output"}),
            cancel);
    if (!answer)
        return core::fail(answer.error());
    return std::move(answer->body); // plain text, possibly empty (skipped hooks)
}

core::Result<roles::PullsPage> LakeFsClient::pulls(const core::RepositoryId &repo, const std::string &after, int amount,
                                                   const core::Cancel &cancel)
{
    Query query{{"amount", amountText(amount)}, {"status", "all"}};
    if (!after.empty())
        query.emplace_back("after", after);
    const auto body =
        json(request("listPullRequests", {"repositories", repo.value, "pulls"}, std::move(query)), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodePulls(*body));
}

core::Result<versions::PullRequest> LakeFsClient::pull(const core::RepositoryId &repo, const std::string &id,
                                                       const core::Cancel &cancel)
{
    const auto body = json(request("getPullRequest", {"repositories", repo.value, "pulls", id}), cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodePull(*body));
}

core::Result<bool> LakeFsClient::uncommitted(const core::RepositoryId &repo, const core::RefName &branch,
                                             const core::Cancel &cancel)
{
    const auto body = json(request("diffBranch", {"repositories", repo.value, "branches", branch.value, "diff"},
                                   {{"amount", amountText(1)}}),
                           cancel);
    if (!body)
        return core::fail(body.error());
    const auto page = m_http->named(decodeDiff(*body));
    if (!page)
        return core::fail(page.error());
    return !page->entries.empty();
}

} // namespace andon::sources::lakefs
