#pragma once
// How many requests a source may be asked in any minute. All clients of the source share it; what is over it waits its
// turn, what a person waits for before what runs in the background. Any thread; take() blocks.
#include "core/cancel.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

namespace andon::net
{

enum class Urgency { Interactive, Background };

class Budget
{
public:
    /// perMinute 0: no budget. now: milliseconds that only grow, for tests.
    explicit Budget(int perMinute, std::function<std::int64_t()> now = {});
    void setPerMinute(int perMinute);
    [[nodiscard]] int perMinute() const;
    /// Returns when one more request may go out, or when cancelled (then it may not), with the milliseconds that it
    /// waited. A fifth of the budget is kept for Interactive.
    std::int64_t take(Urgency urgency, const core::Cancel &cancel);
    [[nodiscard]] int waiting() const;

private:
    [[nodiscard]] bool mayGo(Urgency urgency, std::int64_t now);
    [[nodiscard]] std::deque<std::int64_t> &queue(Urgency urgency);

    std::function<std::int64_t()> m_now;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_perMinute;
    std::deque<std::int64_t> m_sent; ///< when, of the last minute
    std::int64_t m_ticket = 0;
    std::deque<std::int64_t> m_interactive; ///< tickets that wait
    std::deque<std::int64_t> m_background;
};

} // namespace andon::net
