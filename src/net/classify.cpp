#include "net/classify.h"

#include "net/url.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace andon::net
{

namespace
{

constexpr std::size_t kMaxWords = 4096;

core::ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return core::ErrorKind::Auth;
    case 403:
        return core::ErrorKind::Forbidden;
    case 404:
    case 410:
        return core::ErrorKind::NotFound;
    case 407:
        return core::ErrorKind::Proxy;
    case 408:
    case 504:
        return core::ErrorKind::Timeout;
    case 409:
    case 423:
        return core::ErrorKind::Conflict;
    case 412:
        return core::ErrorKind::Precondition;
    case 413:
        return core::ErrorKind::TooLarge;
    case 429:
        return core::ErrorKind::Limited;
    default:
        break;
    }
    if (status >= 500)
        return core::ErrorKind::Server;
    return status >= 300 && status < 400 ? core::ErrorKind::Protocol : core::ErrorKind::Invalid;
}

std::string clipped(std::string text)
{
    const std::size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text = text.substr(start, kMaxWords);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.pop_back();
    return text;
}

bool looksLikeHtml(const Response &response)
{
    if (response.header("content-type").find("html") == std::string_view::npos
        && !response.header("content-type").empty())
        return false;
    const std::size_t start = response.body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return start != std::string::npos && response.body[start] == '<';
}

/// The text of <title …>, in whatever case.
std::string titleOf(const std::string &html)
{
    std::string lower = html.substr(0, 16 * kMaxWords);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t tag = lower.find("<title");
    const std::size_t open = tag == std::string::npos ? tag : lower.find('>', tag);
    const std::size_t close = open == std::string::npos ? open : lower.find("</title", open);
    return close == std::string::npos ? "an HTML page" : html.substr(open + 1, close - open - 1);
}

std::string jsonWords(const std::string &body)
{
    // Error bodies are small; the parser is iterative, so depth is no danger here, only copies would be.
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object())
        return {};
    for (const char *key : {"message", "error", "detail"})
        if (const auto found = json.find(key); found != json.end() && found->is_string())
            return found->get_ref<const std::string &>();
    // {"error":{"message":…}}, as gateways write it
    const auto error = json.find("error");
    if (error == json.end() || !error->is_object())
        return {};
    const auto message = error->find("message");
    return message != error->end() && message->is_string() ? message->get_ref<const std::string &>() : std::string();
}

/// Whether a write with this answer may have been applied all the same.
bool isVague(int status)
{
    return status == 408 || (status >= 500 && status != 501);
}

} // namespace

std::string wordsOf(const Response &response)
{
    if (response.body.empty())
        return "no further words";
    if (looksLikeHtml(response))
        return clipped(titleOf(response.body));
    if (const std::string words = jsonWords(response.body); !words.empty())
        return clipped(words);
    return clipped(response.body);
}

std::optional<std::int64_t> retryAfter(std::string_view value, core::Instant now)
{
    if (value.empty())
        return std::nullopt;
    if (value.find_first_not_of("0123456789") == std::string_view::npos) {
        if (value.size() > 9)
            return 1'000'000'000LL * core::kSecond;
        return std::stoll(std::string(value)) * core::kSecond;
    }
    const std::time_t date = curl_getdate(std::string(value).c_str(), nullptr);
    if (date < 0)
        return std::nullopt;
    return std::max<std::int64_t>(0, core::Instant::fromSeconds(date) - now);
}

std::optional<std::int64_t> retryAfter(const Response &response)
{
    const std::time_t date = curl_getdate(std::string(response.header("date")).c_str(), nullptr);
    return retryAfter(response.header("retry-after"), date < 0 ? response.at : core::Instant::fromSeconds(date));
}

core::Error errorOfStatus(const Request &request, const Response &response)
{
    core::Error error{.kind = kindOfStatus(response.status),
                      .where = request.what,
                      .detail = wordsOf(response),
                      .httpStatus = response.status,
                      .server = response.server,
                      .requestId = std::string(response.header("x-request-id")),
                      .retryAfterMs = retryAfter(response)};
    if (response.status == 403 && error.detail.starts_with("Invalid Host header"))
        error.hint = "mlflow-host";
    else if (response.status >= 300 && response.status < 400) {
        error.hint = "redirect";
        const std::string location(response.header("location")); // its path and query may carry a session
        if (!location.empty())
            error.detail = "a redirect to " + (originOf(location).empty() ? "another path" : originOf(location));
    } else if ((response.status == 401 || response.status == 403) && looksLikeHtml(response))
        error.hint = "html-login"; // other statuses have pages of their own: 404 of a web server, 502 of a proxy
    if (!request.idempotent && isVague(response.status))
        error.kind = core::ErrorKind::UnknownOutcome;
    return error;
}

core::Result<std::string_view> expectJson(const Request &request, const Response &response)
{
    const std::size_t start = response.body.find_first_not_of(" \t\r\n");
    if (start != std::string::npos && (response.body[start] == '{' || response.body[start] == '['))
        return std::string_view(response.body);
    core::Error error{.kind = core::ErrorKind::Protocol,
                      .where = request.what,
                      .detail = start == std::string::npos ? "an empty answer" : wordsOf(response),
                      .httpStatus = response.status,
                      .server = response.server,
                      .requestId = std::string(response.header("x-request-id"))};
    if (looksLikeHtml(response))
        error.hint = "html-login";
    return core::fail(std::move(error));
}

} // namespace andon::net
