#include "demo/mlflow/mlflowdialect.h"

#include "demo/mlflow/mlflowcalls.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace andon::demo
{

using namespace mlflow;

namespace
{

/// "host" of "host:port", with the brackets of an IPv6 address.
std::string withoutPort(const std::string &host)
{
    return host.substr(0, host.starts_with('[') ? std::min(host.find(']'), host.size() - 1) + 1 : host.find(':'));
}

bool isLoopback(const std::string &name)
{
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

/// Loopback and private networks, with or without a port; other names are refused against DNS rebinding.
bool isAllowedHost(const std::string &host)
{
    const std::string name = withoutPort(host);
    if (name.empty() || isLoopback(name) || name == "0.0.0.0" || name.starts_with("192.168.")
        || name.starts_with("10."))
        return true;
    int second = 0;
    if (!name.starts_with("172."))
        return false;
    const auto [end, error] = std::from_chars(name.data() + 4, name.data() + name.size(), second);
    return error == std::errc() && second >= 16 && second <= 31 && end != name.data() + name.size() && *end == '.';
}

bool isLocalOrigin(const std::string &origin)
{
    const std::size_t from = origin.find("//");
    return from != std::string::npos && isLoopback(withoutPort(origin.substr(from + 2)));
}

Answer plain(int status, const std::string &words)
{
    return {.status = status, .contentType = "text/plain", .body = words};
}

/// A query string's parameters: those that repeat become a list.
Fields fieldsOf(const Pairs &params)
{
    Fields fields;
    for (const auto &[key, value] : params) {
        Json &slot = fields.json[key];
        if (slot.is_null())
            slot = value;
        else if (slot.is_array())
            slot.push_back(value);
        else
            slot = Json::array({slot, value});
    }
    return fields;
}

Answer wrongMethod(const std::string &methods)
{
    Answer answer = page(405, "Method Not Allowed", "The method is not allowed for the requested URL.");
    const bool post = methods.find("POST") != std::string::npos;
    const bool get = methods.find("GET") != std::string::npos;
    answer.headers.emplace_back("Allow", std::string("OPTIONS") + (post ? ", POST" : "") + (get ? ", HEAD, GET" : ""));
    return answer;
}

/// What the server reads of a body: all fields before the first that has a type which it cannot read.
Json readable(const Json &body)
{
    Json read = Json::object();
    for (const auto &[key, value] : body.items()) {
        const bool texts = key == "experiment_ids" && value.is_array();
        if ((key == "max_results" && value.is_number_float())
            || (key == "page_token" && !value.is_string() && !value.is_null())
            || (texts && !std::all_of(value.begin(), value.end(), [](const Json &v) { return v.is_string(); })))
            break;
        read[key] = value;
    }
    return read;
}

/// The first of the required parameters that is not there; "a|b" is either.
std::string missingOf(const char *required, const Fields &fields)
{
    std::istringstream words(required);
    for (std::string word; words >> word;) {
        const std::size_t bar = word.find('|');
        const std::string first = word.substr(0, bar);
        const bool other = bar != std::string::npos && fields.has(word.c_str() + bar + 1);
        if (!other && !fields.has(first.c_str()))
            return first;
    }
    return {};
}

Answer call(const Registry &registry, const CallEntry &entry, const MlflowDialect::Request &request)
{
    const std::string methods = entry.methods;
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    if ((method != "GET" && method != "POST") || methods.find(method) == std::string::npos)
        return wrongMethod(methods);
    Fields fields;
    if (request.method == "GET") // to HEAD the server gives no parameters
        fields = fieldsOf(request.params);
    if (method == "POST") {
        if (!request.contentType.starts_with("application/json"))
            return invalid("Bad Request. Content-Type must be one of ['application/json'].");
        Json json = Json::parse(request.body, nullptr, false);
        fields.json = json.is_object() ? readable(json) : Json::object(); // cut-off JSON is taken for {}
    }
    if (const std::string name = missingOf(entry.required, fields); !name.empty())
        return invalid("Missing value for required parameter '" + name
                       + "'. See the API docs for more information about request parameters.");
    return entry.handler(registry, fields);
}

/// What lies outside of the classic calls.
std::optional<Answer> newer(const std::string &path)
{
    if (path == "/api/3.0/mlflow/traces/search")
        return ok(Json::object());
    if (path == "/api/3.0/mlflow/traces/metrics")
        return ok({{"data_points", Json::array({{{"metric_name", "trace_count"}, {"values", {{"COUNT", 0.0}}}}})}});
    if (path == "/api/3.0/mlflow/server-info")
        return Answer{.body = R"({"store_type":"SqlStore","workspaces_enabled":false,"trace_archival_enabled":false,)"
                              R"("multipart_uploads_enabled":false,"multipart_downloads_enabled":false,)"
                              R"("presigned_upload_run_id_supported":true,"presigned_upload_model_id_supported":true,)"
                              R"("features_enabled":{"gateway":true}})"};
    if (path == "/api/3.0/mlflow/workspaces")
        return Answer{.status = 503,
                      .contentType = "text/html; charset=utf-8",
                      .body = "Endpoint: /api/3.0/mlflow/workspaces disabled because the server is running without "
                              "workspaces support. To enable workspace, run `mlflow server` with "
                              "`--enable-workspaces`"};
    return std::nullopt;
}

} // namespace

MlflowDialect::MlflowDialect(Registry registry)
    : m_registry(std::move(registry))
{
}

MlflowDialect::Answer MlflowDialect::handle(const Request &request) const
{
    const bool get = request.method == "GET" || request.method == "HEAD";
    if ((request.path == "/health" || request.path == "/version") && !get)
        return wrongMethod("GET");
    if (request.path == "/health")
        return {.contentType = "text/plain; charset=utf-8", .body = "OK"};
    if (request.path == "/version")
        return {.contentType = "text/html; charset=utf-8", .body = "3.17.2"};
    if (!isAllowedHost(request.host))
        return plain(403, "Invalid Host header - possible DNS rebinding attack detected");
    if (!request.origin.empty() && !get && !isLocalOrigin(request.origin))
        return plain(403, "Cross-origin request blocked");
    if (const auto answer = newer(request.path))
        return *answer;
    for (const char *prefix : {"/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/"}) {
        if (!request.path.starts_with(prefix))
            continue;
        const std::string name = request.path.substr(std::string_view(prefix).size());
        for (const auto *calls : {&runCalls(), &modelCalls()})
            for (const CallEntry &entry : *calls)
                // GET logged-models/search is the model of that name
                if (name == entry.path && (!entry.ajaxOnly || prefix[2] == 'j')
                    && !(get && name == "logged-models/search"))
                    return call(m_registry, entry, request);
        if (get && name.starts_with("logged-models/") && name.find('/', 14) == std::string::npos)
            return oneLoggedModel(m_registry, name.substr(14));
    }
    return notFoundPage();
}

} // namespace andon::demo
