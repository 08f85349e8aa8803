#pragma once
// A host of a window with nothing behind it: tests override what they are about. GUI thread.
#include "ui/shell/sitehost.h"

namespace andon::test
{

class PlainHost : public ui::SiteHost
{
public:
    explicit PlainHost(const std::string &folder = {})
        : m_paths{.config = folder, .state = folder, .cache = folder}
    {
    }
    std::vector<ui::SiteTile> tiles() const override { return {}; }
    factory::Site *site() const override { return nullptr; }
    factory::Worker &worker() override { return m_worker; }
    const core::Clock &clock() const override { return m_clock; }
    void select(const core::SiteName &) override { }
    bool isDemo() const override { return false; }
    QStringList requestLog() const override { return {}; }
    const profile::Settings &settings() const override { return m_settings; }
    void changeSettings(const std::function<void(profile::Settings &)> &change) override { change(m_settings); }
    const profile::Paths &paths() const override { return m_paths; }
    QString cacheNote() const override { return {}; }

private:
    profile::Paths m_paths;
    profile::Settings m_settings;
    core::SystemClock m_clock;
    factory::Worker m_worker;
};

} // namespace andon::test
