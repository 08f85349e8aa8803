#include "net/httpclient.h"

#include "net/breaker.h"
#include "net/classify.h"
#include "net/redactor.h"
#include "net/requestlog.h"
#include "net/sha256.h"
#include "net/transport.h"
#include "net/url.h"

#include <atomic>
#include <chrono>
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

bool retryable(const core::Error &error)
{
    return core::isTransient(error.kind) || error.hint == "truncated";
}

bool asksForSilence(const Response &response)
{
    return response.status == 429 || response.status == 503;
}

} // namespace

struct HttpClient::Private {
    Transport &transport;
    std::shared_ptr<const Endpoint> endpoint;
    Redactor redactor;
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
    [[nodiscard]] core::Result<Response> once(const Request &request, const core::Cancel &cancel, int attempt,
                                              std::int64_t queuedMs) const;
    void record(const Request &request, const core::Result<Response> &answer, int attempt, std::int64_t queuedMs) const;
    void judge(const Request &request, const core::Result<Response> &answer) const;
    /// How long to wait before the next try; negative: do not try again.
    [[nodiscard]] std::int64_t pause(const core::Result<Response> &answer, int attempt) const;
    /// Why nothing may go out now. Waits for the end of a silence when that is worth it and adds to `waited`.
    [[nodiscard]] std::optional<core::Error> refusal(const Request &request, const core::Cancel &cancel,
                                                     std::int64_t &waited) const;
};

core::Result<Response> HttpClient::Private::once(const Request &request, const core::Cancel &cancel, int attempt,
                                                 std::int64_t queuedMs) const
{
    auto answer = transport.perform(endpoint, request, cancel);
    if (answer)
        redactor.clean(*answer);
    else
        redactor.clean(answer.error());
    record(request, answer, attempt, queuedMs);
    judge(request, answer);
    return answer;
}

void HttpClient::Private::record(const Request &request, const core::Result<Response> &answer, int attempt,
                                 std::int64_t queuedMs) const
{
    if (!log)
        return;
    LogEntry entry{.at = clock->now(),
                   .source = endpoint->source,
                   .line = loggable(request),
                   .waitedMs = queuedMs,
                   .attempt = attempt};
    redactor.clean(entry.line);
    if (answer) {
        entry.status = answer->status;
        entry.bytes = static_cast<std::int64_t>(answer->body.size());
        entry.elapsedMs = answer->elapsedMs;
        entry.requestId = answer->header("x-request-id");
        entry.headers = loggableHeaders(*answer);
    } else {
        entry.error = core::name(answer.error().kind);
    }
    log->add(std::move(entry));
}

/// What the breaker learns: a refusal is an answer, what was not sent or is wrong with one answer alone says nothing.
void HttpClient::Private::judge(const Request &request, const core::Result<Response> &answer) const
{
    const core::Instant now = clock->now();
    if (!answer) {
        switch (answer.error().kind) {
        case core::ErrorKind::Cancelled:
        case core::ErrorKind::Invalid:
        case core::ErrorKind::Protocol:
        case core::ErrorKind::TooLarge:
        case core::ErrorKind::UnknownOutcome: // of one write; nobody else may be answered with it
            return;
        default:
            breaker.failed(answer.error(), now, policy.breakerFailures);
            return;
        }
    }
    const core::Error error = answer->ok() ? core::Error{} : errorOfStatus(request, *answer);
    if (asksForSilence(*answer) && error.retryAfterMs.value_or(0) > 0)
        breaker.hold(error, now, *error.retryAfterMs, policy.maxWaitMs);
    if (error.kind == core::ErrorKind::UnknownOutcome)
        return;
    if (answer->status >= 500)
        breaker.failed(error, now, policy.breakerFailures);
    else if (answer->status != 429)
        breaker.succeeded();
}

std::int64_t HttpClient::Private::pause(const core::Result<Response> &answer, int attempt) const
{
    if (attempt >= policy.tries || !retryAllowed())
        return -1;
    if (answer ? !retryableStatus(answer->status) : !retryable(answer.error()))
        return -1;
    if (answer && asksForSilence(*answer) && retryAfter(*answer).value_or(0) > 0)
        return 0; // refusal() waits, for this request and for all others
    const auto ceiling = static_cast<double>(std::min(policy.capMs, policy.baseMs << std::min(attempt - 1, 20)));
    return static_cast<std::int64_t>(ceiling * policy.random());
}

std::optional<core::Error> HttpClient::Private::refusal(const Request &request, const core::Cancel &cancel,
                                                        std::int64_t &waited) const
{
    auto blocked = breaker.blocks(clock->now(), policy.breakerProbeMs);
    if (!blocked)
        if ((blocked = breaker.held(clock->now()))) {
            const std::int64_t left = *blocked->retryAfterMs;
            if (request.idempotent && waited + left <= policy.maxWaitMs) {
                waited += left;
                policy.sleep(left, cancel);
                blocked.reset();
            }
        }
    if (cancel.cancelled())
        return core::Error{.kind = core::ErrorKind::Cancelled, .where = request.what};
    if (blocked)
        blocked->where = request.what;
    return blocked;
}

HttpClient::HttpClient(Transport &transport, Endpoint endpoint, RequestLog *log, const core::Clock *clock,
                       RetryPolicy policy)
    : d(new Private{.transport = transport,
                    .endpoint = std::make_shared<const Endpoint>(endpoint),
                    .redactor = Redactor(endpoint),
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
    using Clock = std::chrono::steady_clock;
    ++d->requests;
    std::int64_t waited = 0;
    std::chrono::milliseconds spent(0);
    for (int attempt = 1;; ++attempt) {
        if (auto refused = d->refusal(request, cancel, waited))
            return core::fail(*refused);
        const std::int64_t queued = d->endpoint->budget ? d->endpoint->budget->take(d->endpoint->urgency, cancel) : 0;
        if (queued > 0 || cancel.cancelled()) // much may have happened meanwhile
            if (auto refused = d->refusal(request, cancel, waited))
                return core::fail(*refused);
        const auto start = Clock::now();
        auto answer = d->once(request, cancel, attempt, queued);
        spent += std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
        const std::int64_t wait = request.idempotent ? d->pause(answer, attempt) : -1;
        // What took its whole time once is not asked again: a server that is too slow would be asked four times.
        if (wait < 0 || waited + wait > d->policy.maxWaitMs || spent.count() >= request.timeoutMs)
            return answer;
        ++d->retries;
        waited += wait;
        d->policy.sleep(wait, cancel);
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

std::string HttpClient::server() const
{
    return originOf(d->endpoint->baseUrl);
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
