#pragma once
// Settings: the site's sources and a test of each connection, the signals and where they come from. GUI thread.
#include "factory/live.h"
#include "factory/site.h"
#include "models/celltable.h"
#include "ui/pages/page.h"

class QPushButton;

namespace andon::ui
{

class Label;

class SettingsPage final : public Page
{
    Q_OBJECT
public:
    SettingsPage(factory::Site &site, factory::Worker &worker, const core::Clock &clock, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    [[nodiscard]] core::Freshness freshness() const override;
    void refresh(bool network) override;
    bool open(const QString &link) override { return link == u"page:settings"; }
    [[nodiscard]] bool settled() const override { return m_pending == 0 && !m_resolution.running(); }

private:
    void test(const std::string &kind);
    void renderSources();
    void renderSignals(const telemetry::Resolution &resolution);

    factory::Site &m_site;
    factory::Worker &m_worker;
    const core::Clock &m_clock;
    models::CellTable m_sources;
    models::CellTable m_signals;
    std::map<std::string, core::Result<std::string>> m_answers;
    core::Latest<telemetry::Resolution> m_resolution;
    int m_pending = 0;
    Label *m_advice = nullptr;
};

} // namespace andon::ui
