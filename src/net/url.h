#pragma once
// URLs are built from a base and percent-encoded parts, never pasted together. Pure.
#include "net/request.h"

namespace andon::net
{

/// What all URLs of an endpoint begin with.
struct Base {
    std::string url = {}; ///< scheme://host[:port][/prefix], no slash at the end
    std::string origin = {}; ///< originOf(url)
};

/// Invalid for what is no http(s) URL, credentials in it, control characters, or plain http to a host that is not
/// loopback when the endpoint does not allow it. `what` is the request's, for the error.
[[nodiscard]] core::Result<Base> baseOf(const Endpoint &endpoint, const std::string &what);
/// The URL of a request. Invalid for "." or ".." segments and control characters.
[[nodiscard]] core::Result<std::string> urlAt(const Base &base, const Request &request);
[[nodiscard]] core::Result<std::string> urlOf(const Endpoint &endpoint, const Request &request); ///< both

/// scheme://host[:port], lower case, without credentials, path and default port. "" when it is no URL.
[[nodiscard]] std::string originOf(const std::string &url);

[[nodiscard]] bool isLoopback(const std::string &url);

/// `location` resolved against `url`; "" when it leaves the origin.
[[nodiscard]] std::string sameOriginRedirect(const std::string &url, const std::string &location);

/// Header values with bytes below 0x20 or 0x7f are an injection.
[[nodiscard]] bool isCleanHeader(std::string_view text);

/// application/x-www-form-urlencoded.
[[nodiscard]] std::string formEncode(const std::vector<std::pair<std::string, std::string>> &fields);

} // namespace andon::net
