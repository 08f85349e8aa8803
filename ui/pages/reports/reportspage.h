#pragma once
// Reports: the KPI report as it will be printed, and its export. GUI thread.
#include "factory/economicsservice.h"
#include "reports/kpireport.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Label;
class Panel;
class ReportSheet;

class ReportsPage final : public LivePage<economics::KpiReport>
{
    Q_OBJECT
public:
    /// document: fills what the report says beside its figures.
    using Complete = std::function<reports::KpiDocument(core::Snapshot<economics::KpiReport>)>;

    ReportsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                Complete complete, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Reports"); }
    bool open(const QString &link) override { return link == u"page:reports"; }

private:
    void render(const core::Snapshot<economics::KpiReport> &snapshot) override;
    void save(const QString &format);

    factory::Worker &m_worker;
    Complete m_complete;
    reports::KpiDocument m_document;
    std::vector<ReportSheet *> m_sheets;
    Panel *m_panel = nullptr;
    Label *m_saved = nullptr;
};

} // namespace andon::ui
