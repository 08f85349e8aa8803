#pragma once
// What the cache tells of the sites that are not open, read anew now and then. GUI thread; reads on the worker.
#include "app/common/wiring.h"
#include "factory/siteglance.h"
#include "factory/worker.h"

#include <QObject>
#include <QTimer>

namespace andon::desktop
{

class Glances final : public QObject
{
    Q_OBJECT
public:
    using All = std::vector<factory::SiteGlance>;

    /// sites: those there are, whenever they are read.
    Glances(app::House &house, factory::Worker &worker, std::function<std::vector<profile::SiteConfig>()> sites);
    void start(); ///< now, and every minute from now on
    void read();
    [[nodiscard]] const std::shared_ptr<const All> &all() const { return m_all; } ///< nullptr until it was read
    [[nodiscard]] const factory::SiteGlance *of(const core::SiteName &site) const;

private:
    app::House &m_house;
    factory::Worker &m_worker;
    std::function<std::vector<profile::SiteConfig>()> m_sites;
    std::shared_ptr<const All> m_all;
    core::Latest<All> m_reading;
    QTimer m_timer;
};

} // namespace andon::desktop
