#pragma once
// From a libcurl code or an HTTP status to an Error of its class. Pure.
#include "net/request.h"

namespace andon::net
{

/// The error of an answer outside 2xx. Its detail is the server's own sentence, at most 4 KiB. A write that got a 5xx
/// may have been applied: UnknownOutcome.
[[nodiscard]] core::Error errorOfStatus(const Request &request, const Response &response);

/// What is known of a transfer that brought no answer.
struct Failure {
    int curlCode = 0; ///< CURLcode
    std::string words = {}; ///< libcurl's error buffer
    std::string server = {};
    int osError = 0; ///< errno of the connection
    long verifyResult = 0; ///< X509_V_ERR_… of the server's certificate
    long proxyStatus = 0; ///< what the proxy answered to CONNECT
    bool viaProxy = false;
    bool sent = false; ///< part of the request may have reached the server
};

/// A write that was sent and got no answer is UnknownOutcome whatever went wrong.
[[nodiscard]] core::Error errorOfFailure(const Request &request, const Failure &failure);

/// The body when it claims to be JSON, else Protocol: a login page of a proxy with status 200 gets the hint
/// "html-login".
[[nodiscard]] core::Result<std::string_view> expectJson(const Request &request, const Response &response);

/// What the server said of itself in an error body: {"message"}, {"error"}, {"error_code","message"}, plain text, or
/// the title of a page.
[[nodiscard]] std::string wordsOf(const Response &response);

/// Retry-After in milliseconds: seconds or an HTTP-date. nullopt for garbage or negative values.
[[nodiscard]] std::optional<std::int64_t> retryAfter(std::string_view value, core::Instant now);
/// Of an answer; a date is held beside the server's own clock (Date), not ours.
[[nodiscard]] std::optional<std::int64_t> retryAfter(const Response &response);

} // namespace andon::net
