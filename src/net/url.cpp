#include "net/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace andon::net
{

namespace
{

struct UrlDeleter {
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

UrlHandle parse(const std::string &text)
{
    UrlHandle url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return {};
    return url;
}

std::string part(CURLU *url, CURLUPart which, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
        return {};
    std::string out(text);
    curl_free(text);
    return out;
}

std::string escape(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~')
            out += c;
        else
            (out += '%') += {kHex[byte >> 4], kHex[byte & 15]};
    }
    return out;
}

bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Even what is no URL may hold a password before its @.
std::string withoutUser(const std::string &text)
{
    const std::size_t at = text.rfind('@');
    return at == std::string::npos ? text : "…" + text.substr(at);
}

core::Error invalid(const std::string &what, const std::string &detail)
{
    return {.kind = core::ErrorKind::Invalid, .where = what, .detail = detail};
}

} // namespace

std::string formEncode(const std::vector<std::pair<std::string, std::string>> &fields)
{
    std::string out;
    for (const auto &[key, value] : fields)
        out += (out.empty() ? "" : "&") + escape(key) + "=" + escape(value);
    return out;
}

core::Result<Base> baseOf(const Endpoint &endpoint, const std::string &what)
{
    const UrlHandle base = parse(endpoint.baseUrl);
    if (!base || hasControl(endpoint.baseUrl))
        return core::fail(invalid(what, "not a URL: " + withoutUser(endpoint.baseUrl)));
    const std::string scheme = part(base.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http")
        return core::fail(invalid(what, "only https and http are spoken, not " + scheme));
    if (!part(base.get(), CURLUPART_USER).empty() || !part(base.get(), CURLUPART_PASSWORD).empty())
        return core::fail(invalid(what, "credentials do not belong into a URL"));
    const std::string host = part(base.get(), CURLUPART_HOST);
    if (scheme == "http" && !endpoint.allowPlainHttp && !isLoopback(endpoint.baseUrl))
        return core::fail(invalid(what, "plain http to " + host + " was not agreed to"));
    std::string url = scheme + "://" + host;
    if (const std::string port = part(base.get(), CURLUPART_PORT); !port.empty())
        url += ":" + port;
    url += part(base.get(), CURLUPART_PATH);
    while (url.ends_with('/'))
        url.pop_back();
    std::string origin = originOf(url);
    return Base{.url = std::move(url), .origin = std::move(origin)};
}

core::Result<std::string> urlAt(const Base &base, const Request &request)
{
    std::string url = base.url;
    for (const std::string &segment : request.path) {
        if (segment == "." || segment == ".." || hasControl(segment))
            return core::fail(invalid(request.what, "a path segment that a server could misread"));
        (url += '/') += escape(segment);
    }
    if (request.path.empty() && url.size() == base.origin.size())
        url += '/';
    if (!request.query.empty())
        (url += '?') += formEncode(request.query);
    return url;
}

core::Result<std::string> urlOf(const Endpoint &endpoint, const Request &request)
{
    const auto base = baseOf(endpoint, request.what);
    return base ? urlAt(*base, request) : core::fail(base.error());
}

std::string originOf(const std::string &text)
{
    const UrlHandle url = parse(text);
    if (!url)
        return {};
    const std::string scheme = part(url.get(), CURLUPART_SCHEME);
    std::string host = part(url.get(), CURLUPART_HOST);
    std::transform(host.begin(), host.end(), host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    const bool usual = (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
    return scheme + "://" + host + (usual ? "" : ":" + port);
}

bool isLoopback(const std::string &text)
{
    const UrlHandle url = parse(text);
    if (!url)
        return false;
    const std::string host = part(url.get(), CURLUPART_HOST);
    const bool fourParts = host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
    return host == "localhost" || host == "[::1]" || fourParts;
}

std::string sameOriginRedirect(const std::string &from, const std::string &location)
{
    const UrlHandle url = parse(from);
    if (!url || location.empty() || curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK)
        return {};
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty())
        return {};
    const std::string target = part(url.get(), CURLUPART_URL);
    return originOf(target) == originOf(from) ? target : std::string();
}

bool isCleanHeader(std::string_view text)
{
    return !hasControl(text);
}

} // namespace andon::net
