#include "net/transfer.h"

#include "core/clock.h"
#include "net/classify.h"
#include "net/tls.h"
#include "net/url.h"

#include <algorithm>

namespace andon::net
{

namespace
{
constexpr std::size_t kMaxHeaderBytes = 256 * 1024;
constexpr std::size_t kMaxHeaderLines = 200;
constexpr std::size_t kMaxRatio = 200; // decoded : on the wire
constexpr std::size_t kRatioFrom = 1024 * 1024;
constexpr std::size_t kMaxErrorBody = 4 * 1024 * 1024;
constexpr int kMaxRedirects = 3;
constexpr long kConnectMs = 5000;
constexpr std::int64_t kUsualMs = 30'000;

/// Whether any byte of the request may have reached the server.
bool wasSent(CURL *handle)
{
    long bytes = 0;
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &bytes);
    return bytes > 0;
}

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

core::Error Transfer::cancelled(CURL *handle) const
{
    core::Error error{.kind = core::ErrorKind::Cancelled, .where = request.what, .server = m_response.server};
    if (handle && !request.idempotent && wasSent(handle))
        error.kind = core::ErrorKind::UnknownOutcome;
    return error;
}

core::Result<void> Transfer::prepare(CURL *handle, const Base &base)
{
    m_handle = handle;
    m_response = {};
    m_headerBytes = 0;
    m_headEnded = false;
    m_refused = {};
    m_cut = false;
    m_words[0] = 0;
    if (m_redirectedTo.empty()) {
        auto url = urlAt(base, request);
        if (!url)
            return core::fail(url.error());
        m_url = std::move(*url);
    } else {
        m_url = m_redirectedTo;
    }
    const bool encrypted = m_url.starts_with("https:");
    m_response.server = base.origin; // redirects stay within it
    if (auto headers = setHeaders(handle); !headers)
        return headers;

    curl_easy_setopt(handle, CURLOPT_URL, m_url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, encrypted ? "https" : "http");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(handle, CURLOPT_UNRESTRICTED_AUTH, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, endpoint->proxy.c_str()); // "" also switches the environment's off
    curl_easy_setopt(handle, CURLOPT_NOPROXY, endpoint->proxy.empty() ? "*" : "");
    curl_easy_setopt(handle, CURLOPT_PIPEWAIT, encrypted ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, endpoint->gzip ? "gzip" : nullptr);
    // A write is alone on its connection, and not on HTTP/2, where libcurl sends a refused stream again by itself.
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.idempotent ? 0L : 1L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION,
                     static_cast<long>(request.idempotent ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, m_words);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, this);
    setLimits(handle);
    setBody(handle);
    if (!encrypted && !endpoint->proxy.starts_with("https:"))
        return {};
    auto trusted = setTls(handle, *endpoint, request);
    if (!trusted)
        trusted.error().server = m_response.server;
    return trusted;
}

void Transfer::setLimits(CURL *handle) const
{
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeoutMs));
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 100L);
    // Who allows a long time expects the server to think: the speed counts once it speaks.
    if (request.timeoutMs <= kUsualMs)
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stallSeconds));
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.maxBytes));
    curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, 60L);
    curl_easy_setopt(handle, CURLOPT_MAXLIFETIME_CONN, 3600L);
    // Giving up does not wait for a resolver that hangs; its thread ends by itself.
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
}

core::Result<void> Transfer::setHeaders(CURL *handle)
{
    curl_slist_free_all(m_headers);
    m_headers = nullptr;
    bool clean = true;
    const auto add = [&](const std::string &name, const std::string &value) {
        clean = clean && isCleanHeader(name) && isCleanHeader(value);
        if (clean)
            m_headers = curl_slist_append(m_headers, (name + ": " + value).c_str());
    };
    add("User-Agent", "andon/" ANDON_VERSION);
    for (const auto &[name, value] : request.headers)
        add(name, value);
    for (const auto &[name, value] : endpoint->headers)
        add(name, value);
    if (!endpoint->hostHeader.empty())
        add("Host", endpoint->hostHeader);
    if (!request.contentType.empty())
        add("Content-Type", request.contentType);
    if (!request.body.empty())
        add("Expect", "");
    if (endpoint->auth == Endpoint::AuthKind::Bearer)
        add("Authorization", "Bearer " + endpoint->secret);
    if (!clean)
        return core::fail(core::ErrorKind::Invalid, request.what, "a header holds a control character");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, m_headers);
    curl_easy_setopt(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE)); // none of it to a proxy
    if (endpoint->auth == Endpoint::AuthKind::Basic) {
        curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(handle, CURLOPT_USERNAME, endpoint->user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, endpoint->secret.c_str());
    }
    return {};
}

