#include "app/andon/glances.h"

namespace andon::desktop
{

namespace
{
constexpr int kEveryMs = 60'000;
} // namespace

Glances::Glances(app::House &house, factory::Worker &worker, std::function<std::vector<profile::SiteConfig>()> sites)
    : m_house(house)
    , m_worker(worker)
    , m_sites(std::move(sites))
{
    connect(&m_timer, &QTimer::timeout, this, &Glances::read);
}

void Glances::start()
{
    read();
    m_timer.start(kEveryMs);
}

void Glances::read()
{
    const auto look = [&house = m_house, sites = m_sites()](const core::Cancel &cancel) {
        All all;
        for (const profile::SiteConfig &config : sites)
            if (const auto site = house.site(config, true); site && !cancel.cancelled())
                all.push_back(factory::glance(**site, cancel));
        return core::Result<All>(std::move(all));
    };
    m_reading.start(m_worker.run<All>({}, look), this, [this](core::Result<All> all) {
        if (all)
            m_all = std::make_shared<const All>(std::move(*all));
    });
}

const factory::SiteGlance *Glances::of(const core::SiteName &site) const
{
    if (m_all)
        for (const factory::SiteGlance &seen : *m_all)
            if (seen.site == site)
                return &seen;
    return nullptr;
}

} // namespace andon::desktop
