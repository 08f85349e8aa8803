#pragma once
// From a libcurl code or an HTTP status to an Error of its class. Pure.
#include "net/request.h"

namespace andon::net
{

/// The error of an answer outside 2xx. Its detail is the server's own sentence, at most 4 KiB.
[[nodiscard]] core::Error errorOfStatus(const Request &request, const Response &response);

/// The error of a transfer that brought no answer. `curlCode` is a CURLcode, `words` its error buffer.
[[nodiscard]] core::Error errorOfCurl(const Request &request, int curlCode, const std::string &words,
                                      const std::string &server);

/// The body when it claims to be JSON, else Protocol: a login page of a proxy with status 200 gets the hint
/// "html-login".
[[nodiscard]] core::Result<std::string_view> expectJson(const Request &request, const Response &response);

/// What the server said of itself in an error body: {"message"}, {"error"}, {"error_code","message"}, plain text, or
/// the title of a page.
[[nodiscard]] std::string wordsOf(const Response &response);

/// Retry-After in milliseconds: seconds or an HTTP-date. nullopt for garbage or negative values.
[[nodiscard]] std::optional<std::int64_t> retryAfter(std::string_view value, core::Instant now);

} // namespace andon::net