void Transfer::setBody(CURL *handle) const
{
    const bool takes = request.method == Method::Post || request.method == Method::Put
        || request.method == Method::Patch || !request.body.empty();
    if (request.method == Method::Head) {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    } else if (takes) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (request.method != Method::Get && request.method != Method::Head && request.method != Method::Post)
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, verb(request.method));
}

bool Transfer::takesBody(std::size_t bytes)
{
    long status = 0;
    curl_off_t wire = 0;
    curl_easy_getinfo(m_handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(m_handle, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    const std::size_t after = m_response.body.size() + bytes;
    const auto most = static_cast<std::size_t>(request.maxBytes);
    if (status >= 400 && after > std::min(kMaxErrorBody, most)) {
        m_cut = true; // the status says what happened
        return false;
    }
    m_refused.kind = core::ErrorKind::TooLarge;
    if (after > most)
        m_refused.detail = "the answer is larger than " + std::to_string(most) + " bytes";
    else if (after > kRatioFrom && wire > 0 && after / kMaxRatio > static_cast<std::size_t>(wire))
        m_refused.detail = "the answer unpacks to more than " + std::to_string(kMaxRatio) + " times its size";
    return m_refused.detail.empty();
}

bool Transfer::takesHeader(std::string_view line)
{
    m_headerBytes += line.size();
    if (m_headerBytes > kMaxHeaderBytes || m_response.headers.size() >= kMaxHeaderLines) {
        m_refused.kind = core::ErrorKind::Protocol;
        m_refused.detail = "the headers of the answer do not end";
        return false;
    }
    if (line.starts_with("HTTP/")) { // a new answer: 100 Continue, or a proxy's
        m_response.headers.clear();
        m_headEnded = false;
        return true;
    }
    m_headEnded = m_headEnded || line == "\r\n" || line == "\n";
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return true;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
        value.remove_suffix(1);
    m_response.headers.emplace_back(std::move(name), std::string(value));
    return true;
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    const std::size_t bytes = size * count;
    if (!transfer->takesBody(bytes))
        return 0;
    transfer->m_response.body.append(data, bytes);
    return bytes;
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    const std::size_t bytes = size * count;
    if (transfer->m_headerBytes == 0 && transfer->request.timeoutMs > kUsualMs)
        curl_easy_setopt(transfer->m_handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(transfer->request.stallSeconds));
    return transfer->takesHeader({data, bytes}) ? bytes : 0;
}

bool Transfer::redirect(CURL *handle, CURLcode code)
{
    if (code != CURLE_OK || !m_headEnded || (request.method != Method::Get && request.method != Method::Head)
        || m_redirects >= kMaxRedirects || cancel.cancelled())
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
    if (m_cut || (code == CURLE_OK && m_headEnded))
        return std::move(m_response);
    Failure failure{.curlCode = code, .words = m_words, .server = m_response.server};
    if (code == CURLE_OK)
        failure = {.curlCode = CURLE_PARTIAL_FILE, .words = "closed within the headers", .server = failure.server};
    long osError = 0;
    curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &osError);
    failure.osError = static_cast<int>(osError);
    curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &failure.verifyResult);
    curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &failure.proxyStatus);
    failure.viaProxy = !endpoint->proxy.empty();
    failure.sent = wasSent(handle);
    core::Error error = errorOfFailure(request, failure);
    if (!m_refused.detail.empty()) {
        error.detail = m_refused.detail;
        error.kind = request.idempotent ? m_refused.kind : core::ErrorKind::UnknownOutcome;
    }
    return core::fail(std::move(error));
}

} // namespace andon::net
