#pragma once
// Reports: the KPI report as it will be printed, what to know before it is sent, and its export. GUI thread; files are
// written by the worker.
#include "factory/economicsservice.h"
#include "reports/kpireport.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Card;
class FactPane;
class Panel;
class SheetView;

class ReportsPage final : public RangedPage<economics::KpiReport>
{
    Q_OBJECT
public:
    /// document: fills what the report says beside its figures.
    using Complete = std::function<reports::KpiDocument(core::Snapshot<economics::KpiReport>)>;

    ReportsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                Complete complete, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Reports"); }
    bool open(const QString &link) override { return link == u"page:reports"; }
    /// Writes "pdf", "csv" or "json"; what became of it stands in the pane.
    void write(const QString &format, const QString &file);

private:
    void render(const core::Snapshot<economics::KpiReport> &snapshot) override;
    QWidget *makePane();
    void fillPane();
    void save(const QString &format);

    factory::Worker &m_worker;
    Complete m_complete;
    reports::KpiDocument m_document;
    int m_pages = 0;
    QStringList m_saved; ///< newest first
    std::optional<core::Error> m_failed;
    Panel *m_panel = nullptr;
    Card *m_pane = nullptr;
    SheetView *m_sheets = nullptr;
    FactPane *m_facts = nullptr;
};

} // namespace andon::ui
