#pragma once
// What the suites of this folder share: a client whose time stands still unless it waits, and its endpoint.
#include "net/classify.h"
#include "net/httpclient.h"
#include "net/requestlog.h"
#include "net/transport.h"
#include "tests/support/faults/faults.h"
#include "tests/support/suite.h"

#include <mutex>

namespace andon::test
{

constexpr core::Instant kStart = core::Instant::fromSeconds(1'800'000'000);

[[nodiscard]] inline net::Endpoint endpointOf(const std::string &url)
{
    return {.source = core::SourceName("test"), .baseUrl = url};
}

[[nodiscard]] inline std::shared_ptr<const net::Endpoint> shared(net::Endpoint endpoint)
{
    return std::make_shared<const net::Endpoint>(std::move(endpoint));
}

[[nodiscard]] inline net::Request read(std::string what = "test read")
{
    return {.path = {"api"}, .what = std::move(what)};
}

[[nodiscard]] inline net::Request write()
{
    return {.method = net::Method::Post,
            .path = {"api"},
            .body = "{}",
            .contentType = "application/json",
            .idempotent = false,
            .what = "test write"};
}

/// An HttpClient on a clock that only its own waits move.
class StillClient
{
public:
    explicit StillClient(net::Endpoint endpoint, net::RetryPolicy policy = {}, double random = 0.5)
        : m_client(m_transport, std::move(endpoint), &log, &clock, still(std::move(policy), random))
    {
    }
    core::Result<net::Response> get(const net::Request &request, const core::Cancel &cancel = {}) const
    {
        return m_client.get(request, cancel);
    }
    [[nodiscard]] std::vector<std::int64_t> waits() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_waits;
    }
    const net::HttpClient &client() const { return m_client; }

    net::RequestLog log;
    core::ManualClock clock{kStart};

private:
    net::RetryPolicy still(net::RetryPolicy policy, double random)
    {
        if (!policy.random)
            policy.random = [random] { return random; };
        policy.sleep = [this](std::int64_t ms, const core::Cancel &) {
            const std::scoped_lock lock(m_mutex);
            m_waits.push_back(ms);
            clock.advance(ms);
        };
        return policy;
    }
    mutable std::mutex m_mutex;
    std::vector<std::int64_t> m_waits;
    net::Transport m_transport;
    net::HttpClient m_client;
};

/// A script that gives the same answer for ever.
[[nodiscard]] inline ScriptedServer::Script always(int status, std::string body = "{}",
                                                   std::vector<std::string> headers = {},
                                                   std::string type = "application/json")
{
    return [=](Connection &connection, const Heard &) { return connection.answer(status, type, body, headers); };
}

[[nodiscard]] inline QString kindOf(const core::Result<net::Response> &answer)
{
    const std::string_view name = answer ? std::string_view("an answer") : core::name(answer.error().kind);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace andon::test
