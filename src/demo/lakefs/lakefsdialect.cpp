#include "demo/lakefs/lakefsdialect.h"

#include "demo/lakefs/parameters.h"
#include "demo/lakefs/repositorycalls.h"

#include <QByteArray>

#include <algorithm>

namespace andon::demo
{

using namespace lakefs;

namespace
{

constexpr const char *kInstallation = "5f2a9b1c-6f0e-4a3c-9c55-3f1d7a90b1e4";

/// Segments of a path below its first slash, each percent-decoded; an empty one stays.
std::vector<std::string> segments(const std::string &path)
{
    std::vector<std::string> parts;
    for (const QByteArray &part :
         QByteArray::fromStdString(path.substr(std::min<std::size_t>(1, path.size()))).split('/'))
        parts.push_back(QByteArray::fromPercentEncoding(part).toStdString());
    return parts;
}

Json repositoryJson(const History &history)
{
    return {{"creation_date", history.createdAt},
            {"default_branch", history.defaultBranch},
            {"id", history.name},
            {"read_only", history.readOnly},
            {"storage_id", history.storageId},
            {"storage_namespace", history.storageNamespace}};
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

Json setupJson()
{
    return {{"comm_prefs_missing", false},
            {"login_config",
             {{"RBAC", "none"},
              {"login_cookie_names", {"internal_auth_session"}},
              {"login_failed_message", "The credentials don't match."},
              {"login_url", ""},
              {"login_url_method", "none"},
              {"logout_url", ""}}},
            {"state", "initialized"}};
}

} // namespace

LakeFsDialect::LakeFsDialect(const Plan &plan, std::vector<History> histories, std::string accessKeyId,
                             std::string secretAccessKey, ServerWords words)
    : m_histories(std::move(histories))
    , m_trees(std::make_unique<TreeMemory>())
    , m_accessKeyId(std::move(accessKeyId))
    , m_secretAccessKey(std::move(secretAccessKey))
    , m_words(std::move(words))
    , m_now(plan.now.seconds())
{
    const auto made = [](std::string &text, const Json &json) {
        if (text.empty())
            text = json.dump();
    };
    if (m_words.health.empty())
        m_words.health = "alive! " + std::string(kInstallation);
    made(m_words.config, configJson());
    made(m_words.setup, setupJson());
    made(m_words.usage, {{"installation_id", kInstallation}, {"reports", Json::array()}});
    made(m_words.user,
         {{"user", {{"creation_date", m_now - 400 * 86400}, {"email", ""}, {"friendly_name", ""}, {"id", "andon"}}}});
    std::sort(m_histories.begin(), m_histories.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    m_basic = "Basic " + QByteArray::fromStdString(m_accessKeyId + ":" + m_secretAccessKey).toBase64().toStdString();
    m_token = "token-" + Oid::fromBytes(sha256Of(m_basic))->id().value;
}

LakeFsDialect::~LakeFsDialect() = default;

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

LakeFsDialect::Answer LakeFsDialect::login(const std::string &body) const
{
    const Json given = Json::parse(body, nullptr, false);
    const auto is = [&](const char *key, const std::string &value) {
        const auto found = given.is_object() ? given.find(key) : given.end();
        return found != given.end() && found->is_string() && found->get<std::string>() == value;
    };
    if (!is("access_key_id", m_accessKeyId) || !is("secret_access_key", m_secretAccessKey))
        return message(401, "error authenticating request");
    Answer answer = ok({{"token", m_token}, {"token_expiration", m_now + 7 * 86400}});
    answer.headers.emplace_back(
        "Set-Cookie", "internal_auth_session=" + m_token + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
    return answer;
}

LakeFsDialect::Answer LakeFsDialect::serverCall(Call call, const Params &params) const
{
    switch (call) {
    case Call::Config:
        return raw(m_words.config);
    case Call::ConfigVersion:
        return ok(Json::parse(m_words.config).value("version_config", Json()));
    case Call::ConfigStorage:
        return ok(Json::parse(m_words.config).value("storage_config", Json()));
    case Call::ConfigCollection:
        return ok({{"grace_period", 86400}});
    case Call::Policies:
        return message(501, "Not Implemented");
    case Call::User:
        return raw(m_words.user);
    case Call::Usage:
        return raw(m_words.usage);
    default:
        break;
    }
    std::vector<std::pair<std::string, Json>> items;
    for (const History &history : m_histories)
        if (history.name.find(param(params, "search")) != std::string::npos && isOnPage(history.name, params))
            items.emplace_back(history.name, repositoryJson(history));
    return page(amountOf(params), items);
}

LakeFsDialect::Answer LakeFsDialect::handle(const Request &request) const
{
    if (request.path == "/_health")
        return {.contentType = "text/plain; charset=utf-8", .body = m_words.health};
    if (request.path == "/openapi.json") {
        Answer answer = ok(openApi());
        answer.headers.clear();
        return answer;
    }
    if (request.path == "/_demo/log")
        return ok({{"requests", m_walked->requests.load()}, {"walked", m_walked->commits.load()}});
    std::vector<std::string> parts = segments(request.path);
    if (parts.size() < 3 || parts[0] != "api" || parts[1] != "v1")
        return message(404, "invalid API endpoint");
    parts.erase(parts.begin(), parts.begin() + 2);
    const auto found = routeOf(request.method, parts);
    if (!found)
        return message(404, "invalid API endpoint");
    if (request.method != "HEAD")
        return answer(*found, request);
    Answer answered = answer(*found, request);
    if (answered.status >= 400 && answered.status != 416)
        return {.status = answered.status, .contentType = {}};
    std::erase_if(answered.headers, [](const auto &header) { return header.first.starts_with("X-"); });
    if (answered.status == 416)
        std::erase_if(answered.headers, [](const auto &header) { return header.first == "Content-Range"; });
    answered.headers.emplace_back("Accept-Ranges", "bytes");
    return answered;
}

LakeFsDialect::Answer LakeFsDialect::answer(const Found &found, const Request &request) const
{
    if (auto refused = refusedValues(found, request.params))
        return *refused;
    if (found.call == Call::Health)
        return {.status = 204, .contentType = {}};
    if (found.call == Call::Setup)
        return raw(m_words.setup);
    if (found.call == Call::Login)
        return login(request.body);
    if (auto refused = found.call == Call::Objects ? refusedRange(request.range) : std::nullopt)
        return *refused;
    const bool known = signedIn(request.authorization);
    if (!known && !request.authorization.empty())
        return message(401, "error authenticating request");
    if (auto refused = ambiguous(found, request.params))
        return *refused;
    if (!known && found.call == Call::User)
        return ok({{"user", {{"creation_date", 0}, {"id", ""}}}}); // nobody is a user, too
    if (!known)
        return message(401, "error authenticating request");
    if (found.call == Call::Write)
        return message(403, "the demo factory is read-only");
    if (found.names.empty())
        return serverCall(found.call, request.params);
    if (auto refused = refusedNames(found))
        return *refused;
    const History *history = find(found.names[0]);
    if (!history)
        return message(404, "repository not found");
    if (found.call == Call::Repository)
        return ok(repositoryJson(*history));
    Answer answered = callRepository(*history, *m_trees, found, request.params, request.range);
    if (found.call == Call::Log) {
        ++m_walked->requests;
        m_walked->commits += answered.walked;
    }
    return answered;
}

} // namespace andon::demo
