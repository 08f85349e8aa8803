#include "net/transfer.h"

#include "core/clock.h"
#include "net/classify.h"
#include "net/url.h"

#include <algorithm>

namespace andon::net
{

namespace
{
constexpr std::size_t kMaxHeaderBytes = 256 * 1024;
constexpr std::size_t kMaxHeaderLines = 200;
constexpr std::size_t kMaxRatio = 200; // decoded : on the wire
constexpr std::size_t kMaxErrorBody = 4 * 1024 * 1024;
constexpr int kMaxRedirects = 3;

const char *verb(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Patch:
        return "PATCH";
    }
    return "GET";
}
} // namespace

Transfer::~Transfer()
{
    curl_slist_free_all(m_headers);
}

core::Error Transfer::cancelled() const
{
    return {.kind = core::ErrorKind::Cancelled, .where = request.what};
}

core::Result<void> Transfer::prepare(CURL *handle)
{
    m_handle = handle;
    m_response = {};
    m_headerBytes = 0;
    m_words[0] = 0;
    if (m_redirectedTo.empty()) {
        auto url = urlOf(*endpoint, request);
        if (!url)
            return core::fail(url.error());
        m_url = *url;
    } else {
        m_url = m_redirectedTo;
    }
    m_response.server = originOf(m_url);
    if (auto headers = setHeaders(handle); !headers)
        return headers;

    curl_easy_setopt(handle, CURLOPT_URL, m_url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, m_url.starts_with("https:") ? "https" : "http");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(handle, CURLOPT_UNRESTRICTED_AUTH, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, endpoint->proxy.c_str()); // "" also switches the environment's off
    curl_easy_setopt(handle, CURLOPT_NOPROXY, endpoint->proxy.empty() ? "*" : "");
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeoutMs));
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 15L);
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.maxBytes));
    curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, 60L);
    curl_easy_setopt(handle, CURLOPT_MAXLIFETIME_CONN, 3600L);
    curl_easy_setopt(handle, CURLOPT_PIPEWAIT, m_url.starts_with("https:") ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, endpoint->gzip ? "gzip" : nullptr);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.idempotent ? 0L : 1L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_words);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    setTls(handle);
    setBody(handle);
    return {};
}

core::Result<void> Transfer::setHeaders(CURL *handle)
{
    curl_slist_free_all(m_headers);
    m_headers = nullptr;
    const auto add = [this](const std::string &name, const std::string &value) -> bool {
        if (!isCleanHeader(name) || !isCleanHeader(value))
            return false;
        m_headers = curl_slist_append(m_headers, (name + ": " + value).c_str());
        return true;
    };
    bool clean = add("User-Agent", "andon/" ANDON_VERSION);
    for (const auto &[name, value] : request.headers)
        clean = add(name, value) && clean;
    for (const auto &[name, value] : endpoint->headers)
        clean = add(name, value) && clean;
    if (!endpoint->hostHeader.empty())
        clean = add("Host", endpoint->hostHeader) && clean;
    if (!request.contentType.empty())
        clean = add("Content-Type", request.contentType) && clean;
    if (!request.body.empty())
        clean = add("Expect", "") && clean;
    if (endpoint->auth == Endpoint::AuthKind::Bearer)
        clean = add("Authorization", "Bearer " + endpoint->secret) && clean;
    if (!clean)
        return core::fail(core::ErrorKind::Invalid, request.what, "a header holds a control character");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, m_headers);
    if (endpoint->auth == Endpoint::AuthKind::Basic) {
        curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(handle, CURLOPT_USERNAME, endpoint->user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, endpoint->secret.c_str());
    }
    return {};
}

void Transfer::setTls(CURL *handle) const
{
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_CIPHER_LIST, "ECDHE+AESGCM:ECDHE+CHACHA20");
    if (!endpoint->caFile.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, endpoint->caFile.c_str());
    if (!endpoint->clientCertFile.empty())
        curl_easy_setopt(handle, CURLOPT_SSLCERT, endpoint->clientCertFile.c_str());
    if (!endpoint->clientKeyFile.empty())
        curl_easy_setopt(handle, CURLOPT_SSLKEY, endpoint->clientKeyFile.c_str());
}

void Transfer::setBody(CURL *handle) const
{
    if (request.method == Method::Head)
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    else if (request.method == Method::Post || !request.body.empty()) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (request.method != Method::Get && request.method != Method::Head && request.method != Method::Post)
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, verb(request.method));
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    const std::size_t bytes = size * count;
    std::string &body = transfer->m_response.body;
    long status = 0;
    curl_off_t wire = 0;
    curl_easy_getinfo(transfer->m_handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer->m_handle, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    const std::size_t cap = status >= 400
        ? std::min(kMaxErrorBody, static_cast<std::size_t>(transfer->request.maxBytes))
        : static_cast<std::size_t>(transfer->request.maxBytes);
    const std::size_t after = body.size() + bytes;
    if (after > cap || (after > 1024 * 1024 && wire > 0 && after / kMaxRatio > static_cast<std::size_t>(wire))) {
        transfer->m_tooLarge = true;
        return 0;
    }
    body.append(data, bytes);
    return bytes;
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) { // a new answer: 100 Continue, or a proxy's
        transfer->m_response.headers.clear();
        return line.size();
    }
    transfer->m_headerBytes += line.size();
    if (transfer->m_headerBytes > kMaxHeaderBytes || transfer->m_response.headers.size() >= kMaxHeaderLines) {
        transfer->m_tooLarge = true;
        return 0;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return line.size();
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
        value.remove_suffix(1);
    transfer->m_response.headers.emplace_back(std::move(name), std::string(value));
    return line.size();
}

bool Transfer::redirect(CURL *handle, CURLcode code)
{
    if (code != CURLE_OK || (request.method != Method::Get && request.method != Method::Head)
        || m_redirects >= kMaxRedirects)
        return false;
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status < 301 || status > 308 || status == 304 || status == 305 || status == 306)
        return false;
    const std::string target = sameOriginRedirect(m_url, std::string(m_response.header("location")));
    if (target.empty())
        return false;
    m_redirectedTo = target;
    ++m_redirects;
    return true;
}

core::Result<Response> Transfer::finish(CURL *handle, CURLcode code)
{
    curl_off_t elapsed = 0;
    curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &elapsed);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    m_response.status = static_cast<int>(status);
    m_response.elapsedMs = elapsed / 1000;
    m_response.at = core::SystemClock().now();
    if (m_tooLarge)
        return core::fail(core::Error{.kind = core::ErrorKind::TooLarge,
                                      .where = request.what,
                                      .detail = "the answer is larger than " + std::to_string(request.maxBytes)
                                          + " bytes or unpacks to more than " + std::to_string(kMaxRatio)
                                          + " times its size",
                                      .httpStatus = m_response.status,
                                      .server = m_response.server});
    if (code != CURLE_OK)
        return core::fail(errorOfCurl(request, code, m_words, m_response.server));
    return std::move(m_response);
}

std::string_view Response::header(std::string_view lowerCaseName) const
{
    for (const auto &[name, value] : headers)
        if (name == lowerCaseName)
            return value;
    return {};
}

} // namespace andon::net
