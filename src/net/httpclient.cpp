#include "net/httpclient.h"

#include "net/breaker.h"
#include "net/classify.h"
#include "net/requestlog.h"
#include "net/sha256.h"
#include "net/transport.h"
#include "net/url.h"

#include <atomic>
#include <random>
#include <thread>

namespace andon::net
{

namespace
{

double randomShare()
{
    thread_local std::mt19937_64 engine(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

void sleepFor(std::int64_t ms, const core::Cancel &cancel)
{
    for (std::int64_t left = ms; left > 0 && !cancel.cancelled(); left -= 20)
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min<std::int64_t>(left, 20)));
}

bool retryableStatus(int status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

} // namespace

struct HttpClient::Private {
    Transport &transport;
    std::shared_ptr<const Endpoint> endpoint;
    RequestLog *log;
    const core::Clock *clock;
    RetryPolicy policy;
    core::SystemClock systemClock;
    mutable Breaker breaker;
    mutable std::atomic<std::int64_t> requests = 0;
    mutable std::atomic<std::int64_t> retries = 0;

    [[nodiscard]] bool retryAllowed() const
    {
        return retries < 10 || static_cast<double>(retries) < policy.retryBudget * static_cast<double>(requests);
    }
    void record(const Request &request, const core::Result<Response> &answer, int attempt) const;
    /// How long to wait before the next try; negative: do not try again.
    [[nodiscard]] std::int64_t pause(const core::Result<Response> &answer, int attempt) const;
};

void HttpClient::Private::record(const Request &request, const core::Result<Response> &answer, int attempt) const
{
    if (!log)
        return;
    LogEntry entry{.at = clock->now(), .source = endpoint->source, .line = loggable(request), .attempt = attempt};
    if (answer) {
        entry.status = answer->status;
        entry.bytes = static_cast<std::int64_t>(answer->body.size());
        entry.elapsedMs = answer->elapsedMs;
        entry.requestId = answer->header("x-request-id");
        entry.headers = "content-type: " + std::string(answer->header("content-type"));
    } else {
        entry.error = core::name(answer.error().kind);
    }
    log->add(std::move(entry));
}

std::int64_t HttpClient::Private::pause(const core::Result<Response> &answer, int attempt) const
{
    if (attempt >= policy.tries || !retryAllowed())
        return -1;
    if (answer && !retryableStatus(answer->status))
        return -1;
    if (!answer && !core::isTransient(answer.error().kind))
        return -1;
    if (answer)
        if (const auto asked = retryAfter(answer->header("retry-after"), answer->at))
            return *asked <= policy.maxWaitMs ? *asked : -1;
    const auto ceiling = static_cast<double>(std::min(policy.capMs, policy.baseMs << (attempt - 1)));
    return static_cast<std::int64_t>(ceiling * policy.random());
}

HttpClient::HttpClient(Transport &transport, Endpoint endpoint, RequestLog *log, const core::Clock *clock,
                       RetryPolicy policy)
    : d(new Private{.transport = transport,
                    .endpoint = std::make_shared<const Endpoint>(std::move(endpoint)),
                    .log = log,
                    .clock = clock,
                    .policy = std::move(policy),
                    .systemClock = {},
                    .breaker = {}})
{
    if (!d->clock)
        d->clock = &d->systemClock;
    if (!d->policy.random)
        d->policy.random = randomShare;
    if (!d->policy.sleep)
        d->policy.sleep = sleepFor;
}

HttpClient::~HttpClient() = default;

core::Result<Response> HttpClient::send(const Request &request, const core::Cancel &cancel) const
{
    ++d->requests;
    for (int attempt = 1;; ++attempt) {
        if (const auto open = d->breaker.blocks(d->clock->now(), d->policy.breakerProbeMs))
            return core::fail(*open);
        auto answer = d->transport.perform(d->endpoint, request, cancel);
        d->record(request, answer, attempt);
        if (!answer && core::isTransient(answer.error().kind))
            d->breaker.failed(answer.error(), d->clock->now(), d->policy.breakerFailures);
        else if (answer && answer->status >= 500)
            d->breaker.failed(errorOfStatus(request, *answer), d->clock->now(), d->policy.breakerFailures);
        else
            d->breaker.succeeded();
        const std::int64_t wait = request.idempotent ? d->pause(answer, attempt) : -1;
        if (wait < 0 || cancel.cancelled())
            return answer;
        ++d->retries;
        d->policy.sleep(wait, cancel);
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, request.what, {});
    }
}

core::Result<Response> HttpClient::get(const Request &request, const core::Cancel &cancel) const
{
    auto answer = send(request, cancel);
    if (answer && !answer->ok())
        return core::fail(errorOfStatus(request, *answer));
    return answer;
}

const Endpoint &HttpClient::endpoint() const
{
    return *d->endpoint;
}

core::Evidence HttpClient::evidence(const Request &request, const Response &response, std::int64_t rows) const
{
    return {.source = d->endpoint->source,
            .request = loggable(request),
            .httpStatus = response.status,
            .at = response.at,
            .bytes = static_cast<std::int64_t>(response.body.size()),
            .rows = rows,
            .sha256 = sha256Hex(response.body)};
}

} // namespace andon::net
