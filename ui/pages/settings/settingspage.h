#pragma once
// Settings: the sites and their sources with a test of each connection, the signals and where they come from, the look.
// Without any site it is the first page: connect a factory, or look at the demo. GUI thread.
#include "factory/live.h"
#include "factory/site.h"
#include "models/celltable.h"
#include "ui/pages/page.h"
#include "ui/pages/settings/sitedesk.h"

class QPushButton;
class QVBoxLayout;

namespace andon::ui
{

class Card;
class PreferenceDesk;
class PreferencesForm;
class SiteForm;
class Table;

class SettingsPage final : public Page
{
    Q_OBJECT
public:
    /// site: that is open; nullptr when there is none yet.
    SettingsPage(SiteDesk &desk, factory::Site *site, factory::Worker &worker, const core::Clock &clock,
                 QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return m_site ? tr("Settings") : tr("First start"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    [[nodiscard]] core::Freshness freshness() const override;
    void refresh(bool network) override;
    bool open(const QString &link) override { return link == u"page:settings"; }
    [[nodiscard]] bool settled() const override;
    void setSettings(const profile::Settings &settings) override;
    [[nodiscard]] SiteForm *form() const { return m_form; }
    /// Without one there is no form of the preferences. It must outlive the page.
    void setPreferenceDesk(PreferenceDesk *desk);

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QWidget *makeLook();
    QWidget *makeDemo();
    void renderSites();
    void renderSignals(const telemetry::Resolution &resolution);
    void showSite(const QString &name);

    SiteDesk &m_desk;
    factory::Site *m_site;
    factory::Worker &m_worker;
    const core::Clock &m_clock;
    models::CellTable m_sites;
    models::CellTable m_signals;
    core::Latest<telemetry::Resolution> m_resolution;
    bool m_tested = false;
    std::map<std::string, QPushButton *> m_themes; ///< by their names in the settings
    SiteForm *m_form = nullptr;
    PreferencesForm *m_preferences = nullptr;
    QVBoxLayout *m_left = nullptr;
    Table *m_siteTable = nullptr;
    Card *m_signalCard = nullptr;
    FilterBar *m_filter = nullptr;
};

} // namespace andon::ui
