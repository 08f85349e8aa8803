#pragma once
// The time is asked of a Clock that was handed in, so that tests and the demo factory can hold it still.
#include "core/instant.h"

#include <atomic>

namespace andon::core
{

class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0; ///< wall clock, UTC; any thread
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
};

/// Stands still until it is told otherwise. Any thread.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(Instant start)
        : m_ms(start.ms)
    {
    }
    [[nodiscard]] Instant now() const override { return {m_ms.load()}; }
    void set(Instant t) { m_ms = t.ms; }
    void advance(std::int64_t ms) { m_ms += ms; }

private:
    std::atomic<std::int64_t> m_ms;
};

} // namespace andon::core
