#include "net/classify.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

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
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.pop_back();
    if (text.size() > kMaxWords)
        text.resize(kMaxWords);
    return text;
}

bool looksLikeHtml(const Response &response)
{
    if (response.header("content-type").find("html") == std::string_view::npos
        && !response.header("content-type").empty())
        return false;
    const std::size_t start = response.body.find_first_not_of(" \t\r\n");
    return start != std::string::npos && response.body[start] == '<';
}

std::string titleOf(const std::string &html)
{
    const std::size_t open = html.find("<title>");
    const std::size_t close = open == std::string::npos ? open : html.find("</title>", open);
    return close == std::string::npos ? "an HTML page" : html.substr(open + 7, close - open - 7);
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
    return {};
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

core::Error errorOfStatus(const Request &request, const Response &response)
{
    core::Error error{.kind = kindOfStatus(response.status),
                      .where = request.what,
                      .detail = wordsOf(response),
                      .httpStatus = response.status,
                      .server = response.server,
                      .requestId = std::string(response.header("x-request-id")),
                      .retryAfterMs = retryAfter(response.header("retry-after"), response.at)};
    if (response.status == 403 && error.detail.starts_with("Invalid Host header"))
        error.hint = "mlflow-host";
    else if (response.status >= 300 && response.status < 400)
        error.hint = "redirect";
    else if (looksLikeHtml(response) && response.status < 500)
        error.hint = "html-login";
    return error;
}

core::Error errorOfCurl(const Request &request, int curlCode, const std::string &words, const std::string &server)
{
    core::Error error{.kind = core::ErrorKind::Offline,
                      .where = request.what,
                      .detail = words.empty() ? curl_easy_strerror(static_cast<CURLcode>(curlCode)) : words,
                      .server = server};
    switch (curlCode) {
    case CURLE_COULDNT_RESOLVE_HOST:
        error.kind = core::ErrorKind::Dns;
        break;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        error.kind = core::ErrorKind::Proxy;
        break;
    case CURLE_COULDNT_CONNECT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
        error.kind = core::ErrorKind::Refused;
        break;
    case CURLE_OPERATION_TIMEDOUT:
        error.kind = core::ErrorKind::Timeout;
        break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_USE_SSL_FAILED:
        error.kind = core::ErrorKind::Tls;
        break;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_WRITE_ERROR:
        error.kind = core::ErrorKind::TooLarge;
        break;
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_UNSUPPORTED_PROTOCOL:
        error.kind = core::ErrorKind::Protocol;
        break;
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        error.kind = core::ErrorKind::Invalid;
        break;
    case CURLE_ABORTED_BY_CALLBACK:
        error.kind = core::ErrorKind::Cancelled;
        break;
    default:
        break;
    }
    // A write whose answer got lost may have been applied.
    if (!request.idempotent
        && (curlCode == CURLE_GOT_NOTHING || curlCode == CURLE_RECV_ERROR || curlCode == CURLE_OPERATION_TIMEDOUT
            || curlCode == CURLE_PARTIAL_FILE))
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
