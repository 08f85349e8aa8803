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
    return out;
}

void RequestLog::add(LogEntry entry)
{
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
