#pragma once
// A request and its answer as values. Whether a request may be repeated is said by the request, not by its method.
#include "core/evidence.h"
#include "core/ids.h"
#include "core/result.h"
#include "net/budget.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace andon::net
{

enum class Method { Get, Head, Post, Put, Delete, Patch };

struct Request {
    Method method = Method::Get;
    std::vector<std::string> path = {}; ///< segments below the base URL and prefix; each is percent-encoded
    std::vector<std::pair<std::string, std::string>> query = {}; ///< in order; keys may repeat
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< no secrets: those come from the endpoint
    std::string body = {};
    std::string contentType = {}; ///< with a body
    bool idempotent =
        true; ///< reads, also those by POST: may be retried. A write says false and is sent once on a fresh connection
    std::string what = {}; ///< for errors and the log: "lakefs logCommits"
    std::int64_t timeoutMs = 30'000;
    int stallSeconds = 15; ///< below 100 B/s for so long: Timeout. With a longer timeoutMs counted from the first byte
    std::int64_t maxBytes = 32LL * 1024 * 1024; ///< of the decoded body
};

struct Response {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< names in lower case
    std::string body = {}; ///< decoded
    std::int64_t elapsedMs = 0;
    core::Instant at = {}; ///< when the last byte came
    std::string server = {}; ///< scheme://host:port

    [[nodiscard]] std::string_view header(std::string_view lowerCaseName) const; ///< "" when absent
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

/// How to reach one source. Lives as long as its source.
struct Endpoint {
    enum class AuthKind { None, Basic, Bearer };
    core::SourceName source = {};
    std::string baseUrl = {}; ///< https://host[:port][/prefix]; http only for loopback or when allowPlainHttp
    bool allowPlainHttp = false;
    AuthKind auth = AuthKind::None;
    std::string user = {}; ///< basic
    std::string secret = {}; ///< password or token; never logged
    std::vector<std::pair<std::string, std::string>> headers =
        {}; ///< custom and tenant headers; values are secret to the log unless allow-listed
    std::string hostHeader = {}; ///< override, "" = from the URL
    std::string caFile = {}; ///< PEM; trusted instead of the system's. "" = the system's
    std::string crlFile = {}; ///< PEM, revocation lists; "" = revocation is not checked
    std::string clientCertFile = {};
    std::string clientKeyFile = {};
    std::string proxy = {}; ///< "" = none, whatever the environment says
    int maxConnections = 4;
    std::shared_ptr<Budget> budget = {}; ///< shared by all who ask this source; nullptr: none
    Urgency urgency = Urgency::Interactive; ///< of what asks through this endpoint
    bool gzip = true; ///< identity for a Prometheus on a local network
};

} // namespace andon::net
