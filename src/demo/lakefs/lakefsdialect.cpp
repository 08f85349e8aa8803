#include "demo/lakefs/lakefsdialect.h"

#include "demo/lakefs/lakefsanswers.h"
#include "demo/lakefs/repositorycalls.h"

#include <QByteArray>

#include <algorithm>

namespace andon::demo
{

using namespace lakefs;

namespace
{

/// Segments of a path, each percent-decoded.
std::vector<std::string> segments(const std::string &path)
{
    std::vector<std::string> parts;
    for (const QByteArray &part : QByteArray::fromStdString(path).split('/'))
        if (!part.isEmpty())
            parts.push_back(QByteArray::fromPercentEncoding(part).toStdString());
    return parts;
}

Json repositoryJson(const History &history)
{
    return {{"creation_date", history.createdAt},
            {"default_branch", history.defaultBranch},
            {"id", history.name},
            {"read_only", false},
            {"storage_id", ""},
            {"storage_namespace", "s3://ams-1-data/" + history.name}};
}

Json configJson()
{
    return {{"capabilities_config", Json::object()},
            {"storage_config",
             {{"blockstore_description", ""},
              {"blockstore_id", ""},
              {"blockstore_namespace_ValidityRegex", "^s3://"},
              {"blockstore_namespace_example", "s3://example-bucket/"},
              {"blockstore_type", "s3"},
              {"default_namespace_prefix", ""},
              {"import_support", true},
              {"import_validity_regex", "^s3://"},
              {"pre_sign_multipart_upload", false},
              {"pre_sign_support", true},
              {"pre_sign_support_ui", false}}},
            {"storage_config_list", Json::array()},
            {"ui_config", Json::object()},
            {"version_config", {{"version", "1.84.0"}, {"version_context", "lakeFS"}}}};
}

/// What clients look for in the server's own specification.
Json openApi()
{
    const auto query = [](std::initializer_list<const char *> names) {
        Json list = Json::array();
        for (const char *name : names)
            list.push_back({{"in", "query"}, {"name", name}});
        return Json{{"get", {{"parameters", list}}}};
    };
    const std::string repo = "/repositories/{repository}";
    return {{"info", {{"title", "lakeFS API"}, {"version", "1.0.0"}}},
            {"openapi", "3.0.0"},
            {"paths",
             {{"/repositories", query({"prefix", "after", "amount", "search"})},
              {repo + "/branches", query({"prefix", "after", "amount", "show_hidden"})},
              {repo + "/refs/{ref}/commits",
               query({"after", "amount", "objects", "prefixes", "limit", "first_parent", "since", "stop_at"})},
              {repo + "/refs/{leftRef}/diff/{rightRef}",
               query({"after", "amount", "prefix", "delimiter", "type", "include_right_stats"})},
              {repo + "/settings/branch_protection", query({})},
              {repo + "/actions/runs", query({"after", "amount", "branch", "commit"})}}}};
}

} // namespace

LakeFsDialect::LakeFsDialect(const Plan &plan, std::vector<History> histories, std::string accessKeyId,
                             std::string secretAccessKey)
    : m_histories(std::move(histories))
    , m_accessKeyId(std::move(accessKeyId))
    , m_secretAccessKey(std::move(secretAccessKey))
    , m_now(plan.now.seconds())
{
    std::sort(m_histories.begin(), m_histories.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    m_basic = "Basic " + QByteArray::fromStdString(m_accessKeyId + ":" + m_secretAccessKey).toBase64().toStdString();
    m_token = "token-" + Oid::fromBytes(sha256Of(m_basic))->id().value;
}

bool LakeFsDialect::signedIn(const std::string &authorization) const
{
    return authorization == m_basic || authorization == "Bearer " + m_token;
}

const History *LakeFsDialect::find(const std::string &name) const
{
    for (const History &history : m_histories)
        if (history.name == name)
            return &history;
    return nullptr;
}

LakeFsDialect::Answer LakeFsDialect::handle(std::string_view method, const std::string &path, const Params &params,
                                            const std::string &authorization, const std::string &body) const
{
    if (path == "/_health")
        return {.contentType = "text/plain; charset=utf-8", .body = "alive! 5f2a9b1c-6f0e-4a3c-9c55-3f1d7a90b1e4"};
    if (path == "/openapi.json")
        return ok(openApi());
    std::vector<std::string> parts = segments(path);
    if (parts.size() < 3 || parts[0] != "api" || parts[1] != "v1")
        return message(404, "invalid API endpoint");
    parts.erase(parts.begin(), parts.begin() + 2);
    const std::string &call = parts[0];
    if (call == "healthcheck")
        return {.status = 204, .contentType = {}};
    if (call == "setup_lakefs")
        return ok({{"comm_prefs_missing", false},
                   {"login_config",
                    {{"RBAC", "none"},
                     {"login_cookie_names", {"internal_auth_session"}},
                     {"login_failed_message", "The credentials don't match."},
                     {"login_url", ""},
                     {"login_url_method", "none"},
                     {"logout_url", ""}}},
                   {"state", "initialized"}});
    if (call == "auth" && parts.size() == 2 && parts[1] == "login" && method == "POST") {
        const Json given = Json::parse(body, nullptr, false);
        if (!given.is_object() || given.value("access_key_id", "") != m_accessKeyId
            || given.value("secret_access_key", "") != m_secretAccessKey)
            return message(401, "error authenticating request");
        return ok({{"token", m_token}, {"token_expiration", m_now + 7 * 86400}});
    }
    if (!signedIn(authorization))
        return message(401, "error authenticating request");
    if (method != "GET" && method != "HEAD")
        return message(403, "the demo factory is read-only");
    if (call == "config")
        return parts.size() == 1               ? ok(configJson())
            : parts[1] == "version"            ? ok({{"version", "1.84.0"}, {"version_context", "lakeFS"}})
            : parts[1] == "storage"            ? ok(configJson()["storage_config"])
            : parts[1] == "garbage-collection" ? ok({{"grace_period", 86400}})
                                               : message(404, "invalid API endpoint");
    if (call == "user")
        return ok({{"user",
                    {{"creation_date", m_now - 400 * 86400}, {"email", ""}, {"friendly_name", ""}, {"id", "andon"}}}});
    if (call != "repositories")
        return message(404, "invalid API endpoint");
    if (parts.size() == 1) {
        std::vector<std::pair<std::string, Json>> items;
        for (const History &history : m_histories)
            if (history.name.find(param(params, "search")) != std::string::npos)
                items.emplace_back(history.name, repositoryJson(history));
        return page(params, items);
    }
    const History *history = find(parts[1]);
    if (!history)
        return message(404, "repository not found");
    if (parts.size() == 2)
        return ok(repositoryJson(*history));
    return callRepository(*history, {parts.begin() + 2, parts.end()}, params);
}

} // namespace andon::demo
