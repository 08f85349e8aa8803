#pragma once
// One thread that owns one curl_multi handle. Everything that leaves this program goes through it. Any thread may
// submit.
#include "core/cancel.h"
#include "net/request.h"

#include <functional>
#include <memory>
#include <mutex>

namespace andon::net
{

class Transport
{
public:
    using Done = std::function<void(core::Result<Response>)>;

    Transport();
    ~Transport(); ///< aborts what is under way (their callbacks get Cancelled) and joins the thread
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// One try, no retries. done is called on the network thread and must be quick. At most endpoint.maxConnections at
    /// once per source and 16 in all, though every source may have one; the rest waits its turn. The answer is whatever
    /// the server said, also 4xx and 5xx; same-origin redirects of reads are followed (≤ 3).
    void submit(std::shared_ptr<const Endpoint> endpoint, Request request, core::Cancel cancel, Done done);

    /// submit() and wait. Worker threads only. Cancelled within 20 ms of the token.
    [[nodiscard]] core::Result<Response> perform(const std::shared_ptr<const Endpoint> &endpoint,
                                                 const Request &request, const core::Cancel &cancel);

private:
    struct Lane;
    class Loop;
    Loop &loop();
    std::once_flag m_begun;
    std::unique_ptr<Loop> m_loop; ///< with the first request: a start need not load libcurl
};

} // namespace andon::net
