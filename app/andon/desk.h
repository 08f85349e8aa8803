#pragma once
// Adds, tests, changes and removes sites for the Settings of the desktop. GUI thread; what blocks runs on the worker.
#include "app/common/wiring.h"
#include "app/common/writes.h"
#include "factory/worker.h"
#include "ui/pages/settings/sitedesk.h"

namespace andon::desktop
{

class Desk final : public ui::SiteDesk
{
public:
    /// sites: of the demo, when it is the demo; otherwise the profile is read.
    Desk(app::House &house, factory::Worker &worker, std::vector<profile::SiteConfig> demo);

    [[nodiscard]] std::vector<ui::SiteListing> sites() const override;
    [[nodiscard]] bool mayChange() const override { return m_demo.empty(); }
    [[nodiscard]] QString whyNot() const override;
    [[nodiscard]] QString variables(const core::SiteName &site, const profile::SourceConfig &source) const override;
    [[nodiscard]] core::Pending<std::map<std::string, std::string>> secretsOf(const profile::SiteConfig &site) override;
    [[nodiscard]] core::Pending<factory::SourceCheck> test(const core::SiteName &site,
                                                           const ui::SourceDraft &source) override;
    [[nodiscard]] core::Pending<ui::SiteSaved> save(const ui::SiteDraft &site) override;
    [[nodiscard]] core::Pending<std::string> remove(const core::SiteName &site) override;
    bool exploreDemo() override;

private:
    app::House &m_house;
    factory::Worker &m_worker;
    std::vector<profile::SiteConfig> m_demo;
    app::Writes m_writes;
};

} // namespace andon::desktop
