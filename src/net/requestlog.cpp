#include "net/requestlog.h"

#include <algorithm>
#include <array>

namespace andon::net
{

namespace
{
constexpr std::array kQueryKeys{
    "amount",  "after",  "prefix", "delimiter",  "type",   "limit",   "first_parent", "since",      "stop_at",
    "start",   "end",    "step",   "time",       "query",  "match[]", "max_results",  "page_token", "name",
    "version", "run_id", "alias",  "metric_key", "branch", "commit",  "filter"};

constexpr std::array kHeaders{"content-type", "content-encoding", "retry-after", "server"};

/// A terminal must not obey what a name or a server says.
std::string withoutControls(std::string text)
{
    for (char &c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = '?';
    return text;
}

const char *verb(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Patch:
        return "PATCH";
    }
    return "GET";
}
} // namespace

std::string loggable(const Request &request)
{
    std::string out = verb(request.method);
    out += ' ';
    for (const std::string &segment : request.path)
        out += "/" + segment;
    char separator = '?';
    for (const auto &[key, value] : request.query) {
        out += separator + key + "=";
        out += std::find(kQueryKeys.begin(), kQueryKeys.end(), key) == kQueryKeys.end() ? "…" : value;
        separator = '&';
    }
    return withoutControls(std::move(out));
}

std::string loggableHeaders(const Response &response)
{
    std::string out;
    for (const char *name : kHeaders)
        if (const std::string_view value = response.header(name); !value.empty())
            (out += out.empty() ? "" : "; ").append(name).append(": ").append(value);
    return withoutControls(std::move(out));
}

void RequestLog::add(LogEntry entry)
{
    entry.requestId = withoutControls(std::move(entry.requestId));
    const std::scoped_lock lock(m_mutex);
    ++m_total;
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > m_capacity)
        m_entries.pop_front();
}

std::vector<LogEntry> RequestLog::entries() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_entries.begin(), m_entries.end()};
}

std::int64_t RequestLog::total() const
{
    const std::scoped_lock lock(m_mutex);
    return m_total;
}

} // namespace andon::net
