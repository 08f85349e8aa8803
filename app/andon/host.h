#pragma once
// The desktop's composition: the house, the sites of the profile, the one that is shown. GUI thread.
#include "app/andon/acks.h"
#include "app/andon/cachekeeping.h"
#include "app/andon/desk.h"
#include "app/andon/glances.h"
#include "app/andon/notices.h"
#include "app/andon/preferences.h"
#include "reports/kpireport.h"
#include "ui/shell/mainwindow.h"

#include <mutex>

namespace andon::desktop
{

class Host final : public ui::SiteHost
{
public:
    /// offline: sites are opened without their sources.
    Host(app::House &house, profile::Settings settings, std::vector<profile::SiteConfig> sites, bool offline,
         bool demo);
    ~Host() override;

    [[nodiscard]] std::vector<ui::SiteTile> tiles() const override;
    [[nodiscard]] factory::Site *site() const override { return m_site.get(); }
    [[nodiscard]] factory::Worker &worker() override { return m_worker; }
    [[nodiscard]] const core::Clock &clock() const override { return m_house.clock(); }
    void select(const core::SiteName &name) override;
    void reread(); ///< the list of sites: they may have been changed in Settings, or by andonctl
    [[nodiscard]] bool isDemo() const override { return m_demo; }
    [[nodiscard]] QStringList requestLog() const override;
    [[nodiscard]] const profile::Settings &settings() const override { return m_settings; }
    void changeSettings(const std::function<void(profile::Settings &)> &change) override;
    void rereadSettings(); ///< andonctl changed them
    [[nodiscard]] const profile::Paths &paths() const override { return m_house.profile().paths(); }
    [[nodiscard]] QString cacheNote() const override;
    [[nodiscard]] Desk &desk() { return m_desk; }
    [[nodiscard]] CacheKeeping &cache() { return m_cache; }
    [[nodiscard]] Acks &acks() { return m_acks; }
    [[nodiscard]] ui::NoticeBook *notices() override { return &m_notices; }
    [[nodiscard]] Notices &book() { return m_notices; }
    [[nodiscard]] Preferences &preferences() { return m_preferences; }
    [[nodiscard]] std::shared_ptr<const Glances::All> glances() const override { return m_glances.all(); }
    void lookAround() { m_glances.start(); } ///< at the sites that are not open

private:
    void tellOpen(ui::SiteTile &tile, const factory::SiteGlance *seen, int sources) const;
    void tellClosed(ui::SiteTile &tile, const factory::SiteGlance &seen) const;

    app::House &m_house;
    profile::Settings m_settings;
    std::mutex m_writing; ///< of settings.yaml: one change after the other
    std::vector<profile::SiteConfig> m_sites;
    bool m_offline = false;
    bool m_demo = false;
    std::unique_ptr<factory::Site> m_site;
    std::vector<std::unique_ptr<factory::Site>> m_left; ///< sites that were shown: the worker may still use them
    Desk m_desk;
    CacheKeeping m_cache;
    Preferences m_preferences;
    Acks m_acks;
    Notices m_notices;
    Glances m_glances;
    factory::Worker m_worker; ///< dies first: it waits for what still uses the site
};

/// The figures as a report of the site that is shown.
[[nodiscard]] reports::KpiDocument completeReport(const Host &host, core::Snapshot<economics::KpiReport> figures);

/// The pages of the console, in the order of the rail.
[[nodiscard]] std::vector<ui::MainWindow::PageEntry> allPages();

} // namespace andon::desktop
