#pragma once
// Economics: cost, revenue and margin per token, by model, what idle GPUs cost, and why each number is what it is. GUI
// thread.
#include "factory/economicsservice.h"
#include "models/celltable.h"
#include "ui/pages/economics/kpifacts.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Card;
class FilterBar;
class FactPane;
class KpiStrip;
class Label;
class MoneyBridge;
class Panel;
class ReleaseLine;
class Table;
class TaxBar;

class EconomicsPage final : public RangedPage<economics::KpiReport>
{
    Q_OBJECT
public:
    EconomicsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                  QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Economics"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override { return link == u"page:economics"; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void render(const core::Snapshot<economics::KpiReport> &snapshot) override;
    QWidget *makeBody();
    QWidget *makeLower(QWidget *parent);
    QWidget *makeDrawer();
    void fillStrip(const economics::KpiReport &report);
    void fillModels(const economics::KpiReport &report);
    /// key: "strip/0", "model/NAME", "tax/idle", "release/NAME"; shown again after a refresh.
    void explain(const QString &key);
    [[nodiscard]] std::optional<AskedKpi> find(const QString &key) const;

    economics::KpiReport m_report;
    models::CellTable m_models;
    QString m_asked = QStringLiteral("strip/0");
    Panel *m_panel = nullptr;
    Label *m_window = nullptr;
    KpiStrip *m_strip = nullptr;
    Card *m_modelCard = nullptr;
    Card *m_taxCard = nullptr;
    Card *m_drawer = nullptr;
    Table *m_table = nullptr;
    TaxBar *m_tax = nullptr;
    ReleaseLine *m_releases = nullptr;
    MoneyBridge *m_bridge = nullptr;
    FactPane *m_why = nullptr;
    FilterBar *m_filter = nullptr;
};

} // namespace andon::ui
