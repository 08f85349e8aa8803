#pragma once
// The moment that a site is looked at: now, or one that the whole console is pinned to. What is asked of a source and
// when it answered goes by the real clock; what is shown goes by this one. Any thread.
#include "core/clock.h"
#include "core/ids.h"

#include <mutex>
#include <optional>

namespace andon::factory
{

/// A commit pins its repository to itself, and all else to its date.
struct AsOf {
    core::Instant at = {};
    core::RepositoryId repository = {};
    core::CommitId commit = {};
    bool operator==(const AsOf &) const = default;
};

class Pin final : public core::Clock
{
public:
    explicit Pin(const core::Clock &clock)
        : m_clock(clock)
    {
    }
    [[nodiscard]] core::Instant now() const override
    {
        const auto pinned = asOf();
        return pinned ? pinned->at : m_clock.now();
    }
    [[nodiscard]] std::optional<AsOf> asOf() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_asOf;
    }
    void set(std::optional<AsOf> asOf)
    {
        const std::scoped_lock lock(m_mutex);
        m_asOf = std::move(asOf);
    }

private:
    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::optional<AsOf> m_asOf;
};

} // namespace andon::factory
