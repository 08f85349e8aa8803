#pragma once
// What went wrong, as a value: a kind to branch on and facts for the log. Sentences for people are made in
// text/errortext. The 16 network kinds are those of the fault catalogue; the last three are local.
#include "core/instant.h"

#include <optional>
#include <string>
#include <string_view>

namespace andon::core
{

enum class ErrorKind {
    Offline, ///< no network at all
    Dns, ///< the host name does not resolve
    Refused, ///< nobody listens, or the connection was reset
    Timeout, ///< connect, first byte or transfer took too long
    Tls, ///< certificate or handshake
    Proxy, ///< the proxy refused or answered nonsense
    Auth, ///< not signed in (401)
    Forbidden, ///< signed in, but not allowed (403, and lakeFS 401 "insufficient permissions")
    NotFound, ///< 404, 410
    Conflict, ///< 409, 423
    Precondition, ///< 412
    Limited, ///< 429
    Server, ///< 5xx
    Protocol, ///< an answer that is not what the contract says (HTML, truncated, wrong type)
    TooLarge, ///< more bytes than the cap
    UnknownOutcome, ///< a write was sent and nobody knows whether it was applied
    Cancelled, ///< the caller gave up; never shown
    Storage, ///< the local disk or database
    Invalid, ///< what a person or a file asked for makes no sense
};

/// The name of a kind as it stands in logs and JSON: "REFUSED", "UNKNOWN_OUTCOME" …
std::string_view name(ErrorKind kind);

struct Error {
    ErrorKind kind = ErrorKind::Invalid;
    std::string where = {}; ///< source and call, or file and line: "lakefs logCommits", "site.yaml:12"
    std::string detail = {}; ///< the server's or library's words, plain text, at most 4 KiB
    int httpStatus = 0; ///< 0 when there was no answer
    std::string server = {}; ///< scheme://host:port, no path, no credentials
    std::string requestId = {}; ///< the server's X-Request-Id, when it sent one
    std::optional<std::int64_t> retryAfterMs = std::nullopt;
    std::string hint = {}; ///< a key for text/errortext to choose a next step: "mlflow-host", "html-login" …

    bool operator==(const Error &) const = default;
};

/// True when a later try may succeed without anyone changing anything.
bool isTransient(ErrorKind kind);

} // namespace andon::core
