#pragma once
// What a source uses to talk to its server: one endpoint on the shared transport, with retries, breaker and request
// log. send and get block: worker threads only. Any number of threads at once.
#include "core/cancel.h"
#include "core/clock.h"
#include "net/request.h"

#include <functional>
#include <memory>

namespace andon::net
{

class RequestLog;
class Transport;

/// What tests hold still. Defaults are the real thing.
struct RetryPolicy {
    int tries = 4;
    std::int64_t baseMs = 500;
    std::int64_t capMs = 60'000;
    std::int64_t maxWaitMs = 120'000; ///< all waits of one request together; more is refused with the real time
    int breakerFailures = 5; ///< consecutive transient failures that open the breaker
    std::int64_t breakerProbeMs = 30'000; ///< one probe per this while open
    double retryBudget = 0.1; ///< retries per request, over the life of the client, beyond the first 10
    std::function<double()> random = {}; ///< [0, 1)
    std::function<void(std::int64_t, const core::Cancel &)> sleep = {}; ///< must return early when cancelled
};

class HttpClient
{
public:
    HttpClient(Transport &transport, Endpoint endpoint, RequestLog *log = nullptr, const core::Clock *clock = nullptr,
               RetryPolicy policy = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// The answer whatever its status, or an error when there was none. Idempotent requests are retried on 429, 5xx and
    /// transient failures (full jitter, Retry-After); after the last try a 429 or 5xx is returned as an answer. Nothing
    /// is sent while the server asked for silence: reads wait, writes and what would wait too long are Limited.
    /// A request over the source's budget waits its turn first; the log says how long.
    /// What the server repeats of our secrets is "…" in headers, refusals and errors.
    [[nodiscard]] core::Result<Response> send(const Request &request, const core::Cancel &cancel) const;
    /// send(), and a status outside 2xx becomes an Error of its class (classify.h).
    [[nodiscard]] core::Result<Response> get(const Request &request, const core::Cancel &cancel) const;

    [[nodiscard]] const Endpoint &endpoint() const;
    /// What a decoder made of an answer; its failure gets the server's name, which a decoder does not know.
    template <typename T> [[nodiscard]] core::Result<T> named(core::Result<T> decoded) const
    {
        if (!decoded && decoded.error().server.empty())
            decoded.error().server = server();
        return decoded;
    }
    [[nodiscard]] std::string server() const; ///< scheme://host:port
    /// The evidence of an answer: request line without credentials, status, time, size and SHA-256 of the body.
    [[nodiscard]] core::Evidence evidence(const Request &request, const Response &response, std::int64_t rows) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace andon::net
