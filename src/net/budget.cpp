#include "net/budget.h"

#include <algorithm>
#include <chrono>

namespace andon::net
{

namespace
{

constexpr std::int64_t kWindowMs = 60'000;
constexpr std::chrono::milliseconds kLook(20); // how soon a cancelled one gives up, and a waiting one sees the time

std::int64_t steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Budget::Budget(int perMinute, std::function<std::int64_t()> now)
    : m_now(now ? std::move(now) : steadyMs)
    , m_perMinute(perMinute)
{
}

void Budget::setPerMinute(int perMinute)
{
    const std::scoped_lock lock(m_mutex);
    m_perMinute = perMinute;
    m_changed.notify_all();
}

int Budget::perMinute() const
{
    const std::scoped_lock lock(m_mutex);
    return m_perMinute;
}

int Budget::waiting() const
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<int>(m_interactive.size() + m_background.size());
}

std::deque<std::int64_t> &Budget::queue(Urgency urgency)
{
    return urgency == Urgency::Interactive ? m_interactive : m_background;
}

bool Budget::mayGo(Urgency urgency, std::int64_t now)
{
    while (!m_sent.empty() && m_sent.front() <= now - kWindowMs)
        m_sent.pop_front();
    if (m_perMinute <= 0)
        return true;
    const int reserve = urgency == Urgency::Background ? m_perMinute / 5 : 0;
    return static_cast<int>(m_sent.size()) < m_perMinute - reserve;
}

std::int64_t Budget::take(Urgency urgency, const core::Cancel &cancel)
{
    std::unique_lock lock(m_mutex);
    if (m_perMinute <= 0) // there is nothing to share, so there are no turns
        return 0;
    const std::int64_t began = m_now();
    const std::int64_t ticket = ++m_ticket;
    queue(urgency).push_back(ticket);
    const auto isNext = [&] {
        return queue(urgency).front() == ticket && (urgency == Urgency::Interactive || m_interactive.empty());
    };
    while (!cancel.cancelled() && !(isNext() && mayGo(urgency, m_now())))
        m_changed.wait_for(lock, kLook);
    std::erase(queue(urgency), ticket);
    const std::int64_t now = m_now();
    if (!cancel.cancelled() && m_perMinute > 0)
        m_sent.push_back(now);
    m_changed.notify_all();
    return now - began;
}

} // namespace andon::net
