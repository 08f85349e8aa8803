#pragma once
// What the form of the preferences shows beside its fields. GUI thread.
#include "app/andon/cachekeeping.h"
#include "ui/pages/settings/preferencedesk.h"

namespace andon::desktop
{

class Preferences final : public ui::PreferenceDesk
{
public:
    explicit Preferences(CacheKeeping &cache)
        : m_cache(cache)
    {
        connect(&cache, &CacheKeeping::measured, this, &PreferenceDesk::changed);
    }
    [[nodiscard]] std::int64_t cacheBytes() const override { return m_cache.bytes(); }
    [[nodiscard]] bool desktopTakes() const override { return m_desktopTakes; }
    void lookAgain() override { m_cache.measure(); }
    void setDesktopTakes(bool takes)
    {
        m_desktopTakes = takes;
        Q_EMIT changed();
    }

private:
    CacheKeeping &m_cache;
    bool m_desktopTakes = true; ///< until it said that it does not
};

} // namespace andon::desktop
