#pragma once
// What a source uses to talk to its server: one endpoint on the shared transport, with retries, breaker and request
// log. get/send block: worker threads only. Any number of threads at once.
#include "core/cancel.h"
#include "net/request.h"

#include <memory>

namespace andon::net
{

class Transport;

class HttpClient
{
public:
    HttpClient(Transport &transport, Endpoint endpoint);
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// The answer whatever its status, or an error when there was none. Idempotent requests are retried (full jitter,
    /// Retry-After).
    [[nodiscard]] core::Result<Response> send(const Request &request, const core::Cancel &cancel) const;
    /// send(), and a status outside 2xx becomes an Error of its class (see classify.h).
    [[nodiscard]] core::Result<Response> get(const Request &request, const core::Cancel &cancel) const;

    [[nodiscard]] const Endpoint &endpoint() const;
    /// The evidence of an answer: request line without credentials, status, time, size and SHA-256 of the body.
    [[nodiscard]] core::Evidence evidence(const Request &request, const Response &response, std::int64_t rows) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace andon::net
