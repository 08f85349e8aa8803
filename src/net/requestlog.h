#pragma once
// The last requests, for the status area, `andonctl -v` and support bundles. An allow-list decides what of a request is
// kept; any thread.
#include "net/request.h"

#include <deque>
#include <mutex>

namespace andon::net
{

struct LogEntry {
    core::Instant at = {};
    core::SourceName source = {};
    std::string line =
        {}; ///< "GET /api/v1/repositories?amount=1000": values of query keys that are not allow-listed are "…"
    std::string headers = {}; ///< of the answer, allow-listed ones: "content-type: application/json; retry-after: 1"
    int status = 0; ///< 0 when there was no answer
    std::int64_t bytes = 0;
    std::int64_t elapsedMs = 0;
    std::int64_t waitedMs = 0; ///< for its turn in the budget of its source, before it was sent
    std::string requestId = {};
    std::string error = {}; ///< class, "" when answered
    int attempt = 1;
};

class RequestLog
{
public:
    explicit RequestLog(std::size_t capacity = 2000)
        : m_capacity(capacity)
    {
    }
    void add(LogEntry entry);
    [[nodiscard]] std::vector<LogEntry> entries() const; ///< oldest first
    [[nodiscard]] std::int64_t total() const; ///< since the start, beyond the capacity too

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::deque<LogEntry> m_entries;
    std::int64_t m_total = 0;
};

/// The request line as it may be kept: no body, no headers, only allow-listed query values, no control characters.
[[nodiscard]] std::string loggable(const Request &request);
/// The headers of an answer that may be kept.
[[nodiscard]] std::string loggableHeaders(const Response &response);

} // namespace andon::net
